/** Lists and reads as applications make them: pages that stay where they are, reads that lag, what other languages' clients send. */
import { afterEach, expect, test } from "vitest";
import type { CarrierOptions } from "../options.ts";
import { type Client, clientOf } from "../testdata/client.ts";
import { accountSid, authToken, caller, number, openLine, type TestLine, twiml } from "../testdata/line.ts";

let line: TestLine;
let client: Client;
const open = async (options: CarrierOptions = {}) => {
  line = await openLine(options);
  line.on("/voice", twiml("<Say>Hello.</Say><Pause length='20'/>"));
  client = clientOf(line);
};
afterEach(() => line.close());

const to = "+15550150001";
const create = (more: object = {}) =>
  client.calls.create({ to, from: number, url: `${line.application}/voice`, ...more });
/** `count` calls, newest first. */
async function createMany(count: number): Promise<string[]> {
  const sids: string[] = [];
  for (let at = 0; at < count; at++) sids.unshift((await create()).sid);
  return sids;
}
const sidsOf = (rows: readonly { sid: string }[]) => rows.map(({ sid }) => sid);

test("a page stays where it was when calls come in before it", async () => {
  await open();
  const sids = await createMany(5);
  const first = await client.calls.page({ pageSize: 2 });
  expect(first.nextPageUrl).toMatch(/PageSize=2&Page=1&PageToken=PACA/);
  await createMany(3);
  const second = await first.nextPage();
  expect(sidsOf(second!.instances)).toEqual(sids.slice(2, 4));
  const third = await second!.nextPage();
  expect(sidsOf(third!.instances)).toEqual(sids.slice(4));
  expect(await third!.nextPage()).toBeUndefined();
  expect(sidsOf((await third!.previousPage())!.instances)).toEqual(sids.slice(2, 4));
  expect(sidsOf((await client.calls.getPage(first.nextPageUrl!)).instances)).toEqual(sids.slice(2, 4));
});

test("list with a limit, and each", async () => {
  await open();
  const sids = await createMany(5);
  expect(sidsOf(await client.calls.list({ limit: 3, pageSize: 2 }))).toEqual(sids.slice(0, 3));
  const seen: string[] = [];
  await new Promise<void>((resolve, reject) =>
    client.calls.each(
      { pageSize: 2, done: (error?: Error) => (error ? reject(error) : resolve()) },
      ({ sid }) => seen.push(sid),
    ),
  );
  expect(seen).toEqual(sids);
});

test.each([
  ["PageSize=1001", 20007],
  ["PageSize=many", 20001],
  ["Page=first", 20001],
  ["PageToken=7", 20001],
] as const)("a page of %s is %i", async (query, code) => {
  await open();
  const answer = await ask(`/Calls.json?${query}`);
  expect([answer.status, ((await answer.json()) as { code: number }).code]).toEqual([400, code]);
});

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${line.carrier.url}/2010-04-01/Accounts/${accountSid}${path}`, {
    ...init,
    headers: {
      authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`,
      ...init.headers,
    },
  });

/** Filters as the clients of other languages write them (twilio-python and twilio-go, their public sources). */
const filters: readonly (readonly [client: string, query: string, found: number])[] = [
  ["python: start_time_after, a datetime", "StartTime%3E=2026-11-02T00%3A00%3A00Z&PageSize=50", 1],
  ["python: start_time_before, a datetime", "StartTime%3C=2026-11-01T23%3A59%3A59Z", 0],
  ["python: start_time, a date", "StartTime=2026-11-02", 1],
  ["go: SetStartTimeAfter", "StartTime%3E=2026-11-02T12%3A00%3A00Z", 1],
  ["go: a time of day, in a zone of its own: too late", "StartTime%3E=2026-11-02T14%3A00%3A01%2B02%3A00", 0],
  ["go: the same zone, in time", "StartTime%3E=2026-11-02T14%3A00%3A00%2B02%3A00", 1],
  ["go: SetStartTime, the day before in its zone", "StartTime=2026-11-01T23%3A30%3A00-05%3A00", 1],
  ["go: SetEndTimeBefore", "EndTime%3C=2026-11-02T23%3A00%3A00Z", 1],
  ["ruby: from, unescaped plus", "From=%2B15550199001", 1],
  ["an empty filter", "Status=completed&To=", 1],
  ["two words of Status, the first counts", "Status=completed&Status=busy", 1],
];
test.each(filters)("lists: %s", async (_client, query, found) => {
  await open();
  line.carrier.call({ from: caller, to: number });
  await line.clock.runUntilIdle();
  const answer = await ask(`/Calls.json?${query}`);
  expect(((await answer.json()) as { calls: unknown[] }).calls).toHaveLength(found);
});

const requests: readonly (readonly [
  client: string,
  headers: Record<string, string>,
  body: string,
  told: number,
])[] = [
  [
    "python: repeated StatusCallbackEvent",
    {},
    "StatusCallbackEvent=initiated&StatusCallbackEvent=completed",
    2,
  ],
  [
    "go: repeated, and a charset",
    { "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
    "StatusCallbackEvent=ringing&StatusCallbackEvent=answered",
    2,
  ],
  ["php: one with spaces", {}, "StatusCallbackEvent=initiated+ringing+answered+completed", 4],
  ["java: Accept of everything", { accept: "*/*", "accept-encoding": "gzip" }, "", 1],
  ["python: Accept of JSON", { accept: "application/json", "user-agent": "twilio-python/9.0.0" }, "", 1],
  ["flags in capitals", {}, "Record=False&AsyncAmd=False", 1],
];
test.each(requests)("calls: %s", async (_client, headers, body, told) => {
  await open();
  line.on("/status", { status: 204 });
  const form = new URLSearchParams({
    To: to,
    From: number,
    Url: `${line.application}/voice`,
    StatusCallback: `${line.application}/status`,
  });
  const answer = await ask("/Calls.json", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body: `${form}&${body}`,
  });
  expect([answer.status, answer.headers.get("content-type")]).toEqual([201, "application/json"]);
  await line.clock.runUntilIdle();
  expect(line.received.filter(({ path }) => path === "/status")).toHaveLength(told);
  expect(line.carrier.alerts()).toEqual([]);
});

test("with a lag, reads of calls show what was; the request's own answer what is", async () => {
  await open({ restLagMs: 2000 });
  const { sid } = await create({ machineDetection: "Enable" });
  const read = async () => {
    const { status, startTime, endTime, answeredBy } = await client.calls(sid).fetch();
    return [status, startTime !== null, endTime !== null, answeredBy, (await client.calls.list()).length];
  };
  expect(await read()).toEqual(["queued", false, false, null, 0]);
  await line.clock.advance(1000);
  expect(line.carrier.find(sid)?.status).toBe("ringing");
  expect(await read()).toEqual(["queued", false, false, null, 0]);
  await line.clock.advance(2000);
  expect(await read()).toEqual(["ringing", false, false, null, 1]);
  await line.clock.advance(2000);
  expect(await read()).toEqual(["in-progress", true, false, null, 1]);
  expect(await client.calls.list({ status: "ringing" })).toEqual([]);
  const updated = await client.calls(sid).update({ status: "completed" });
  expect(updated.status).toBe("completed");
  expect(await read()).toEqual(["in-progress", true, false, null, 1]);
  await line.clock.advance(2000);
  expect(await read()).toEqual(["completed", true, true, null, 1]);
});

test("with a lag, reads of messages show what was", async () => {
  await open({ restLagMs: 1000 });
  line.carrier.setTextFate(to, 30005);
  const { sid } = await client.messages.create({ to, from: number, body: "Hello" });
  const read = async () => {
    const { status, errorCode } = await client.messages(sid).fetch();
    return [status, errorCode, (await client.messages.list()).length];
  };
  await line.clock.advance(900);
  expect(await read()).toEqual(["queued", null, 0]);
  await line.clock.advance(1100);
  expect(line.carrier.messages()[0]?.status).toBe("undelivered");
  expect(await read()).toEqual(["sent", null, 1]);
  await line.clock.advance(1000);
  expect(await read()).toEqual(["undelivered", 30005, 1]);
});

test("the queue: one call per second, told by queue_time; what is canceled there tells nobody and rings nobody", async () => {
  await open({ callsPerSecond: 1 });
  line.on("/status", { status: 204 });
  const made: Awaited<ReturnType<typeof create>>[] = [];
  for (let at = 0; at < 3; at++)
    made.push(
      await create({
        statusCallback: `${line.application}/status`,
        statusCallbackEvent: ["initiated", "completed"],
      }),
    );
  expect(made.map(({ status, queueTime }) => [status, queueTime])).toEqual([
    ["queued", "0"],
    ["queued", "1000"],
    ["queued", "2000"],
  ]);
  await line.clock.advance(500);
  await client.calls(made[2]!.sid).update({ status: "canceled" });
  await line.clock.runUntilIdle();
  expect(await client.calls(made[2]!.sid).fetch()).toMatchObject({
    status: "canceled",
    startTime: null,
    duration: "0",
  });
  const about = line.received
    .filter(({ path }) => path === "/status")
    .map(({ parameters }) => parameters.CallSid);
  expect(about.filter((sid) => sid === made[2]!.sid)).toEqual([]);
  expect(about).toHaveLength(4);
  expect(line.carrier.personOn(made[2]!.sid)?.transcript.some(({ what }) => what === "ringing")).toBe(false);
});
