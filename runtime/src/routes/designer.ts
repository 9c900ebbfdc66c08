/**
 * The designer's files, as vite built them. Hashed assets are kept by browsers for ever, index.html is asked for each
 * time; any other address that wants HTML gets index.html, because the designer has its own routes.
 */
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { type Context, Hono } from "hono";
import { type PolicyEnv, policy } from "./policy.ts";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".ttf": "font/ttf",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
  ".txt": "text/plain; charset=utf-8",
};

const plainPath = /^(\/[A-Za-z0-9_-][A-Za-z0-9._@-]*)+$/;

export function designerRoutes(dist: string) {
  const serve = async (c: Context<PolicyEnv>) => {
    const { path } = c.req;
    const file = plainPath.test(path) && extname(path) in types ? await read(join(dist, path)) : null;
    if (file) {
      const kept = path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
      return c.body(file, 200, { "content-type": types[extname(path)]!, "cache-control": kept });
    }
    // A missing asset is missing; any other address is a page of the designer, for browsers and for `curl` alike.
    if (extname(path) in types || !wantsPage(c.req.header("accept") ?? "*/*")) return c.notFound();
    const index = await read(join(dist, "index.html"));
    if (index) return c.body(index, 200, { "content-type": types[".html"]!, "cache-control": "no-cache" });
    return c.html("<!doctype html><title>Trunkline</title><p>The designer has not been built yet.</p>", 503);
  };
  return new Hono<PolicyEnv>().get("/", policy("open"), serve).get("/:rest{.+}", policy("open"), serve);
}

async function read(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await readFile(path));
  } catch {
    return null;
  }
}

function wantsPage(accept: string): boolean {
  return accept.includes("text/html") || accept.includes("*/*");
}
