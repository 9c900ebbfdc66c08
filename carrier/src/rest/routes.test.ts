/** The REST API through Twilio's official client: shapes, updates and exact errors (protocol 6). */
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Client, clientOf } from "../testdata/client.ts";
import { accountSid, authToken, number, openLine, type TestLine, twiml } from "../testdata/line.ts";

let line: TestLine;
let client: Client;
beforeEach(async () => {
  line = await openLine();
  line.on("/voice", twiml('<Say>Hello.</Say><Pause length="600"/>'));
  line.on("/other", twiml("<Say>Something else.</Say>"));
  client = clientWith(authToken);
});
afterEach(() => line.close());

const clientWith = (token: string) => clientOf(line, accountSid, token);
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
  ["SendDigits of no keys", { sendDigits: "1x" }, 21206],
  ["SendDigits over 32 keys", { sendDigits: "1".repeat(33) }, 21206],
  ["a RecordingStatusCallback that is no URL", { record: true, recordingStatusCallback: "/r" }, 21205],
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
  await create({ byoc: "BY1", recordingTrack: "both" });
  expect(line.carrier.alerts().map(({ message }) => message)).toEqual([
    "parameter Byoc of POST /Calls.json is not performed by this carrier",
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
  await expect(client.addresses.list()).rejects.toMatchObject({ status: 501, code: 20008 });
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

test("recordings: fetch, list by call, remove", async () => {
  line.on("/voice", twiml("<Record/><Hangup/>"));
  line.carrier.setFarEnd(to, {
    steps: [
      { hear: "beep", say: "Hello." },
      { afterSeconds: 2, hangUp: true },
    ],
  });
  const { sid: callSid } = await create();
  await line.clock.runUntilIdle();
  const [recording] = await client.recordings.list();
  expect(recording).toMatchObject({
    callSid,
    accountSid,
    status: "completed",
    source: "RecordVerb",
    channels: 1,
    duration: "1",
    conferenceSid: null,
  });
  const { sid, mediaUrl } = await client.recordings(recording!.sid).fetch();
  expect(mediaUrl).toBe(`${line.carrier.url}/2010-04-01/Accounts/${accountSid}/Recordings/${sid}`);
  expect(await client.calls(callSid).recordings.list()).toHaveLength(1);
  expect(await client.recordings.list({ callSid: `CA${"f".repeat(32)}` })).toEqual([]);
  expect(await client.recordings(sid).remove()).toBe(true);
  await expect(client.recordings(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  expect((await fetch(mediaUrl)).status).toBe(404);
});

const text = (more: object = {}) =>
  client.messages.create({
    to,
    from: number,
    body: "Your claim was paid.",
    statusCallback: `${line.application}/sms`,
    ...more,
  });

test("messages: queued, sent, delivered; the callbacks are signed", async () => {
  line.on("/sms", { status: 204 });
  const created = await text();
  expect(created).toMatchObject({
    status: "queued",
    to,
    from: number,
    body: "Your claim was paid.",
    direction: "outbound-api",
    numSegments: "1",
    errorCode: null,
    dateSent: null,
  });
  expect(created.sid).toMatch(/^SM[0-9a-f]{32}$/);
  await line.clock.runUntilIdle();
  expect(
    line.log("MessageStatus", "SmsStatus").map((told, at) => `${line.received[at]!.at} ${told}`),
  ).toEqual([
    "0 /sms MessageStatus=queued SmsStatus=queued",
    "0.5 /sms MessageStatus=sent SmsStatus=sent",
    "2 /sms MessageStatus=delivered SmsStatus=delivered",
  ]);
  for (const { parameters, signed } of line.received) {
    expect(signed).toBe(true);
    expect(parameters).toMatchObject({ MessageSid: created.sid, SmsSid: created.sid, To: to, From: number });
  }
  expect((await client.messages(created.sid).fetch()).status).toBe("delivered");
  expect(line.carrier.messages()).toMatchObject([{ sid: created.sid, status: "delivered" }]);
});

test("messages: where calls fail they do not arrive", async () => {
  line.on("/sms", { status: 204 });
  line.carrier.setFarEnd(to, "failed");
  const { sid } = await text();
  await line.clock.runUntilIdle();
  expect(line.log("MessageStatus", "ErrorCode").at(-1)).toBe(
    "/sms MessageStatus=undelivered ErrorCode=30003",
  );
  expect(await client.messages(sid).fetch()).toMatchObject({ status: "undelivered", errorCode: 30003 });
});

test("messages: lists, newest first, by To and From, paged", async () => {
  const sids: string[] = [];
  for (const one of [to, "+15550150002", to]) sids.unshift((await text({ to: one })).sid);
  expect((await client.messages.list({ pageSize: 2 })).map(({ sid }) => sid)).toEqual(sids);
  expect(await client.messages.list({ to })).toHaveLength(2);
  expect(await client.messages.list({ from: "+15550100009" })).toEqual([]);
});

const unsent: [rule: string, change: object, code: number][] = [
  ["no To", { to: "" }, 21604],
  ["a To that is no number", { to: "555" }, 21211],
  ["no From", { from: undefined }, 21603],
  ["a service there is not", { from: undefined, messagingServiceSid: `MG${"0".repeat(32)}` }, 21701],
  ["a From of somebody else", { from: "+15550100099" }, 21606],
  ["no body", { body: undefined }, 21602],
  ["a body over 1600 characters", { body: "x".repeat(1601) }, 21617],
  ["a callback that is no URL", { statusCallback: "sms" }, 21609],
];
test.each(unsent)("messages refuse %s", async (_rule, change, code) => {
  await expect(text(change)).rejects.toMatchObject({ code, status: 400 });
  expect(line.carrier.messages()).toEqual([]);
});

test("messages: 1600 characters are sent; what is not performed is said", async () => {
  expect(await text({ body: "x".repeat(1600), riskCheck: "disable" })).toMatchObject({ numSegments: "11" });
  expect(line.carrier.alerts().map(({ message }) => message)).toEqual([
    "parameter RiskCheck of POST /Messages.json is not performed by this carrier",
  ]);
});

test("SendDigits are pressed at the answer, before the application is asked", async () => {
  line.carrier.setFarEnd(to, { steps: [{ hearKeys: "12#", hangUp: true }] });
  const { sid } = await create({ sendDigits: "ww1W2#" });
  await line.clock.runUntilIdle();
  expect(line.received.map(({ path, at }) => `${path} ${at}`)).toEqual(["/voice 5.1"]);
  expect(line.carrier.personOn(sid)?.transcript).toContainEqual({
    atMs: 2000,
    what: "played",
    text: "ww1W2#",
  });
});

test("the account", async () => {
  expect(await client.api.v2010.accounts(accountSid).fetch()).toMatchObject({
    sid: accountSid,
    status: "active",
    type: "Full",
  });
});
