/**
 * A WebSocket to an application (RFC 6455, the client's half), with a signed handshake (protocol 9).
 * Doorway: `createSockets`, then `open`. Every message is followed by a ping: virtual time stands still until its pong, so what an
 * application answers at once is heard before time goes on. Never throws: failures are answers, ends are told once.
 */
import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { type IncomingMessage, request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import type { Duplex } from "node:stream";
import { rootCertificates } from "node:tls";
import type { Clock } from "../clock/clock.ts";
import type { Random } from "../ids.ts";
import { limits } from "../limits.ts";
import { type Frame, maskedFrame, opcodes, readFrame } from "./frames.ts";
import { signature } from "./signature.ts";
import { allowedTarget, lookUp } from "./targets.ts";
import { type Passage, passageOf, type Tunnels } from "./tunnels.ts";

export interface Socket {
  /** In their order, with one ping after the last of them. */
  send(...messages: readonly object[]): void;
  /** Bytes that the other side has not taken yet. */
  backlog(): number;
  close(code: number, reason?: string): void;
}

export interface SocketEvents {
  message(text: string): void;
  /** Exactly once, whoever closed it. The code is the other side's, or null. */
  closed(code: number | null): void;
}

/** Why there is no connection. */
export type Unopened = "url" | "scheme" | "host" | "refused" | "timeout" | "tls" | "handshake";

export type Opened =
  | { readonly ok: true; readonly socket: Socket }
  | { readonly ok: false; readonly why: Unopened; readonly message: string };

export interface Sockets {
  open(url: string, events: SocketEvents): Promise<Opened>;
}

export interface SocketParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly authToken: string;
  readonly allowedHosts: ReadonlySet<string>;
  readonly tunnels: Tunnels;
  /** Certificates (PEM) to trust beside the public ones. */
  readonly authorities: readonly string[];
}

/** RFC 6455, 1.3. */
const magic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

export function createSockets(parts: SocketParts): Sockets {
  return {
    open(url, events) {
      const unopened = (why: Unopened, message: string) =>
        Promise.resolve({ ok: false, why, message } as const);
      const shown = url.slice(0, 200);
      if (!URL.canParse(url)) return unopened("url", `expected a wss URL, found ${shown}`);
      if (!/^wss?:/i.test(url)) return unopened("scheme", `expected a wss URL, found ${shown}`);
      const target = allowedTarget(url.replace(/^ws/i, "http"), parts.allowedHosts);
      if (!target.ok) return unopened("host", target.message);
      return parts.clock.track(shakeHands(parts, url, passageOf(target.url, parts.tunnels), events));
    },
  };
}

function shakeHands(
  parts: SocketParts,
  url: string,
  passage: Passage,
  events: SocketEvents,
): Promise<Opened> {
  const key = bytes(16, parts.random).toString("base64");
  return new Promise((resolve) => {
    const fail = (why: Unopened, message: string) => {
      cancel();
      resolve({ ok: false, why, message });
    };
    const target = passage.url;
    const request = (target.protocol === "https:" ? tlsRequest : plainRequest)(target, {
      lookup: lookUp,
      ...(parts.authorities.length > 0 && { ca: [...rootCertificates, ...parts.authorities] }),
      headers: {
        Connection: "Upgrade",
        Upgrade: "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": key,
        "User-Agent": "TwilioProxy/1.1",
        "X-Twilio-Signature": signature(parts.authToken, url, []),
        ...passage.headers,
      },
    });
    const cancel = parts.clock.after(limits.webhookMs, () => {
      request.destroy();
      fail("timeout", "no answer in time");
    });
    request.on("error", (error) => fail(whyOf(error), error.message));
    request.on("response", (response: IncomingMessage) => {
      response.destroy();
      fail("handshake", `expected status 101, found ${response.statusCode}`);
    });
    request.on("upgrade", (response: IncomingMessage, stream: Duplex, head: Buffer) => {
      const expected = createHash("sha1")
        .update(key + magic)
        .digest("base64");
      if (response.headers["sec-websocket-accept"] !== expected) {
        stream.destroy();
        return fail("handshake", "the handshake was answered with a wrong key");
      }
      cancel();
      resolve({ ok: true, socket: converse(parts, stream, head, events) });
    });
    request.end();
  });
}

function codeOf(code: number): Buffer {
  const payload = Buffer.alloc(2);
  payload.writeUInt16BE(code, 0);
  return payload;
}

function whyOf(error: Error): Unopened {
  const code = "code" in error ? String(error.code) : "";
  if (code === "ECONNREFUSED") return "refused";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN" || code === "EHOSTUNREACH") return "host";
  return /^(ERR_(SSL|TLS)|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code) ? "tls" : "handshake";
}

function converse(
  { clock, random }: SocketParts,
  stream: Duplex,
  head: Buffer,
  events: SocketEvents,
): Socket {
  /** Not answered yet, oldest first. */
  const pings: { readonly number: number; readonly answered: () => void }[] = [];
  let pinged = 0;
  let buffered: Buffer = head;
  let message: Buffer[] = [];
  let size = 0;
  let over = false;
  let closing = false;
  /** What they sent was wrong: whatever else comes is not looked at. */
  let deaf = false;
  let theirCode: number | null = null;
  const frame = (opcode: number, payload: Buffer) => {
    if (!stream.destroyed) stream.write(maskedFrame(opcode, payload, bytes(4, random)));
  };
  /** Virtual time stands still until this is called. */
  const held = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    void clock.track(promise);
    return resolve;
  };
  /** A pong answers all pings up to its own: whoever is asked several times may answer the last alone (RFC 6455, 5.5.3). */
  const ponged = (payload: Buffer) => {
    if (payload.length !== 4) return;
    const number = payload.readUInt32BE(0);
    while (pings[0] && pings[0].number <= number) pings.shift()?.answered();
  };
  const finish = () => {
    if (over) return;
    over = true;
    for (const { answered } of pings.splice(0)) answered();
    stream.destroy();
    events.closed(theirCode);
  };
  const refuse = (code: number) => {
    deaf = true;
    buffered = Buffer.alloc(0);
    message = [];
    // Nothing they say counts any more, so their goodbye is not waited for.
    if (!closing) frame(opcodes.close, codeOf(code));
    finish();
  };
  const handle = ({ opcode, final, payload }: Frame) => {
    if (opcode === opcodes.ping) return frame(opcodes.pong, payload);
    if (opcode === opcodes.pong) return ponged(payload);
    if (opcode === opcodes.close) {
      theirCode = payload.length >= 2 ? payload.readUInt16BE(0) : null;
      if (!closing) frame(opcodes.close, payload.subarray(0, 2));
      return finish();
    }
    // What they say is text; a message begins with its kind and goes on without.
    if (opcode === opcodes.binary) return refuse(1003);
    if ((opcode === opcodes.more) !== message.length > 0) return refuse(1002);
    message.push(payload);
    size += payload.length;
    if (size > limits.socketMessageBytes || message.length > limits.socketFragments) return refuse(1009);
    if (!final) return;
    const whole = Buffer.concat(message);
    message = [];
    size = 0;
    if (!isUtf8(whole)) return refuse(1007);
    events.message(whole.toString("utf8"));
  };
  const close = (code: number, reason: string) => {
    if (closing) return;
    closing = true;
    frame(opcodes.close, Buffer.concat([codeOf(code), Buffer.from(reason)]));
    pings.push({ number: Number.POSITIVE_INFINITY, answered: held() });
    const cancel = clock.after(limits.webhookMs, finish);
    stream.once("close", cancel);
  };
  const read = (chunk: Buffer) => {
    if (deaf) return;
    buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
    for (let found = readFrame(buffered); found && !over && !deaf; found = readFrame(buffered)) {
      if ("wrong" in found) return refuse(found.wrong);
      buffered = buffered.subarray(found.bytes);
      handle(found);
    }
  };
  stream.on("data", read);
  stream.on("error", finish);
  stream.on("close", finish);
  if (head.length > 0) {
    buffered = Buffer.alloc(0);
    queueMicrotask(() => read(head));
  }
  return {
    backlog: () => stream.writableLength,
    send(...messages) {
      if (over || closing || messages.length === 0) return;
      for (const message of messages) frame(opcodes.text, Buffer.from(JSON.stringify(message)));
      // Who answers none of so many is not waited for.
      if (pings.length >= limits.socketPings) return;
      const payload = Buffer.alloc(4);
      payload.writeUInt32BE(++pinged, 0);
      frame(opcodes.ping, payload);
      pings.push({ number: pinged, answered: held() });
    },
    close(code, reason = "") {
      if (!over) close(code, reason);
    },
  };
}

const bytes = (count: number, random: Random) =>
  Buffer.from(Array.from({ length: count }, () => Math.floor(random() * 256)));
