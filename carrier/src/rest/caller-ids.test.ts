/** Numbers of others, verified by a call (Twilio, REST API: Outgoing Caller IDs), and what they may then be used for. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Client, clientOf } from "../testdata/client.ts";
import { caller, number, openLine, type TestLine, twiml } from "../testdata/line.ts";
import { askForVerification, verifiedNumber as mine, verifyNumber } from "../testdata/verify.ts";

let line: TestLine;
let client: Client;
beforeEach(async () => {
  line = await openLine();
  line.on("/verified", { status: 204 });
  client = clientOf(line);
});
afterEach(() => line.close());

const request = (more: object = {}) => askForVerification(line, more);
const verify = (more?: Parameters<typeof verifyNumber>[1]) => verifyNumber(line, more);
const told = () => line.received.map(({ parameters }) => parameters.VerificationStatus);

test("the right code makes a caller id, and the application is told", async () => {
  const asked = await verify();
  expect(asked).toMatchObject({
    phoneNumber: mine,
    friendlyName: "Home",
    accountSid: line.carrier.accountSid,
  });
  expect(asked.validationCode).toMatch(/^\d{6}$/);
  const [made] = await client.outgoingCallerIds.list({ phoneNumber: mine });
  expect(made).toMatchObject({ phoneNumber: mine, friendlyName: "Home" });
  expect(line.received.map(({ parameters, signed }) => ({ ...parameters, signed }))).toEqual([
    {
      AccountSid: line.carrier.accountSid,
      CallSid: asked.callSid,
      Called: mine,
      To: mine,
      VerificationStatus: "success",
      OutgoingCallerIdSid: made?.sid,
      signed: true,
    },
  ]);
  expect(line.carrier.find(asked.callSid)).toMatchObject({ status: "completed", to: mine });
});

test("three wrong codes, no answer and a hangup make none", async () => {
  await verify({ first: ["000000", "111111", "222222"] });
  expect(told()).toEqual(["failed"]);
  line.carrier.setFarEnd(mine, "no-answer");
  await request();
  await line.clock.runUntilIdle();
  expect(told()).toEqual(["failed", "failed"]);
  line.carrier.setFarEnd(mine, { steps: [{ hear: "verification", hangUp: true }] });
  await request();
  await line.clock.runUntilIdle();
  expect(told()).toEqual(["failed", "failed", "failed"]);
  expect(await client.outgoingCallerIds.list()).toEqual([]);
});

test("a wrong code first, then the right one", async () => {
  await verify({ first: ["123456"] });
  expect(told()).toEqual(["success"]);
});

test("CallDelay delays the call, Extension is pressed first", async () => {
  await verify({ callDelay: 20, extension: "ww12" });
  const [call] = await client.calls.list();
  expect(call?.startTime).toEqual(new Date("2026-11-02T12:00:20.500Z".replace(".500", "")));
  expect(told()).toEqual(["success"]);
});

const refused: readonly (readonly [rule: string, change: object, code: number])[] = [
  ["what is no number", { phoneNumber: "555" }, 21401],
  ["a number of the account", { phoneNumber: number }, 21450],
  ["a long delay", { callDelay: 61 }, 21454],
  ["an extension of no keys", { extension: "abc" }, 20001],
  ["a callback that is no URL", { statusCallback: "x" }, 21205],
  ["a long name", { friendlyName: "x".repeat(65) }, 20002],
];
test.each(refused)("a verification refuses %s", async (_rule, change, code) => {
  await expect(request(change)).rejects.toMatchObject({ code, status: 400 });
});

test("a verified number may be shown by calls and Dials, and no longer once it is removed", async () => {
  const place = (more: object) =>
    client.calls.create({ to: "+15550150001", from: mine, twiml: "<Response/>", ...more });
  await expect(place({})).rejects.toMatchObject({ code: 21210 });
  await verify();
  await expect(request()).rejects.toMatchObject({ code: 21450 });
  expect((await place({})).from).toBe(mine);
  expect((await place({ from: number, callerId: mine })).from).toBe(mine);
  line.on("/voice", twiml(`<Dial callerId='${mine}'>+15550150002</Dial>`));
  line.carrier.call({ from: caller, to: number });
  await line.clock.advance(10_000);
  expect(line.carrier.calls()[0]).toMatchObject({ from: mine, to: "+15550150002" });
  const [known] = await client.outgoingCallerIds.list({ friendlyName: "Home" });
  expect((await client.outgoingCallerIds(known!.sid).update({ friendlyName: "House" })).friendlyName).toBe(
    "House",
  );
  expect((await client.outgoingCallerIds(known!.sid).fetch()).friendlyName).toBe("House");
  await client.outgoingCallerIds(known!.sid).remove();
  await expect(client.outgoingCallerIds(known!.sid).fetch()).rejects.toMatchObject({ code: 20404 });
  await expect(place({})).rejects.toMatchObject({ code: 21210 });
});
