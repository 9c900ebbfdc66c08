/** Text messages through the official client and through people who write (Twilio, Message resource and TwiML Messaging). */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { CarrierOptions } from "../options.ts";
import { type Client, clientOf } from "../testdata/client.ts";
import { accountSid, number, openLine, type Reply, type TestLine, twiml } from "../testdata/line.ts";

const person = "+15550150001";
const second = "+15550100002";
const service = `MG${"1".repeat(32)}`;
const empty = `MG${"2".repeat(32)}`;

let line: TestLine;
let client: Client;
const open = async (options: CarrierOptions = {}) => {
  line = await openLine({
    messagingServices: [
      { sid: service, numbers: [second] },
      { sid: empty, numbers: [] },
    ],
    ...options,
  });
  client = clientOf(line);
  line.on("/told", { status: 204 });
  await client.incomingPhoneNumbers.create({ phoneNumber: second, smsUrl: `${line.application}/service` });
  const [own] = await client.incomingPhoneNumbers.list({ phoneNumber: number });
  await client.incomingPhoneNumbers(own!.sid).update({
    smsUrl: `${line.application}/sms`,
    smsFallbackUrl: `${line.application}/fallback`,
  });
};
beforeEach(() => open());
afterEach(() => line.close());

const send = (more: object = {}) =>
  client.messages.create({ to: person, from: number, body: "Hello", ...more });
const write = async (body: string, more: object = {}) => {
  const sid = line.carrier.text({ from: person, to: number, body, ...more });
  await line.clock.advance(3000);
  return sid;
};
/** Direction, sender, receiver, words and state, oldest first. */
const all = async () =>
  (await client.messages.list())
    .reverse()
    .map(({ direction, to, body, status }) => `${direction} to ${to.slice(-4)} ${body} ${status}`);
const codes = () => line.carrier.alerts().map(({ code }) => code);

test("a message that comes in asks the number's SmsUrl, signed, and its answer is sent back", async () => {
  line.on("/sms", twiml("<Message>Thank you.</Message>"));
  const sid = await write("When is my claim paid?", { mediaUrls: ["http://127.0.0.1/bill.png"] });
  const [asked] = line.received;
  expect(asked).toMatchObject({ method: "POST", path: "/sms", signed: true });
  expect(asked?.parameters).toEqual({
    AccountSid: accountSid,
    ApiVersion: "2010-04-01",
    Body: "When is my claim paid?",
    From: person,
    FromCity: "",
    FromCountry: "US",
    FromState: "",
    FromZip: "",
    MediaContentType0: "image/png",
    MediaUrl0: "http://127.0.0.1/bill.png",
    MessageSid: sid,
    NumMedia: "1",
    NumSegments: "1",
    SmsMessageSid: sid,
    SmsSid: sid,
    SmsStatus: "received",
    To: number,
    ToCity: "",
    ToCountry: "US",
    ToState: "",
    ToZip: "",
  });
  expect(sid).toMatch(/^MM/);
  expect(await all()).toEqual([
    "inbound to 0001 When is my claim paid? received",
    "outbound-reply to 0001 Thank you. delivered",
  ]);
});

interface Answered {
  readonly rule: string;
  readonly answer: string | Reply;
  /** Words of what was sent back. */
  readonly said: readonly string[];
  readonly codes?: readonly number[];
}
const answers: readonly Answered[] = [
  { rule: "nothing to say", answer: twiml(""), said: [] },
  { rule: "an empty body", answer: { status: 204 }, said: [] },
  {
    rule: "words alone",
    answer: { headers: { "content-type": "text/plain" }, body: " Hi. " },
    said: ["Hi."],
  },
  { rule: "several messages", answer: twiml("<Message>a</Message><Sms>b</Sms>"), said: ["a", "b"] },
  {
    rule: "Body and Media",
    answer: twiml("<Message><Body>a</Body><Media>http://x.test/a.jpg</Media></Message>"),
    said: ["a"],
  },
  { rule: "to another number", answer: twiml("<Message to='+15550150009'>a</Message>"), said: ["a"] },
  { rule: "a To that is none", answer: twiml("<Message to='bob'>a</Message>"), said: [], codes: [14101] },
  {
    rule: "a From of somebody else",
    answer: twiml("<Message from='+15550177777'>a</Message>"),
    said: [],
    codes: [14102],
  },
  { rule: "no words", answer: twiml("<Message/>"), said: [], codes: [14103] },
  {
    rule: "too many words",
    answer: twiml(`<Message>${"x".repeat(1601)}</Message>`),
    said: [],
    codes: [14103],
  },
  {
    rule: "a method there is not",
    answer: twiml("<Message method='PUT' action='/told'>a</Message>"),
    said: ["a"],
    codes: [14104],
  },
  {
    rule: "a callback that is none",
    answer: twiml("<Message statusCallback='http://'>a</Message>"),
    said: ["a"],
    codes: [14105],
  },
  { rule: "a voice verb", answer: twiml("<Say>a</Say><Message>b</Message>"), said: ["b"], codes: [14110] },
  {
    rule: "an attribute there is not",
    answer: twiml("<Message loud='1'>a</Message>"),
    said: ["a"],
    codes: [12200],
  },
  {
    rule: "a Redirect",
    answer: twiml("<Message>a</Message><Redirect>/next</Redirect><Message>c</Message>"),
    said: ["a", "next"],
  },
  { rule: "an endless Redirect", answer: twiml("<Redirect/>"), said: ["fallback"], codes: [14106] },
  { rule: "broken XML", answer: "<Response><Message>", said: ["fallback"], codes: [12100] },
  { rule: "another root", answer: "<Reply/>", said: ["fallback"], codes: [12102] },
  { rule: "status 500", answer: { status: 500 }, said: ["fallback"], codes: [11200] },
  {
    rule: "a picture",
    answer: { headers: { "content-type": "image/png" }, body: "x" },
    said: ["fallback"],
    codes: [12300],
  },
];
test.each(answers)("TwiML Messaging: $rule", async ({ answer, said, codes: wanted = [] }) => {
  line.on("/sms", answer);
  line.on("/next", twiml("<Message>next</Message>"));
  line.on("/fallback", twiml("<Message>fallback</Message>"));
  await write("Hello");
  const replies = line.carrier.messages().filter(({ direction }) => direction === "outbound-reply");
  expect(replies.map(({ body }) => body).reverse()).toEqual(said);
  expect(codes()).toEqual(wanted);
  const fallback = line.received.find(({ path }) => path === "/fallback");
  if (said[0] === "fallback")
    expect(fallback?.parameters).toMatchObject({
      ErrorCode: String(wanted[0]),
      ErrorUrl: `${line.application}/sms`,
      Body: "Hello",
    });
});

test("action and statusCallback of a reply are told how it fares", async () => {
  line.on("/sms", twiml("<Message action='/told'>a</Message>"));
  await write("Hello");
  const told = line.received
    .filter(({ path }) => path === "/told")
    .map(({ parameters }) => parameters.MessageStatus);
  expect(told).toEqual(["queued", "sent", "delivered"]);
});

test("a number's SmsApplicationSid goes before its own URL", async () => {
  const { sid } = await client.applications.create({ smsUrl: `${line.application}/app`, smsMethod: "GET" });
  const [own] = await client.incomingPhoneNumbers.list({ phoneNumber: number });
  await client.incomingPhoneNumbers(own!.sid).update({ smsApplicationSid: sid });
  line.on("/app", twiml("<Message>app</Message>"));
  await write("Hello");
  expect(line.received.map(({ method, path }) => `${method} ${path.split("?")[0]}`)).toEqual(["GET /app"]);
});

test("a message to a number of the carrier's comes in there", async () => {
  line.on("/service", twiml("<Message>Back.</Message>"));
  line.on("/sms", twiml(""));
  await send({ to: second });
  await line.clock.runUntilIdle();
  expect(await all()).toEqual([
    "outbound-api to 0002 Hello delivered",
    "inbound to 0002 Hello received",
    "outbound-reply to 0001 Back. delivered",
    "inbound to 0001 Back. received",
  ]);
});

test("STOP ends messages to a person (21610), START brings them back, HELP helps", async () => {
  line.on("/sms", twiml("<Message>Your answer.</Message>"));
  await write(" stop ");
  expect(line.received.map(({ path, parameters }) => `${path} ${parameters.Body}`)).toEqual(["/sms  stop "]);
  await expect(send()).rejects.toMatchObject({ code: 21610, status: 400 });
  expect((await send({ to: "+15550150002" })).status).toBe("queued");
  expect((await send({ from: second })).status).toBe("queued");
  expect(codes()).toEqual([21610]);
  await write("START");
  expect((await send()).status).toBe("queued");
  await write("Yes");
  await write("help");
  const carriers = line.carrier.messages().filter(({ body }) => /messages from here/.test(body));
  expect(carriers.map(({ to }) => to)).toEqual([person, person, person]);
});

test.each(["STOPALL", "Unsubscribe", "END", "quit", "CANCEL", "REVOKE", "OPTOUT"])(
  "%s stops too",
  async (word) => {
    await write(word);
    await expect(send()).rejects.toMatchObject({ code: 21610 });
  },
);

test.each([["STOP please"], ["don't stop"]])("%s does not", async (words) => {
  await write(words);
  expect((await send()).status).toBe("queued");
});

test.each([
  [30003, "undelivered"],
  [30005, "undelivered"],
  [30006, "undelivered"],
  [30007, "undelivered"],
  [30002, "failed"],
] as const)("a number's fate %i is told as %s", async (code, status) => {
  line.carrier.setTextFate(person, code);
  const { sid } = await send({ statusCallback: `${line.application}/told` });
  await line.clock.runUntilIdle();
  expect(line.log("MessageStatus", "ErrorCode").at(-1)).toBe(
    `/told MessageStatus=${status} ErrorCode=${code}`,
  );
  expect(await client.messages(sid).fetch()).toMatchObject({ status, errorCode: code });
  line.carrier.setTextFate(person, null);
  await send();
  await line.clock.runUntilIdle();
  expect(line.carrier.messages()[0]?.status).toBe("delivered");
});

test.each([21614, 21612, 21408])("a number's fate %i refuses the message", async (code) => {
  line.carrier.setTextFate(person, code);
  await expect(send()).rejects.toMatchObject({ code, status: 400 });
});

test("a messaging service chooses a number, is told of, and is named to the application", async () => {
  line.on("/service", twiml(""));
  const created = await send({
    from: undefined,
    messagingServiceSid: service,
    statusCallback: `${line.application}/told`,
  });
  expect(created).toMatchObject({ status: "accepted", messagingServiceSid: service });
  await line.clock.runUntilIdle();
  expect(await client.messages(created.sid).fetch()).toMatchObject({ status: "delivered", from: second });
  expect(line.received[0]?.parameters).toMatchObject({
    MessagingServiceSid: service,
    MessageStatus: "accepted",
  });
  expect((await send({ from: service })).messagingServiceSid).toBe(service);
  await write("Hello", { to: second });
  expect(line.received.at(-1)).toMatchObject({
    path: "/service",
    parameters: { MessagingServiceSid: service },
  });
  await write("stop", { to: second });
  await expect(send({ from: service })).rejects.toMatchObject({ code: 21610 });
});

const soon = "2026-11-02T12:10:00Z";
const refused: readonly (readonly [rule: string, change: object, code: number])[] = [
  ["a service there is not", { from: undefined, messagingServiceSid: `MG${"f".repeat(32)}` }, 21701],
  ["a service without numbers", { from: undefined, messagingServiceSid: empty }, 21703],
  ["a From outside of the service", { messagingServiceSid: service }, 21712],
  ["itself", { to: number }, 21266],
  ["neither words nor media", { body: undefined }, 21602],
  ["media that are no URL", { mediaUrl: ["a.png"] }, 21620],
  ["eleven media", { mediaUrl: Array.from({ length: 11 }, () => "http://x.test/a.png") }, 21623],
  ["an application there is not", { applicationSid: `AP${"f".repeat(32)}` }, 21218],
  ["a validity of nothing", { validityPeriod: 0 }, 20001],
  ["a schedule without a service", { scheduleType: "fixed", sendAt: soon }, 35118],
  ["a schedule without a time", { scheduleType: "fixed", messagingServiceSid: service, from: second }, 35111],
  ["a time without a schedule", { sendAt: soon, from: service }, 35114],
  ["another schedule", { scheduleType: "often", sendAt: soon, from: service }, 35126],
  ["a time too near", { scheduleType: "fixed", sendAt: "2026-11-02T12:04:59Z", from: service }, 35115],
  ["a time too far", { scheduleType: "fixed", sendAt: "2026-12-08T12:00:00Z", from: service }, 35115],
];
test.each(refused)("messages refuse %s", async (_rule, change, code) => {
  await expect(send(change)).rejects.toMatchObject({ code, status: 400 });
  expect(line.carrier.messages()).toEqual([]);
});

test("a scheduled message goes out in time, unless it is canceled", async () => {
  const schedule = () =>
    send({ from: undefined, messagingServiceSid: service, scheduleType: "fixed", sendAt: new Date(soon) });
  const [one, other] = [await schedule(), await schedule()];
  expect(one.status).toBe("scheduled");
  expect((await client.messages(other.sid).update({ status: "canceled" })).status).toBe("canceled");
  await line.clock.advance(599_000);
  expect((await client.messages(one.sid).fetch()).status).toBe("scheduled");
  await line.clock.advance(10_000);
  expect(await client.messages(one.sid).fetch()).toMatchObject({
    status: "delivered",
    dateSent: new Date("2026-11-02T12:10:00Z"),
  });
  expect((await client.messages(other.sid).fetch()).status).toBe("canceled");
  await expect(client.messages(one.sid).update({ status: "canceled" })).rejects.toMatchObject({
    code: 30409,
  });
});

test("media: counted, listed, read, taken away", async () => {
  const { sid, numMedia } = await send({
    body: undefined,
    mediaUrl: ["http://x.test/a.jpg", "http://x.test/b"],
  });
  expect([sid.slice(0, 2), numMedia]).toEqual(["MM", "2"]);
  const media = await client.messages(sid).media.list();
  expect(media.map(({ contentType, parentSid }) => [contentType, parentSid])).toEqual([
    ["image/jpeg", sid],
    ["application/octet-stream", sid],
  ]);
  expect(await client.messages(sid).media.list({ dateCreated: new Date("2026-11-03") })).toEqual([]);
  expect((await client.messages(sid).media(media[0]!.sid).fetch()).sid).toBe(media[0]!.sid);
  await client.messages(sid).media(media[0]!.sid).remove();
  expect(await client.messages(sid).media.list()).toHaveLength(1);
  await expect(client.messages(sid).media(media[0]!.sid).fetch()).rejects.toMatchObject({ code: 20404 });
});

test("redact, delete, feedback; not before the message is over", async () => {
  const { sid } = await send();
  await expect(client.messages(sid).remove()).rejects.toMatchObject({ code: 20009 });
  await expect(client.messages(sid).update({ body: "" })).rejects.toMatchObject({ code: 20009 });
  await line.clock.runUntilIdle();
  await expect(client.messages(sid).update({ body: "Other" })).rejects.toMatchObject({ code: 20001 });
  expect((await client.messages(sid).update({ body: "" })).body).toBe("");
  expect((await client.messages(sid).feedback.create({ outcome: "unconfirmed" })).outcome).toBe(
    "unconfirmed",
  );
  expect(await client.messages(sid).remove()).toBe(true);
  await expect(client.messages(sid).fetch()).rejects.toMatchObject({ code: 20404 });
});

test("an application is told how its messages fare; lists by the day of sending", async () => {
  const { sid: applicationSid } = await client.applications.create({
    messageStatusCallback: `${line.application}/told`,
  });
  await send({ applicationSid, statusCallback: `${line.application}/elsewhere` });
  await line.clock.runUntilIdle();
  expect(line.log("MessageStatus")).toEqual([
    "/told MessageStatus=queued",
    "/told MessageStatus=sent",
    "/told MessageStatus=delivered",
  ]);
  expect(await client.messages.list({ dateSent: new Date("2026-11-02") })).toHaveLength(1);
  expect(await client.messages.list({ dateSentAfter: new Date("2026-11-03") })).toEqual([]);
});
