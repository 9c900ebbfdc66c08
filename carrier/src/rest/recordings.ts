/** Recordings by REST (protocol 6): read, list, delete; and their media, for whoever knows the URL. */
import type { Context, Hono } from "hono";
import { wavBytes, wavOf } from "../calls/wav.ts";
import type { Plant } from "../plant.ts";
import { errorResponse, notFound } from "./errors.ts";
import { matches } from "./form.ts";
import { page } from "./paging.ts";
import { recordingResource } from "./resources.ts";

const base = "/2010-04-01/Accounts/:account";

/** Without authentication: to be routed before it is asked for. WAV only. */
export function recordingMedia(app: Hono, { account, recordings }: Plant): void {
  app.get(`${base}/Recordings/:file`, async (c, next) => {
    const [, sid, ending = ".wav"] = /^(RE[0-9a-f]{32})(\.\w+)?$/.exec(c.req.param("file")) ?? [];
    if (sid === undefined || ending === ".json") return next();
    const recording = recordings.get(sid);
    if (c.req.param("account") !== account.sid || ending !== ".wav" || recording?.status !== "completed")
      return errorResponse(notFound(c.req.path));
    return new Response(ReadableStream.from(wavOf(recording)), {
      headers: { "content-type": "audio/x-wav", "content-length": String(wavBytes(recording)) },
    });
  });
}

export function recordingRoutes(app: Hono, { recordings }: Plant): void {
  const find = (c: Context) => recordings.get((c.req.param("file") ?? "").replace(/\.json$/, ""));
  const list = (c: Context, callSid: string | undefined) => {
    const query = new URL(c.req.url).searchParams;
    const rows = recordings
      .list()
      .filter((one) => matches(query, "CallSid", one.callSid) && one.callSid === (callSid ?? one.callSid))
      .map((one) => recordingResource(one, recordings.urlOf(one)));
    return c.json(page("recordings", rows, c.req.path, query));
  };
  app.get(`${base}/Recordings.json`, (c) => list(c, undefined));
  app.get(`${base}/Calls/:call/Recordings.json`, (c) => list(c, c.req.param("call")));
  for (const path of [`${base}/Recordings/:file`, `${base}/Calls/:call/Recordings/:file`]) {
    app.get(path, (c) => {
      const one = find(c);
      return one
        ? c.json(recordingResource(one, recordings.urlOf(one)))
        : errorResponse(notFound(c.req.path));
    });
    app.delete(path, (c) => {
      const one = find(c);
      return one && recordings.remove(one.sid) ? c.body(null, 204) : errorResponse(notFound(c.req.path));
    });
  }
}
