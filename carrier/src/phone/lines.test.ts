/** Being called at a browser: lines, ringing, answering, declining, several at one address, and what happens when a tab goes away. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { limits } from "../limits.ts";
import { openStream, type TestStream } from "../testdata/event-stream.ts";
import { caller, number, openLine, placeCall, type TestLine, twiml } from "../testdata/line.ts";

let line: TestLine;
let streams: TestStream[];
const ann = "+15550150001";
beforeEach(async () => {
  line = await openLine();
  streams = [];
  line.on("/voice", twiml(`<Dial action="/dialled">${ann}</Dial>`));
  line.on("/dialled", twiml("<Hangup/>"));
});
afterEach(async () => {
  for (const stream of streams) await stream.close();
  await line.close();
});

const headers = { authorization: "Bearer phone-key" };
async function ask(method: string, path: string, body?: unknown) {
  const response = await fetch(`${line.carrier.url}/_carrier/phone${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  await line.clock.settle();
  // The documented answers.
  return { status: response.status, ...((text ? JSON.parse(text) : {}) as { id?: string; error?: object }) };
}
async function listen(path: string): Promise<TestStream> {
  const stream = await openStream(`${line.carrier.url}/_carrier/phone${path}/events`, headers);
  streams.push(stream);
  return stream;
}
/** A browser is called at this address from now on. */
async function openAt(at = ann) {
  const { id } = await ask("POST", "/lines", { at });
  const stream = await listen(`/lines/${id}`);
  expect(await stream.take(1)).toEqual([`1 open ${at}`]);
  return {
    id,
    stream,
    /** The call that comes in, listened to. */
    async rings() {
      const [incoming] = await stream.take(1);
      const [, type, what] = incoming!.split(" ");
      expect(type).toBe("incoming");
      const [call, , from, to] = what!.split(",");
      return { call: call!, from, to, events: await listen(`/calls/${call}`) };
    },
  };
}
const dial = () =>
  line.carrier.call({ from: caller, to: number, script: { steps: [{ hear: "ann", say: "Hi Ann." }] } });

test("it rings with the caller's number, is answered, and the two hear each other", async () => {
  const here = await openAt();
  const call = dial();
  await line.clock.advance(1000);
  const { call: id, from, to, events } = await here.rings();
  expect([from, to]).toEqual([caller, ann]);
  expect(await events.take(1)).toEqual(["1 ringing"]);
  expect(await ask("POST", `/calls/${id}/answer`)).toEqual({ status: 204 });
  await ask("POST", `/calls/${id}/speech`, { text: "Ann here." });
  await ask("POST", `/calls/${id}/keys`, { digits: "5" });
  await line.clock.advance(2000);
  await ask("POST", `/calls/${id}/hang-up`);
  await line.clock.runUntilIdle();
  expect(await events.take(9)).toEqual([
    "2 answered",
    "3 connected",
    "4 listening dtmf,speech,0,",
    "5 say 1,Hi Ann.,person,,500",
    "6 ended completed,callee,2",
    "end of stream",
  ]);
  expect(call.person.transcript.map(({ what, text }) => `${what} ${text}`.trim())).toEqual([
    "ringing",
    "answered",
    "connected",
    "heard Ann here.",
    "played 5",
    "said Hi Ann.",
    "disconnected",
    "ended completed by application",
  ]);
  expect(line.log("DialCallStatus")).toEqual(["/voice", "/dialled DialCallStatus=completed"]);
});

const declined: [body: object, status: string, sipCode: string][] = [
  [{}, "busy", "603"],
  [{ how: "rejected" }, "busy", "603"],
  [{ how: "busy" }, "busy", "486"],
];
test.each(declined)("declined with %j", async (body, status, sipCode) => {
  line.on("/status", { status: 204 });
  const here = await openAt();
  await placeCall(line, { StatusCallback: `${line.application}/status` });
  await line.clock.advance(5000);
  const { call: id, events } = await here.rings();
  await ask("POST", `/calls/${id}/decline`, body);
  expect(await events.take(3)).toEqual(["1 ringing", "2 ended busy,callee,0", "end of stream"]);
  await line.clock.runUntilIdle();
  expect(line.log("CallStatus", "SipResponseCode")).toEqual([
    `/status CallStatus=${status} SipResponseCode=${sipCode}`,
  ]);
  expect(await ask("POST", `/calls/${id}/answer`)).toMatchObject({
    status: 409,
    error: { code: "call-ended" },
  });
});

test("left ringing", async () => {
  const here = await openAt();
  dial();
  await line.clock.advance(1000);
  const { events } = await here.rings();
  await line.clock.advance(40_000);
  expect(await events.take(3)).toEqual(["1 ringing", "2 ended no-answer,carrier,0", "end of stream"]);
  expect(line.log("DialCallStatus").at(-1)).toBe("/dialled DialCallStatus=no-answer");
});

test("the caller gives up while it rings", async () => {
  const here = await openAt();
  line.carrier.call({ from: caller, to: number, script: { staysSeconds: 5 } });
  await line.clock.advance(6000);
  const { events } = await here.rings();
  expect(await events.take(3)).toEqual(["1 ringing", "2 ended canceled,caller,0", "end of stream"]);
});

test.each(["client:ann", "sip:ann@example.com"])("at %s", async (at) => {
  const [kind, name] = at.split(/:(.*)/s);
  line.on(
    "/voice",
    twiml(`<Dial>${kind === "client" ? `<Client>${name}</Client>` : `<Sip>${at}</Sip>`}</Dial>`),
  );
  const here = await openAt(at);
  dial();
  await line.clock.advance(1000);
  expect((await here.rings()).to).toBe(at);
});

test("two tabs at one number ring together; the other one is told that it is gone", async () => {
  const [one, other] = [await openAt(), await openAt()];
  dial();
  await line.clock.advance(1000);
  const [first, second] = [await one.rings(), await other.rings()];
  await ask("POST", `/calls/${second.call}/answer`);
  expect(await first.events.take(3)).toEqual(["1 ringing", "2 ended canceled,callee,0", "end of stream"]);
  expect(await second.events.take(3)).toEqual(["1 ringing", "2 answered", "3 connected"]);
  expect((await ask("POST", `/calls/${first.call}/answer`)).status).toBe(409);
  await ask("POST", `/calls/${second.call}/hang-up`);
  expect(line.log("DialCallStatus").at(-1)).toBe("/dialled DialCallStatus=completed");
});

test("one of them declines, the other still rings; when both have, the call is declined", async () => {
  const [one, other] = [await openAt(), await openAt()];
  dial();
  await line.clock.advance(1000);
  const [first, second] = [await one.rings(), await other.rings()];
  await ask("POST", `/calls/${first.call}/decline`);
  expect(await first.events.take(3)).toEqual(["1 ringing", "2 ended busy,callee,0", "end of stream"]);
  expect(line.log()).toEqual(["/voice"]);
  await ask("POST", `/calls/${second.call}/decline`);
  await line.clock.settle();
  expect(line.log("DialCallStatus").at(-1)).toBe("/dialled DialCallStatus=busy");
});

test("on hold the other one hears music, until the call is resumed", async () => {
  const here = await openAt();
  const call = dial();
  await line.clock.advance(1000);
  const { call: id } = await here.rings();
  await ask("POST", `/calls/${id}/answer`);
  for (const on of [true, true]) await ask("POST", `/calls/${id}/hold`, { on });
  await line.clock.advance(limits.phoneHoldMs + 1000);
  for (const on of [false, false]) await ask("POST", `/calls/${id}/hold`, { on });
  await line.clock.advance(limits.phoneHoldMs * 2);
  expect((await ask("POST", `/calls/${id}/hold`, { on: "yes" })).status).toBe(400);
  await ask("POST", `/calls/${id}/hang-up`);
  const heard = call.person.transcript.filter(({ what }) =>
    ["played", "interrupted", "ended"].includes(what),
  );
  expect(heard.map(({ atMs, what }) => `${atMs} ${what}`)).toEqual([
    "1000 played",
    `${1000 + limits.phoneHoldMs} played`,
    `${2000 + limits.phoneHoldMs} interrupted`,
    `${2000 + limits.phoneHoldMs * 3} ended`,
  ]);
});

test("a line with a call is busy", async () => {
  const here = await openAt();
  dial();
  await line.clock.advance(1000);
  const { call: id } = await here.rings();
  await ask("POST", `/calls/${id}/answer`);
  dial();
  await line.clock.advance(1000);
  expect(line.log("DialCallStatus").at(-1)).toBe("/dialled DialCallStatus=busy");
});

test("a tab that closes its line hangs up, and the script that was there is there again", async () => {
  line.carrier.setFarEnd(ann, "failed");
  const here = await openAt();
  dial();
  await line.clock.advance(1000);
  const { call: id, events } = await here.rings();
  await ask("POST", `/calls/${id}/answer`);
  expect((await ask("DELETE", `/lines/${here.id}`)).status).toBe(204);
  expect(await here.stream.take(2)).toEqual(["3 closed", "end of stream"]);
  expect((await events.take(9)).at(-2)).toBe("5 ended completed,callee,0");
  dial();
  await line.clock.advance(1000);
  expect(line.log("DialCallStatus").at(-1)).toBe("/dialled DialCallStatus=failed");
});

test("a line that nobody listens to is closed after 30 s", async () => {
  line.carrier.setFarEnd(ann, "failed");
  const ends = async () => {
    dial();
    await line.clock.advance(1000);
    return line.log("DialCallStatus").at(-1);
  };
  const { id } = await ask("POST", "/lines", { at: ann });
  await line.clock.advance(limits.phoneGoneMs - 1);
  const stream = await listen(`/lines/${id}`);
  await line.clock.advance(60_000);
  // It is open: it rings.
  expect(await ends()).toBe("/voice");
  await stream.close();
  streams = [];
  await expect
    .poll(async () => {
      await line.clock.advance(limits.phoneGoneMs);
      return ends();
    })
    .toBe("/dialled DialCallStatus=failed");
});

const refusals: [what: string, method: string, path: string, body: unknown, status: number, code: string][] =
  [
    ["an address of nobody", "POST", "/lines", { at: "ann" }, 400, "invalid"],
    ["no address", "POST", "/lines", {}, 400, "invalid"],
    ["an address with blanks", "POST", "/lines", { at: "client:a b" }, 400, "invalid"],
    ["an unknown line", "DELETE", "/lines/PL1", undefined, 404, "unknown-line"],
    ["an unknown line's events", "GET", "/lines/PL1/events", undefined, 404, "unknown-line"],
    ["an unknown call", "POST", "/calls/PH1/answer", {}, 404, "unknown-call"],
  ];
test.each(refusals)("refuses %s", async (_what, method, path, body, status, code) => {
  expect(await ask(method, path, body)).toMatchObject({ status, error: { code } });
});

test("one stream for a line and its call, resumed from any number of either", async () => {
  const { id } = await ask("POST", "/lines", { at: ann });
  const follow = async (...of: string[]) => {
    const query = of.map((one) => `of=${one}`).join("&");
    const stream = await openStream(`${line.carrier.url}/_carrier/phone/events?${query}`, headers);
    streams.push(stream);
    return stream;
  };
  const first = await follow(`${id}:0`);
  dial();
  await line.clock.advance(1000);
  expect(await first.takeOfSeveral(2)).toEqual([`${id} 1 open`, `${id} 2 incoming`]);
  const [, incoming] = await (await listen(`/lines/${id}`)).take(2);
  const call = incoming!.split(" ")[2]!.split(",")[0]!;
  const nobody = `PH${"0".repeat(32)}`;
  const second = await follow(`${id}:1`, `${call}:0`, `${nobody}:4`);
  expect(await second.takeOfSeveral(3)).toEqual([
    `${nobody} 0 unknown`,
    `${id} 2 incoming`,
    `${call} 1 ringing`,
  ]);
  await ask("POST", `/calls/${call}/answer`);
  expect(await second.takeOfSeveral(2)).toEqual([`${call} 2 answered`, `${call} 3 connected`]);
});

const follows = ["", "?of=PH1:0", `?of=PL${"0".repeat(32)}`, `?${`of=PL${"0".repeat(32)}:0&`.repeat(33)}`];
test.each(follows)("does not follow %s", async (query) => {
  expect(await ask("GET", `/events${query}`)).toMatchObject({ status: 400, error: { code: "invalid" } });
});

test("a hundred lines and not one more", async () => {
  for (let at = 0; at < limits.phoneLines; at++)
    expect((await ask("POST", "/lines", { at: ann })).status).toBe(201);
  expect(await ask("POST", "/lines", { at: ann })).toMatchObject({
    status: 429,
    error: { code: "too-many-lines" },
  });
});

test("declining in a wrong way is refused", async () => {
  const here = await openAt();
  dial();
  await line.clock.advance(1000);
  const { call: id } = await here.rings();
  expect(await ask("POST", `/calls/${id}/decline`, { how: "politely" })).toMatchObject({ status: 400 });
});
