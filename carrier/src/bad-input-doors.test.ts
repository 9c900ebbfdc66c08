/**
 * What comes in at the carrier's own doors (issue 4, "Bad input"): REST answers in Twilio's shape, control and phone with a sentence, nothing
 * is a 500, nothing is left in the alert log as a mistake of ours, and the carrier goes on.
 */
import { connect } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { accountSid, authToken, caller, number, openLine, type TestLine, twiml } from "./testdata/line.ts";

let line: TestLine;
beforeAll(async () => {
  line = await openLine();
  line.on("/voice", twiml("<Say>Fine.</Say>"));
});
afterAll(() => line.close());
afterEach(async () => {
  const bugs = line.carrier.alerts().filter(({ message }) => message.includes("carrier bug"));
  expect(bugs).toEqual([]);
  const call = line.carrier.call({ from: caller, to: number });
  await line.clock.runUntilIdle();
  expect(call.person.transcript.some(({ what, text }) => what === "heard" && text === "Fine.")).toBe(true);
});

const root = `/2010-04-01/Accounts/${accountSid}`;
const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
const form = "application/x-www-form-urlencoded";

interface Given {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array<ArrayBuffer> | ReadableStream;
}
async function ask(path: string, { method = "GET", headers = { authorization }, body }: Given = {}) {
  const all = { ...(body !== undefined && { "content-type": form }), ...headers };
  const init = { method, headers: all, body, ...(body instanceof ReadableStream && { duplex: "half" }) };
  const answer = await fetch(line.carrier.url + path, init as RequestInit);
  const text = await answer.text();
  return { status: answer.status, type: answer.headers.get("content-type") ?? "", text };
}

const call = "To=%2B15550150001&From=%2B15550100001&Url=http%3A%2F%2F127.0.0.1%3A9%2F";
const endless = (chunk: string, times: number) =>
  new ReadableStream({
    start(controller) {
      for (let at = 0; at < times; at++) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });
const post = (body: Given["body"], headers?: Record<string, string>): Given => ({
  method: "POST",
  body,
  headers: { authorization, ...headers },
});

describe("REST", () => {
  const rows: [what: string, path: string, given: Given, status: number, code: number | null][] = [
    ["no token", `${root}/Calls.json`, { headers: {} }, 401, 20003],
    ["another's token", `${root}/Calls.json`, { headers: { authorization: "Basic eDp5" } }, 401, 20003],
    ["no Basic", `${root}/Calls.json`, { headers: { authorization: "Bearer x" } }, 401, 20003],
    ["no base64", `${root}/Calls.json`, { headers: { authorization: "Basic !!!" } }, 401, 20003],
    [
      "an endless token",
      `${root}/Calls.json`,
      { headers: { authorization: `Basic ${"A".repeat(12_000)}` } },
      401,
      20003,
    ],
    ["a path that is none", "/2010-04-01/Nothing.json", {}, 404, 20404],
    ["another account", `/2010-04-01/Accounts/AC${"f".repeat(32)}/Calls.json`, {}, 404, 20404],
    ["a call nobody made", `${root}/Calls/CA${"f".repeat(32)}.json`, {}, 404, 20404],
    ["a SID that is none", `${root}/Calls/..%2F..%2Fetc%2Fpasswd.json`, {}, 404, 20404],
    ["a prototype's name", `${root}/Calls/__proto__.json`, {}, 404, 20404],
    ["bad percent encoding in the path", `${root}/Calls/%zz.json`, {}, 404, 20404],
    ["bytes that are no UTF-8 in the path", `${root}/Calls/%ff%fe.json`, {}, 404, 20404],
    ["bad percent encoding in the query", `${root}/Calls.json?To=%zz&%=%`, {}, 200, null],
    ["the same filter twice", `${root}/Calls.json?Status=queued&Status=ringing`, {}, 200, null],
    ["a page of -1", `${root}/Calls.json?Page=-1&PageSize=-5`, {}, 400, 20001],
    ["a page of words", `${root}/Calls.json?Page=first&PageSize=many`, {}, 400, 20001],
    ["a page far behind the end", `${root}/Calls.json?Page=999999999`, {}, 200, null],
    ["a day that is none", `${root}/Calls.json?StartTime=yesterday`, {}, 200, null],
    ["a long query", `${root}/Calls.json?To=${"x".repeat(10_000)}`, {}, 200, null],
    ["DELETE of a list", `${root}/Calls.json`, { method: "DELETE" }, 405, 20004],
    ["PUT", `${root}/Calls.json`, { method: "PUT", body: call }, 405, 20004],
    ["PATCH", `${root}/Calls.json`, { method: "PATCH", body: call }, 405, 20004],
    ["an empty body", `${root}/Calls.json`, post(""), 400, 21201],
    [
      "JSON instead of a form",
      `${root}/Calls.json`,
      post('{"To":"+1"}', { "content-type": "application/json" }),
      400,
      21201,
    ],
    [
      "a form of many parts",
      `${root}/Calls.json`,
      post("--x\r\n\r\nTo\r\n--x--", { "content-type": "multipart/form-data; boundary=x" }),
      400,
      21201,
    ],
    [
      "bytes that are no UTF-8",
      `${root}/Calls.json`,
      post(new Uint8Array([0xff, 0xfe, 0x3d, 0xff])),
      400,
      21201,
    ],
    ["bad percent encoding", `${root}/Calls.json`, post("To=%zz&From=%&Url=%E0%A4%A"), 400, 21211],
    ["a NUL in a number", `${root}/Calls.json`, post(call.replace("0001", "%00001")), 400, 21211],
    ["To twice: the first counts", `${root}/Calls.json`, post(`${call}&To=nobody`), 201, null],
    [
      "names that are a prototype's",
      `${root}/Calls.json`,
      post(`${call}&__proto__=1&constructor=2`),
      201,
      null,
    ],
    ["10,000 parameters", `${root}/Calls.json`, post(`${call}${"&x=1".repeat(10_000)}`), 201, null],
    ["2 MB", `${root}/Calls.json`, post(`${call}&x=${"x".repeat(2_000_000)}`), 413, 20413],
    ["2 MB without a length", `${root}/Calls.json`, post(endless("x".repeat(1000), 2000)), 413, 20413],
    [
      "a TwiML of 4,001 characters",
      `${root}/Calls.json`,
      post(`${call.replace(/&Url.*/, "")}&Twiml=${"x".repeat(4001)}`),
      400,
      32018,
    ],
    [
      "a script as URL",
      `${root}/Calls.json`,
      post(call.replace(/Url=.*/, "Url=javascript%3Aalert(1)")),
      400,
      21205,
    ],
    [
      "a name of a thousand lines",
      `${root}/Queues.json`,
      post(`FriendlyName=${"%0A".repeat(1000)}`),
      400,
      20001,
    ],
    [
      "a number that is none, changed",
      `${root}/IncomingPhoneNumbers/PNx.json`,
      post("VoiceUrl=x"),
      404,
      20404,
    ],
  ];
  test.each(rows)("%s", async (_what, path, given, status, code) => {
    const { status: found, type, text } = await ask(path, given);
    const body = JSON.parse(text) as { code?: number; status?: number; message?: string; more_info?: string };
    expect([found, code === null ? null : body.code]).toEqual([status, code]);
    expect(type).toMatch(/^application\/json/);
    if (code === null) return;
    expect(Object.keys(body).sort()).toEqual(["code", "message", "more_info", "status"]);
    expect(body).toMatchObject({ status, more_info: `https://www.twilio.com/docs/errors/${code}` });
    expect(body.message).not.toBe("");
  });
});

describe("control and phone", () => {
  const key = { authorization: "Bearer phone-key" };
  const json = (what: unknown): Given => ({
    method: "POST",
    headers: { ...key, "content-type": "application/json" },
    body: typeof what === "string" ? what : JSON.stringify(what),
  });
  const put = (what: unknown): Given => ({ ...json(what), method: "PUT" });
  const person = "/_carrier/far-ends/%2B15550150009";
  const deep = `${'{"steps":['.repeat(5000)}${"]}".repeat(5000)}`;
  const rows: [what: string, path: string, given: Given, status: number, code: string, sentence: RegExp][] = [
    ["no key", "/_carrier/health", { headers: {} }, 401, "unauthorized", /phone token/],
    ["another key", "/_carrier/health?key=x", { headers: {} }, 401, "unauthorized", /phone token/],
    ["nothing there", "/nothing", { headers: {} }, 404, "not-found", /nothing here/],
    ["no JSON", "/_carrier/calls", json("{"), 400, "not-json", /JSON/],
    ["a list", "/_carrier/calls", json([]), 400, "invalid", /expected object/i],
    ["nothing", "/_carrier/calls", json(""), 400, "invalid", /from/],
    [
      "a field nobody knows",
      "/_carrier/calls",
      json({ from: "x", to: number, mood: 1 }),
      400,
      "invalid",
      /mood/,
    ],
    [
      "a number that is none",
      "/_carrier/calls",
      json({ from: "x", to: "5" }),
      400,
      "invalid",
      /\+15550100001/,
    ],
    [
      "somebody else's number",
      "/_carrier/calls",
      json({ from: "x", to: "+15550199999" }),
      404,
      "unknown-number",
      /nobody/,
    ],
    ["2 MB", "/_carrier/calls", json("x".repeat(2_000_000)), 413, "too-large", /bytes/],
    [
      "2 MB without a length",
      "/_carrier/calls",
      { ...json(""), body: endless("x".repeat(1000), 2000) },
      413,
      "too-large",
      /bytes/,
    ],
    ["JSON 5,000 deep", "/_carrier/calls", json(deep), 400, "invalid", /steps/],
    ["a script that is a word", person, put('"sleepy"'), 400, "invalid", /./],
    ["a script with a step nobody knows", person, put({ steps: [{ dance: true }] }), 400, "invalid", /dance/],
    [
      "a script that waits for less than nothing",
      person,
      put({ answerAfterSeconds: -1 }),
      400,
      "invalid",
      /answerAfterSeconds/,
    ],
    [
      "a script with two things in one step",
      person,
      put({ steps: [{ say: "x", press: "1" }] }),
      400,
      "invalid",
      /at most one/i,
    ],
    ["keys that are none", person, put({ steps: [{ press: "x" }] }), 400, "invalid", /press/],
    ["a pattern that is none", person, put({ steps: [{ hear: "/(/" }] }), 400, "invalid", /hear/],
    ["600 steps", person, put({ steps: Array(600).fill({ press: "1" }) }), 400, "invalid", /500/],
    ["a phone system without menus", person, put({ phoneSystem: {} }), 400, "invalid", /menus|start/],
    [
      "a phone system that begins nowhere",
      person,
      put({ phoneSystem: { start: "x", menus: { main: { says: "Hi." } } } }),
      400,
      "invalid",
      /x/,
    ],
    [
      "a key that leads nowhere",
      person,
      put({ phoneSystem: { start: "main", menus: { main: { says: "Hi.", keys: { "1": "nowhere" } } } } }),
      400,
      "invalid",
      /nowhere/,
    ],
    [
      "shares over one",
      "/_carrier/faults",
      put({ voiceRequests: { loseAnswer: 2 } }),
      400,
      "invalid",
      /loseAnswer/,
    ],
    ["a time that goes back", "/_carrier/clock/advance", json({ seconds: -1 }), 400, "invalid", /seconds/],
    ["a call nobody made", "/_carrier/calls/CAx", { headers: key }, 404, "unknown-call", /CAx/],
    [
      "a phone call nobody made",
      "/_carrier/phone/calls/x/keys",
      json({ digits: "1" }),
      404,
      "unknown-call",
      /./,
    ],
    ["a replay of nothing", "/_carrier/console/requests/x/replay", json(""), 404, "unknown-request", /x/],
    [
      "a replay of infinity",
      "/_carrier/console/requests/Infinity/replay",
      json(""),
      404,
      "unknown-request",
      /./,
    ],
  ];
  test.each(rows)("%s", async (_what, path, given, status, code, sentence) => {
    const { status: found, text } = await ask(path, given);
    const body = JSON.parse(text) as { error: { code: string; message: string } };
    expect([found, body.error.code]).toEqual([status, code]);
    expect(body.error.message).toMatch(sentence);
  });
});

describe("bytes", () => {
  const rows: [what: string, bytes: string, answer: RegExp][] = [
    ["no HTTP", "Hello!\r\n\r\n", /^HTTP\/1\.1 400/],
    ["a head of 100 kB", `GET / HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(100_000)}\r\n\r\n`, /^HTTP\/1\.1 431/],
    [
      "a thousand headers of 100 bytes",
      `GET / HTTP/1.1\r\nHost: x\r\n${`X: ${"x".repeat(100)}\r\n`.repeat(1000)}\r\n`,
      /^HTTP\/1\.1 431/,
    ],
    ["no host", "GET / HTTP/1.1\r\n\r\n", /^HTTP\/1\.1 400/],
    ["a host that is none", "GET / HTTP/1.1\r\nHost: ]][[\r\nConnection: close\r\n\r\n", /^HTTP\/1\.1 4\d\d/],
    [
      "two lengths",
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
      /^HTTP\/1\.1 400/,
    ],
    [
      "a length and chunks",
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      /^HTTP\/1\.1 400/,
    ],
    ["a method nobody knows", "BREW / HTTP/1.1\r\nHost: x\r\n\r\n", /^HTTP\/1\.1 400/],
    ["TRACE", "TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", /^HTTP\/1\.1 [45]\d\d|^$/],
    ["CONNECT", "CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n", /^$|^HTTP\/1\.1 4/],
    [
      "an upgrade",
      "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n",
      /^HTTP\/1\.1 404|^$/,
    ],
    [
      "an absolute address",
      "GET http://example.com/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
      /^HTTP\/1\.1 404/,
    ],
    [
      "half a body, then the end",
      `POST ${root}/Calls.json HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Length: 99\r\n\r\nTo=`,
      /^$|^HTTP/,
    ],
  ];
  test.each(rows)("%s", async (_what, bytes, answer) => {
    const socket = connect(Number(new URL(line.carrier.url).port), "127.0.0.1");
    let text = "";
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1");
    });
    socket.on("error", () => {});
    const closed = new Promise((resolve) => socket.on("close", resolve));
    socket.end(bytes);
    await closed;
    expect(text).toMatch(answer);
  });
});
