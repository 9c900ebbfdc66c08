/** Who is at a number, over HTTP: put there, looked at, taken away, varied, and copied out of a call. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { openLine, placeCall, type TestLine, twiml } from "../testdata/line.ts";

let line: TestLine;
beforeEach(async () => {
  line = await openLine();
  line.on("/voice", twiml("<Say>Goodbye.</Say><Hangup/>"));
});
afterEach(() => line.close());

async function ask(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const response = await fetch(`${line.carrier.url}/_carrier${path}`, {
    method,
    headers: { authorization: "Bearer phone-key" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  // The documented answers.
  return { status: response.status, ...((text === "" ? {} : JSON.parse(text)) as Record<string, unknown>) };
}
const ann = "/far-ends/+15550150001";
const calls = (count: number) => Array.from({ length: count }, () => placeCall(line));

test("somebody is put there, called, looked at and taken away", async () => {
  const inTurn = ["busy", "rejected", { name: "Ann", steps: [{ say: "Hello?" }] }];
  expect(await ask("GET", ann)).toMatchObject({ status: 404, error: { code: "nobody-there" } });
  expect(await ask("PUT", ann, { inTurn })).toEqual({ status: 204 });
  for (const call of calls(3)) await call;
  await line.clock.runUntilIdle();
  expect(line.carrier.calls().map(({ status }) => status)).toEqual(["completed", "busy", "busy"]);
  expect(await ask("GET", ann)).toMatchObject({ number: "+15550150001", calls: 3, behaviour: { inTurn } });
  expect(await ask("GET", "/far-ends")).toMatchObject({ farEnds: [{ number: "+15550150001", calls: 3 }] });
  expect(await ask("DELETE", ann)).toEqual({ status: 204 });
  expect(await ask("DELETE", ann)).toMatchObject({ status: 404 });
});

test("another variation on every call, and each can be copied out and played again", async () => {
  const what = {
    vary: { seed: 5, "no-answer": 0, busy: 0, rejected: 0 },
    script: { name: "Ann", steps: [{ say: "Yes." }] },
  };
  const { behaviours } = (await ask("POST", "/variations?count=3", what)) as unknown as {
    behaviours: object[];
  };
  expect(await ask("PUT", ann, what)).toEqual({ status: 204 });
  const sids: string[] = [];
  for (const call of calls(3)) sids.push((await call).sid);
  await line.clock.runUntilIdle();
  const played = await Promise.all(sids.map((sid) => ask("GET", `/calls/${sid}`)));
  expect(played.map(({ behaviour }) => behaviour)).toEqual(behaviours);
  expect(await ask("PUT", ann, behaviours[1])).toEqual({ status: 204 });
  const { sid } = await placeCall(line);
  await line.clock.runUntilIdle();
  const told = ({ transcript }: Record<string, unknown>) => transcript;
  expect(told(await ask("GET", `/calls/${sid}`))).toEqual(told(played[1]!));
});

test("at * are all of whom nothing else is known", async () => {
  await ask("PUT", "/far-ends/*", { vary: { seed: 1, busy: 1, "no-answer": 0, rejected: 0 }, script: {} });
  await ask("PUT", ann, { steps: [] });
  for (const To of ["+15550150001", "+15550150002", "client:somebody"]) await placeCall(line, { To });
  await line.clock.runUntilIdle();
  const ends = line.carrier.calls().map(({ to, status }) => `${to} ${status}`);
  expect(ends.sort()).toEqual(["+15550150001 completed", "+15550150002 busy", "client:somebody busy"]);
});

const refused: [method: string, path: string, body: unknown, message: string][] = [
  [
    "PUT",
    ann,
    { steps: [{ press: "x" }] },
    "steps[0].press: expected keys 0-9 * # A-D, w (0.5 s) and W (1 s)",
  ],
  ["PUT", ann, "asleep", "expected busy, rejected, no-answer, unavailable or failed"],
  [
    "POST",
    "/variations?count=1001",
    { vary: { seed: 1 }, script: {} },
    "count: expected 1 to 1000, found 1001",
  ],
  ["POST", "/variations", { vary: { seed: 1 } }, "expected a script or a phoneSystem beside vary"],
];
test.each(refused)("%s %s %j", async (method, path, body, message) => {
  expect(await ask(method, path, body)).toEqual({ status: 400, error: { code: "invalid", message } });
});
