/** For tests: the application's end of a WebSocket, as small as RFC 6455 allows, with the handshake judged by Twilio's own library. */
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import twilio from "twilio";
import { authToken } from "./line.ts";

export interface SocketApplication {
  /** `ws://127.0.0.1:PORT`. */
  readonly url: string;
  /** Everything received, parsed. */
  readonly received: Record<string, unknown>[];
  readonly signed: boolean[];
  /** Codes with which the carrier closed. */
  readonly closed: (number | null)[];
  /** Why, in its words. */
  readonly reasons: string[];
  close(): Promise<void>;
}

/** `answer` is called for every message; what it gives is sent back, a number closes with that code. Of so many pings one is answered. */
export async function openSocketApplication(
  answer: (message: Record<string, unknown>) => readonly (object | string | number)[],
  pingsToOnePong = 1,
): Promise<SocketApplication> {
  const received: Record<string, unknown>[] = [];
  const signed: boolean[] = [];
  const closed: (number | null)[] = [];
  const reasons: string[] = [];
  const server = createServer((_request, response) => response.writeHead(400).end());
  server.on("upgrade", (request, socket) => {
    const url = `ws://${request.headers.host}${request.url}`;
    signed.push(twilio.validateRequest(authToken, String(request.headers["x-twilio-signature"]), url, {}));
    const accept = createHash("sha1")
      .update(`${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest("base64");
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    const send = (first: number, payload: Buffer) => {
      const header =
        payload.length < 126
          ? Buffer.from([first, payload.length])
          : Buffer.from([first, 126, payload.length >> 8, payload.length & 255]);
      socket.write(Buffer.concat([header, payload]));
    };
    const give = (what: object | string | number) => {
      if (typeof what === "number") return send(0x88, Buffer.from([what >> 8, what & 255]));
      const text = Buffer.from(typeof what === "string" ? what : JSON.stringify(what));
      // In two frames, as a server may.
      send(0x01, text.subarray(0, 3));
      send(0x80, text.subarray(3));
    };
    let buffer = Buffer.alloc(0);
    let pings = 0;
    socket.on("data", (chunk: Buffer) => {
      buffer = Buffer.concat([buffer, chunk]);
      for (;;) {
        if (buffer.length < 2) return;
        const short = buffer[1]! & 127;
        const from = short === 126 ? 4 : 2;
        if (buffer.length < from) return;
        const length = short === 126 ? buffer.readUInt16BE(2) : short;
        if (buffer.length < from + 4 + length) return;
        const mask = buffer.subarray(from, from + 4);
        const payload = Buffer.from(buffer.subarray(from + 4, from + 4 + length));
        for (let at = 0; at < length; at++) payload[at] = payload[at]! ^ mask[at % 4]!;
        const opcode = buffer[0]! & 15;
        buffer = buffer.subarray(from + 4 + length);
        if (opcode === 9 && ++pings % pingsToOnePong === 0) send(0x8a, payload);
        if (opcode === 8) {
          closed.push(payload.length > 1 ? payload.readUInt16BE(0) : null);
          reasons.push(payload.toString("utf8", 2));
          send(0x88, payload);
          socket.end();
        }
        if (opcode !== 1) continue;
        // Messages of the carrier are objects.
        const message = JSON.parse(payload.toString("utf8")) as Record<string, unknown>;
        received.push(message);
        for (const what of answer(message)) give(what);
      }
    });
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    // Listening on TCP: never a pipe name and never null.
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    signed,
    closed,
    reasons,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
