/**
 * One HTTP exchange with an application's server, with every limit in the carrier's own time: how long connecting may take, how long the
 * server may be silent (`rt`: before its answer and between its packets), when all attempts together are over (protocol 2).
 *
 * Life cycle: `createWire` once per carrier, `ask` per request, then `read` or `discard` exactly once; `close` ends every connection.
 * Connections are kept open between requests. Never throws: failures are answers with Twilio's code.
 */
import { type IncomingMessage, Agent as PlainAgent, request as plainRequest } from "node:http";
import { Agent as TlsAgent, request as tlsRequest } from "node:https";
import type { Socket } from "node:net";
import { pipeline, type Readable } from "node:stream";
import { rootCertificates, TLSSocket } from "node:tls";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { Cancel, Clock } from "../clock/clock.ts";
import type { Method } from "../twiml/document.ts";
import { connectionFailure, type Failed, failed, unconnected, violated } from "./failure.ts";
import { lookUp } from "./targets.ts";
import { passageOf, type Tunnels } from "./tunnels.ts";

export interface WireRequest {
  /** Without userinfo. */
  readonly url: URL;
  readonly method: Method;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly connectMs: number;
  /** Null when `stop` comes no later anyway. */
  readonly readMs: number | null;
  /** Whether a TLS server is told the name that is asked for. */
  readonly sni: boolean;
  /** The end of all attempts together, and what to say of it. */
  readonly stop: AbortSignal;
  readonly stopped: Failed;
}

export interface WireAnswer {
  readonly ok: true;
  readonly status: number;
  readonly headers: Headers;
  /** The body, uncompressed, or null when it is over `maxBytes`; the rest of it is then not read. */
  read(maxBytes: number): Promise<Uint8Array | null | Failed>;
  /** The whole body has come already. */
  readonly complete: boolean;
  /** Nobody wants the body. */
  discard(): void;
}

export interface Wire {
  ask(request: WireRequest): Promise<WireAnswer | Failed>;
  close(): void;
}

/** Connections that wait for their next request, and for how long, ms of real time. */
const idleConnections = 256;
const idleMs = 5000;

/** `authorities`: certificates (PEM) to trust beside the public ones. */
export function createWire(clock: Clock, authorities: readonly string[], tunnels: Tunnels): Wire {
  const kept = { keepAlive: true, maxFreeSockets: idleConnections, timeout: idleMs };
  const trusted = authorities.length === 0 ? {} : { ca: [...rootCertificates, ...authorities] };
  const agents = {
    kept: { "http:": new PlainAgent(kept), "https:": new TlsAgent({ ...kept, ...trusted }) },
    fresh: { "http:": new PlainAgent(), "https:": new TlsAgent(trusted) },
  };
  const exchange = (request: WireRequest, which: keyof typeof agents) => {
    const { url, headers } = passageOf(request.url, tunnels);
    const agent = agents[which][url.protocol === "https:" ? "https:" : "http:"];
    return askOnce(clock, { ...request, url, headers: { ...request.headers, ...headers } }, agent);
  };
  return {
    async ask(request) {
      const answer = await exchange(request, "kept");
      // The server closed a kept connection at the moment it was used again: no attempt of its own.
      return answer === "stale" ? ((await exchange(request, "fresh")) as WireAnswer | Failed) : answer;
    },
    close() {
      for (const pair of Object.values(agents)) for (const agent of Object.values(pair)) agent.destroy();
    },
  };
}

/** `stale`: a connection that was kept has gone; never the answer of a fresh one. */
function askOnce(
  clock: Clock,
  { url, method, headers, body, connectMs, readMs, sni, stop, stopped }: WireRequest,
  agent: PlainAgent | TlsAgent,
): Promise<WireAnswer | Failed | "stale"> {
  if (stop.aborted) return Promise.resolve(stopped);
  return new Promise((resolve) => {
    let ended: Failed | null = null;
    let connected = false;
    let socket: Socket | null = null;
    let answered: IncomingMessage | null = null;
    let cancelLimit: Cancel = () => {};
    const request = (url.protocol === "https:" ? tlsRequest : plainRequest)(url, {
      method,
      headers: body === null ? headers : { ...headers, "Content-Length": String(Buffer.byteLength(body)) },
      agent,
      lookup: lookUp,
      ...(!sni && { servername: "" }),
    });
    const fail = (why: Failed) => {
      // A partial answer is never asked for again (Twilio, Connection overrides, retry policy).
      ended ??= answered ? { ...why, because: null } : why;
      (answered ?? request).destroy();
      release();
      resolve(ended);
    };
    const onStop = () => fail(stopped);
    const limit = (ms: number | null, why: Failed) => {
      cancelLimit();
      cancelLimit = ms === null ? () => {} : clock.after(ms, () => fail(why));
    };
    const silent = () => limit(readMs, readTimeout);
    const release = () => {
      cancelLimit();
      stop.removeEventListener("abort", onStop);
      socket?.off("data", silent);
    };
    const onConnected = () => {
      connected = true;
      silent();
    };
    stop.addEventListener("abort", onStop);
    request.on("socket", (given) => {
      socket = given;
      if (readMs !== null) given.on("data", silent);
      if (!given.connecting) return onConnected();
      limit(connectMs, connectTimeout);
      // TLS begins when TCP is connected, and its failures count as failed connections.
      given.once("connect", () => (given instanceof TLSSocket ? limit(readMs, tlsTimeout) : onConnected()));
      given.once("secureConnect", onConnected);
    });
    request.on("error", (error) => {
      if (ended === null && request.reusedSocket && "code" in error && error.code === "ECONNRESET") {
        release();
        return resolve("stale");
      }
      fail(connectionFailure(error, connected));
    });
    request.on("upgrade", (response: IncomingMessage, stream: Readable) => {
      stream.destroy();
      fail(violated(`expected an answer, found ${response.statusCode} Switching Protocols`));
    });
    request.on("response", (response) => {
      answered = response;
      const given = headersOf(response);
      if (given === null) return fail(violated("headers that are none"));
      resolve({
        ok: true,
        status: response.statusCode ?? 0,
        headers: given,
        get complete() {
          return response.complete;
        },
        discard() {
          if (response.complete) response.resume();
          else response.destroy();
          release();
        },
        async read(maxBytes) {
          try {
            return await readBody(response, given, maxBytes);
          } catch (error) {
            return ended ?? broken(error);
          } finally {
            release();
          }
        },
      });
    });
    // As bytes: a text would have Node write the headers in its encoding too.
    request.end(body === null ? undefined : Buffer.from(body));
  });
}

const connectTimeout = unconnected(11201, "TCP connection timed out");
const tlsTimeout = unconnected(11220, "SSL/TLS Handshake Error: no answer in time");
/** Twilio, error 11205: its page counts an answer that does not come in time among the failed connections. */
const readTimeout = failed(11205, "HTTP connection failure: no answer in time (read timeout)", "rt");

/** A body that broke off. */
function broken(error: unknown): Failed {
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  if (code.startsWith("Z_") || code.startsWith("ERR_BROTLI") || code === "ERR_PADDING_2")
    return violated(`a body that is not compressed as its header says (${code})`);
  return connectionFailure(error, true);
}

function headersOf(response: IncomingMessage): Headers | null {
  const headers = new Headers();
  try {
    for (let at = 0; at + 1 < response.rawHeaders.length; at += 2)
      headers.append(response.rawHeaders[at]!, response.rawHeaders[at + 1]!);
    return headers;
  } catch {
    return null;
  }
}

async function readBody(
  response: IncomingMessage,
  headers: Headers,
  maxBytes: number,
): Promise<Uint8Array | null> {
  if (Number(headers.get("content-length") ?? 0) > maxBytes) {
    response.destroy();
    return null;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  // A stream's chunks are bytes as long as nobody sets an encoding.
  for await (const chunk of decoded(response, headers) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      response.destroy();
      return null;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function decoded(response: IncomingMessage, headers: Headers): Readable {
  const decoders = {
    gzip: createGunzip,
    "x-gzip": createGunzip,
    deflate: createInflate,
    br: createBrotliDecompress,
  };
  const name = (headers.get("content-encoding") ?? "").trim().toLowerCase();
  if (!Object.hasOwn(decoders, name)) return response;
  const decoder = decoders[name as keyof typeof decoders]();
  // Errors reach whoever reads the decoder.
  pipeline(response, decoder, () => {});
  return decoder;
}
