/**
 * The carrier's doorway: /hooks/<number token>/…, /t/<call token>/… and, for calls we place, /out/<call token>/…. Open to the world, believed only when signed.
 * The raw path must match exactly; anything else is 404, nothing is ever redirected. A controlling webhook that is
 * authentic always gets 200 and orders; an informing one 204, or 503 when it could not be kept.
 */
import { type Context, Hono } from "hono";
import type { Safety } from "../calls/answer-safely.ts";
import type { Calls, Heard, Memo, ReportAddress } from "../calls/calls.ts";
import type { Log } from "../ports/log.ts";
import type {
  Fields,
  Parsed,
  Provider,
  Refusal,
  TurnKind,
  VoiceRequest,
  WebhookRequest,
} from "../providers/provider.ts";
import { policy } from "./policy.ts";

export interface VoiceParts {
  readonly calls: Calls;
  readonly safety: Safety;
  readonly provider: Provider;
  readonly log: Log;
}

/** What protects an answer that no browser shows; the browser's own headers are put around the other routes (app.ts). */
export const answerHeaders = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

/** Longest form a carrier sends, in bytes. */
const longestForm = 64 * 1024;

/** Asked for orders: answered with a document. */
type Question =
  | { readonly to: "number" | "placed"; readonly token: string; readonly what: "voice" | "fallback" }
  | { readonly to: "call"; readonly token: string; readonly what: "fallback" }
  | { readonly to: "turn"; readonly token: string; readonly turn: number; readonly kind: TurnKind };

/** Told something: answered with nothing. */
type News =
  | { readonly to: "number" | "call" | "placed"; readonly token: string; readonly what: "status" }
  | { readonly to: "placed"; readonly token: string; readonly what: "verdict" }
  | { readonly to: "turn"; readonly token: string; readonly turn: number; readonly what: "leg-verdict" };

type Hook = { readonly asks: Question } | { readonly tells: News };

const numberPath = /^\/hooks\/([A-Za-z0-9_-]{32})\/(voice|fallback|status)$/;
const placedPath = /^\/out\/([A-Za-z0-9_-]{32})\/(voice|fallback|status|verdict)$/;
const callPath = /^\/t\/([A-Za-z0-9_-]{32})\/(fallback|status)$/;
const turnPath =
  /^\/t\/([A-Za-z0-9_-]{32})\/(0|[1-9]\d{0,5})\/(input|no-input|done|poll|recording|dial|leg-verdict)$/;
/** The only query there is: how often a phone was told to ask again. */
const attemptQuery = /^attempt=([12])$/;

export function voiceRoutes(parts: VoiceParts): Hono {
  const handle = (c: Context) => receive(c, parts);
  const hooks = new Hono();
  for (const path of ["/hooks/*", "/t/*", "/out/*"]) hooks.all(path, policy("carrier"), handle);
  return hooks;
}

async function receive(c: Context, parts: VoiceParts): Promise<Response> {
  const target = rawTarget(c.req.url);
  const [path = "", query] = target.split("?", 2);
  const hook = hookOf(path);
  const attempt = query === undefined ? 0 : Number(attemptQuery.exec(query)?.[1] ?? Number.NaN);
  if (!hook || Number.isNaN(attempt)) return empty(404);
  const webhook: WebhookRequest = {
    method: c.req.method,
    target,
    header: (name) => c.req.header(name) ?? null,
    body: c.req.method === "POST" ? await readForm(c.req.raw) : "",
  };
  const verified = parts.provider.verify(webhook);
  if (!verified.ok) return refuse(verified);
  if ("tells" in hook) return await hear(hook.tells, verified.fields, parts);
  const request = parts.provider.parseVoice(verified.fields);
  if (!request.ok) return refuse(request);
  // Where the phone failed is told once: asked again, it must ask there.
  const failed = failedTurn(hook.asks, request.value);
  const asked = { path: failed?.path ?? path, attempt, request: request.value };
  const answer = await parts.safety.answer(asked, (request, memo) =>
    answerVoice(parts.calls, failed?.asks ?? hook.asks, request, memo),
  );
  if (answer === "unknown") return empty(403);
  return new Response(answer.body, { headers: { ...answerHeaders, "content-type": answer.contentType } });
}

async function hear(
  news: News,
  fields: Fields,
  { calls, safety, provider, log }: VoiceParts,
): Promise<Response> {
  const work = workOf(news, fields, calls, provider);
  if (!work.ok) return refuse(work);
  try {
    return empty((await safety.patiently(work.value)) === "unknown" ? 403 : 204);
  } catch (error) {
    log.warn("A report of the carrier could not be kept.", {}, error);
    return empty(503);
  }
}

function workOf(news: News, fields: Fields, calls: Calls, provider: Provider): Parsed<() => Promise<Heard>> {
  const { token } = news;
  if (news.what === "status") {
    const report = provider.parseStatus(fields);
    if (!report.ok) return report;
    const heard = (address: ReportAddress) => calls.report(address, report.value);
    if (news.to === "number") return { ok: true, value: () => heard({ hookToken: token }) };
    if (news.to === "call") return { ok: true, value: () => heard({ token }) };
    const placed = async () => {
      const told = await calls.placing.report(token, report.value);
      return told === "answered" ? await heard({ token }) : told;
    };
    return { ok: true, value: placed };
  }
  const verdict = provider.parseVerdict(fields);
  if (!verdict.ok) return verdict;
  if (news.to === "turn") return { ok: true, value: () => calls.legVerdict(token, news.turn, verdict.value) };
  const placed = async () => {
    const told = await calls.placing.verdict(token, verdict.value);
    return told === "answered" ? await calls.verdict(token, verdict.value) : told;
  };
  return { ok: true, value: placed };
}

/** A fallback webhook says where the phone failed: it is answered as if asked there again (F7). */
function failedTurn(asks: Question, { failure }: VoiceRequest): { path: string; asks: Question } | null {
  if (asks.to === "turn" || asks.what !== "fallback" || !failure?.target) return null;
  const [path = ""] = failure.target.split("?", 1);
  const found = hookOf(path);
  return found && "asks" in found && found.asks.to === "turn" ? { path, asks: found.asks } : null;
}

async function answerVoice(calls: Calls, asks: Question, request: VoiceRequest, memo: Memo) {
  if (request.failure?.document) throw new Error("The carrier could not use a document of ours.");
  switch (asks.to) {
    case "turn":
      return await calls.ask(asks.token, asks.turn, asks.kind, request, memo);
    case "number":
      return await calls.ring(asks.token, request, memo);
    case "placed":
      return await calls.placing.pickUp(asks.token, request, memo);
    case "call":
      return "unknown";
  }
}

// The groups are the expressions above: the casts name what they can hold.
function hookOf(path: string): Hook | null {
  const turn = turnPath.exec(path);
  if (turn) {
    const at = { to: "turn", token: turn[1]!, turn: Number(turn[2]) } as const;
    if (turn[3] === "leg-verdict") return { tells: { ...at, what: turn[3] } };
    return { asks: { ...at, kind: turn[3] as TurnKind } };
  }
  for (const [to, pattern] of [
    ["number", numberPath],
    ["call", callPath],
    ["placed", placedPath],
  ] as const) {
    const found = pattern.exec(path);
    if (!found) continue;
    const [, token = "", what] = found;
    if (what === "status") return { tells: { to, token, what } };
    if (what === "verdict") return { tells: { to: "placed", token, what } };
    if (to === "call") return { asks: { to, token, what: "fallback" } };
    return { asks: { to, token, what: what as "voice" | "fallback" } };
  }
  return null;
}

/** Path and query byte for byte, as they were signed. */
function rawTarget(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/?#]*/i, "").replace(/#.*$/s, "");
}

/**
 * The body as text, or null when it is too long; the rest is then not read. A body that says how long it is, as every
 * carrier's does, is read whole: Node's parser lets nobody send more than was said, and no stream need be made of it.
 */
async function readForm(request: Request): Promise<string | null> {
  const length = request.headers.get("content-length");
  if (length !== null) {
    if (!(Number(length) <= longestForm)) return null;
    const text = await request.text();
    return text.length > longestForm ? null : text;
  }
  if (!request.body) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > longestForm) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function refuse({ status }: Refusal): Response {
  return new Response(null, {
    status,
    headers: { ...answerHeaders, ...(status === 405 ? { allow: "POST" } : {}) },
  });
}

function empty(status: 204 | 403 | 404 | 503): Response {
  return new Response(null, { status, headers: answerHeaders });
}
