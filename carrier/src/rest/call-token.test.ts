/** A call in the name of somebody who has called (Twilio, Call, CallToken). */
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Client, clientOf } from "../testdata/client.ts";
import { caller, number, openLine, type TestLine, twiml } from "../testdata/line.ts";

let line: TestLine;
let client: Client;
beforeEach(async () => {
  line = await openLine();
  client = clientOf(line);
  line.on("/voice", twiml("<Pause length='60'/>"));
});
afterEach(() => line.close());

/** Somebody calls, and the application calls on with what it was told. */
async function callOn(from: string, more: { token?: string; as?: string } = {}) {
  line.carrier.call({ from, to: number });
  await line.clock.advance(1000);
  const told = line.received[0]!.parameters;
  return client.calls.create({
    to: "+15550150001",
    from: more.as ?? told.From!,
    callToken: more.token ?? told.CallToken!,
    twiml: "<Response/>",
  });
}

test.each([
  ["as REST writes it", caller],
  ["without its plus", caller.slice(1)],
  ["as people write it", "(555) 019-9001"],
])("with the token of its call the caller's number may be shown: %s", async (_name, from) => {
  const call = await callOn(from);
  expect(call.from).toMatch(/^\+1555/);
  await line.clock.runUntilIdle();
});

test.each([
  ["another call's token", { token: "{}" }],
  ["somebody else's number", { as: "+15550199002" }],
])("not with %s", async (_name, more) => {
  await expect(callOn(caller, more)).rejects.toMatchObject({ code: 21210 });
});
