/** Transcriptions of recordings by REST (protocol 6): read, list, delete, below the account and below their recording. */
import type { Context, Hono } from "hono";
import type { Transcription } from "../calls/transcriptions.ts";
import { rfc2822 } from "../ids.ts";
import type { Plant } from "../plant.ts";
import { errorResponse, notFound } from "./errors.ts";
import { queryOf, sidIn } from "./form.ts";
import { page } from "./paging.ts";

const base = "/2010-04-01/Accounts/:account";

export function transcriptionRoutes(app: Hono, plant: Plant): void {
  for (const path of [`${base}/Transcriptions`, `${base}/Recordings/:of/Transcriptions`])
    routesIn(app, plant, path);
}

function routesIn(app: Hono, { transcriptions, recordings }: Plant, path: string) {
  const lost = (c: Context) => errorResponse(notFound(c.req.path));
  const isIn = (c: Context, one: Transcription) => {
    const of = c.req.param("of");
    return of === undefined || one.recordingSid === of;
  };
  const find = (c: Context) => {
    const one = transcriptions.get(sidIn(c));
    return one && isIn(c, one) ? one : undefined;
  };
  app.get(`${path}.json`, (c) => {
    const of = c.req.param("of");
    if (of !== undefined && !recordings.get(of)) return lost(c);
    const rows = transcriptions
      .list()
      .filter((one) => isIn(c, one))
      .map(resource);
    return c.json(page("transcriptions", rows, c.req.path, queryOf(c)));
  });
  app.get(`${path}/:file`, (c) => {
    const one = find(c);
    return one ? c.json(resource(one)) : lost(c);
  });
  app.delete(`${path}/:file`, (c) => {
    const one = find(c);
    if (!one) return lost(c);
    transcriptions.remove(one.sid);
    return c.body(null, 204);
  });
}

/** The fields and types of Twilio's public OpenAPI description, v2010. */
const resource = (one: Transcription) => ({
  account_sid: one.accountSid,
  api_version: "2010-04-01",
  date_created: rfc2822(one.createdAt),
  date_updated: rfc2822(one.updatedAt),
  duration: String(one.seconds),
  price: null,
  price_unit: "USD",
  recording_sid: one.recordingSid,
  sid: one.sid,
  status: one.status,
  transcription_text: one.text,
  type: "fast",
  uri: `/2010-04-01/Accounts/${one.accountSid}/Transcriptions/${one.sid}.json`,
});
