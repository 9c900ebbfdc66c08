/** Accounts through the official client: a subaccount has its own token, keys, numbers and calls, and webhooks signed with its own token. */
import twilio from "twilio";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Client, clientOf } from "../testdata/client.ts";
import { accountSid, caller, number, openLine, type TestLine, twiml } from "../testdata/line.ts";

let line: TestLine;
let client: Client;
beforeEach(async () => {
  line = await openLine();
  line.on("/voice", twiml("<Say>Hello.</Say><Pause length='600'/>"));
  client = clientOf(line);
});
afterEach(() => line.close());

const mine = "+15550100077";
async function subaccount(friendlyName = "A customer") {
  const account = await client.api.v2010.accounts.create({ friendlyName });
  const own = clientOf(line, account.sid, account.authToken);
  await own.incomingPhoneNumbers.create({ phoneNumber: mine, voiceUrl: `${line.application}/voice` });
  return { account, own };
}

test("the account is renamed; its name has a limit", async () => {
  expect(await client.api.v2010.accounts(accountSid).fetch()).toMatchObject({
    sid: accountSid,
    ownerAccountSid: accountSid,
    status: "active",
    type: "Full",
  });
  const renamed = await client.api.v2010.accounts(accountSid).update({ friendlyName: "Claims" });
  expect(renamed.friendlyName).toBe("Claims");
  await expect(
    client.api.v2010.accounts(accountSid).update({ friendlyName: "x".repeat(65) }),
  ).rejects.toMatchObject({ code: 20002 });
  await expect(client.api.v2010.accounts(accountSid).update({ status: "closed" })).rejects.toMatchObject({
    code: 20001,
  });
});

test("subaccounts: made, listed by name and status, seen by their owner", async () => {
  const { account, own } = await subaccount();
  expect(account).toMatchObject({
    friendlyName: "A customer",
    ownerAccountSid: accountSid,
    status: "active",
  });
  const unnamed = await client.api.v2010.accounts.create();
  expect(unnamed.friendlyName).toMatch(/^SubAccount Created at /);
  const named = async (filter: object) =>
    (await client.api.v2010.accounts.list(filter)).map(({ sid }) => sid);
  expect(await named({})).toEqual([accountSid, account.sid, unnamed.sid]);
  expect(await named({ friendlyName: "A customer" })).toEqual([account.sid]);
  expect(await named({ status: "suspended" })).toEqual([]);
  expect((await own.api.v2010.accounts.list()).map(({ sid }) => sid)).toEqual([account.sid]);
  await expect(own.api.v2010.accounts.create()).rejects.toMatchObject({ status: 403 });
});

test("a subaccount's numbers, calls and keys are its own; its owner's token sees them", async () => {
  const { account, own } = await subaccount();
  const asOwner = clientOf(line, accountSid, line.carrier.authToken, { accountSid: account.sid });
  const call = await own.calls.create({ to: "+15550150001", from: mine, url: `${line.application}/voice` });
  await line.clock.advance(5000);
  expect(await asOwner.calls(call.sid).fetch()).toMatchObject({
    accountSid: account.sid,
    status: "in-progress",
  });
  expect(await client.calls.list()).toEqual([]);
  await expect(client.calls(call.sid).fetch()).rejects.toMatchObject({ code: 20404 });
  expect((await client.incomingPhoneNumbers.list()).map(({ phoneNumber }) => phoneNumber)).toEqual([number]);
  await expect(
    own.calls.create({ to: "+15550150001", from: number, url: "http://x.test" }),
  ).rejects.toMatchObject({
    code: 21210,
  });
  await expect(client.incomingPhoneNumbers.create({ phoneNumber: mine })).rejects.toMatchObject({
    code: 21422,
  });
  const key = await own.newKeys.create({ friendlyName: "k" });
  expect(await client.keys.list()).toEqual([]);
  const keyed = clientOf(line, key.sid, key.secret, { accountSid: account.sid });
  expect(await keyed.calls.list()).toHaveLength(1);
  expect(line.carrier.find(call.sid)?.status).toBe("in-progress");
  expect(line.carrier.liveCalls()).toBe(1);
});

test("webhooks of a subaccount carry its SID and are signed with its token", async () => {
  const { account } = await subaccount();
  line.carrier.call({ from: caller, to: mine });
  await line.clock.advance(1000);
  const [asked] = line.received;
  expect(asked?.parameters).toMatchObject({ AccountSid: account.sid, To: mine });
  const signature = String(asked?.headers["x-twilio-signature"]);
  const url = `${line.application}/voice`;
  expect(asked?.signed).toBe(false);
  expect(twilio.validateRequest(account.authToken, signature, url, { ...asked?.parameters })).toBe(true);
});

test("suspended, nobody gets through and nothing is placed; active again, all is well; closed, it stays closed", async () => {
  const { account, own } = await subaccount();
  const become = (status: "active" | "suspended" | "closed") =>
    client.api.v2010.accounts(account.sid).update({ status });
  const place = () => own.calls.create({ to: "+15550150001", from: mine, url: `${line.application}/voice` });
  const { sid } = await place();
  await line.clock.advance(5000);
  expect((await become("suspended")).status).toBe("suspended");
  expect((await own.calls(sid).fetch()).status).toBe("completed");
  await expect(place()).rejects.toMatchObject({ code: 10001, status: 403 });
  expect(() => line.carrier.call({ from: caller, to: mine })).toThrow();
  expect(line.carrier.alerts().map(({ code }) => code)).toEqual([10003]);
  await become("active");
  expect((await place()).status).toBe("queued");
  await become("closed");
  await expect(own.calls.list()).rejects.toMatchObject({ status: 401, code: 20003 });
  await expect(become("active")).rejects.toMatchObject({ code: 20001 });
  expect(await client.api.v2010.accounts.list({ status: "closed" })).toHaveLength(1);
});

test("a call from one account to a number of another reaches its webhook", async () => {
  const { account } = await subaccount();
  line.on("/out", twiml(`<Dial>${mine}</Dial>`));
  await client.calls.create({ to: "+15550150001", from: number, url: `${line.application}/out` });
  await line.clock.advance(10_000);
  const asked = line.received.filter(({ path }) => path === "/voice");
  expect(asked.map(({ parameters }) => parameters.AccountSid)).toEqual([account.sid]);
});

test("the carrier's own interface counts a subaccount's calls and replays with its token", async () => {
  await subaccount();
  const call = line.carrier.call({ from: caller, to: mine });
  await line.clock.advance(1000);
  const ask = async (path: string, method = "GET") => {
    const headers = { authorization: `Bearer ${line.carrier.phoneToken}` };
    return (await fetch(`${line.carrier.url}/_carrier${path}`, { method, headers })).json();
  };
  expect(await ask("/health")).toMatchObject({ liveCalls: 1 });
  expect(await ask(`/calls/${call.sid}`)).toMatchObject({ call: { sid: call.sid } });
  // The console's own shape.
  const { requests } = (await ask(`/console/requests?about=${call.sid}`)) as { requests: { id: number }[] };
  await ask(`/console/requests/${requests[0]!.id}/replay`, "POST");
  const [first, again] = line.received.map(({ headers }) => headers["x-twilio-signature"]);
  expect(again).toBe(first);
  await line.clock.runUntilIdle();
});
