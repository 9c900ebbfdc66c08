/** The server's end of a WebSocket, as little of RFC 6455 as a bot needs: texts both ways, pings answered, a close. */
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

export interface Socket {
  send(message: object): void;
  close(): void;
}

export function acceptSocket(
  request: IncomingMessage,
  socket: Duplex,
  on: {
    readonly message: (message: Record<string, unknown>, to: Socket) => void;
    readonly closed?: () => void;
  },
): void {
  const key = `${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
  const accept = createHash("sha1").update(key).digest("base64");
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  const frame = (opcode: number, payload: Buffer) => {
    const long = payload.length > 125;
    const head = long ? [126, payload.length >> 8, payload.length & 255] : [payload.length];
    socket.write(Buffer.concat([Buffer.from([0x80 | opcode, ...head]), payload]));
  };
  const it: Socket = {
    send: (message) => frame(1, Buffer.from(JSON.stringify(message))),
    close: () => frame(8, Buffer.from([3, 232])),
  };
  let buffer = Buffer.alloc(0);
  socket.on("error", () => {});
  socket.on("close", () => on.closed?.());
  socket.on("data", (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      if (buffer.length < 6) return;
      const short = buffer[1]! & 127;
      const from = short === 126 ? 4 : 2;
      const length = short === 126 ? buffer.readUInt16BE(2) : short;
      if (buffer.length < from + 4 + length) return;
      const mask = buffer.subarray(from, from + 4);
      const payload = Buffer.from(
        buffer.subarray(from + 4, from + 4 + length).map((byte, at) => byte ^ mask[at % 4]!),
      );
      const opcode = buffer[0]! & 15;
      buffer = buffer.subarray(from + 4 + length);
      // Messages of a relay are objects.
      if (opcode === 1) on.message(JSON.parse(payload.toString()) as Record<string, unknown>, it);
      if (opcode === 9) frame(10, payload);
      if (opcode === 8) {
        frame(8, payload);
        socket.end();
      }
    }
  });
}
