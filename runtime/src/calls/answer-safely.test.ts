/** F16 and F6: the database away, a statement that hangs, a mistake of ours. The phone always gets orders. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  driven,
  type Gate,
  gate,
  linksIn,
  openTestDatabase,
  publishTest,
  seedTest,
  type TestDatabase,
  type TestPhone,
  type TestRuntime,
  testFlow,
  testPhone,
  testRuntime,
  until,
} from "../testing.ts";

const again = (path: string, attempt: number) =>
  `<?xml version="1.0" encoding="UTF-8"?><Response><Pause length="3"/><Redirect method="POST">https://calls.example.test${path}?attempt=${attempt}</Redirect></Response>`;
const apology =
  '<?xml version="1.0" encoding="UTF-8"?><Response><Say language="en-US">We are having a technical problem. Please call again later.</Say><Hangup/></Response>';

let opened: TestDatabase;
let hookToken: string;
let away: Gate;
let runtime: TestRuntime;
let phone: TestPhone;
let made = 0;
let warnings: string[];

beforeAll(async () => {
  opened = await openTestDatabase("pglite");
  ({ hookToken } = await seedTest(opened.database));
});
afterAll(() => opened.drop());
beforeEach(() => {
  away = gate(opened.database);
  warnings = [];
  runtime = testRuntime(away.database, {
    log: { info: () => {}, warn: (sentence) => void warnings.push(sentence) },
  });
  phone = testPhone(runtime, hookToken, `CA${(++made).toString(16).padStart(32, "0")}`);
});

test("away before the call: twice asked again, then an apology from memory", async () => {
  away.away();
  const path = `/hooks/${hookToken}/voice`;
  const began = runtime.clock.now();
  expect((await driven(runtime.clock, phone.ring())).body).toBe(again(path, 1));
  expect(runtime.clock.now() - began).toBeLessThanOrEqual(2500);
  expect((await driven(runtime.clock, phone.send(`${path}?attempt=1`))).body).toBe(again(path, 2));
  expect(await driven(runtime.clock, phone.send(`${path}?attempt=2`))).toMatchObject({
    status: 200,
    body: apology,
  });
  expect(warnings).toHaveLength(3);
});

test("away for a moment: nobody notices", async () => {
  away.away();
  const answer = phone.ring();
  await until(() => runtime.clock.waiting > 1);
  runtime.clock.advance(200);
  await until(() => runtime.clock.waiting > 1);
  away.back();
  runtime.clock.advance(200);
  expect((await answer).body).toContain("Thank you for calling");
});

test("away during the call: what the caller keyed is still there at the second asking", async () => {
  const first = await phone.ring();
  const target = linksIn(first.body).input!;
  away.away();
  const told = await driven(runtime.clock, phone.send(target, { Digits: "1" }));
  expect(told.body).toBe(again(target, 1));
  away.back();
  // A redirect brings no digits.
  expect((await phone.send(`${target}?attempt=1`)).body).toContain("Please enter the claim number");
});

test("away when a recording is brought: its address is still there at the second asking", async () => {
  const { flowId } = await publishTest(
    opened.database,
    testFlow(
      {
        leave: {
          kind: "record",
          config: {
            into: "message",
            maxSeconds: 60,
            silenceSeconds: 4,
            finishOnKeys: "#",
            beep: true,
            needsConsent: false,
          },
          next: { recorded: "thanks", "no-audio": "silent" },
        },
        thanks: { kind: "hang-up", config: { disposition: "left", farewell: "Thank you." } },
        silent: { kind: "hang-up", config: { disposition: "nothing", farewell: "We heard nothing." } },
      },
      { variables: { message: { type: "text", sensitivity: "phi" } } },
    ),
    null,
  );
  const [before] = await opened.database.query<{ flow_id: string }>(
    "select flow_id::text as flow_id from numbers where number = '+15550100001'",
    [],
  );
  const ring = (flow: string) =>
    opened.database.query("update numbers set flow_id = $1::uuid where number = '+15550100001'", [flow]);
  await ring(flowId);
  const target = linksIn((await phone.ring()).body).recording!;
  await ring(before!.flow_id);
  away.away();
  const form = { RecordingUrl: "https://x.test/RE1", RecordingDuration: "7" };
  expect((await driven(runtime.clock, phone.send(target, form))).body).toBe(again(target, 1));
  away.back();
  expect((await phone.send(`${target}?attempt=1`)).body).toContain("Thank you.");
});

test("the write arrived but its confirmation did not: the stored bytes, one event", async () => {
  await phone.ring();
  const through = gate(opened.database);
  const lossy = testRuntime({
    ...through.database,
    async query<Row extends object>(text: string, parameters: readonly (string | number | boolean | null)[]) {
      const rows = await opened.database.query<Row>(text, parameters);
      if (text.includes("update calls") && lose) {
        lose = false;
        throw Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
      }
      return rows;
    },
  });
  let lose = true;
  phone.turnTo(lossy);
  const answer = await driven(lossy.clock, phone.press("1"));
  expect(answer.body).toContain("Please enter the claim number");
  const events = await opened.database.query(
    "select seq from call_events e join calls c on c.id = e.call_id where c.provider_call_id = $1::text",
    [phone.callSid],
  );
  expect(events).toHaveLength(2);
});

test("a statement that hangs: answered within the budget of 8 s", async () => {
  const first = await phone.ring();
  const target = linksIn(first.body).input!;
  away.hold(/./);
  const asked = phone.send(target, { Digits: "1" });
  await until(() => away.held === 1);
  runtime.clock.advance(7999);
  runtime.clock.advance(1);
  expect((await asked).body).toBe(again(target, 1));
  away.open();
  expect((await phone.send(`${target}?attempt=1`)).body).toContain("Please enter the claim number");
});

test("a mistake of ours: the flow's own apology, and the operator hears of it", async () => {
  const broken = testRuntime(opened.database, {
    provider: {
      ...runtime.provider,
      render: (verbs, links) => {
        if (verbs.some((verb) => verb.verb === "gather"))
          throw new Error("Expected something, found another.");
        return runtime.provider.render(verbs, links);
      },
    },
    log: { info: () => {}, warn: (sentence) => void warnings.push(sentence) },
  });
  phone.turnTo(broken);
  const answer = await phone.ring();
  expect(answer.status).toBe(200);
  expect(answer.body).toMatch(/<Response><Say language="en-US">[^<]+<\/Say><Hangup\/><\/Response>$/);
  expect(warnings).toEqual(["A webhook met a mistake of ours; the caller heard the apology."]);
});

test("too many at once: the surplus is told to ask again, at once", async () => {
  const target = linksIn((await phone.ring()).body).input!;
  away.hold(/./);
  const working = Array.from({ length: 256 }, () => phone.send(target, { Digits: "1" }));
  await until(() => away.held === 256);
  expect((await phone.send(target, { Digits: "1" })).body).toBe(again(target, 1));
  away.open();
  const bodies = new Set((await Promise.all(working)).map((answer) => answer.body));
  expect([...bodies]).toEqual([expect.stringContaining("Please enter the claim number")]);
});

test("a report while the database is away: 503, and the call-limit timer will end the call", async () => {
  await phone.ring();
  away.away();
  expect(await driven(runtime.clock, phone.report("completed"))).toBe(503);
});

test("away while a fallback is answered: the phone asks again where it failed, not at the call's beginning", async () => {
  await phone.ring();
  const failed = linksIn((await phone.press("1")).body).input!;
  away.away();
  const told = await driven(
    runtime.clock,
    phone.send(`/hooks/${hookToken}/fallback`, {
      CallStatus: "in-progress",
      Digits: "123456789",
      ErrorCode: "11200",
      ErrorUrl: `https://calls.example.test${failed}`,
    }),
  );
  expect(told.body).toBe(again(failed, 1));
  away.back();
  const answer = await phone.send(`${failed}?attempt=1`, { CallStatus: "in-progress" });
  expect(answer.body).toContain("/3/input");
});
