/** Calls as a whole (protocol 2 to 5): what applications are asked and told, in which order, and how calls end. */

import { afterEach, beforeEach, expect, test } from "vitest";
import { nobody } from "../people/nobody.ts";
import type { Handset } from "../people/person.ts";
import type { ScriptInput } from "../people/script.ts";
import { mp3File } from "../testdata/audio.ts";
import {
  accountSid,
  caller,
  type Form,
  number,
  openLine,
  placeCall,
  type Reply,
  type TestLine,
  twiml,
} from "../testdata/line.ts";
import { faultRates, faultsFromRates } from "../webhooks/faults.ts";
import { placeParameters } from "./geography.ts";

let line: TestLine;
beforeEach(async () => {
  line = await openLine();
});
afterEach(() => line.close());

async function callIn(script: ScriptInput = {}) {
  const call = line.carrier.call({ from: caller, to: number, script });
  await line.clock.runUntilIdle();
  await call.ended;
  const heard = call.person.transcript
    .filter(({ what }) => what === "heard" || what === "played")
    .map(({ text }) => text);
  const codes = line.carrier.alerts(call.sid).map(({ code }) => code);
  return { call, heard, codes, resource: line.carrier.find(call.sid)! };
}

const callOut = (form: Form = {}) => placeCall(line, form);

const apology = "We're sorry, an application error has occurred. Goodbye.";

interface Verbs {
  readonly rule: string;
  readonly verbs: string;
  readonly heard: string[];
  readonly status: string;
  /** Whole seconds after the answer. */
  readonly seconds: string;
  readonly codes?: (number | null)[];
}
const verbs: Verbs[] = [
  {
    rule: "TwiML 5: verbs run in order, then the call is hung up",
    verbs: "<Say>One.</Say><Pause length='2'/><Say>Two.</Say>",
    heard: ["One.", "Two."],
    status: "completed",
    seconds: "3",
  },
  { rule: "TwiML 5: an empty document hangs up", verbs: "", heard: [], status: "completed", seconds: "0" },
  {
    rule: "Say 5: loop",
    verbs: '<Say loop="3">Fourteen chars</Say>',
    heard: ["Fourteen chars", "Fourteen chars", "Fourteen chars"],
    status: "completed",
    seconds: "3",
  },
  {
    rule: "Say 5: loop 0 ends at a thousand",
    verbs: '<Say loop="0">Fourteen chars</Say>',
    heard: Array(1000).fill("Fourteen chars"),
    status: "completed",
    seconds: "1000",
  },
  {
    rule: "Play 5: media of a host that may not be asked last as long as configured, and that is said",
    verbs: "<Play>https://api.twilio.com/cowbell.mp3</Play>",
    heard: ["https://api.twilio.com/cowbell.mp3"],
    status: "completed",
    seconds: "5",
    codes: [null],
  },
  {
    rule: "Play 5: digits with w and W",
    verbs: '<Play digits="1w2W3"/>',
    heard: ["1w2W3"],
    status: "completed",
    seconds: "2",
  },
  {
    rule: "Hangup 5: what stands after it is unreachable",
    verbs: "<Hangup/><Say>Never.</Say>",
    heard: [],
    status: "completed",
    seconds: "0",
  },
  { rule: "Reject 5: first, rejected", verbs: "<Reject/>", heard: [], status: "no-answer", seconds: "0" },
  {
    rule: "Reject 5: first, busy",
    verbs: '<Reject reason="busy"/>',
    heard: [],
    status: "busy",
    seconds: "0",
  },
  {
    rule: "Reject 5: later it just hangs up",
    verbs: "<Say>Fourteen chars</Say><Reject/>",
    heard: ["Fourteen chars"],
    status: "completed",
    seconds: "1",
  },
  {
    rule: "Voice 3: Pause first waits before the answer",
    verbs: '<Pause length="9"/><Say>Fourteen chars</Say>',
    heard: ["Fourteen chars"],
    status: "completed",
    seconds: "1",
  },
  {
    rule: "Voice 3: Pause, then Reject: never answered",
    verbs: '<Pause length="9"/><Reject/>',
    heard: [],
    status: "no-answer",
    seconds: "0",
  },
  {
    rule: "TwiML 5: what is unknown is reported and skipped",
    verbs: "<Sing/><Say>Fourteen chars</Say>",
    heard: ["Fourteen chars"],
    status: "completed",
    seconds: "1",
    codes: [12200],
  },
  {
    rule: "a verb this carrier does not perform is reported and skipped",
    verbs: "<Queue>support</Queue><Say>Fourteen chars</Say>",
    heard: ["Fourteen chars"],
    status: "completed",
    seconds: "1",
    codes: [null],
  },
  {
    rule: "TwiML 5: a Redirect to nowhere",
    verbs: "<Redirect>http://[</Redirect>",
    heard: [apology],
    status: "completed",
    seconds: "4",
    codes: [11100],
  },
];
test.each(verbs)("$rule", async ({ verbs: inner, heard, status, seconds, codes = [] }) => {
  line.on("/voice", twiml(inner));
  const result = await callIn();
  expect({ heard: result.heard, codes: result.codes }).toEqual({ heard, codes });
  expect(result.resource).toMatchObject({ status, duration: seconds });
});

test("Voice 3: the parameters of a first inbound request", async () => {
  line.on("/voice", twiml("<Reject/>"));
  const { call } = await callIn();
  expect(line.received).toHaveLength(1);
  expect(line.received[0]).toMatchObject({ method: "POST", signed: true });
  expect(line.received[0]!.parameters).toEqual({
    AccountSid: accountSid,
    ApiVersion: "2010-04-01",
    CallSid: call.sid,
    CallStatus: "ringing",
    Called: number,
    Caller: caller,
    Direction: "inbound",
    From: caller,
    To: number,
    CallToken: expect.stringMatching(/^\{"parentCallInfoToken":"[0-9a-f]{32}"/),
    ...Object.fromEntries(placeParameters(caller, number)),
  });
  expect(line.received[0]!.headers["i-twilio-idempotency-token"]).toMatch(/^[0-9a-f-]{36}$/);
});

test("Redirect 5: relative URLs, methods and the current document", async () => {
  line.on("/voice", twiml("<Redirect method='GET'>deep/menu?lang=es</Redirect>"));
  let visits = 0;
  line.on("/deep/menu", () => twiml(++visits < 3 ? "<Redirect/>" : "<Redirect>../end</Redirect>"));
  line.on("/end", twiml("<Hangup/>"));
  await callIn();
  expect(line.received.map(({ method, path }) => `${method} ${path.replace(/&.*/, "")}`)).toEqual([
    "POST /voice",
    "GET /deep/menu?lang=es",
    "POST /deep/menu?lang=es",
    "POST /deep/menu?lang=es",
    "POST /end",
  ]);
  expect(line.received.every(({ signed }) => signed)).toBe(true);
});

test("Redirect 5: a current document asked by GET does not collect old parameters", async () => {
  line.carrier.setNumber(number, { voiceUrl: `${line.application}/voice?flow=7`, voiceMethod: "GET" });
  let visits = 0;
  line.on("/voice", () => twiml(++visits < 3 ? '<Gather method="GET" numDigits="1"/>' : "<Hangup/>"));
  await callIn({ steps: [{ press: "1" }, { press: "2" }] });
  expect(line.received.map(({ path }) => new URL(path, "http://a").searchParams.getAll("Digits"))).toEqual([
    [],
    ["1"],
    ["2"],
  ]);
  expect(
    line.received.map(({ path }) => new URL(path, "http://a").searchParams.getAll("CallSid").length),
  ).toEqual([1, 1, 1]);
});

test.each(["", "?q=a b|'ü\"&x=%20", "/a/../voice", "/vo%c3%ace?x=+"])(
  "Signature 9: what is signed is what goes over the wire: %s",
  async (rest) => {
    line.carrier.setNumber(number, { voiceUrl: `${line.application}${rest}` });
    await callIn();
    expect(line.received[0]).toMatchObject({ signed: true });
  },
);

interface Failing {
  readonly rule: string;
  readonly reply: Reply;
  readonly code: number;
}
const failing: Failing[] = [
  { rule: "HTTP 2: status 500", reply: { status: 500 }, code: 11200 },
  { rule: "HTTP 2: status 404", reply: { status: 404 }, code: 11200 },
  {
    rule: "HTTP 2: a foreign content type",
    reply: { headers: { "content-type": "application/json" }, body: "{}" },
    code: 12300,
  },
  {
    rule: "HTTP 2: a body over 64 kB",
    reply: { body: twiml(`<Say>${"a".repeat(65_536)}</Say>`) },
    code: 11750,
  },
  {
    rule: "HTTP 2: a body of 10 MB is not read to its end",
    reply: { body: "a".repeat(10_000_000) },
    code: 11750,
  },
  {
    rule: "HTTP 2: redirects without end",
    reply: { status: 302, headers: { location: "/voice" } },
    code: 11215,
  },
  {
    rule: "HTTP 2: a redirect off this machine",
    reply: { status: 302, headers: { location: "http://example.com/" } },
    code: 11210,
  },
  { rule: "TwiML 5: not well-formed", reply: { body: "<Response><Say>" }, code: 12100 },
  { rule: "TwiML 5: another root", reply: { body: "<html/>" }, code: 12102 },
];
test.each(failing)("$rule: the fallback is asked, with ErrorCode and ErrorUrl", async ({ reply, code }) => {
  line.carrier.setNumber(number, {
    voiceFallbackUrl: `${line.application}/fallback`,
    voiceFallbackMethod: "GET",
  });
  line.on("/voice", reply);
  line.on("/fallback", twiml("<Say>Saved.</Say>"));
  const { heard, codes } = await callIn();
  expect(heard).toEqual(["Saved."]);
  expect(codes).toEqual([code]);
  const last = line.received.at(-1)!;
  expect(last).toMatchObject({ method: "GET", signed: true });
  expect(last.parameters).toMatchObject({
    ErrorCode: String(code),
    ErrorUrl: `${line.application}/voice`,
    CallStatus: "ringing",
  });
});
test.each(failing)("$rule: without a fallback the caller hears an apology", async ({ reply, code }) => {
  line.on("/voice", reply);
  const { heard, codes, resource } = await callIn();
  expect([heard, codes, resource.status]).toEqual([[apology], [code], "completed"]);
});

test("HTTP 2: a closed port is tried twice, then 11202", async () => {
  const gone = await openLine();
  const { application } = gone;
  await gone.close();
  line.carrier.setNumber(number, { voiceUrl: `${application}/voice` });
  const { heard, codes } = await callIn();
  expect([heard, codes]).toEqual([[apology], [11202]]);
});

test("HTTP 2: an answer after 15 s is too late", async () => {
  line.on("/voice", async () => {
    await line.clock.sleep(15_001);
    return twiml("<Say>Late.</Say>");
  });
  const { heard, codes, call } = await callIn();
  expect([heard, codes]).toEqual([[apology], [11205]]);
  expect(call.person.transcript.find(({ what }) => what === "answered")?.atMs).toBe(15_000);
});

test("HTTP 2: an answer just before is not", async () => {
  line.on("/voice", async () => {
    await line.clock.sleep(14_999);
    return twiml("<Say>In time.</Say>");
  });
  expect((await callIn()).heard).toEqual(["In time."]);
});

test("HTTP 2: a lost answer is retried with the same idempotency token", async () => {
  line.carrier.setFaults({ voiceRequest: () => ({ lose: "answer" }) });
  line.on("/voice", twiml("<Say>Once.</Say>"));
  expect((await callIn()).heard).toEqual(["Once."]);
  const tokens = line.received.map(({ headers }) => headers["i-twilio-idempotency-token"]);
  expect(tokens).toHaveLength(2);
  expect(tokens[0]).toBe(tokens[1]);
});

test("HTTP 2: a redirect to nonsense", async () => {
  line.on("/voice", { status: 302, headers: { location: "http://[" } });
  expect((await callIn()).codes).toEqual([11206]);
});

test("Signature 9: userinfo becomes Basic authentication and is not signed; a fragment is not sent", async () => {
  line.carrier.setNumber(number, {
    voiceUrl: `${line.application.replace("//", "//user:p%40ss@")}/voice?x=%20#rc=2`,
  });
  line.on("/voice", twiml("<Reject/>"));
  await callIn();
  expect(line.received[0]).toMatchObject({ path: "/voice?x=%20", signed: true });
  expect(line.received[0]!.headers.authorization).toBe(`Basic ${btoa("user:p@ss")}`);
});

test.each([
  ["http://example.com/voice", 11210],
  ["http://127.0.0.1.example.com/voice", 11210],
  ["http://169.254.169.254/latest", 11210],
  ["http://notlocalhost/voice", 11210],
  ["", 11100],
])("only this machine is called: %s", async (voiceUrl, code) => {
  line.carrier.setNumber(number, { voiceUrl });
  const { heard, codes, call } = await callIn();
  expect([heard, codes]).toEqual([[apology], [code]]);
  const sentence =
    code === 11210 ? "is not allowed: this carrier calls only this machine" : "expected an http or https URL";
  expect(line.carrier.alerts(call.sid)[0]?.message).toContain(sentence);
});

test.each([
  ["301 turns a POST into a GET", 301, "GET"],
  ["302 turns a POST into a GET", 302, "GET"],
  ["307 keeps the POST", 307, "POST"],
] as const)("HTTP 2: %s", async (_what, status, method) => {
  line.on("/voice", { status, headers: { location: "moved?x=1" } });
  line.on("/moved", twiml("<Redirect>end</Redirect>"));
  line.on("/end", twiml("<Hangup/>"));
  await callIn();
  expect(line.received[1]).toMatchObject({ method, path: "/moved?x=1", signed: true });
});

test("HTTP 2: plain text is TwiML if it parses, otherwise read aloud", async () => {
  line.on("/voice", {
    headers: { "content-type": "text/plain" },
    body: twiml("<Redirect>/words</Redirect>"),
  });
  line.on("/words", { headers: { "content-type": "text/plain; charset=utf-8" }, body: "Just words." });
  expect((await callIn()).heard).toEqual(["Just words."]);
});

test("HTTP 2: audio is played, then the call ends", async () => {
  line.on("/voice", { headers: { "content-type": "audio/mpeg" }, body: mp3File(100) });
  expect((await callIn()).heard).toEqual([`${line.application}/voice`]);
});

test("a loop of documents is stopped", async () => {
  line.on("/voice", twiml("<Redirect/>"));
  const { heard, codes } = await callIn();
  expect([line.received.length, heard, codes]).toEqual([200, [apology], [null]]);
});

test("limits 10: a call ends after four hours", async () => {
  line.on("/voice", twiml('<Say>Hi</Say><Pause length="20000"/>'));
  expect((await callIn()).resource).toMatchObject({ status: "completed", duration: "14400" });
});

const far: [rule: string, farEnd: "busy" | "no-answer" | "failed" | ScriptInput, callbacks: string[]][] = [
  [
    "answered, then hung up by the application",
    { answerAfterSeconds: 3 },
    [
      "initiated 0",
      "ringing 1",
      "in-progress 2",
      "completed 3 CallDuration=61 Duration=2 SipResponseCode=200",
    ],
  ],
  [
    "hung up by the person",
    { answerAfterSeconds: 0, steps: [{ silentSeconds: 9 }, { hangUp: true }] },
    [
      "initiated 0",
      "ringing 1",
      "in-progress 2",
      "completed 3 CallDuration=9 Duration=1 SipResponseCode=200",
    ],
  ],
  ["busy", "busy", ["initiated 0", "busy 1 CallDuration=0 SipResponseCode=486"]],
  ["unreachable", "failed", ["initiated 0", "failed 1 CallDuration=0 SipResponseCode=404"]],
  [
    "nobody answers",
    "no-answer",
    ["initiated 0", "ringing 1", "no-answer 2 CallDuration=0 SipResponseCode=487"],
  ],
];
test.each(far)("Life cycle 4: the callbacks of an outbound call, %s", async (_rule, farEnd, callbacks) => {
  line.carrier.setFarEnd("+15550150001", farEnd);
  line.on("/voice", twiml('<Say>Fourteen chars</Say><Pause length="60"/>'));
  line.on("/status", { status: 204 });
  const { sid, status } = await callOut({
    StatusCallback: `${line.application}/status`,
    StatusCallbackEvent: ["initiated", "ringing", "answered", "completed"],
  });
  expect(status).toBe("queued");
  await line.clock.runUntilIdle();
  const told = line.received.filter(({ path }) => path === "/status");
  expect(
    told.map(({ parameters }) =>
      [
        `${parameters.CallStatus} ${parameters.SequenceNumber}`,
        ...["CallDuration", "Duration", "SipResponseCode"]
          .filter((name) => name in parameters)
          .map((name) => `${name}=${parameters[name]}`),
      ].join(" "),
    ),
  ).toEqual(callbacks);
  for (const one of told) {
    expect(one.signed).toBe(true);
    expect(one.parameters).toMatchObject({
      CallSid: sid,
      CallbackSource: "call-progress-events",
      Direction: "outbound-api",
    });
    expect(one.parameters.Timestamp).toMatch(/^\w{3}, \d\d Nov 2026 \d\d:\d\d:\d\d \+0000$/);
  }
  expect(line.carrier.alerts()).toEqual([]);
});

test("Life cycle 4: without a list only the end is told; GET if asked for", async () => {
  line.on("/voice", twiml(""));
  line.on("/status", { status: 200 });
  await callOut({ StatusCallback: `${line.application}/status`, StatusCallbackMethod: "GET" });
  await line.clock.runUntilIdle();
  expect(line.received.map(({ method, path }) => `${method} ${path.split("?")[0]}`)).toEqual([
    "POST /voice",
    "GET /status",
  ]);
  expect(line.received[0]!.parameters.CallStatus).toBe("in-progress");
  expect(line.received.every(({ signed }) => signed)).toBe(true);
});

test("Life cycle 4: a number's own StatusCallback fires at the end of an inbound call", async () => {
  line.carrier.setNumber(number, { statusCallback: `${line.application}/status` });
  line.on("/voice", twiml("<Say>Fourteen chars</Say>"));
  line.on("/status", { status: 500 });
  const { codes } = await callIn();
  expect(line.log("CallStatus", "SequenceNumber", "CallDuration")).toEqual([
    "/voice CallStatus=ringing",
    "/status CallStatus=completed SequenceNumber=0 CallDuration=1",
  ]);
  expect(codes).toEqual([15003]);
});

const faults: [
  what: string,
  fault: { copies?: number; delaySeconds?: number; afterNext?: boolean },
  order: string[],
][] = [
  ["none", {}, ["0", "1", "2", "3"]],
  ["duplicated", { copies: 2 }, ["0", "1", "1", "2", "3"]],
  ["dropped", { copies: 0 }, ["0", "2", "3"]],
  ["delayed", { delaySeconds: 30 }, ["0", "2", "3", "1"]],
  ["reordered", { afterNext: true }, ["0", "2", "1", "3"]],
];
test.each(faults)("a planned fault of the second callback: %s", async (_what, fault, order) => {
  line.carrier.setFaults({
    statusCallback: ({ sequenceNumber }) => (sequenceNumber === 1 ? fault : undefined),
  });
  line.on("/voice", twiml("<Say>Fourteen chars</Say>"));
  line.on("/status", { status: 204 });
  await callOut({
    StatusCallback: `${line.application}/status`,
    StatusCallbackEvent: ["initiated", "ringing", "answered", "completed"],
  });
  await line.clock.runUntilIdle();
  expect(
    line.received.filter(({ path }) => path === "/status").map(({ parameters }) => parameters.SequenceNumber),
  ).toEqual(order);
});

test("a terminal callback is never held back, for nothing follows it", async () => {
  line.carrier.setFaults({ statusCallback: () => ({ afterNext: true }) });
  line.on("/voice", twiml(""));
  line.on("/status", { status: 204 });
  await callOut({ StatusCallback: `${line.application}/status` });
  await callOut({ StatusCallback: `${line.application}/status`, StatusCallbackEvent: "ringing" });
  await line.clock.runUntilIdle();
  const told = line.received.filter(({ path }) => path === "/status");
  expect(told.map(({ parameters }) => parameters.CallStatus).sort()).toEqual(["completed", "ringing"]);
});

test("Create 6: inline TwiML, whose Gather needs an absolute action", async () => {
  line.carrier.setFarEnd("+15550150001", { steps: [{ hear: "key", press: "1" }] });
  line.on("/in", twiml(""));
  await callOut({
    Url: "",
    Twiml: `<Response><Gather numDigits="1" action="${line.application}/in"><Say>A key.</Say></Gather></Response>`,
  });
  await line.clock.runUntilIdle();
  expect(line.log("Digits")).toEqual(["/in Digits=1"]);
  const { sid } = await callOut({
    Url: "",
    Twiml: '<Response><Gather numDigits="1"><Say>A key.</Say></Gather></Response>',
  });
  await line.clock.runUntilIdle();
  expect(line.carrier.alerts(sid).map(({ code }) => code)).toEqual([15004]);
});

test("Create 6: calls leave the queue one per second", async () => {
  await line.close();
  line = await openLine({ callsPerSecond: 1 });
  line.on("/voice", twiml(""));
  line.on("/status", { status: 204 });
  for (const To of ["+15550150001", "+15550150002", "+15550150003"])
    await callOut({ To, StatusCallback: `${line.application}/status`, StatusCallbackEvent: "initiated" });
  await line.clock.runUntilIdle();
  expect(line.received.filter(({ path }) => path === "/status").map(({ at }) => at)).toEqual([0, 1, 2]);
});

test("a caller who hangs up while a request is on the way ends the call there and then", async () => {
  line.on("/voice", twiml('<Gather numDigits="1" action="/slow"/>'));
  line.on("/slow", async () => {
    await line.clock.sleep(5000);
    return twiml("<Say>Too late.</Say>");
  });
  const { heard, resource, codes } = await callIn({
    steps: [{ press: "1" }, { afterSeconds: 2, hangUp: true }],
  });
  expect([heard, codes]).toEqual([[], []]);
  expect(resource).toMatchObject({ status: "completed", duration: "2" });
});

test("Gather 1: the first key stops all prompts, though the Gather goes on", async () => {
  line.on("/voice", ({ parameters }) =>
    twiml(
      "Digits" in parameters
        ? "<Hangup/>"
        : "<Gather><Say>First prompt.</Say><Say>Second prompt.</Say></Gather>",
    ),
  );
  const { heard, call } = await callIn({ steps: [{ afterSeconds: 0.25, press: "1" }] });
  expect(heard).toEqual(["First prompt."]);
  expect(call.person.transcript.find(({ what }) => what === "interrupted")?.atMs).toBe(250);
});

test("a caller without patience hangs up, and says why", async () => {
  line.on("/voice", twiml('<Say>Hello.</Say><Pause length="500"/>'));
  const { call } = await callIn({ patienceSeconds: 20, steps: [{ hear: "menu", press: "1" }] });
  expect(call.person.transcript.at(-2)).toMatchObject({
    atMs: 20_000,
    what: "gave-up",
    text: "waited 20 s to hear: menu",
  });
  expect([call.person.done, call.person.ending?.by]).toEqual([false, "caller"]);
});

test("a person made in code; hanging up at once asks the application nothing", async () => {
  const endings: string[] = [];
  const sid = line.carrier.dial({
    from: caller,
    to: number,
    person: {
      ...nobody,
      ringing: (handset) => handset.hangUp(),
      ended: ({ reason, by }) => endings.push(`${reason} by ${by}`),
    },
  });
  await line.clock.runUntilIdle();
  expect(endings).toEqual(["no-answer by caller"]);
  expect(line.received).toEqual([]);
  expect(line.carrier.find(sid)).toMatchObject({ status: "no-answer", duration: "0" });
});

test("a person who hangs up the moment the call is answered hears nothing more", async () => {
  const heard: string[] = [];
  const gather = twiml("<Gather><Say>Hello.</Say></Gather>");
  for (const voice of [gather, twiml('<Play>/a.mp3</Play><Pause length="9"/>'), { status: 500 }]) {
    line.on("/voice", voice);
    let handset: Handset | undefined;
    line.carrier.dial({
      from: caller,
      to: number,
      person: {
        ...nobody,
        ringing: (given) => {
          handset = given;
        },
        answered: () => handset?.hangUp(),
        hears: ({ text }) => heard.push(text),
        plays: ({ url }) => heard.push(url ?? ""),
        silence: () => heard.push("silence"),
        listening: () => heard.push("listening"),
        failed: (_code, message) => heard.push(message),
        ended: ({ reason, by }) => heard.push(`${reason} by ${by}`),
      },
    });
    await line.clock.runUntilIdle();
  }
  expect(heard).toEqual(["completed by caller", "completed by caller", "completed by caller"]);
});

test("a carrier that closes drops every call without a word", async () => {
  const closing = await openLine();
  closing.on(
    "/voice",
    twiml('<Dial action="/in"><Number statusCallback="/leg">+15550150002</Number></Dial>'),
  );
  const person = nobody;
  closing.carrier.dial({ from: caller, to: number, person });
  await placeCall(closing, {
    MachineDetection: "Enable",
    AsyncAmd: "true",
    AsyncAmdStatusCallback: `${closing.application}/amd`,
    Record: "true",
    RecordingStatusCallback: `${closing.application}/recording`,
    StatusCallback: `${closing.application}/status`,
    Url: "",
    Twiml: '<Response><Pause length="60"/></Response>',
  });
  await closing.clock.advance(4000);
  const before = closing.received.length;
  await closing.carrier.close();
  await closing.clock.runUntilIdle();
  expect(closing.received.slice(before)).toEqual([]);
  expect(closing.carrier.liveCalls()).toBe(0);
  await closing.close();
});

test("limits 10: a thousand live calls and not one more", async () => {
  const reached = await openLine({ callsPerSecond: 1 });
  const person = nobody;
  reached.on("/voice", twiml('<Say>Hi</Say><Pause length="60"/>'));
  for (let i = 0; i < 1000; i++) reached.carrier.dial({ from: caller, to: number, person });
  expect(() => reached.carrier.dial({ from: caller, to: number, person })).toThrow(
    "at its limit of live calls",
  );
  await reached.clock.runUntilIdle();
  expect(reached.carrier.liveCalls()).toBe(0);
  expect(reached.received.filter(({ signed }) => signed)).toHaveLength(1000);
  await reached.close();
});

test("the same seed gives the same faults, at about the asked rate", () => {
  const rates = faultRates.parse({ seed: 5, statusCallbacks: { drop: 0.3, duplicate: 0.5 } });
  const draw = () => {
    const plan = faultsFromRates(rates);
    const about = { callSid: "CA1", callStatus: "completed", sequenceNumber: 0, url: "" };
    return Array.from({ length: 1000 }, () => plan.statusCallback?.(about)?.copies ?? 1);
  };
  const copies = draw();
  expect(draw()).toEqual(copies);
  expect(copies.filter((count) => count === 0).length).toBeGreaterThan(250);
  expect(copies.filter((count) => count === 0).length).toBeLessThan(350);
});
