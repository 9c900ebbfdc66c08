/**
 * WebSockets that are none, and what breaks them (issue 4, "Bad input"): the code in the alert log, what the action and the stream's callback
 * are told, the code the server is left with, and no connection left over.
 */
import { createHash } from "node:crypto";
import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { virtualClock } from "../clock/clock.ts";
import { seededRandom } from "../ids.ts";
import { authority, good, selfSigned } from "../testdata/certificates.ts";
import { authToken, caller, number, openLine, type TestLine, twiml } from "../testdata/line.ts";
import { openRawServer, type Serve } from "../testdata/raw-server.ts";
import { openSocketApplication } from "../testdata/socket-application.ts";
import { createSockets } from "./web-socket.ts";

type Told = { codes: (number | null)[]; asked: string[]; line: TestLine };

/** A call that connects to `url`, by ConversationRelay or as a stream beside it. */
async function callTo(line: TestLine, url: string, how: "relay" | "stream"): Promise<Told> {
  line.on(
    "/voice",
    twiml(
      how === "relay"
        ? `<Connect action="/end"><ConversationRelay url="${url}" welcomeGreeting="Hi."/></Connect>`
        : `<Start><Stream url="${url}" statusCallback="/stream"/></Start><Pause length="20"/><Redirect>/end</Redirect>`,
    ),
  );
  line.on("/end", twiml(""));
  line.on("/stream", { status: 204 });
  const call = line.carrier.call({ from: caller, to: number });
  await line.clock.runUntilIdle();
  expect(line.carrier.find(call.sid)?.status).toBe("completed");
  expect(line.carrier.liveCalls()).toBe(0);
  const told = ["SessionStatus", "ErrorCode", "StreamEvent"];
  const asked = line.received
    .filter(({ path }) => path !== "/voice")
    .map(({ path, parameters }) => [path, ...told.flatMap((name) => parameters[name] ?? [])].join(" "));
  return { codes: line.carrier.alerts(call.sid).map(({ code }) => code), asked, line };
}

async function until(holds: () => boolean) {
  for (let turn = 0; turn < 2000 && !holds(); turn++) await new Promise((resolve) => setImmediate(resolve));
}

const write =
  (text: string): Serve =>
  (socket) =>
    void socket.write(text);

/** Before there is a WebSocket. */
const unopened: [what: string, serve: Serve | string, code: number, tls?: object][] = [
  ["nobody listens", "ws://127.0.0.1:9/", 31902],
  ["another network", "ws://192.0.2.1/", 31904],
  ["a host that does not exist", "ws://nobody.localhost.example/", 31904],
  ["no TLS", "wss://127.0.0.1:$port/", 31910],
  ["a certificate nobody vouches for", "wss://127.0.0.1:$port/", 31910, selfSigned],
  ["404", write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"), 31920],
  ["200 and a page", write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nHi!\n"), 31920],
  ["200 and no end", write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nHi!\n\r\n"), 31920],
  ["a redirect", write("HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"), 31920],
  [
    "a wrong key",
    write(
      "HTTP/1.1 101 OK\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: c2VjcmV0\r\n\r\n",
    ),
    31920,
  ],
  ["no key", write("HTTP/1.1 101 OK\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"), 31920],
  ["no HTTP", write("SSH-2.0-OpenSSH_9.6\r\n"), 31920],
  ["a reset", (socket) => void socket.resetAndDestroy(), 31920],
  ["an end", (socket) => void socket.end(), 31920],
  ["silence", (_socket, silent) => silent(), 31901],
  [
    "half an answer, then silence",
    (socket, silent) => {
      socket.write("HTTP/1.1 101 OK\r\nUpgr");
      silent();
    },
    31901,
  ],
];
describe("no WebSocket", () => {
  for (const how of ["relay", "stream"] as const)
    test.each(unopened)(`${how}: %s`, async (_what, serve, code, tls) => {
      const line = await openLine();
      const server = await openRawServer(line.clock, typeof serve === "string" ? () => {} : serve, tls);
      // Whoever speaks no TLS answers nonsense at the first byte.
      const url = typeof serve === "string" ? serve : `ws://127.0.0.1:${server.port}/`;
      const target = tls || url.includes("$port") === false ? url : line.application.replace("http:", "wss:");
      try {
        const { codes, asked } = await callTo(line, target.replace("$port", String(server.port)), how);
        expect(codes).toEqual([how === "relay" ? 64102 : code]);
        expect(asked).toEqual(how === "relay" ? ["/end failed 39001"] : ["/stream stream-error", "/end"]);
        await until(() => server.open() === 0);
        expect(server.open()).toBe(0);
      } finally {
        await server.close();
        await line.close();
      }
    });
});

const accepted = (request: string) => {
  const key = /^sec-websocket-key: (.*)$/im.exec(request)![1]!;
  const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
  return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
};
const frame = (first: number, payload: string | Buffer, mask = 0) =>
  Buffer.concat([Buffer.from([first, mask | Buffer.from(payload).length]), Buffer.from(payload)]);

/** Within one: bytes, and the code they are answered with; null when the server is the one that ends it. */
const broken: [what: string, bytes: Buffer | ((socket: Socket) => void), code: number | null][] = [
  ["a message of 2^63 bytes", Buffer.from([0x81, 127, 0x7f, 255, 255, 255, 255, 255, 255, 255]), 1009],
  ["a message of 2 MB", Buffer.from([0x81, 127, 0, 0, 0, 0, 0, 0x20, 0, 0]), 1009],
  [
    "a message of 20,000 pieces",
    Buffer.concat([frame(0x01, "x"), ...Array(20_000).fill(frame(0x00, "x"))]),
    1009,
  ],
  ["bytes that are no UTF-8", frame(0x81, Buffer.from([0xc3, 0x28])), 1007],
  ["half a character", frame(0x81, Buffer.from([0xe2, 0x82])), 1007],
  ["a masked frame", frame(0x81, "\0\0\0\0{}", 0x80), 1002],
  ["a reserved bit", frame(0xc1, "{}"), 1002],
  ["an opcode nobody knows", frame(0x83, "{}"), 1002],
  ["a control opcode nobody knows", frame(0x8b, ""), 1002],
  ["a ping in pieces", frame(0x09, "x"), 1002],
  ["a ping too long", Buffer.concat([Buffer.from([0x89, 126, 0, 200]), Buffer.alloc(200)]), 1002],
  ["a continuation of nothing", frame(0x80, "{}"), 1002],
  ["a message within a message", Buffer.concat([frame(0x01, "{"), frame(0x81, "{}")]), 1002],
  ["bytes instead of text", frame(0x82, "{}"), 1003],
  ["HTTP", Buffer.from("HTTP/1.1 200 OK\r\n\r\n"), 1002],
  ["a close without a code", frame(0x88, ""), null],
  ["a close with a code", frame(0x88, Buffer.from([0x03, 0xf3])), null],
  ["an end without a word", (socket) => void socket.end(), null],
  ["a reset", (socket) => void socket.resetAndDestroy(), null],
];
describe("a WebSocket that breaks", () => {
  for (const how of ["relay", "stream"] as const)
    test.each(broken)(`${how}: %s`, async (_what, bytes, code) => {
      const line = await openLine();
      const closes: number[] = [];
      const server = await openRawServer(line.clock, (socket) => {
        socket.removeAllListeners("data");
        socket.write(accepted(server.requests[0]!));
        if (typeof bytes === "function") bytes(socket);
        else socket.write(bytes);
        socket.on("data", (chunk: Buffer) => {
          // The carrier's close frame has two bytes and a mask; it is the last thing it says.
          const last = chunk.subarray(-8);
          if (last[0] === 0x88 && last[1] === 0x82)
            closes.push(((last[6]! ^ last[2]!) << 8) | (last[7]! ^ last[3]!));
        });
      });
      try {
        const { codes, asked } = await callTo(line, `ws://127.0.0.1:${server.port}/`, how);
        if (how === "relay") expect([codes, asked]).toEqual([[64105], ["/end failed 64105"]]);
        else {
          expect(codes).toEqual([]);
          expect(asked.filter((one) => one !== "/stream stream-started")).toEqual([
            "/stream stream-stopped",
            "/end",
          ]);
        }
        await until(() => server.open() === 0);
        expect(server.open()).toBe(0);
        if (code !== null) expect(closes).toEqual([code]);
      } finally {
        await server.close();
        await line.close();
      }
    });
});

test("wss to a server whose authority is named", async () => {
  const line = await openLine({ certificateAuthorities: [authority] });
  const server = await openRawServer(
    line.clock,
    (socket) => {
      socket.write(accepted(server.requests[0]!));
      socket.write(frame(0x88, Buffer.from([0x03, 0xe8])));
    },
    good,
  );
  try {
    const { asked } = await callTo(line, `wss://localhost:${server.port}/`, "stream");
    expect(asked).toContain("/stream stream-stopped");
    expect(line.carrier.alerts()).toEqual([]);
  } finally {
    await server.close();
    await line.close();
  }
});

test("an application that answers the last of several pings holds no time up", async () => {
  const clock = virtualClock();
  const application = await openSocketApplication(() => [], 2);
  const [allowedHosts, tunnels, authorities] = [new Set<string>(), new Map(), []];
  const parts = { clock, random: seededRandom(1), authToken, allowedHosts, tunnels, authorities };
  const opened = await createSockets(parts).open(application.url, { message() {}, closed() {} });
  if (!opened.ok) throw new Error(opened.message);
  opened.socket.send({ type: "one" });
  opened.socket.send({ type: "two" });
  await clock.advance(1000);
  expect(application.received).toEqual([{ type: "one" }, { type: "two" }]);
  opened.socket.close(1000);
  await clock.runUntilIdle();
  await application.close();
});
