/** What happened in one call, in order: what people heard and did, what the application was asked, what was complained of. Also its children's. */
import { type Call, hasEnded } from "../calls/call.ts";
import { limits } from "../limits.ts";
import type { Plant } from "../plant.ts";
import { callResource } from "../rest/resources.ts";
import { hideUserinfo } from "../userinfo.ts";

export interface Moment {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly callSid: string;
  /** The number whose person it was; null for the application and the carrier. */
  readonly who: string | null;
  /** A word of a transcript, `asked`, `told`, `alert` or `warning`. */
  readonly what: string;
  readonly text: string;
  /** The request, when it is one. */
  readonly request: number | null;
}

/** The call and those its Dial began, the parent first. */
export function familyOf(plant: Plant, sid: string): Call[] {
  const calls = plant.accounts.list().flatMap(({ exchange }) => exchange.list());
  const one = calls.find((call) => call.sid === sid);
  return one === undefined
    ? []
    : [one, ...calls.filter(({ parentCallSid }) => parentCallSid === sid).reverse()];
}

export function storyOf(plant: Plant, family: readonly Call[]) {
  const [call] = family;
  if (call === undefined) return null;
  const moments = family.flatMap((one) => [
    ...saidAndDone(plant, one),
    ...asked(plant, one),
    ...alerts(plant, one),
  ]);
  const inbound = new Set(family.filter(({ direction }) => direction === "inbound").map(({ sid }) => sid));
  const inOrder = moments.sort((a, b) => a.at - b.at || turnOf(a, inbound) - turnOf(b, inbound));
  return {
    call: callResource(call),
    live: !hasEnded(call),
    startedAt: call.createdAt,
    children: family.slice(1).map(callResource),
    recordings: recordingsOf(plant, family),
    left: Math.max(0, inOrder.length - limits.consoleMoments),
    moments: inOrder.slice(-limits.consoleMoments),
  };
}

/** In one moment what a person does comes first, then what is asked because of it, then what comes of the answer, then the end and its news. */
function turnOf({ what, callSid }: Moment, inbound: ReadonlySet<string>): number {
  // Who calls in is answered by a document.
  if (what === "answered") return inbound.has(callSid) ? 3 : 0;
  if (["ringing", "pressed", "said", "sounded", "hung-up", "gave-up"].includes(what)) return 0;
  if (what === "asked") return 1;
  if (["alert", "warning", "connected"].includes(what)) return 2;
  if (what === "ended") return 4;
  return what === "told" ? 5 : 3;
}

function saidAndDone({ scripted, telephones }: Plant, call: Call): Moment[] {
  const person = scripted.get(call.sid) ?? telephones.personOn(call.sid);
  const entries = person?.transcript ?? [];
  const who = call.direction === "inbound" ? call.from : call.to;
  // A transcript counts from the first ring; the answer or the end says when that was.
  const answered = entries.find(({ what }) => what === "answered");
  const ended = entries.find(({ what }) => what === "ended");
  const rangAt =
    answered && call.answeredAt !== null && call.direction !== "inbound"
      ? call.answeredAt - answered.atMs
      : ended && call.endedAt !== null
        ? call.endedAt - ended.atMs
        : call.createdAt;
  return entries.map(({ atMs, what, text }) => ({
    at: rangAt + atMs,
    callSid: call.sid,
    who,
    what,
    text: hideUserinfo(text),
    request: null,
  }));
}

const asked = ({ journal }: Plant, call: Call): Moment[] =>
  journal
    .list(call.sid)
    .reverse()
    .map(({ at, id, method, document, controlsCall }) => ({
      at,
      callSid: call.sid,
      who: null,
      what: controlsCall ? "asked" : "told",
      text: `${method} ${hideUserinfo(document)}`,
      request: id,
    }));

const alerts = ({ alerts }: Plant, call: Call): Moment[] =>
  alerts.list(call.sid).map(({ at, level, code, message }) => ({
    at,
    callSid: call.sid,
    who: null,
    what: level === "error" ? "alert" : "warning",
    text: `${code ?? ""} ${message}`.trim(),
    request: null,
  }));

function recordingsOf(plant: Plant, family: readonly Call[]) {
  const sids = new Set(family.map(({ sid }) => sid));
  return plant.accounts.list().flatMap(({ recordings }) =>
    recordings
      .list()
      .filter(({ callSid }) => sids.has(callSid))
      .map((one) => ({ sid: one.sid, status: one.status, url: `${recordings.urlOf(one)}.wav` })),
  );
}
