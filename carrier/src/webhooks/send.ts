/**
 * One signed request to an application, as protocol 2 describes it: limits, retries and their overrides, redirects, cookies, size.
 * Doorway: `createSender(...)` once per carrier, `send(request)` per request. Never throws: the world's failures are answers with a code.
 * Must not decide what a failure means for the call; that is `calls/load-document.ts`.
 */
import type { Clock } from "../clock/clock.ts";
import type { Entry, Journal } from "../console/journal.ts";
import { makeToken, type Random } from "../ids.ts";
import { limits } from "../limits.ts";
import type { Method } from "../twiml/document.ts";
import { hideUserinfo } from "../userinfo.ts";
import { contentTypeOf, type HttpCache } from "./cache.ts";
import { decodeDocument } from "./charset.ts";
import { type Connection, connectionOf } from "./connection.ts";
import { type Cookies, createCookies } from "./cookies.ts";
import { type Failed, failed, refusedBy, unconnected, violated } from "./failure.ts";
import type { FaultPlan, VoiceFault } from "./faults.ts";
import { type Parameters, signature } from "./signature.ts";
import { allowedTarget } from "./targets.ts";
import type { Tunnels } from "./tunnels.ts";
import { createWire, type Wire, type WireAnswer } from "./wire.ts";

export interface OutgoingRequest {
  readonly url: string;
  readonly method: Method;
  readonly parameters: Parameters;
  readonly callSid: string;
  /** False for callbacks that only inform: their answer is not read and they meet no voice faults. */
  readonly controlsCall: boolean;
  /** Media are asked for: the answer is read as bytes, whatever it is, and kept as its server allows. */
  readonly media?: true;
  /** All attempts together may take no longer than this, whatever the URL asks for, ms. */
  readonly limitMs?: number;
}

export type Answer =
  /** `url` is where the answer came from, after redirects and without the call's parameters. */
  | {
      readonly ok: true;
      readonly url: string;
      readonly contentType: string;
      readonly body: string;
      /** The bytes, when it was no text but sound. */
      readonly media?: Uint8Array;
      /** Why the body's bytes are not the text they claim to be, or null. */
      readonly encodingProblem: string | null;
    }
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
  readonly tunnels: Tunnels;
  readonly random: Random;
  readonly faults: () => FaultPlan;
  readonly journal: Journal;
  /** Answers to GET that may be kept. */
  readonly cache: HttpCache;
  /** Certificates (PEM) to trust beside the public ones. */
  readonly authorities: readonly string[];
}

export function createSender(parts: SenderParts): Sender {
  const { clock } = parts;
  const cookies = createCookies();
  const wire = createWire(clock, parts.authorities, parts.tunnels);
  let closed = false;
  return {
    close() {
      closed = true;
      wire.close();
    },
    async send(request) {
      if (closed) return failed(11205, "HTTP connection failure: the carrier has closed");
      const connection = connectionOf(request.url);
      if ("code" in connection) return connection;
      const total = new AbortController();
      const way: Way = {
        ...parts,
        cookies,
        wire,
        connection,
        // Retries carry the same token: that is how a receiver tells them.
        token: makeToken(parts.random),
        stop: total.signal,
        stopped: connection.totalGiven ? outOfTotal : outOfTime,
      };
      const fault = (request.controlsCall && parts.faults().voiceRequest?.(request)) || {};
      const cancel = clock.after(Math.min(connection.totalMs, request.limitMs ?? connection.totalMs), () =>
        total.abort(),
      );
      try {
        for (let attempt = 0; ; attempt++) {
          const answer = await attemptOnce(way, request, attempt < (fault.attempts ?? 1) ? fault : {});
          if (answer.ok || attempt >= connection.retries || total.signal.aborted || closed) return answer;
          if (answer.because === null || !connection.retryOn.has(answer.because)) return answer;
        }
      } finally {
        cancel();
      }
    },
  };
}

/** What a request needs on its way, whatever it asks. */
type Way = SenderParts & {
  readonly cookies: Cookies;
  readonly wire: Wire;
  readonly connection: Connection;
  readonly token: string;
  /** All attempts are over, and why. */
  readonly stop: AbortSignal;
  readonly stopped: Failed;
};

/** Twilio, errors 11203 and 11205: the one is about a `tt` that was given, the other about the 15 seconds that always hold. */
const outOfTotal = failed(11203, "HTTP communication total time out triggered: no answer within tt");
const outOfTime = failed(11205, "HTTP connection failure: no answer in time");

type Reply = Extract<Answer, { ok: true }>;

async function attemptOnce(way: Way, request: OutgoingRequest, fault: VoiceFault): Promise<Reply | Failed> {
  const { clock, connection, stop, stopped } = way;
  if (fault.delaySeconds) await untilOr(clock, fault.delaySeconds * 1000, stop);
  if (fault.lose === "connection") await untilOr(clock, connection.connectMs, stop);
  if (stop.aborted) return stopped;
  if (fault.lose === "connection") return unconnected(11201, "TCP connection timed out (a planned fault)");
  if (fault.lose === "request")
    return unconnected(11205, "HTTP connection failure: the request was lost (a planned fault)");
  const answer = await clock.track(followRedirects(way, request));
  if (fault.lose === "answer")
    return unconnected(11205, "HTTP connection failure: the answer was lost (a planned fault)");
  return answer;
}

async function followRedirects(way: Way, request: OutgoingRequest): Promise<Reply | Failed> {
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
    const response = await ask(way, request, target.url, entry);
    if ("because" in response) return noted(entry, response);
    if ("body" in response) return noted(entry, { ok: true, url: document, ...response });
    const location = response.headers.get("location");
    if (response.status === 304 || response.status < 300 || response.status > 399 || location === null)
      return noted(entry, await read(way, request, target.url, entry, response));
    response.discard();
    const next = URL.parse(location, target.url.href);
    if (!next) return noted(entry, violated(`redirected to ${location.slice(0, 200)}`));
    document = next.href;
    // 301, 302 and 303 turn a POST into a GET without the form, as browsers do. [open] in the protocol; 307 and 308 keep both.
    // A GET goes on with the query of its new address alone.
    if (response.status <= 303 || method === "GET") [method, parameters] = ["GET", []];
  }
  return failed(11215, `HTTP too many redirects: more than ${limits.redirects}`);
}

/** Writes down how it went. */
function noted<Given extends Reply | Failed>(entry: Entry, answer: Given): Given {
  if (answer.ok) entry.body = answer.body.slice(0, limits.journalCharacters);
  else entry.problem = { code: answer.code, message: hideUserinfo(answer.message) };
  return answer;
}

/** The answer's head, or a whole answer that was kept. */
async function ask(
  way: Way,
  request: OutgoingRequest,
  target: URL,
  entry: Entry,
): Promise<WireAnswer | Failed | Content> {
  const { clock, cache, cookies, connection } = way;
  const { about, method, parameters } = entry;
  const kept =
    method === "GET" && (entry.controlsCall || request.media) ? cache.look(target.href) : nothingKept;
  if (kept.fresh) {
    entry.fromCache = true;
    Object.assign(entry, { status: 200, contentType: kept.fresh.contentType, tookMs: 0 });
    return contentOf(request, kept.fresh.headers, kept.fresh.body);
  }
  const headers: Record<string, string> = {
    "I-Twilio-Idempotency-Token": way.token,
    Accept: "*/*",
    "Accept-Encoding": "gzip, deflate",
    "User-Agent": "TwilioProxy/1.1",
    "X-Twilio-Signature": entry.signature,
    ...kept.headers,
  };
  if (method === "POST") headers["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8";
  const cookie = cookies.headerFor(about, target);
  if (cookie !== null) headers.Cookie = cookie;
  if (target.username !== "") headers.Authorization = basicAuth(target);
  // As the URL standard writes it, which is how it goes over the wire: what is signed is what is received.
  const url = new URL(withoutUserinfo(target.href));
  const body = method === "POST" ? formOf(parameters) : null;
  const { connectMs, sni } = connection;
  const readMs = connection.readMs < connection.totalMs ? connection.readMs : null;
  const { stop, stopped } = way;
  const response = await way.wire.ask({ url, method, headers, body, connectMs, readMs, sni, stop, stopped });
  if (!response.ok) return response;
  entry.status = response.status;
  entry.contentType = response.headers.get("content-type");
  entry.tookMs = clock.now() - entry.at;
  cookies.keep(about, target, response.headers.getSetCookie(), clock.now());
  if (response.status !== 304 || Object.keys(kept.headers).length === 0) return response;
  const renewed = cache.renew(target.href, response.headers);
  if (!renewed) return response;
  response.discard();
  entry.fromCache = true;
  return contentOf(request, renewed.headers, renewed.body);
}

const nothingKept: ReturnType<HttpCache["look"]> = { fresh: null, headers: {} };

async function read(
  way: Way,
  request: OutgoingRequest,
  target: URL,
  entry: Entry,
  response: WireAnswer,
): Promise<Reply | Failed> {
  const { status, headers } = response;
  const { method, document: url } = entry;
  const good = status >= 200 && status < 300;
  // Of callbacks that inform only the status matters; what came with it is for whoever reads the alert log, and not waited for.
  if (!good || !(request.controlsCall || request.media)) {
    if (response.complete && !good) await keepForReaders(entry, response);
    else response.discard();
    return good ? { ok: true, url, ...noContent } : refusedBy(status);
  }
  const contentType = contentTypeOf(headers);
  const most = isSound(request, contentType) ? limits.mediaBytes : limits.documentBytes;
  const bytes = await response.read(most);
  if (bytes === null) return failed(11750, `TwiML response body too large: over ${most} bytes`);
  if ("because" in bytes) return bytes;
  if (method === "GET" && status === 200) way.cache.keep(target.href, headers, bytes, target.username !== "");
  if (bytes.byteLength === 0 && headers.has("transfer-encoding")) return failed(11770, "Empty response body");
  return { ok: true, url, ...contentOf(request, headers, bytes) };
}

async function keepForReaders(entry: Entry, response: WireAnswer): Promise<void> {
  const bytes = await response.read(limits.journalCharacters);
  if (bytes instanceof Uint8Array) entry.body = Buffer.from(bytes).toString("utf8");
}

type Content = Omit<Reply, "ok" | "url">;

const noContent: Content = { contentType: "", body: "", encodingProblem: null };

const isSound = (request: OutgoingRequest, contentType: string) =>
  request.media === true || contentType.startsWith("audio/");

function contentOf(request: OutgoingRequest, headers: Headers, bytes: Uint8Array): Content {
  const contentType = contentTypeOf(headers);
  if (isSound(request, contentType)) return { ...noContent, contentType, media: bytes };
  const { text: body, problem: encodingProblem } = decodeDocument(bytes, headers.get("content-type") ?? "");
  return { contentType, body, encodingProblem };
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

function untilOr(clock: Clock, ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(ms, resolve);
    stop.addEventListener("abort", () => {
      cancel();
      resolve();
    });
  });
}
