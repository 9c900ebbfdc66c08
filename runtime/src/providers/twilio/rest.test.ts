/** The REST side over the wire of this machine: what the official SDK sends when another carrier is named. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createRest, type Rest } from "./rest.ts";

const accountSid = `AC${"a".repeat(32)}`;
const numberSid = `PN${"b".repeat(32)}`;
const callSid = `CA${"c".repeat(32)}`;
let server: Server;
let rest: Rest;
let asked: { line: string; body: string; user: string; host: string }[];
let answer: { status: number; body: object };

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const [, basic = ""] = (request.headers.authorization ?? "").split(" ");
      const user = Buffer.from(basic, "base64").toString();
      asked.push({
        line: `${request.method} ${request.url}`,
        body,
        user,
        host: String(request.headers["x-original-host"]),
      });
      response
        .writeHead(answer.status, { "content-type": "application/json" })
        .end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  rest = createRest({
    accountSid,
    username: accountSid,
    password: "secret",
    baseUrl: `http://127.0.0.1:${port}`,
  });
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
});

test("the account's numbers, with the names they have there", async () => {
  const incoming_phone_numbers = [
    { sid: numberSid, phone_number: "+15550100007", friendly_name: "Billing" },
    { sid: numberSid, phone_number: "+15550100008", friendly_name: "" },
  ];
  answer = { status: 200, body: { incoming_phone_numbers } };
  expect(await rest.listNumbers()).toEqual([
    { number: "+15550100007", label: "Billing" },
    { number: "+15550100008", label: "+15550100008" },
  ]);
});

test("a number is found by its digits and told where to ask", async () => {
  answer = { status: 200, body: { incoming_phone_numbers: [{ sid: numberSid }], sid: numberSid } };
  const links = { voice: "https://x.test/v", fallback: "https://x.test/f", status: "https://x.test/s" };
  await rest.configureNumber("+15550100001", links);
  const base = `/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers`;
  expect(asked.map(({ line }) => line.replace(/&.*/, ""))).toEqual([
    `GET ${base}.json?PhoneNumber=%2B15550100001`,
    `POST ${base}/${numberSid}.json`,
  ]);
  expect(asked[1]).toMatchObject({ user: `${accountSid}:secret`, host: "api.twilio.com" });
  expect(Object.fromEntries(new URLSearchParams(asked[1]!.body))).toEqual({
    VoiceUrl: links.voice,
    VoiceMethod: "POST",
    VoiceFallbackUrl: links.fallback,
    VoiceFallbackMethod: "POST",
    StatusCallback: links.status,
    StatusCallbackMethod: "POST",
  });
});

test("a number that is not the account's is said so", async () => {
  answer = { status: 200, body: { incoming_phone_numbers: [] } };
  const links = { voice: "https://x.test/v", fallback: "https://x.test/f", status: "https://x.test/s" };
  await expect(rest.configureNumber("+15550100009", links)).rejects.toThrow(
    /belong to the account, found it does not/,
  );
});

test.each([
  ["pulled", 200, {}, true],
  ["over already", 404, { code: 20404, message: "not found", status: 404 }, true],
  ["not in progress", 400, { code: 21220, message: "not in progress", status: 400 }, true],
  ["refused", 401, { code: 20003, message: "no", status: 401 }, false],
] as const)("a call that is %s", async (_name, status, body, quiet) => {
  answer = { status, body };
  const pull = rest.updateCall(callSid, "https://x.test/t/a/1/poll");
  if (quiet) await pull;
  else await expect(pull).rejects.toThrow();
  expect(asked[0]!.line).toBe(`POST /2010-04-01/Accounts/${accountSid}/Calls/${callSid}.json`);
  expect(new URLSearchParams(asked[0]!.body).get("Url")).toBe("https://x.test/t/a/1/poll");
});

const placing = {
  from: "+15550100001",
  to: "+15550199042",
  ringSeconds: 60,
  limitSeconds: 600,
  detection: "off",
  greeting: "begun",
  links: {
    voice: "https://x.test/out/a/voice",
    fallback: "https://x.test/out/a/fallback",
    status: "https://x.test/out/a/status",
    verdict: "https://x.test/out/a/verdict",
  },
} as const;
const sentForm = () =>
  [...new URLSearchParams(asked[0]!.body)].map(([name, value]) => `${name}=${value}`).sort();

test("a call is placed by one request that says where everything is told", async () => {
  answer = { status: 201, body: { sid: callSid } };
  expect(await rest.placeCall(placing)).toEqual({ state: "placed", callId: callSid });
  expect(asked.map(({ line }) => line)).toEqual([`POST /2010-04-01/Accounts/${accountSid}/Calls.json`]);
  expect(sentForm()).toEqual([
    "FallbackMethod=POST",
    "FallbackUrl=https://x.test/out/a/fallback",
    "From=+15550100001",
    "Method=POST",
    "StatusCallback=https://x.test/out/a/status",
    "StatusCallbackEvent=answered",
    "StatusCallbackEvent=completed",
    "StatusCallbackEvent=initiated",
    "StatusCallbackEvent=ringing",
    "StatusCallbackMethod=POST",
    "TimeLimit=600",
    "Timeout=60",
    "To=+15550199042",
    "Url=https://x.test/out/a/voice",
  ]);
});

const asyncForm = [
  "AsyncAmd=true",
  "AsyncAmdStatusCallback=https://x.test/out/a/verdict",
  "AsyncAmdStatusCallbackMethod=POST",
];
test.each([
  ["off", "over", []],
  ["first", "begun", ["MachineDetection=Enable"]],
  ["first", "over", ["MachineDetection=DetectMessageEnd"]],
  ["meanwhile", "begun", [...asyncForm, "MachineDetection=Enable"]],
  ["meanwhile", "over", [...asyncForm, "MachineDetection=DetectMessageEnd"]],
] as const)("machine detection %s, greeting %s", async (detection, greeting, expected) => {
  answer = { status: 201, body: { sid: callSid } };
  await rest.placeCall({ ...placing, detection, greeting });
  expect(sentForm().filter((one) => /Amd|Machine/.test(one))).toEqual(expected);
});

const unsure: [string, { status: number; body: object } | "broken" | "away", object, object][] = [
  [
    "a refusal",
    { status: 400, body: { code: 21211, status: 400 } },
    { state: "refused", code: "21211" },
    { state: "refused", code: "21211" },
  ],
  [
    "wrong credentials",
    { status: 401, body: { code: 20003, status: 401 } },
    { state: "refused", code: "20003" },
    { state: "refused", code: "20003" },
  ],
  [
    "too many requests",
    { status: 429, body: { code: 20429, status: 429 } },
    { state: "refused", code: "20429" },
    { state: "busy" },
  ],
  [
    "a refusal without a code",
    { status: 403, body: {} },
    { state: "refused", code: "403" },
    { state: "refused", code: "403" },
  ],
  ["a time-out of the carrier's", { status: 408, body: {} }, { state: "ambiguous" }, { state: "ambiguous" }],
  [
    "a failure of the carrier's",
    { status: 500, body: { code: 20500, status: 500 } },
    { state: "ambiguous" },
    { state: "ambiguous" },
  ],
  ["a gateway that gave up", { status: 504, body: {} }, { state: "ambiguous" }, { state: "ambiguous" }],
  ["a connection that broke", "broken", { state: "ambiguous" }, { state: "ambiguous" }],
  [
    "nobody there",
    "away",
    { state: "refused", code: "ECONNREFUSED" },
    { state: "refused", code: "ECONNREFUSED" },
  ],
];
test.each(unsure)("%s: asked once, never again (F15)", async (_name, how, placed, sent) => {
  let served = rest;
  let count = () => asked.length;
  if (typeof how === "string") {
    let heard = 0;
    const breaking = createServer((request) => {
      heard += 1;
      request.socket.destroy();
    });
    await new Promise<void>((resolve) => breaking.listen(0, "127.0.0.1", resolve));
    const { port } = breaking.address() as AddressInfo;
    if (how === "away") await new Promise((resolve) => breaking.close(resolve));
    else count = () => heard;
    served = createRest({
      accountSid,
      username: accountSid,
      password: "secret",
      baseUrl: `http://127.0.0.1:${port}`,
    });
    expect(await served.placeCall(placing)).toEqual(placed);
    expect(await served.sendMessage({ from: placing.from, to: placing.to, text: "Hello." })).toEqual(sent);
    expect(count()).toBe(how === "away" ? 0 : 2);
    breaking.close();
    return;
  }
  answer = how;
  expect(await served.placeCall(placing)).toEqual(placed);
  expect(await served.sendMessage({ from: placing.from, to: placing.to, text: "Hello." })).toEqual(sent);
  expect(count()).toBe(2);
});

test("an answer that names no call settles nothing", async () => {
  answer = { status: 201, body: { sid: "nonsense" } };
  expect(await rest.placeCall(placing)).toEqual({ state: "ambiguous" });
});

test("the carrier's list, from a moment on", async () => {
  const calls = [
    { sid: callSid, status: "in-progress", date_created: "Sat, 21 Nov 2026 05:00:00 +0000" },
    { sid: `CA${"d".repeat(32)}`, status: "completed", date_created: "Sat, 21 Nov 2026 04:00:00 +0000" },
  ];
  answer = { status: 200, body: { calls } };
  const since = Date.UTC(2026, 10, 21, 4, 30);
  expect(await rest.findCalls(placing.from, placing.to, since)).toEqual([
    { callId: callSid, status: "in-progress", createdAt: Date.UTC(2026, 10, 21, 5) },
  ]);
  expect(asked[0]!.line).toContain("Calls.json?To=%2B15550199042&From=%2B15550100001");
});

test("a message: its numbers and its text, once", async () => {
  answer = { status: 201, body: { sid: `SM${"a".repeat(32)}` } };
  expect(await rest.sendMessage({ from: placing.from, to: placing.to, text: "Hello & bye." })).toEqual({
    state: "sent",
  });
  expect(asked[0]!.line).toBe(`POST /2010-04-01/Accounts/${accountSid}/Messages.json`);
  expect(sentForm()).toEqual(["Body=Hello & bye.", "From=+15550100001", "To=+15550199042"]);
});
