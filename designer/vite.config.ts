import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const runtime = process.env.TRUNKLINE_RUNTIME ?? "http://127.0.0.1:4400";
const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Puts src/late/patterns.ts in the place of the pattern engine, so that it is no part of the first page. */
const latePatterns: Plugin = {
  name: "trunkline:late-patterns",
  enforce: "pre",
  resolveId(id, importer) {
    if (id === "virtual:re2js")
      return this.resolve("re2js", file("../schema/src/language/pattern.ts"), { skipSelf: true });
    if (id === "re2js" && importer?.endsWith("/pattern.ts")) return file("src/late/patterns.ts");
    return null;
  },
};

/** A kind's examples are its test and its page in the docs; in a browser nobody runs them. */
const withoutExamples: Plugin = {
  name: "trunkline:without-examples",
  apply: "build",
  enforce: "post",
  transform: {
    filter: { id: /schema[\\/]src[\\/]nodes[\\/][\w-]+\.ts$/ },
    handler(code) {
      for (const statement of this.parse(code).body) {
        if (
          statement.type !== "ExportNamedDeclaration" ||
          statement.declaration?.type !== "VariableDeclaration"
        )
          continue;
        for (const { init } of statement.declaration.declarations) {
          const [definition] = init?.type === "CallExpression" ? init.arguments : [];
          if (definition?.type !== "ObjectExpression") continue;
          for (const one of definition.properties) {
            if (one.type !== "Property" || one.key.type !== "Identifier" || one.key.name !== "examples")
              continue;
            return `${code.slice(0, one.value.start)}[]${code.slice(one.value.end)}`;
          }
        }
      }
      return null;
    },
  },
};

export default defineConfig({
  plugins: [latePatterns, withoutExamples, react()],
  build: {
    target: "es2023",
    chunkSizeWarningLimit: 4000,
    assetsInlineLimit: 0,
    rollupOptions: {
      treeshake: {
        // Taking one thing from the schema brings nothing else along, but for the module that is imported for what it
        // does (language/no-code-from-text.ts) and the list that imports it.
        moduleSideEffects: [
          { test: /[\\/]schema[\\/]src[\\/](?!language[\\/](no-code|index))/, sideEffects: false },
        ],
      },
    },
  },
  server: { port: 5173, proxy: { "/api": runtime, "/health": runtime } },
});
