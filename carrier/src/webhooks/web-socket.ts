/**
 * A WebSocket to an application (RFC 6455, the client's half), with a signed handshake (protocol 9).
 * Doorway: `createSockets`, then `open`. Every message is followed by a ping: virtual time stands still until its pong, so what an
 * application answers at once is heard before time goes on. Never throws: failures are answers, ends are told once.
 */
import { createHash } from "node:crypto";
import { type IncomingMessage, request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import type { Duplex } from "node:stream";
import type { Clock } from "../clock.ts";
import type { Random } from "../ids.ts";
import { limits } from "../limits.ts";
import { signature } from "./signature.ts";
import { allowedTarget } from "./targets.ts";

export interface Socket {
  send(message: object): void;
  close(code: number): void;
}

export interface SocketEvents {
  message(text: string): void;
  /** Exactly once, whoever closed it. The code is the other side's, or null. */
  closed(code: number | null): void;
}

export type Opened =
  | { readonly ok: true; readonly socket: Socket }
  | { readonly ok: false; readonly message: string };

export interface Sockets {
  open(url: string, events: SocketEvents): Promise<Opened>;
}

export interface SocketParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly authToken: string;
  readonly allowedHosts: ReadonlySet<string>;
  /** Certificates (PEM) to trust beside the public ones. */
  readonly authorities: readonly string[];
}

/** RFC 6455, 1.3. */
const magic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const opcodes = { more: 0, text: 1, close: 8, ping: 9, pong: 10 } as const;

export function createSockets(parts: SocketParts): Sockets {
  return {
    open(url, events) {
      const target = allowedTarget(url.replace(/^ws/i, "http"), parts.allowedHosts);
      if (!/^wss?:/i.test(url) || !target.ok) {
        const message = target.ok ? `expected a wss URL, found ${url.slice(0, 200)}` : target.message;
        return Promise.resolve({ ok: false, message });
      }
      return parts.clock.track(shakeHands(parts, url, target.url, events));
    },
  };
}

function shakeHands(parts: SocketParts, url: string, target: URL, events: SocketEvents): Promise<Opened> {
  const key = bytes(16, parts.random).toString("base64");
  return new Promise((resolve) => {
    const fail = (message: string) => {
      cancel();
      resolve({ ok: false, message });
    };
    const request = (target.protocol === "https:" ? tlsRequest : plainRequest)(target, {
      headers: {
        Connection: "Upgrade",
        Upgrade: "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": key,
        "User-Agent": "TwilioProxy/1.1",
        "X-Twilio-Signature": signature(parts.authToken, url, []),
      },
    });
    const cancel = parts.clock.after(limits.webhookMs, () => {
      request.destroy();
      fail("no answer in time");
    });
    request.on("error", (error) => fail(error.message));
    request.on("response", (response: IncomingMessage) => {
      response.resume();
      fail(`expected status 101, found ${response.statusCode}`);
    });
    request.on("upgrade", (response: IncomingMessage, stream: Duplex, head: Buffer) => {
      const expected = createHash("sha1")
        .update(key + magic)
        .digest("base64");
      if (response.headers["sec-websocket-accept"] !== expected) {
        stream.destroy();
        return fail("the handshake was answered with a wrong key");
      }
      cancel();
      resolve({ ok: true, socket: converse(parts, stream, head, events) });
    });
    request.end();
  });
}

function converse(
  { clock, random }: SocketParts,
  stream: Duplex,
  head: Buffer,
  events: SocketEvents,
): Socket {
  const pongs: (() => void)[] = [];
  let buffered: Buffer = head;
  let message: Buffer[] = [];
  let over = false;
  let closing = false;
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
  const finish = () => {
    if (over) return;
    over = true;
    for (const pong of pongs.splice(0)) pong();
    stream.destroy();
    events.closed(theirCode);
  };
  const handle = (opcode: number, final: boolean, payload: Buffer) => {
    if (opcode === opcodes.ping) frame(opcodes.pong, payload);
    else if (opcode === opcodes.pong) pongs.shift()?.();
    else if (opcode === opcodes.close) {
      theirCode = payload.length >= 2 ? payload.readUInt16BE(0) : null;
      if (!closing) frame(opcodes.close, payload.subarray(0, 2));
      finish();
    } else {
      message.push(payload);
      if (message.reduce((sum, one) => sum + one.length, 0) > limits.socketMessageBytes) return close(1009);
      if (!final) return;
      const text = Buffer.concat(message).toString("utf8");
      message = [];
      events.message(text);
    }
  };
  const close = (code: number) => {
    if (closing) return;
    closing = true;
    const payload = Buffer.alloc(2);
    payload.writeUInt16BE(code, 0);
    frame(opcodes.close, payload);
    pongs.push(held());
    const cancel = clock.after(limits.webhookMs, finish);
    stream.once("close", cancel);
  };
  const read = (chunk: Buffer) => {
    buffered = Buffer.concat([buffered, chunk]);
    for (let found = readFrame(buffered); found; found = readFrame(buffered)) {
      buffered = buffered.subarray(found.bytes);
      if (over) return;
      handle(found.opcode, found.final, found.payload);
    }
    if (buffered.length > limits.socketMessageBytes) close(1009);
  };
  stream.on("data", read);
  stream.on("error", finish);
  stream.on("close", finish);
  if (head.length > 0) {
    buffered = Buffer.alloc(0);
    queueMicrotask(() => read(head));
  }
  return {
    send(what) {
      if (over || closing) return;
      frame(opcodes.text, Buffer.from(JSON.stringify(what)));
      frame(opcodes.ping, Buffer.alloc(0));
      pongs.push(held());
    },
    close(code) {
      if (!over) close(code);
    },
  };
}

const bytes = (count: number, random: Random) =>
  Buffer.from(Array.from({ length: count }, () => Math.floor(random() * 256)));

/** A frame of a client is masked (RFC 6455, 5.3). */
function maskedFrame(opcode: number, payload: Buffer, mask: Buffer): Buffer {
  const { length } = payload;
  const size = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const header = Buffer.alloc(2 + size);
  header[0] = 0x80 | opcode;
  header[1] = 0x80 | (size === 0 ? length : size === 2 ? 126 : 127);
  if (size === 2) header.writeUInt16BE(length, 2);
  if (size === 8) header.writeBigUInt64BE(BigInt(length), 2);
  const masked = Buffer.from(payload);
  for (let at = 0; at < length; at++) masked[at] = masked[at]! ^ mask[at % 4]!;
  return Buffer.concat([header, mask, masked]);
}

/** The first whole frame of what has come, or null. */
function readFrame(from: Buffer) {
  if (from.length < 2) return null;
  const short = from[1]! & 0x7f;
  const size = short < 126 ? 0 : short === 126 ? 2 : 8;
  const maskBytes = from[1]! & 0x80 ? 4 : 0;
  if (from.length < 2 + size + maskBytes) return null;
  const length = size === 0 ? short : size === 2 ? from.readUInt16BE(2) : Number(from.readBigUInt64BE(2));
  const begin = 2 + size + maskBytes;
  if (from.length < begin + length) return null;
  const payload = Buffer.from(from.subarray(begin, begin + length));
  if (maskBytes > 0)
    for (let at = 0; at < length; at++) payload[at] = payload[at]! ^ from[begin - 4 + (at % 4)]!;
  return {
    opcode: from[0]! & 0x0f,
    final: (from[0]! & 0x80) !== 0,
    payload,
    bytes: begin + length,
  };
}
