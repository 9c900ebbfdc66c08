/** The live phone over HTTP and SSE: a whole call, reconnecting without loss, and every refusal. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStream } from "../testdata/event-stream.ts";
import { number, openLine, type TestLine, twiml } from "../testdata/line.ts";

let line: TestLine;
const headers = { authorization: "Bearer phone-key" };
beforeEach(async () => {
  line = await openLine();
  line.on(
    "/voice",
    twiml(
      `<Gather input="dtmf speech" numDigits="1" action="/menu" timeout="3"><Say>Press 1.</Say></Gather><Say>Bye.</Say>`,
    ),
  );
  line.on("/menu", ({ parameters }) =>
    twiml(`<Say>Got ${parameters.Digits ?? parameters.SpeechResult}.</Say>`),
  );
});
afterEach(() => line.close());

const api = (path: string, init?: RequestInit) =>
  fetch(`${line.carrier.url}/_carrier/phone${path}`, { headers, ...init });
const post = (path: string, body: unknown = {}) => api(path, { method: "POST", body: JSON.stringify(body) });

async function dial(): Promise<{ id: string; callSid: string }> {
  const response = await post("/calls", { to: number });
  expect(response.status).toBe(201);
  await line.clock.settle();
  // The carrier's documented answer.
  return (await response.json()) as { id: string; callSid: string };
}

const listen = (id: string, lastEventId?: string) =>
  openStream(`${line.carrier.url}/_carrier/phone/calls/${id}/events`, {
    ...headers,
    ...(lastEventId === undefined ? {} : { "last-event-id": lastEventId }),
  });

test("a call by keys, from ringing to the end", async () => {
  const { id } = await dial();
  const stream = await listen(id);
  expect(await stream.take(4)).toEqual([
    "1 ringing",
    "2 answered",
    "3 listening dtmf,speech,3,#,1",
    "4 say 1,Press 1.,man,en-US,571",
  ]);
  expect((await post(`/calls/${id}/keys`, { digits: "1" })).status).toBe(204);
  await line.clock.settle();
  expect(await stream.take(3)).toEqual([
    "5 not-listening",
    "6 stop-speaking",
    "7 say 2,Got 1.,man,en-US,429",
  ]);
  await post(`/calls/${id}/spoken`, { utterance: 2 });
  expect(await stream.take(2)).toEqual(["8 ended completed,application,0", "end of stream"]);
  expect((await post(`/calls/${id}/keys`, { digits: "1" })).status).toBe(409);
});

test("typed speech needs no silence after it", async () => {
  const { id } = await dial();
  await post(`/calls/${id}/speech`, { text: "billing", confidence: 0.5 });
  await line.clock.advance(0);
  expect(line.log("SpeechResult", "Confidence")).toEqual([
    "/voice",
    "/menu SpeechResult=billing Confidence=0.5",
  ]);
});

test("a recording: a beep, listening, and typed words are recorded", async () => {
  line.on("/voice", twiml('<Record action="/recorded" finishOnKey="#"/>'));
  line.on("/recorded", twiml("<Hangup/>"));
  const { id } = await dial();
  const stream = await listen(id);
  await line.clock.advance(500);
  expect(await stream.take(4)).toEqual(["1 ringing", "2 answered", "3 listening dtmf,speech,5,#", "4 beep"]);
  await post(`/calls/${id}/speech`, { text: "My claim is late, please call." });
  await line.clock.advance(3000);
  await post(`/calls/${id}/keys`, { digits: "#" });
  await line.clock.settle();
  expect(line.log("RecordingDuration", "Digits")).toEqual([
    "/voice",
    "/recorded RecordingDuration=2 Digits=#",
  ]);
});

test("put through to another person: what that one says is heard, typed words go there", async () => {
  line.on("/voice", twiml("<Dial>+15550150001</Dial>"));
  line.carrier.setFarEnd("+15550150001", {
    steps: [
      { hear: "hello", say: "Ann here.", afterSeconds: 0 },
      { hear: "bye", hangUp: true },
    ],
  });
  const { id } = await dial();
  const stream = await listen(id);
  await line.clock.advance(3000);
  await post(`/calls/${id}/speech`, { text: "Hello?" });
  await line.clock.advance(0);
  await post(`/calls/${id}/speech`, { text: "Goodbye." });
  await line.clock.advance(9000);
  expect(await stream.take(11)).toEqual([
    "1 ringing",
    "2 answered",
    "3 ringback true",
    "4 ringback false",
    "5 connected",
    "6 listening dtmf,speech,0,",
    "7 say 1,Ann here.,person,,643",
    "8 not-listening",
    "9 disconnected",
    "10 ended completed,application,4",
    "end of stream",
  ]);
});

test("a stream that broke resumes after the last event it saw", async () => {
  const { id } = await dial();
  const first = await listen(id);
  expect(await first.take(2)).toEqual(["1 ringing", "2 answered"]);
  await first.close();
  await post(`/calls/${id}/keys`, { digits: "1" });
  await line.clock.settle();
  const second = await listen(id, "2");
  expect(await second.take(4)).toEqual([
    "3 listening dtmf,speech,3,#,1",
    "4 say 1,Press 1.,man,en-US,571",
    "5 not-listening",
    "6 stop-speaking",
  ]);
  await second.close();
});

test("without a report the call goes on after three times the estimate", async () => {
  line.on("/voice", twiml("<Say>Fourteen chars</Say><Redirect>/menu</Redirect>"));
  await dial();
  await line.clock.advance(10_000);
  expect(line.received.map(({ path, at }) => `${path} ${at}`)).toEqual(["/voice 0", "/menu 3"]);
});

test("hanging up ends the call", async () => {
  const { id, callSid } = await dial();
  expect((await post(`/calls/${id}/hang-up`)).status).toBe(204);
  expect(line.carrier.find(callSid)?.status).toBe("completed");
  const stream = await listen(id, "4");
  expect(await stream.take(9)).toEqual(["5 ended completed,caller,0", "end of stream"]);
});

test("a browser that never opens the stream hangs up after 30 s", async () => {
  line.on("/voice", twiml(`<Pause length="1"/><Say>Hello</Say><Pause length="300"/>`));
  const { callSid } = await dial();
  await line.clock.advance(29_999);
  expect(line.carrier.find(callSid)?.status).toBe("in-progress");
  await line.clock.advance(1);
  expect(line.carrier.find(callSid)?.status).toBe("completed");
});

const refusals: [what: string, path: string, init: RequestInit, status: number, code: string][] = [
  ["no key", "/numbers", { headers: {} }, 401, "unauthorized"],
  ["a wrong key", "/numbers?key=phone-kex", { headers: {} }, 401, "unauthorized"],
  ["a number nobody has", "/calls", { method: "POST", body: '{"to":"+15550100009"}' }, 404, "unknown-number"],
  ["no number", "/calls", { method: "POST", body: "{}" }, 400, "invalid"],
  ["not JSON", "/calls", { method: "POST", body: "to=1" }, 400, "not-json"],
  ["a body over 64 kB", "/calls", { method: "POST", body: "x".repeat(65_537) }, 413, "too-large"],
  ["an unknown call", "/calls/PH1/keys", { method: "POST", body: '{"digits":"1"}' }, 404, "unknown-call"],
  ["an unknown call's events", "/calls/PH1/events", {}, 404, "unknown-call"],
];
test.each(refusals)("refuses %s", async (_what, path, init, status, code) => {
  const response = await api(path, init);
  expect([response.status, await response.json()]).toMatchObject([status, { error: { code } }]);
});

test("a key in the URL is accepted, and the page stands behind it", async () => {
  const numbers = await fetch(`${line.carrier.url}/_carrier/phone/numbers?key=phone-key`);
  expect(await numbers.json()).toEqual({ numbers: [{ number, friendlyName: "Claims" }] });
  const page = await fetch(line.carrier.phoneUrl);
  expect(page.headers.get("content-type")).toContain("text/html");
  expect(page.headers.get("content-security-policy")).not.toContain("unsafe");
  expect((await fetch(`${line.carrier.url}/phone`)).status).toBe(401);
  // Everything the page and its modules name is there, and nothing comes from elsewhere.
  const named = (text: string) => [...text.matchAll(/(?:src|href)="([^"]+)"|from "([^"]+)"/g)];
  const seen = new Set<string>();
  const look = async (url: string) => {
    if (seen.has(url)) return;
    seen.add(url);
    const file = await fetch(url);
    expect([url, file.status]).toEqual([url, 200]);
    for (const [, linked, imported] of named(await file.text())) {
      const next = new URL((linked ?? imported)!, url);
      if (next.protocol !== "data:") {
        expect(next.origin).toBe(line.carrier.url);
        await look(next.href);
      }
    }
  };
  await look(line.carrier.phoneUrl);
  expect(seen.size).toBe(12);
});
