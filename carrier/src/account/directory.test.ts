/** What applications are told of people beside their numbers (protocol 3): places, names, forwarding, how far a caller id can be trusted. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf } from "../testdata/client.ts";
import { caller, number, openLine, type TestLine, twiml } from "../testdata/line.ts";

const kansas = { name: "DOE JANE", city: "WICHITA", state: "KS", zip: "67202", country: "US" };
let line: TestLine;
beforeAll(async () => {
  line = await openLine({
    directory: { [caller]: kansas, "+15550150001": { city: "TORONTO", country: "CA" } },
  });
  line.on("/voice", twiml('<Dial action="/end">+15550150001</Dial>'));
  line.on("/end", twiml(""));
  line.on("/status", { status: 204 });
});
afterAll(() => line.close());

/** What the first request of a call was told. */
async function callIn(more: { forwardedFrom?: string; stirVerstat?: "TN-Validation-Passed-A" } = {}) {
  line.received.length = 0;
  const call = line.carrier.call({
    from: caller,
    to: number,
    script: { steps: [{ silentSeconds: 5 }, { hangUp: true }] },
    ...more,
  });
  await line.clock.runUntilIdle();
  return { call, first: line.received[0]!.parameters, later: line.received.slice(1) };
}

test("places of both parties under both of their names, in every request about the call", async () => {
  line.carrier.setNumber(number, { statusCallback: `${line.application}/status` });
  const { first, later } = await callIn();
  for (const { parameters } of [{ parameters: first }, ...later])
    expect(parameters).toMatchObject({
      FromCity: "WICHITA",
      FromState: "KS",
      FromZip: "67202",
      FromCountry: "US",
      CallerCity: "WICHITA",
      CallerCountry: "US",
      ToCity: "",
      ToCountry: "US",
      CalledZip: "",
    });
  expect(later.map(({ path }) => path).toSorted()).toEqual(["/end", "/status"]);
  line.carrier.setNumber(number, { statusCallback: "" });
});

test("a dialled number's place, where the number itself would say another country", async () => {
  line.on(
    "/voice",
    twiml('<Dial><Number url="/whisper" statusCallback="/status">+15550150001</Number></Dial>'),
  );
  line.on("/whisper", twiml(""));
  const { later } = await callIn();
  expect(later[0]).toMatchObject({
    path: "/whisper",
    parameters: { FromCity: "WICHITA", ToCity: "TORONTO", ToCountry: "CA", ToState: "" },
  });
});

test("the caller's name only where it is looked up, as REST shows it", async () => {
  const before = await callIn();
  expect([before.first.CallerName, line.carrier.find(before.call.sid)?.caller_name]).toEqual([
    undefined,
    null,
  ]);
  const client = clientOf(line);
  const [own] = await client.incomingPhoneNumbers.list({ phoneNumber: number });
  const changed = await client.incomingPhoneNumbers(own!.sid).update({ voiceCallerIdLookup: true });
  expect(changed.voiceCallerIdLookup).toBe(true);
  const { first, call } = await callIn();
  expect([first.CallerName, line.carrier.find(call.sid)?.caller_name]).toEqual(["DOE JANE", "DOE JANE"]);
  line.carrier.call({ from: "+15550199777", to: number });
  await line.clock.runUntilIdle();
  expect(line.received.at(-1)?.parameters.CallerName).toBeUndefined();
  line.carrier.setNumber(number, { voiceCallerIdLookup: false });
});

test("a forwarded call, signed by the caller's telephone company", async () => {
  const { first, call } = await callIn({
    forwardedFrom: "+15550160001",
    stirVerstat: "TN-Validation-Passed-A",
  });
  expect(first).toMatchObject({ ForwardedFrom: "+15550160001", StirVerstat: "TN-Validation-Passed-A" });
  expect(line.carrier.find(call.sid)?.forwarded_from).toBe("+15550160001");
  const plain = await callIn();
  expect([plain.first.ForwardedFrom, plain.first.StirVerstat]).toEqual([undefined, undefined]);
});

const put = (path: string, method: string, body: unknown) =>
  fetch(`${line.carrier.url}/_carrier/${path}`, {
    method,
    headers: { authorization: "Bearer phone-key", "content-type": "application/json" },
    body: JSON.stringify(body),
  });

test("from another process: an entry of the directory, and a call that arrives with more than a number", async () => {
  expect((await put("directory/%2B15550199888", "PUT", { city: "RENO", state: "NV" })).status).toBe(204);
  line.received.length = 0;
  const call = {
    from: "+15550199888",
    to: number,
    forwardedFrom: "+15550160002",
    stirVerstat: "No-TN-Validation",
  };
  expect((await put("calls", "POST", call)).status).toBe(201);
  await line.clock.runUntilIdle();
  expect(line.received[0]?.parameters).toMatchObject({
    FromCity: "RENO",
    FromState: "NV",
    FromCountry: "US",
    ForwardedFrom: "+15550160002",
    StirVerstat: "No-TN-Validation",
  });
  for (const [path, body] of [
    ["directory/5", {}],
    ["directory/%2B15550199888", { country: "Nevada" }],
    ["directory/%2B15550199888", { mood: "good" }],
  ] as const)
    expect((await put(path, "PUT", body)).status).toBe(400);
});
