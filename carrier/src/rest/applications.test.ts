/** Applications and the numbers that are handled by them, through the official client (Twilio, REST API: Applications, Incoming Phone Numbers). */
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Client, clientOf } from "../testdata/client.ts";
import { caller, number, openLine, type TestLine, twiml } from "../testdata/line.ts";

let line: TestLine;
let client: Client;
beforeEach(async () => {
  line = await openLine();
  line.on("/voice", twiml("<Say>Hello.</Say><Pause length='20'/>"));
  line.on("/app", twiml("<Say>This is the application.</Say><Pause length='20'/>"));
  line.on("/status", { status: 204 });
  client = clientOf(line);
});
afterEach(() => line.close());

const to = "+15550150001";
const create = (more: object = {}) =>
  client.applications.create({
    friendlyName: "Claims",
    voiceUrl: `${line.application}/app`,
    voiceMethod: "GET",
    voiceFallbackUrl: `${line.application}/fallback`,
    statusCallback: `${line.application}/status`,
    ...more,
  });
const asked = () => line.received.map(({ method, path }) => `${method} ${path.replace(/\?.*/, "")}`);

test("applications: made, listed by name, changed, removed", async () => {
  const made = await create();
  expect(made).toMatchObject({
    friendlyName: "Claims",
    voiceMethod: "GET",
    statusCallbackMethod: "POST",
    smsUrl: null,
    apiVersion: "2010-04-01",
  });
  expect(made.sid).toMatch(/^AP[0-9a-f]{32}$/);
  const other = await create({ friendlyName: "Other", messageStatusCallback: `${line.application}/m` });
  expect((await client.applications.list({ friendlyName: "Other" })).map(({ sid }) => sid)).toEqual([
    other.sid,
  ]);
  const changed = await client.applications(made.sid).update({ friendlyName: "New", voiceUrl: "" });
  expect(changed).toMatchObject({ friendlyName: "New", voiceUrl: null, voiceMethod: "GET" });
  expect(await client.applications(made.sid).fetch()).toMatchObject({ friendlyName: "New" });
  expect(await client.applications(made.sid).remove()).toBe(true);
  await expect(client.applications(made.sid).fetch()).rejects.toMatchObject({ code: 20404 });
  await expect(create({ voiceUrl: "app" })).rejects.toMatchObject({ code: 21205 });
  await expect(create({ voiceMethod: "PUT" })).rejects.toMatchObject({ code: 21209 });
  await expect(create({ friendlyName: "x".repeat(65) })).rejects.toMatchObject({ code: 20002 });
});

test("a call by ApplicationSid asks the application, not the URLs beside it", async () => {
  const { sid: applicationSid } = await create();
  const statusCallback = `${line.application}/elsewhere`;
  const { sid } = await client.calls.create({
    to,
    from: number,
    applicationSid,
    url: "http://x.test",
    statusCallback,
  });
  await line.clock.runUntilIdle();
  expect(asked()).toEqual(["GET /app", "POST /status"]);
  expect(line.carrier.personOn(sid)?.transcript.some(({ text }) => text === "This is the application.")).toBe(
    true,
  );
});

test("ApplicationSid refuses what is not there, and an application without a VoiceUrl", async () => {
  const place = (applicationSid: string) => client.calls.create({ to, from: number, applicationSid });
  await expect(place(`AP${"f".repeat(32)}`)).rejects.toMatchObject({ code: 21218 });
  const silent = await create({ voiceUrl: "" });
  await expect(place(silent.sid)).rejects.toMatchObject({ code: 21218 });
});

test("app:AP… is called like anybody: the application gets an inbound call", async () => {
  const { sid } = await create();
  line.on("/voice", twiml("<Say>Hello there.</Say><Pause length='5'/>"));
  await client.calls.create({ to: `app:${sid}`, from: number, url: `${line.application}/voice` });
  await line.clock.runUntilIdle();
  expect(asked().slice(0, 2)).toEqual(["GET /app", "POST /voice"]);
  expect(line.received[0]?.parameters).toMatchObject({
    To: `app:${sid}`,
    From: number,
    Direction: "inbound",
  });
  await expect(
    client.calls.create({ to: `app:AP${"f".repeat(32)}`, from: number, url: `${line.application}/voice` }),
  ).rejects.toMatchObject({ code: 21211 });
});

test("a number's VoiceApplicationSid goes before its own URLs; without the application they are asked again", async () => {
  const { sid: voiceApplicationSid } = await create();
  const [own] = await client.incomingPhoneNumbers.list({ phoneNumber: number });
  const updated = await client.incomingPhoneNumbers(own!.sid).update({ voiceApplicationSid });
  expect(updated).toMatchObject({ voiceApplicationSid, voiceUrl: `${line.application}/voice` });
  line.carrier.call({ from: caller, to: number });
  await line.clock.runUntilIdle();
  expect(asked()).toEqual(["GET /app", "POST /status"]);
  await client.applications(voiceApplicationSid).remove();
  line.carrier.call({ from: caller, to: number });
  await line.clock.runUntilIdle();
  expect(asked().slice(2)).toEqual(["POST /voice"]);
  await expect(
    client.incomingPhoneNumbers(own!.sid).update({ smsApplicationSid: `AP${"f".repeat(32)}` }),
  ).rejects.toMatchObject({ code: 21218 });
});

test("REST 6: a call to a number of the account is two calls, and its webhook is asked", async () => {
  const second = "+15550100002";
  await client.incomingPhoneNumbers.create({ phoneNumber: second, voiceUrl: `${line.application}/app` });
  line.on("/voice", twiml("<Say>Are you there?</Say><Pause length='5'/>"));
  line.on("/app", twiml("<Say>Yes.</Say><Gather><Say>Press.</Say></Gather>"));
  await client.calls.create({
    to: second,
    from: number,
    url: `${line.application}/voice`,
    sendDigits: "ww5",
  });
  await line.clock.advance(600_000);
  const calls = (await client.calls.list()).map(
    ({ direction, to: called, status }) => `${direction} ${called} ${status}`,
  );
  expect(calls).toEqual([`inbound ${second} completed`, `outbound-api ${second} completed`]);
  expect(line.received[0]?.parameters).toMatchObject({
    Direction: "inbound",
    CallStatus: "ringing",
    From: number,
  });
  expect(line.log("Digits")).toContain("/app Digits=5");
});

test.each([
  [
    "speaks long",
    "<Say>You have reached the claims department of the largest of all insurers, please leave a message after the tone, thank you.</Say><Pause length='30'/>",
    "machine_start",
  ],
  ["is short", "<Say>Hello?</Say><Pause length='30'/>", "human"],
  ["refuses", "<Reject reason='busy'/>", "busy"],
] as const)("machine detection hears an own number that %s", async (_rule, document, expected) => {
  const second = "+15550100002";
  await client.incomingPhoneNumbers.create({ phoneNumber: second, voiceUrl: `${line.application}/app` });
  line.on("/app", twiml(document));
  const { sid } = await client.calls.create({
    to: second,
    from: number,
    url: `${line.application}/voice`,
    machineDetection: "Enable",
  });
  await line.clock.advance(120_000);
  const call = await client.calls(sid).fetch();
  expect([call.answeredBy ?? call.status]).toEqual([expected]);
});

test("numbers for sale: countries, types, area codes, patterns; what is bought is gone", async () => {
  const countries = await client.availablePhoneNumbers.list();
  expect(countries.map(({ countryCode }) => countryCode)).toEqual(["US", "CA", "GB"]);
  expect((await client.availablePhoneNumbers("GB").fetch()).country).toBe("United Kingdom");
  const local = (filter: object) => client.availablePhoneNumbers("US").local.list(filter);
  const [first, second] = await local({ areaCode: 415 });
  expect([first?.phoneNumber, second?.phoneNumber]).toEqual(["+14155550100", "+14155550101"]);
  expect(first).toMatchObject({
    friendlyName: "(415) 555-0100",
    region: "CA",
    isoCountry: "US",
    beta: false,
  });
  expect((await local({ inRegion: "NY" })).every(({ region }) => region === "NY")).toBe(true);
  expect((await local({ contains: "415***01*7" })).map(({ phoneNumber }) => phoneNumber)).toContain(
    "+14155550107",
  );
  expect((await local({ contains: "+1212%42" })).map(({ phoneNumber }) => phoneNumber)).toEqual([
    "+12125550142",
  ]);
  expect(await local({ mmsEnabled: true })).toEqual([]);
  expect(await local({ areaCode: 533 })).toEqual([]);
  const free = await client.availablePhoneNumbers("US").tollFree.list({ limit: 3 });
  expect(free.map(({ phoneNumber }) => phoneNumber)).toEqual([
    "+18005550100",
    "+18005550101",
    "+18005550102",
  ]);
  const [mobile] = await client.availablePhoneNumbers("GB").mobile.list({ limit: 1 });
  expect(mobile?.phoneNumber).toBe("+447700900000");
  await expect(client.availablePhoneNumbers("US").mobile.list()).rejects.toMatchObject({ code: 20404 });
  await expect(client.availablePhoneNumbers("XX").local.list()).rejects.toMatchObject({ code: 20404 });
  const bought = await client.incomingPhoneNumbers.create({ areaCode: "415", friendlyName: "West" });
  expect(bought).toMatchObject({ phoneNumber: "+14155550100", friendlyName: "West" });
  expect((await local({ areaCode: 415 }))[0]?.phoneNumber).toBe("+14155550101");
});

test("numbers bought: refusals, and lists by type, part, name and origin", async () => {
  const { incomingPhoneNumbers } = client;
  await expect(incomingPhoneNumbers.create({ areaCode: "533" })).rejects.toMatchObject({ code: 21452 });
  await expect(incomingPhoneNumbers.create({ areaCode: "12" })).rejects.toMatchObject({ code: 21451 });
  await expect(incomingPhoneNumbers.create({ phoneNumber: "555" })).rejects.toMatchObject({ code: 21421 });
  await expect(incomingPhoneNumbers.create({ phoneNumber: number })).rejects.toMatchObject({ code: 21422 });
  await incomingPhoneNumbers.tollFree.create({ phoneNumber: "+18005550100", friendlyName: "Free" });
  await incomingPhoneNumbers.mobile.create({ phoneNumber: "+447700900001" });
  await expect(incomingPhoneNumbers.local.create({ phoneNumber: "+18005550101" })).rejects.toMatchObject({
    code: 21422,
  });
  const found = async (rows: Promise<{ phoneNumber: string }[]>) =>
    (await rows).map(({ phoneNumber }) => phoneNumber);
  expect(await found(incomingPhoneNumbers.tollFree.list())).toEqual(["+18005550100"]);
  expect(await found(incomingPhoneNumbers.mobile.list())).toEqual(["+447700900001"]);
  expect(await found(incomingPhoneNumbers.local.list())).toEqual([number]);
  expect(await found(incomingPhoneNumbers.list({ phoneNumber: "800555****" }))).toEqual(["+18005550100"]);
  expect(await found(incomingPhoneNumbers.list({ friendlyName: "Free" }))).toEqual(["+18005550100"]);
  expect(await found(incomingPhoneNumbers.list({ origin: "hosted" }))).toEqual([]);
  expect(await found(incomingPhoneNumbers.list({ beta: true }))).toEqual([]);
});

test("a number's settings that have no effect are said", async () => {
  await client.incomingPhoneNumbers.create({
    phoneNumber: "+15550100003",
    emergencyStatus: "Active",
    voiceCallerIdLookup: true,
    smsMethod: "GET",
  });
  expect(line.carrier.alerts().map(({ message }) => message)).toEqual([
    "parameter EmergencyStatus of POST /IncomingPhoneNumbers.json is not performed by this carrier",
  ]);
});
