/** Recordings by REST (protocol 6): start, pause, stop, read, list, delete; and their media, for whoever knows the URL. */
import type { Context, Hono } from "hono";
import type { Recording } from "../calls/recordings.ts";
import { wavBytes, wavOf } from "../calls/wav.ts";
import type { Accounts, Plant } from "../plant.ts";
import { readRecording } from "./call-options.ts";
import { errorResponse, isRestError, notFound, restError } from "./errors.ts";
import { matches, matchesDate, queryOf, readForm, sidIn } from "./form.ts";
import { page } from "./paging.ts";
import { recordingResource } from "./resources.ts";

const base = "/2010-04-01/Accounts/:account";

/**
 * Without authentication: to be routed before it is asked for. WAV, whatever the ending: there is no MP3 encoder under a permissive licence
 * (they are all LAME's), and applications that ask for `.mp3` play or keep what they get by its content type.
 */
export function recordingMedia(app: Hono, accounts: Accounts): void {
  app.get(`${base}/Recordings/:file`, async (c, next) => {
    const [, sid, ending = ".wav"] = /^(RE[0-9a-f]{32})(\.\w+)?$/.exec(c.req.param("file")) ?? [];
    if (sid === undefined || ending === ".json") return next();
    const plant = accounts.find(c.req.param("account"));
    const recording = plant?.recordings.get(sid);
    if (![".wav", ".mp3"].includes(ending) || recording?.status !== "completed")
      return errorResponse(notFound(c.req.path));
    const complain = (code: number | null, message: string) =>
      plant!.alerts.add({ level: "warning", code, message, callSid: recording.callSid, url: c.req.url });
    const asked = c.req.query("RequestedChannels");
    if (asked === "2" && recording.channels === 1) {
      const message = "Voice Recording: Cannot download a dual-channel presentation of a mono recording";
      complain(16_113, message);
      return errorResponse(restError(16_113, message));
    }
    if (ending === ".mp3")
      complain(null, "a recording was asked for as MP3: it is answered as WAV (audio/x-wav)");
    const wanted = asked === "1" ? { ...recording, channels: 1 as const } : recording;
    return new Response(ReadableStream.from(wavOf(wanted)), {
      headers: { "content-type": "audio/x-wav", "content-length": String(wavBytes(wanted)) },
    });
  });
}

/** The same recording, as each of the three places shows it (Twilio's OpenAPI description). */
function shownIn(place: "account" | "call" | "conference", one: Recording, url: string) {
  const { media_url, subresource_uris, ...rest } = recordingResource(one, url);
  if (place === "account") return { ...rest, media_url, subresource_uris };
  return place === "call" ? { ...rest, track: one.track } : rest;
}

export function recordingRoutes(app: Hono, plant: Plant): void {
  routesIn(app, plant, "account", `${base}/Recordings`);
  routesIn(app, plant, "call", `${base}/Calls/:of/Recordings`);
  routesIn(app, plant, "conference", `${base}/Conferences/:of/Recordings`);
  app.post(`${base}/Calls/:of/Recordings.json`, async (c) => {
    const call = plant.exchange.get(c.req.param("of"));
    const form = await readForm(c);
    if (isRestError(form)) return errorResponse(form);
    if (!call) return errorResponse(notFound(c.req.path));
    form.set("Record", "true");
    const how = readRecording(form);
    if (how && isRestError(how)) return errorResponse(how);
    const recording = how && plant.exchange.record(call, how);
    if (!recording)
      return errorResponse(restError(21220, `expected a call in progress, found one that is ${call.status}`));
    return c.json(shownIn("call", recording, plant.recordings.urlOf(recording)), 201);
  });
}

function routesIn(
  app: Hono,
  { recordings, exchange }: Plant,
  place: "account" | "call" | "conference",
  path: string,
) {
  const isIn = (c: Context, one: Recording) => {
    const of = c.req.param("of");
    return of === undefined || of === one.callSid || of === one.conferenceSid;
  };
  /** `Twilio.CURRENT` is the one that runs. */
  const find = (c: Context) => {
    const key = sidIn(c);
    const runs = ({ status }: Recording) => status === "in-progress" || status === "paused";
    const found =
      key === "Twilio.CURRENT"
        ? recordings.list().find((one) => runs(one) && isIn(c, one))
        : recordings.get(key);
    return found && isIn(c, found) ? found : undefined;
  };
  const lost = (c: Context) => errorResponse(notFound(c.req.path));
  app.get(`${path}.json`, (c) => {
    const of = c.req.param("of");
    if (place === "call" && !exchange.get(of ?? "")) return lost(c);
    const query = queryOf(c);
    const rows = recordings
      .list()
      .filter(
        (one) =>
          isIn(c, one) &&
          matches(query, "CallSid", one.callSid) &&
          matches(query, "ConferenceSid", one.conferenceSid ?? "") &&
          matchesDate(query, "DateCreated", one.startedAt),
      )
      .map((one) => shownIn(place, one, recordings.urlOf(one)));
    return c.json(page("recordings", rows, c.req.path, query));
  });
  app.get(`${path}/:file`, (c) => {
    const one = find(c);
    return one ? c.json(shownIn(place, one, recordings.urlOf(one))) : lost(c);
  });
  app.delete(`${path}/:file`, (c) => {
    const one = find(c);
    return one && recordings.remove(one.sid) ? c.body(null, 204) : lost(c);
  });
  if (place === "account") return;
  app.post(`${path}/:file`, async (c) => {
    const one = find(c);
    const form = await readForm(c);
    if (isRestError(form)) return errorResponse(form);
    if (!one) return lost(c);
    const status = form.get("Status");
    if (status !== "paused" && status !== "in-progress" && status !== "stopped")
      return errorResponse(
        restError(20001, `Invalid Status: expected paused, in-progress or stopped, found ${status}`),
      );
    if (!recordings.control(one, status, form.get("PauseBehavior") === "skip"))
      return errorResponse(
        restError(21220, `expected a recording in progress, found one that is ${one.status}`),
      );
    return c.json(shownIn(place, one, recordings.urlOf(one)));
  });
}
