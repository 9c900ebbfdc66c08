/** API keys by REST, under both of the names that Twilio gives them (Keys, SigningKeys). */
import type { Context, Hono } from "hono";
import type { ApiKey } from "../account/keys.ts";
import { rfc2822 } from "../ids.ts";
import type { Plant } from "../plant.ts";
import { errorResponse, isRestError, notFound } from "./errors.ts";
import { queryOf, readForm, sidIn } from "./form.ts";
import { page } from "./paging.ts";

const resource = (key: ApiKey) => ({
  sid: key.sid,
  friendly_name: key.friendlyName,
  date_created: rfc2822(key.createdAt),
  date_updated: rfc2822(key.updatedAt),
});

export function keyRoutes(app: Hono, { apiKeys }: Plant): void {
  const find = (c: Context) => apiKeys.get(sidIn(c));
  const lost = (c: Context) => errorResponse(notFound(c.req.path));
  for (const [name, rows] of [
    ["Keys", "keys"],
    ["SigningKeys", "signing_keys"],
  ] as const) {
    const base = `/2010-04-01/Accounts/:account/${name}`;
    app.get(`${base}.json`, (c) => c.json(page(rows, apiKeys.list().map(resource), c.req.path, queryOf(c))));
    app.post(`${base}.json`, async (c) => {
      const form = await readForm(c);
      if (isRestError(form)) return errorResponse(form);
      const key = apiKeys.add(form.get("FriendlyName") ?? "");
      return c.json({ ...resource(key), secret: key.secret }, 201);
    });
    app.get(`${base}/:file`, (c) => {
      const key = find(c);
      return key ? c.json(resource(key)) : lost(c);
    });
    app.post(`${base}/:file`, async (c) => {
      const key = find(c);
      if (!key) return lost(c);
      const form = await readForm(c);
      if (isRestError(form)) return errorResponse(form);
      apiKeys.rename(key, form.get("FriendlyName") ?? key.friendlyName);
      return c.json(resource(key));
    });
    app.delete(`${base}/:file`, (c) => {
      const key = find(c);
      return key && apiKeys.remove(key.sid) ? c.body(null, 204) : lost(c);
    });
  }
}
