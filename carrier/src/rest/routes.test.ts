/** The REST API through Twilio's official client: shapes, updates and exact errors (protocol 6). */
import twilio from "twilio";
import { afterEach, beforeEach, expect, test } from "vitest";
import { accountSid, authToken, number, openLine, type TestLine, twiml } from "../testdata/line.ts";

let line: TestLine;
let client: ReturnType<typeof twilio>;
beforeEach(async () => {
  line = await openLine();
  line.on("/voice", twiml('<Say>Hello.</Say><Pause length="600"/>'));
  line.on("/other", twiml("<Say>Something else.</Say>"));
  client = clientWith(authToken);
});
afterEach(() => line.close());

/** The official client, its requests sent to the carrier instead of api.twilio.com. */
class Loopback extends twilio.RequestClient {
  override request<T>(options: Parameters<twilio.RequestClient["request"]>[0]) {
    const url = new URL(options.uri);
    // The base class takes the options of its own `request`.
    return super.request<T>({ ...options, uri: line.carrier.url + url.pathname + url.search } as never);
  }
}
const clientWith = (token: string) => twilio(accountSid, token, { httpClient: new Loopback() });
const to = "+15550150001";
const create = (more: object = {}) =>
  client.calls.create({ to, from: number, url: `${line.application}/voice`, ...more });

test("create, fetch and list a call", async () => {
  const created = await create();
  expect(created).toMatchObject({
    status: "queued",
    to,
    from: number,
    direction: "outbound-api",
    accountSid,
    apiVersion: "2010-04-01",
    toFormatted: "(555) 015-0001",
    queueTime: "0",
    startTime: null,
    endTime: null,
    price: null,
    parentCallSid: null,
  });
  expect(created.sid).toMatch(/^CA[0-9a-f]{32}$/);
  expect(created.dateCreated).toEqual(new Date("2026-11-02T12:00:00Z"));
  await line.clock.advance(3000);
  expect((await client.calls(created.sid).fetch()).status).toBe("in-progress");
  await line.clock.advance(700_000);
  const ended = await client.calls(created.sid).fetch();
  expect(ended).toMatchObject({
    status: "completed",
    duration: "600",
    startTime: new Date("2026-11-02T12:00:02Z"),
  });
  const second = await create();
  expect((await client.calls.list()).map(({ sid }) => sid)).toEqual([second.sid, created.sid]);
  expect((await client.calls.list({ status: "completed" })).map(({ sid }) => sid)).toEqual([created.sid]);
});

test("lists are paged, and the client can walk them", async () => {
  const sids: string[] = [];
  for (let i = 0; i < 5; i++) sids.unshift((await create()).sid);
  expect((await client.calls.list({ pageSize: 2 })).map(({ sid }) => sid)).toEqual(sids);
  const first = await client.calls.page({ pageSize: 2 });
  expect(first.instances.map(({ sid }) => sid)).toEqual(sids.slice(0, 2));
  const second = await first.nextPage();
  expect(second?.instances.map(({ sid }) => sid)).toEqual(sids.slice(2, 4));
});

interface Update {
  readonly rule: string;
  /** Virtual seconds between creating and updating. */
  readonly after: number;
  readonly change: Parameters<ReturnType<typeof client.calls>["update"]>[0];
  readonly status: string | number;
  readonly heard?: string[];
}
const updates: Update[] = [
  { rule: "cancel while queued", after: 0, change: { status: "canceled" }, status: "canceled" },
  { rule: "cancel while ringing", after: 1, change: { status: "canceled" }, status: "canceled" },
  {
    rule: "cancel leaves a call in progress alone",
    after: 9,
    change: { status: "canceled" },
    status: "in-progress",
  },
  { rule: "complete while ringing", after: 1, change: { status: "completed" }, status: "canceled" },
  { rule: "complete in progress", after: 9, change: { status: "completed" }, status: "completed" },
  {
    rule: "new TwiML interrupts the running verb",
    after: 9,
    change: { twiml: "<Response><Say>New.</Say></Response>" },
    status: "in-progress",
    heard: ["Hello.", "New."],
  },
  {
    rule: "a new URL interrupts the running verb",
    after: 9,
    change: { url: "/other" },
    status: "in-progress",
    heard: ["Hello.", "Something else."],
  },
  { rule: "nothing to redirect while ringing", after: 1, change: { url: "/other" }, status: 21220 },
  { rule: "nor after the end", after: 9999, change: { url: "/other" }, status: 21220 },
  { rule: "nor can an ended call be completed", after: 9999, change: { status: "completed" }, status: 21220 },
  { rule: "a URL that is none", after: 9, change: { url: "nonsense" }, status: 21205 },
];
test.each(updates)("Update 6: $rule", async ({ after, change, status, heard }) => {
  const { sid } = await create();
  await line.clock.advance(after * 1000);
  const url = change?.url === "/other" ? `${line.application}/other` : change?.url;
  const answer = await client
    .calls(sid)
    .update({ ...change, ...(url === undefined ? {} : { url }) })
    .catch((error: unknown) => error);
  expect(answer).toMatchObject(typeof status === "number" ? { code: status, status: 400 } : { status });
  await line.clock.runUntilIdle();
  if (heard) {
    const { transcript } = line.carrier.personOn(sid)!;
    expect(transcript.filter(({ what }) => what === "heard").map(({ text }) => text)).toEqual(heard);
  }
});

test("Update 6: a document that arrives after the call was redirected is not performed", async () => {
  line.on("/voice", async () => {
    await line.clock.sleep(5000);
    return { status: 500 };
  });
  const { sid } = await create();
  await line.clock.advance(4000);
  await client.calls(sid).update({ url: `${line.application}/other` });
  await line.clock.runUntilIdle();
  const told = line.carrier.personOn(sid)!.transcript.map(({ what, text }) => `${what} ${text}`.trim());
  expect(told).toEqual(["ringing", "answered", "heard Something else.", "ended completed by application"]);
});

test("Life cycle 4: a call canceled while queued tells nobody", async () => {
  line.on("/status", { status: 204 });
  const { sid } = await create({ statusCallback: `${line.application}/status` });
  await client.calls(sid).update({ status: "canceled" });
  await line.clock.runUntilIdle();
  expect(line.received).toEqual([]);
});

const refused: [rule: string, change: object, code: number][] = [
  ["no To", { to: "" }, 21201],
  ["a To that is no number", { to: "555-CALL" }, 21211],
  ["To the same as From", { to: number }, 21211],
  ["no From", { from: "" }, 21213],
  ["a From that is no number", { from: "claims" }, 21212],
  ["a From of somebody else", { from: "+15550100099" }, 21210],
  ["neither Url nor Twiml", { url: undefined }, 21205],
  ["a relative Url", { url: "/voice" }, 21205],
  ["a Url of another kind", { url: "ftp://127.0.0.1/voice" }, 21205],
  ["a Method there is not", { method: "PUT" }, 21209],
  ["Twiml that is too long", { url: undefined, twiml: "x".repeat(4001) }, 32018],
  ["a Timeout over the limit", { timeout: 601 }, 21208],
];
test.each(refused)("Create 6: %s", async (_rule, change, code) => {
  await expect(create(change)).rejects.toMatchObject({
    code,
    status: 400,
    moreInfo: `https://www.twilio.com/docs/errors/${code}`,
  });
});

test("a body over 64 kB is refused", async () => {
  await expect(create({ callReason: "x".repeat(70_000) })).rejects.toMatchObject({
    status: 413,
    code: 20413,
  });
});

test("also one that does not say its length", async () => {
  const response = await fetch(`${line.carrier.url}/2010-04-01/Accounts/${accountSid}/Calls.json`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` },
    body: new Blob(["x".repeat(70_000)]).stream(),
    duplex: "half",
  });
  expect(response.status).toBe(413);
});

test("parameters that are not performed are reported", async () => {
  await create({ machineDetection: "Enable", record: true });
  expect(line.carrier.alerts().map(({ message }) => message)).toEqual([
    "call parameter Record is not performed by this carrier",
    "call parameter MachineDetection is not performed by this carrier",
  ]);
});

test("REST 6: a wrong token is 401 with 20003, an unknown call 404 with 20404", async () => {
  await expect(clientWith("wrong").calls.list()).rejects.toMatchObject({ status: 401, code: 20003 });
  await expect(client.calls(`CA${"f".repeat(32)}`).fetch()).rejects.toMatchObject({
    status: 404,
    code: 20404,
  });
  await expect(client.calls(`CA${"f".repeat(32)}`).update({ status: "completed" })).rejects.toMatchObject({
    code: 20404,
  });
  await expect(client.queues.list()).rejects.toMatchObject({ status: 404, code: 20404 });
});

test("numbers: list, create, update, remove", async () => {
  const [own] = await client.incomingPhoneNumbers.list({ phoneNumber: number });
  expect(own).toMatchObject({
    phoneNumber: number,
    friendlyName: "Claims",
    voiceMethod: "POST",
    capabilities: { voice: true },
  });
  const added = await client.incomingPhoneNumbers.create({
    phoneNumber: "+15550100002",
    voiceUrl: `${line.application}/other`,
  });
  expect(added.sid).toMatch(/^PN[0-9a-f]{32}$/);
  const updated = await client.incomingPhoneNumbers(added.sid).update({
    voiceUrl: `${line.application}/voice`,
    voiceMethod: "GET",
    voiceFallbackUrl: `${line.application}/fallback`,
    statusCallback: `${line.application}/status`,
    statusCallbackMethod: "GET",
    friendlyName: "Second",
  });
  expect(await client.incomingPhoneNumbers(added.sid).fetch()).toMatchObject({
    voiceUrl: updated.voiceUrl,
    voiceMethod: "GET",
    voiceFallbackUrl: `${line.application}/fallback`,
    statusCallback: `${line.application}/status`,
    statusCallbackMethod: "GET",
    friendlyName: "Second",
  });
  line.carrier.call({ from: "+15550199001", to: "+15550100002" });
  await line.clock.advance(0);
  expect(line.received[0]).toMatchObject({ method: "GET", signed: true });
  await client.incomingPhoneNumbers(added.sid).remove();
  expect(await client.incomingPhoneNumbers.list()).toHaveLength(1);
  await expect(client.incomingPhoneNumbers.create({ phoneNumber: number })).rejects.toMatchObject({
    code: 21422,
  });
  await expect(client.incomingPhoneNumbers(own!.sid).update({ voiceUrl: "nonsense" })).rejects.toMatchObject({
    code: 21205,
  });
});

test("the account", async () => {
  expect(await client.api.v2010.accounts(accountSid).fetch()).toMatchObject({
    sid: accountSid,
    status: "active",
    type: "Full",
  });
});
