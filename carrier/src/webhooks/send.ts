/**
 * One signed request to an application, as protocol 2 describes it: limits, retries and their overrides, redirects, cookies, size.
 * Doorway: `createSender(...)` once per carrier, `send(request)` per request. Never throws: the world's failures are answers with a code.
 * Must not decide what a failure means for the call; that is `calls/load-document.ts`.
 */
import type { Clock } from "../clock.ts";
import type { Entry, Journal } from "../console/journal.ts";
import { makeToken, type Random } from "../ids.ts";
import { limits } from "../limits.ts";
import type { Method } from "../twiml/document.ts";
import { type Connection, connectionOf, type Retryable } from "./connection.ts";
import { type Cookies, createCookies } from "./cookies.ts";
import type { FaultPlan, VoiceFault } from "./faults.ts";
import { type Parameters, signature } from "./signature.ts";
import { allowedTarget } from "./targets.ts";

export interface OutgoingRequest {
  readonly url: string;
  readonly method: Method;
  readonly parameters: Parameters;
  readonly callSid: string;
  /** False for callbacks that only inform: their answer is not read and they meet no voice faults. */
  readonly controlsCall: boolean;
}

export type Answer =
  /** `url` is where the answer came from, after redirects and without the call's parameters. */
  | { readonly ok: true; readonly url: string; readonly contentType: string; readonly body: string }
  | { readonly ok: false; readonly code: number; readonly message: string };

export interface Sender {
  send(request: OutgoingRequest): Promise<Answer>;
  /** From now on nothing is sent: every request fails at once. */
  close(): void;
}

export interface SenderParts {
  readonly clock: Clock;
  readonly authToken: string;
  readonly allowedHosts: ReadonlySet<string>;
  readonly random: Random;
  readonly faults: () => FaultPlan;
  readonly journal: Journal;
}

export function createSender(parts: SenderParts): Sender {
  const { clock } = parts;
  const cookies = createCookies();
  let closed = false;
  return {
    close() {
      closed = true;
    },
    async send(request) {
      if (closed) return failed(11205, "HTTP connection failure: the carrier has closed");
      const connection = connectionOf(request.url);
      if (typeof connection === "string") return failed(11243, connection);
      // Retries carry the same token: that is how a receiver tells them.
      const way = { ...parts, cookies, headers: { "I-Twilio-Idempotency-Token": makeToken(parts.random) } };
      const fault = (request.controlsCall && parts.faults().voiceRequest?.(request)) || {};
      const total = new AbortController();
      const cancel = clock.after(connection.totalMs, () => total.abort());
      try {
        for (let attempt = 0; ; attempt++) {
          const limit = attemptLimit(clock, connection, total.signal);
          const answer = await attemptOnce(way, request, attempt === 0 ? fault : {}, limit.signal);
          limit.cancel();
          if (answer.ok || attempt >= connection.retries || total.signal.aborted || closed) return answer;
          if (answer.because === null || !connection.retryOn.has(answer.because)) return answer;
        }
      } finally {
        cancel();
      }
    },
  };
}

/** The end of one attempt; that of all together where the one is no shorter. */
function attemptLimit(clock: Clock, { readMs, totalMs }: Connection, total: AbortSignal) {
  if (readMs >= totalMs) return { signal: total, cancel() {} };
  const one = new AbortController();
  const cancel = clock.after(readMs, () => one.abort());
  return { signal: AbortSignal.any([total, one.signal]), cancel };
}

/** What a request needs on its way, whatever it asks. */
type Way = SenderParts & { readonly cookies: Cookies; readonly headers: Readonly<Record<string, string>> };

/** A failure and the retry rule it falls under, if any. */
type Failed = Extract<Answer, { ok: false }> & { readonly because: Retryable | null };
const failed = (code: number, message: string, because: Retryable | null = null): Failed => ({
  ok: false,
  code,
  message,
  because,
});
const unconnected = (code: number, message: string) => failed(code, message, "ct");
const timedOut = failed(11203, "HTTP communication total time out: no answer in time", "rt");
const refusedBy = ({ status }: Response) =>
  failed(
    11200,
    `HTTP retrieval failure: expected status 2xx, found ${status}`,
    status >= 500 ? "5xx" : status >= 400 ? "4xx" : null,
  );

async function attemptOnce(
  way: Way,
  request: OutgoingRequest,
  fault: VoiceFault,
  deadline: AbortSignal,
): Promise<Extract<Answer, { ok: true }> | Failed> {
  if (fault.delaySeconds) await untilOr(way.clock, fault.delaySeconds * 1000, deadline);
  if (deadline.aborted) return timedOut;
  if (fault.lose === "request")
    return unconnected(11205, "HTTP connection failure: the request was lost (a planned fault)");
  const answer = await way.clock.track(followRedirects(way, request, deadline));
  if (fault.lose === "answer")
    return unconnected(11205, "HTTP connection failure: the answer was lost (a planned fault)");
  return answer;
}

async function followRedirects(
  way: Way,
  request: OutgoingRequest,
  deadline: AbortSignal,
): Promise<Extract<Answer, { ok: true }> | Failed> {
  let { url: document, method, parameters } = request;
  for (let hops = 0; hops <= limits.redirects; hops++) {
    const target = allowedTarget(withQuery(document, method === "GET" ? parameters : []), way.allowedHosts);
    if (!target.ok) return failed(target.code, target.message);
    const entry = way.journal.add({
      about: request.callSid,
      method,
      url: withoutUserinfo(target.url.href),
      document,
      parameters,
      signature: signature(way.authToken, target.url.href, method === "POST" ? parameters : []),
      controlsCall: request.controlsCall,
    });
    const response = await fetchOnce(way, target.url, entry, deadline);
    if ("because" in response) return noted(entry, response);
    entry.status = response.status;
    entry.contentType = response.headers.get("content-type");
    entry.tookMs = way.clock.now() - entry.at;
    way.cookies.keep(request.callSid, target.url, response.headers.getSetCookie(), way.clock.now());
    const location = response.headers.get("location");
    if (response.status < 300 || response.status > 399 || location === null)
      return noted(
        entry,
        await (request.controlsCall ? readAnswer(response, document) : readStatus(response, document)),
      );
    await response.body?.cancel().catch(ignore);
    const next = URL.parse(location, target.url.href);
    if (!next) return failed(11206, `HTTP protocol violation: redirected to ${location.slice(0, 200)}`);
    document = next.href;
    // 301, 302 and 303 turn a POST into a GET without the form, as browsers do. [open] in the protocol; 307 and 308 keep both.
    // A GET goes on with the query of its new address alone.
    if (response.status <= 303 || method === "GET") [method, parameters] = ["GET", []];
  }
  return failed(11215, `HTTP too many redirects: more than ${limits.redirects}`);
}

/** Writes down how it went. */
function noted<Given extends Extract<Answer, { ok: true }> | Failed>(entry: Entry, answer: Given): Given {
  if (answer.ok) entry.body = answer.body.slice(0, limits.journalCharacters);
  else entry.problem = { code: answer.code, message: answer.message };
  return answer;
}

async function fetchOnce(
  way: Way,
  target: URL,
  { about, method, parameters, signature: signed }: Entry,
  deadline: AbortSignal,
): Promise<Response | Failed> {
  const posted = method === "POST" ? parameters : [];
  const headers: Record<string, string> = {
    ...way.headers,
    Accept: "*/*",
    "User-Agent": "TwilioProxy/1.1",
    "X-Twilio-Signature": signed,
  };
  if (method === "POST") headers["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8";
  const cookie = way.cookies.headerFor(about, target);
  if (cookie !== null) headers.Cookie = cookie;
  if (target.username !== "") headers.Authorization = basicAuth(target);
  try {
    // As the URL standard writes it, which is how it goes over the wire: what is signed is what is received.
    return await fetch(withoutUserinfo(target.href), {
      method,
      headers,
      body: method === "POST" ? formOf(posted) : undefined,
      redirect: "manual",
      signal: deadline,
    });
  } catch (error) {
    return deadline.aborted ? timedOut : connectionFailure(error);
  }
}

/** Userinfo of a URL as Basic authentication; badly escaped userinfo is taken as it stands. */
function basicAuth({ username, password }: URL): string {
  const plain = (text: string) =>
    text.replace(/%[0-9a-f]{2}/gi, (hex) => String.fromCharCode(Number.parseInt(hex.slice(1), 16)));
  return `Basic ${Buffer.from(`${plain(username)}:${plain(password)}`, "latin1").toString("base64")}`;
}

/** What is sent is what was signed, byte for byte, apart from userinfo and fragment. */
const withoutUserinfo = (url: string) => url.replace(/#.*$/s, "").replace(/^([a-z]+:\/\/)[^/?@]*@/i, "$1");

function withQuery(url: string, parameters: Parameters): string {
  const bare = url.replace(/#.*$/s, "");
  if (parameters.length === 0) return bare;
  return `${bare}${bare.includes("?") ? "&" : "?"}${formOf(parameters)}`;
}

const formOf = (parameters: Parameters) => new URLSearchParams(parameters as [string, string][]).toString();

/** Callbacks that inform: only the status matters. */
async function readStatus(response: Response, url: string) {
  await response.body?.cancel().catch(ignore);
  if (response.ok) return { ok: true, url, contentType: "", body: "" } as const;
  return refusedBy(response);
}

async function readAnswer(response: Response, url: string) {
  if (!response.ok) {
    await response.body?.cancel().catch(ignore);
    return refusedBy(response);
  }
  const contentType = (response.headers.get("content-type") ?? "").split(";")[0]!.trim().toLowerCase();
  if (contentType.startsWith("audio/")) {
    await response.body?.cancel().catch(ignore);
    return { ok: true, url, contentType, body: "" } as const;
  }
  try {
    const body = await readBody(response);
    if (body === null)
      return failed(11750, `TwiML response body too large: over ${limits.documentBytes} bytes`);
    return { ok: true, url, contentType, body } as const;
  } catch (error) {
    return error instanceof Error && error.name === "AbortError" ? timedOut : connectionFailure(error);
  }
}

/** The body as text, or null if it is over the limit; the rest of it is then not read. */
async function readBody(response: Response): Promise<string | null> {
  if (!response.body) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > limits.documentBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Error codes of `fetch`'s failures; 11205 when nothing better is known. */
function connectionFailure(error: unknown) {
  const cause = error instanceof Error ? (error.cause as { code?: string } | undefined) : undefined;
  const code = cause?.code ?? (error instanceof Error ? error.message : String(error));
  return unconnected(codeOf(code), `HTTP connection failure: ${code}`);
}

/** Twilio's codes for Node's; certificates must be valid for public authorities (protocol 2, TLS). */
function codeOf(code: string): number {
  const known: Readonly<Record<string, number>> = {
    ECONNREFUSED: 11202,
    UND_ERR_CONNECT_TIMEOUT: 11201,
    ETIMEDOUT: 11201,
    ENOTFOUND: 11210,
    EPROTO: 11220,
    ERR_TLS_CERT_ALTNAME_INVALID: 11235,
    CERT_HAS_EXPIRED: 11236,
    DEPTH_ZERO_SELF_SIGNED_CERT: 11237,
    SELF_SIGNED_CERT_IN_CHAIN: 11237,
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 11237,
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 11237,
  };
  return known[code] ?? (code.startsWith("ERR_SSL") ? 11220 : 11205);
}

function untilOr(clock: Clock, ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(ms, resolve);
    stop.addEventListener("abort", () => {
      cancel();
      resolve();
    });
  });
}

const ignore = () => {};
