/**
 * The carrier's doorway: /hooks/<number token>/… and /t/<call token>/…. Open to the world, believed only when signed.
 * The raw path must match exactly; anything else is 404, nothing is ever redirected. A controlling webhook that is
 * authentic always gets 200 and orders; an informing one 204, or 503 when it could not be kept.
 */
import { type Context, Hono } from "hono";
import type { Safety } from "../calls/answer-safely.ts";
import type { Calls, Memo, ReportAddress } from "../calls/calls.ts";
import type { Log } from "../ports/log.ts";
import type { Provider, Refusal, TurnKind, VoiceRequest, WebhookRequest } from "../providers/provider.ts";
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

type Hook =
  | { readonly to: "number"; readonly token: string; readonly what: "voice" | "fallback" | "status" }
  | { readonly to: "call"; readonly token: string; readonly what: "fallback" | "status" }
  | { readonly to: "turn"; readonly token: string; readonly turn: number; readonly kind: TurnKind };

const numberPath = /^\/hooks\/([A-Za-z0-9_-]{32})\/(voice|fallback|status)$/;
const callPath = /^\/t\/([A-Za-z0-9_-]{32})\/(fallback|status)$/;
const turnPath = /^\/t\/([A-Za-z0-9_-]{32})\/(0|[1-9]\d{0,5})\/(input|no-input|done|poll)$/;
/** The only query there is: how often a phone was told to ask again. */
const attemptQuery = /^attempt=([12])$/;

export function voiceRoutes(parts: VoiceParts): Hono {
  const handle = (c: Context) => receive(c, parts);
  return new Hono().all("/hooks/*", policy("carrier"), handle).all("/t/*", policy("carrier"), handle);
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
  if (hook.to !== "turn" && hook.what === "status") {
    const report = parts.provider.parseStatus(verified.fields);
    if (!report.ok) return refuse(report);
    const address: ReportAddress = hook.to === "number" ? { hookToken: hook.token } : { token: hook.token };
    try {
      const heard = await parts.safety.patiently(() => parts.calls.report(address, report.value));
      return empty(heard === "unknown" ? 403 : 204);
    } catch (error) {
      parts.log.warn("A status report could not be kept.", {}, error);
      return empty(503);
    }
  }
  const request = parts.provider.parseVoice(verified.fields);
  if (!request.ok) return refuse(request);
  // Where the phone failed is told once: asked again, it must ask there.
  const failed = failedTurn(hook, request.value);
  const asked = { path: failed?.path ?? path, attempt, request: request.value };
  const answer = await parts.safety.answer(asked, (request, memo) =>
    answerVoice(parts.calls, failed?.hook ?? hook, request, memo),
  );
  if (answer === "unknown") return empty(403);
  return new Response(answer.body, { headers: { ...answerHeaders, "content-type": answer.contentType } });
}

/** A fallback webhook says where the phone failed: it is answered as if asked there again (F7). */
function failedTurn(hook: Hook, { failure }: VoiceRequest): { path: string; hook: Hook } | null {
  if (hook.to === "turn" || hook.what !== "fallback" || !failure?.target) return null;
  const [path = ""] = failure.target.split("?", 1);
  const found = hookOf(path);
  return found?.to === "turn" ? { path, hook: found } : null;
}

async function answerVoice(calls: Calls, hook: Hook, request: VoiceRequest, memo: Memo) {
  if (request.failure?.document) throw new Error("The carrier could not use a document of ours.");
  if (hook.to === "turn") return await calls.ask(hook.token, hook.turn, hook.kind, request, memo);
  if (hook.what === "voice") return await calls.ring(hook.token, request, memo);
  if (hook.to === "number") return await calls.ring(hook.token, request, memo);
  return "unknown";
}

function hookOf(path: string): Hook | null {
  const turn = turnPath.exec(path);
  // The groups are the expressions above: the casts name what they can hold.
  if (turn) return { to: "turn", token: turn[1]!, turn: Number(turn[2]), kind: turn[3] as TurnKind };
  const number = numberPath.exec(path);
  if (number) return { to: "number", token: number[1]!, what: number[2] as "voice" | "fallback" | "status" };
  const call = callPath.exec(path);
  return call ? { to: "call", token: call[1]!, what: call[2] as "fallback" | "status" } : null;
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
