# The program as it runs everywhere: Node 24 on the TypeScript sources, the designer built once.
FROM node:24.21.0-bookworm-slim AS base
WORKDIR /app
ENV NPM_CONFIG_UPDATE_NOTIFIER=false

FROM base AS build
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY schema/package.json schema/
COPY flows/package.json flows/
COPY runtime/package.json runtime/
COPY designer/package.json designer/
COPY carrier/package.json carrier/
COPY test/package.json test/
RUN npx -y pnpm@12 install --frozen-lockfile --filter=!@trunkline/test
COPY . .
RUN npx -y pnpm@12 build

FROM base
ENV NODE_ENV=production PORT=4400 HOST=0.0.0.0 TRUNKLINE_DESIGNER_BUILD=skip
COPY --from=build --chown=node:node /app /app
USER node
EXPOSE 4400
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=5 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/health').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["node", "runtime/start.mjs"]
