/** Streams and transcriptions of a call by REST (protocol 5, Start): begun and stopped while it lasts. */
import type { Context, Hono } from "hono";
import type { Background } from "../calls/background.ts";
import { rfc2822 } from "../ids.ts";
import type { Plant } from "../plant.ts";
import { errorResponse, isRestError, notFound, type RestError, restError } from "./errors.ts";
import { flagOf, readAddress, readForm, sidIn } from "./form.ts";

const base = "/2010-04-01/Accounts/:account/Calls/:call";
const tracks = ["inbound_track", "outbound_track", "both_tracks"] as const;
const folders = { stream: "Streams", transcription: "Transcriptions" } as const;

export function backgroundRoutes(app: Hono, plant: Plant): void {
  for (const kind of ["stream", "transcription"] as const) {
    const path = `${base}/${folders[kind]}`;
    app.post(`${path}.json`, async (c) => {
      const form = await readForm(c);
      if (isRestError(form)) return errorResponse(form);
      const begun = begin(plant, c, kind, form);
      return isRestError(begun) ? errorResponse(begun) : c.json(resource(kind, begun));
    });
    app.post(`${path}/:file`, async (c) => {
      const form = await readForm(c);
      if (isRestError(form)) return errorResponse(form);
      const key = sidIn(c);
      const one = plant.backgrounds.find(c.req.param("call") ?? "", kind, key);
      if (!one) return errorResponse(notFound(c.req.path));
      if (form.get("Status") !== "stopped")
        return errorResponse(
          restError(20001, `Invalid Status: expected stopped, found ${form.get("Status")}`),
        );
      one.stop();
      return c.json(resource(kind, one));
    });
  }
}

function begin(
  { exchange, backgrounds }: Plant,
  c: Context,
  kind: Background["kind"],
  form: URLSearchParams,
): Background | RestError {
  const stage = exchange.stageOf(c.req.param("call") ?? "");
  if (!stage) return notFound(c.req.path);
  const statusCallback =
    readAddress(form, "StatusCallback", "StatusCallbackMethod", 21205) ??
    readAddress(form, "StatusCallbackUrl", "StatusCallbackMethod", 21205);
  if (statusCallback && isRestError(statusCallback)) return statusCallback;
  const track = tracks.find((one) => one === form.get("Track"));
  const name = form.get("Name") || null;
  if (kind === "transcription")
    return backgrounds.transcribe(stage, {
      name,
      track: track ?? "both_tracks",
      language: form.get("LanguageCode") ?? "en-US",
      engine: form.get("TranscriptionEngine") ?? "google",
      partialResults: flagOf(form, "PartialResults") ?? false,
      inboundLabel: form.get("InboundTrackLabel"),
      outboundLabel: form.get("OutboundTrackLabel"),
      statusCallback,
    });
  const url = form.get("Url") ?? "";
  if (!/^wss?:/i.test(url)) return restError(21205, `Url is not a valid URL: ${url}`);
  const parameters: Record<string, string> = {};
  for (let at = 1; at < 100; at++) {
    const parameter = form.get(`Parameter${at}.Name`);
    if (parameter) parameters[parameter] = form.get(`Parameter${at}.Value`) ?? "";
  }
  return backgrounds.stream(stage, {
    url,
    name,
    track: track ?? "inbound_track",
    parameters,
    statusCallback,
  });
}

function resource(kind: Background["kind"], one: Background) {
  const { sid, call, name, status, updatedAt } = one;
  return {
    sid,
    account_sid: call.accountSid,
    call_sid: call.sid,
    name,
    status,
    date_updated: rfc2822(updatedAt),
    uri: `/2010-04-01/Accounts/${call.accountSid}/Calls/${call.sid}/${folders[kind]}/${sid}.json`,
  };
}
