/** The doors of a carrier on one port: REST for applications, and for those who have the phone token the pages and `/_carrier`. */
import type { AddressInfo } from "node:net";
import { type ServerType, serve } from "@hono/node-server";
import { Hono } from "hono";
import { consoleRoutes } from "./console/routes.ts";
import { problem } from "./control/json.ts";
import { controlRoutes } from "./control/routes.ts";
import { pageDocuments, pageFiles, pagePolicy } from "./pages/pages.ts";
import { phoneRoutes } from "./phone/routes.ts";
import type { Plant } from "./plant.ts";
import { restRoutes } from "./rest/routes.ts";
import { secretsEqual } from "./secrets.ts";

export function routes(plant: Plant, phoneToken: string): Hono {
  const app = new Hono();
  const mayUsePhone = (header: string | undefined, key: string | undefined) => {
    const given = /^Bearer (.+)$/i.exec(header ?? "")?.[1] ?? key;
    return given !== undefined && secretsEqual(given, phoneToken);
  };
  const refusal = () => problem("unauthorized", "expected the phone token as Bearer or ?key=", 401);
  app.use("/_carrier/*", async (c, next) => {
    if (!mayUsePhone(c.req.header("authorization"), c.req.query("key"))) return refusal();
    await next();
  });
  for (const [path, { text, type }] of Object.entries(pageDocuments))
    app.get(path, (c) => {
      if (!mayUsePhone(c.req.header("authorization"), c.req.query("key"))) return refusal();
      return c.body(text, 200, {
        "content-type": type,
        "content-security-policy": pagePolicy,
        "referrer-policy": "no-referrer",
        "cache-control": "no-store",
      });
    });
  for (const [path, { text, type }] of Object.entries(pageFiles))
    app.get(path, (c) => c.body(text, 200, { "content-type": type, "cache-control": "no-store" }));
  app.route("/_carrier/console", consoleRoutes(plant));
  app.route("/_carrier/phone", phoneRoutes(plant));
  app.route("/_carrier", controlRoutes(plant));
  app.route("/", restRoutes(plant));
  app.notFound(() =>
    problem(
      "not-found",
      "there is nothing here; docs/rest.md and docs/interface.md of carrier/ list what there is",
      404,
    ),
  );
  app.onError((error) => {
    // Whoever asked has gone in the middle of the question.
    if ("code" in error && error.code === "ECONNRESET") return problem("gone", "the request broke off", 400);
    plant.alerts.add({ level: "error", code: null, message: `carrier bug: ${error.stack ?? error.message}` });
    return problem("internal", "the carrier failed; see its alert log", 500);
  });
  return app;
}

export function listen(app: Hono, hostname: string, port: number): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname, port, overrideGlobalObjects: false }, () =>
      resolve(server),
    );
    server.once("error", reject);
  });
}

export function urlOf(server: ServerType): string {
  // Listening on TCP: never a pipe name and never null.
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

export function closeServer(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
}
