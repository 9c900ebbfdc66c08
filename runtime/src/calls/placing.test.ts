/**
 * Calls we place: asked for once, whatever the carrier answers or does not; each ends with exactly one reason (P12).
 * The dial protocol of the reliability design (F15, T11): 201, refused, timeout but placed, timeout and not placed, a
 * death between the intent and the answer, webhooks early, late, twice and never.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ListedCall, Placed, PlaceOrder, Provider } from "../providers/provider.ts";
import {
  gate,
  openTestDatabase,
  type PlacedPhone,
  placedCallSid,
  placedPhone,
  publishTest,
  seedTest,
  type TestDatabase,
  type TestRuntime,
  testDrivers,
  testFlow,
  testPhone,
  testRuntime,
  until,
} from "../testing.ts";

const hangUp = '<?xml version="1.0" encoding="UTF-8"?><Response><Hangup/></Response>';
const variables = {
  who: { type: "text", sensitivity: "phi", origin: "input" },
  amount: { type: "money", sensitivity: "internal", origin: "input" },
  noted: { type: "text", sensitivity: "internal", origin: "collected" },
};
const outbound = (start: object = {}) =>
  testFlow(
    {
      ask: {
        kind: "menu",
        config: {
          prompt: "Is this {{who}}? Press 1.",
          options: [{ key: "1", label: "Yes" }],
          timeoutSeconds: 5,
          tries: 2,
        },
        next: { "key-1": "bye", invalid: "bye", silence: "bye" },
      },
      bye: { kind: "hang-up", config: { disposition: "reached", farewell: "Thank you. Goodbye." } },
    },
    { start: { calls: "outbound", ...start }, variables },
  );
const to = "+15550199042";

describe.each(testDrivers)("calls we place, on %s", (driver) => {
  let opened: TestDatabase;
  let flowId: string;
  let runtime: TestRuntime;
  let answers: Placed[];
  let listed: ListedCall[];
  let posts: PlaceOrder[];
  let lists: number;

  beforeAll(async () => {
    opened = await openTestDatabase(driver);
    await seedTest(opened.database);
    ({ flowId } = await publishTest(opened.database, outbound()));
  });
  afterAll(() => opened.drop());
  beforeEach(async () => {
    await opened.database.query("delete from placed_calls", []);
    await opened.database.query("delete from calls", []);
    answers = [];
    listed = [];
    posts = [];
    lists = 0;
    runtime = make();
  });

  /** A carrier that answers as it is told to, and lists what it is told to. */
  function make(database = opened.database, more: Partial<Provider> = {}): TestRuntime {
    const plain = testRuntime(database);
    const provider: Provider = {
      ...plain.provider,
      placeCall: async (order) => {
        posts.push(order);
        return answers.shift() ?? (await plain.provider.placeCall(order));
      },
      findCalls: async (from, askedTo, since) => {
        lists += 1;
        expect([from, askedTo]).toEqual(["+15550100001", to]);
        return listed.filter(({ createdAt }) => createdAt === null || createdAt >= since);
      },
      ...more,
    };
    const made = testRuntime(database, { provider, clock: plain.clock });
    // What the carrier took is where the phones find their addresses.
    made.told.placed = posts;
    return made;
  }
  const place = async (inputs = {}) => {
    const placed = await runtime.place({ clientId: 1, flowId, to, inputs });
    if (!placed.ok) throw new Error(placed.sentence);
    await runtime.idle();
    return placed.id;
  };
  const row = async (id: string) =>
    (
      await opened.database.query<{
        state: string;
        reason: string | null;
        code: string | null;
        sid: string | null;
      }>("select state, reason, code, provider_call_id as sid from placed_calls where id = $1::uuid", [id])
    )[0]!;
  const call = async (id: string) =>
    (
      await opened.database.query<{
        status: string;
        reason: string;
        disposition: string;
        direction: string;
        session: string;
      }>(
        "select status, reason, disposition, direction, session::text as session from calls where id = $1::uuid",
        [id],
      )
    )[0];
  const phone = (nth = 0, sid = placedCallSid(nth)): PlacedPhone => placedPhone(runtime, nth, sid);
  /** Time passes, a second at a time. */
  const pass = async (seconds: number) => {
    for (let step = 0; step < seconds; step++) {
      runtime.clock.advance(1000);
      await runtime.idle();
    }
  };

  test("placed, answered, talked, over: one row, one call, one reason", async () => {
    const id = await place({ who: "Ada", amount: 12_550 });
    expect(await row(id)).toEqual({ state: "placed", reason: null, code: null, sid: placedCallSid(0) });
    expect(posts).toHaveLength(1);
    expect(posts[0]).toMatchObject({
      from: "+15550100001",
      to,
      ringSeconds: 60,
      limitSeconds: 600,
      detection: "off",
    });
    for (const link of Object.values(posts[0]!.links))
      expect(link).toMatch(
        /^https:\/\/calls\.example\.test\/out\/[\w-]{32}\/(voice|fallback|status|verdict)$/,
      );
    const called = phone();
    await called.report("initiated", { SequenceNumber: "0" });
    await called.report("ringing", { SequenceNumber: "1" });
    const first = await called.pickUp();
    expect(first.body).toContain("Is this Ada? Press 1.");
    expect((await called.pickUp()).body).toBe(first.body);
    expect(await row(id)).toMatchObject({ state: "answered", reason: null });
    expect(await called.report("in-progress", { SequenceNumber: "2" })).toBe(204);
    expect((await called.press("1")).body).toContain("Goodbye.");
    expect(await row(id)).toMatchObject({ state: "ended", reason: "completed" });
    expect(await called.report("completed", { SequenceNumber: "3", CallDuration: "9" })).toBe(204);
    expect(await call(id)).toMatchObject({
      status: "ended",
      reason: "completed",
      disposition: "reached",
      direction: "outbound",
    });
    expect(await row(id)).toMatchObject({ state: "ended", reason: "completed" });
    const { values } = JSON.parse((await call(id))!.session).frames[0];
    expect(values.amount).toMatchObject({ value: 12_550, origin: { source: "start" } });
  });

  test.each(["busy", "no-answer", "failed", "canceled", "completed"])(
    "nobody answered: %s",
    async (status) => {
      const id = await place();
      const called = phone();
      expect(await called.report("ringing", { SequenceNumber: "1" })).toBe(204);
      expect(await called.report(status, { SequenceNumber: "2" })).toBe(204);
      expect(await row(id)).toMatchObject({ state: "ended", reason: status });
      // The first word is the last: another end, a late report, a late question.
      expect(await called.report("failed", { SequenceNumber: "3" })).toBe(204);
      expect(await called.report("ringing", { SequenceNumber: "1" })).toBe(204);
      expect((await called.pickUp()).body).toBe(hangUp);
      expect(await row(id)).toMatchObject({ state: "ended", reason: status });
      expect(await call(id)).toBeUndefined();
    },
  );

  test("hung up in the middle: the call's end is the placing's", async () => {
    const id = await place();
    await phone().pickUp();
    await phone().report("completed", { SequenceNumber: "3", CallDuration: "4" });
    expect(await call(id)).toMatchObject({ status: "ended", disposition: "caller-hung-up" });
    expect(await row(id)).toMatchObject({ state: "ended", reason: "completed" });
  });

  test("answered and never heard of again: the call's own limit ends both", async () => {
    await runtime.start();
    const id = await place();
    await phone().pickUp();
    await pass(601);
    expect(await row(id)).toMatchObject({ state: "ended", reason: "completed" });
    await runtime.stop();
  });

  test("refused: its code is kept, nothing is asked again", async () => {
    answers = [{ state: "refused", code: "21211" }];
    await runtime.start();
    const id = await place();
    await pass(200);
    await runtime.stop();
    expect(await row(id)).toEqual({ state: "refused", reason: "failed", code: "21211", sid: null });
    expect([posts.length, lists]).toEqual([1, 0]);
  });

  describe("no answer from the carrier", () => {
    beforeEach(() => {
      answers = [{ state: "ambiguous" }];
    });

    test("the webhook of its token settles it", async () => {
      const id = await place();
      expect(await row(id)).toMatchObject({ state: "ambiguous", sid: null });
      const called = phone();
      expect((await called.pickUp()).body).toContain("Press 1.");
      expect(await row(id)).toMatchObject({ state: "answered", sid: placedCallSid(0) });
      await called.press("1");
      expect(await row(id)).toMatchObject({ state: "ended", reason: "completed" });
      expect(posts).toHaveLength(1);
    });

    test("a report settles it too", async () => {
      const id = await place();
      await phone().report("ringing", { SequenceNumber: "1" });
      expect(await row(id)).toMatchObject({ state: "placed", sid: placedCallSid(0) });
      await phone().report("busy", { SequenceNumber: "2" });
      expect(await row(id)).toMatchObject({ state: "ended", reason: "busy" });
    });

    test("not in the carrier's list after 15, 45 and 90 s: it was not placed", async () => {
      await runtime.start();
      const id = await place();
      await pass(14);
      expect(lists).toBe(0);
      await pass(2);
      expect(lists).toBe(1);
      await pass(30);
      expect(lists).toBe(2);
      await pass(42);
      expect(await row(id)).toMatchObject({ state: "ambiguous" });
      await pass(3);
      expect(await row(id)).toEqual({ state: "refused", reason: "failed", code: "not-placed", sid: null });
      await pass(300);
      await runtime.stop();
      expect([posts.length, lists]).toEqual([1, 3]);
      // It was, after all, and rings much too late: whoever answers is not talked to.
      expect((await phone().pickUp()).body).toBe(hangUp);
    });

    test("in the carrier's list: adopted, and ended by what the list says when nobody reports", async () => {
      await runtime.start();
      const old = {
        callId: `CA${"0".repeat(32)}`,
        status: "completed",
        createdAt: runtime.clock.now() - 60_000,
      };
      const id = await place();
      listed = [{ callId: placedCallSid(0), status: "in-progress", createdAt: runtime.clock.now() }, old];
      await pass(16);
      expect(await row(id)).toMatchObject({ state: "placed", sid: placedCallSid(0) });
      await pass(100);
      expect(await row(id)).toMatchObject({ state: "placed" });
      listed = [{ callId: placedCallSid(0), status: "no-answer", createdAt: runtime.clock.now() }, old];
      await pass(90);
      expect(await row(id)).toMatchObject({ state: "ended", reason: "no-answer" });
      await runtime.stop();
      expect(posts).toHaveLength(1);
    });

    test("two of them to one number, one in the list: one is adopted, the other was not placed", async () => {
      answers = [{ state: "ambiguous" }, { state: "ambiguous" }];
      await runtime.start();
      const ids = [await place(), await place()];
      listed = [{ callId: placedCallSid(0), status: "ringing", createdAt: runtime.clock.now() }];
      await pass(95);
      await runtime.stop();
      const states = await Promise.all(ids.map(async (id) => (await row(id)).state));
      expect(states.sort()).toEqual(["placed", "refused"]);
      expect(posts).toHaveLength(2);
    });

    test("the carrier's list is out of reach: asked again, and settled when it is back", async () => {
      let away = true;
      const plain = runtime.provider;
      const finding: Provider["findCalls"] = async (...asked) => {
        if (away) throw Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
        return await plain.findCalls(...asked);
      };
      runtime = make(opened.database, { findCalls: finding });
      await runtime.start();
      const id = await place();
      await pass(200);
      expect(await row(id)).toMatchObject({ state: "ambiguous" });
      away = false;
      await pass(61);
      expect(await row(id)).toMatchObject({ state: "refused", code: "not-placed" });
      await runtime.stop();
    });
  });

  test("a process dies between the intent and the carrier's answer: the next one finds out and never asks again", async () => {
    const dying = gate(opened.database);
    runtime = make(dying.database);
    dying.hold(/update placed_calls/);
    const placed = await runtime.place({ clientId: 1, flowId, to });
    if (!placed.ok) throw new Error(placed.sentence);
    await until(() => dying.held === 1);
    expect(await row(placed.id)).toMatchObject({ state: "intended" });
    const before = runtime;
    runtime = make();
    await runtime.start();
    listed = [{ callId: placedCallSid(0), status: "ringing", createdAt: runtime.clock.now() }];
    await pass(16);
    expect(await row(placed.id)).toMatchObject({ state: "placed", sid: placedCallSid(0) });
    dying.open();
    await before.idle();
    expect(await row(placed.id)).toMatchObject({ state: "placed", sid: placedCallSid(0) });
    expect(posts).toHaveLength(1);
    await runtime.stop();
  });

  test("the webhooks are faster than the carrier's own answer", async () => {
    const slow = Promise.withResolvers<Placed>();
    runtime = make(opened.database, {
      placeCall: (order) => {
        posts.push(order);
        return slow.promise;
      },
    });
    const placed = await runtime.place({ clientId: 1, flowId, to });
    if (!placed.ok) throw new Error(placed.sentence);
    expect((await phone().pickUp()).body).toContain("Press 1.");
    slow.resolve({ state: "ambiguous" });
    await runtime.idle();
    expect(await row(placed.id)).toMatchObject({ state: "answered", sid: placedCallSid(0) });
  });

  test("it is over before the carrier's own answer", async () => {
    const slow = Promise.withResolvers<Placed>();
    runtime = make(opened.database, {
      placeCall: (order) => {
        posts.push(order);
        return slow.promise;
      },
    });
    const placed = await runtime.place({ clientId: 1, flowId, to });
    if (!placed.ok) throw new Error(placed.sentence);
    await phone().report("busy", { SequenceNumber: "2" });
    slow.resolve({ state: "placed", callId: placedCallSid(0) });
    await runtime.idle();
    expect(await row(placed.id)).toMatchObject({ state: "ended", reason: "busy" });
  });

  test("a verdict that comes while the call is being opened is how it begins", async () => {
    const held = gate(opened.database);
    runtime = make(held.database);
    const id = await place();
    held.hold(/insert into calls/);
    const answer = phone().pickUp();
    await until(() => held.held === 1);
    expect(await phone().verdict("machine_start")).toBe(204);
    held.open();
    expect((await answer).body).toContain("Press 1.");
    const { party } = JSON.parse((await call(id))!.session);
    expect(party.answered).toEqual({ by: "machine", greeting: "begun" });
  });

  test("two calls with one token: the first is talked to, the second is closed", async () => {
    answers = [{ state: "ambiguous" }];
    const id = await place();
    expect((await phone().pickUp()).body).toContain("Press 1.");
    const second = phone(0, `CA${"e".repeat(32)}`);
    expect((await second.pickUp()).body).toBe(hangUp);
    expect(await second.report("busy")).toBe(403);
    expect(await second.verdict("human")).toBe(403);
    expect(await row(id)).toMatchObject({ state: "answered", sid: placedCallSid(0) });
  });

  test("a call that rang us cannot be one we placed", async () => {
    answers = [{ state: "ambiguous" }];
    const id = await place();
    const [number] = await opened.database.query<{ hook_token: string }>(
      "update numbers set flow_id = $1::uuid where number = '+15550100001' returning hook_token",
      [flowId],
    );
    await testPhone(runtime, number!.hook_token, placedCallSid(0)).ring();
    expect((await phone().pickUp()).body).toBe(hangUp);
    expect(await row(id)).toMatchObject({ state: "ambiguous", sid: null });
  });

  test("two at once with one token: exactly one is talked to", async () => {
    answers = [{ state: "ambiguous" }];
    await place();
    const both = [phone(), phone(0, `CA${"e".repeat(32)}`)];
    const bodies = (await Promise.all(both.map((one) => one.pickUp()))).map(({ body }) => body);
    expect(bodies.filter((body) => body.includes("Press 1."))).toHaveLength(1);
    expect(bodies.filter((body) => body === hangUp)).toHaveLength(1);
  });

  test("picked up and over at the same time: either a call that ends, or none, and one reason", async () => {
    for (let times = 0; times < 20; times++) {
      const id = await place();
      const called = phone(times);
      const [answer] = await Promise.all([
        called.pickUp(),
        called.report("completed", { SequenceNumber: "4" }),
      ]);
      const found = await call(id);
      expect(answer.status).toBe(200);
      expect(await row(id)).toMatchObject({ state: "ended", reason: "completed" });
      expect(found?.status ?? "none").toBe(answer.body === hangUp && !found ? "none" : "ended");
    }
  });

  test("a fallback webhook asks where the phone failed", async () => {
    await place();
    const called = phone();
    const first = await called.pickUp();
    const failed = { ErrorCode: "11200", ErrorUrl: posts[0]!.links.voice };
    expect((await called.fallback(failed)).body).toBe(first.body);
    const bad = await called.fallback({ ...failed, ErrorCode: "12100" });
    expect(bad.body).toMatch(/<Response><Say language="en-US">[^<]+<\/Say><Hangup\/><\/Response>/);
  });

  test("the line that is gone ends what was not answered", async () => {
    const id = await place();
    expect(await runtime.closeLostCalls()).toBe(0);
    expect(await row(id)).toMatchObject({ state: "ended", reason: "failed", code: "lost" });
  });

  test.each([
    [{ detection: "off" }, { detection: "off" }],
    [{ detection: "first" }, { detection: "first", greeting: "begun" }],
    [
      { detection: "first", greeting: "over" },
      { detection: "first", greeting: "over" },
    ],
    [
      { detection: "meanwhile", greeting: "over" },
      { detection: "meanwhile", greeting: "over" },
    ],
    [{ detection: "meanwhile", line: "payer" }, { detection: "off" }],
  ] as const)("a flow that begins with %o asks the carrier for %o (F12)", async (start, asked) => {
    const { flowId: other } = await publishTest(opened.database, outbound(start), null);
    await runtime.place({ clientId: 1, flowId: other, to });
    await runtime.idle();
    expect(posts[0]).toMatchObject(asked);
  });

  test.each([
    ["another country", { to: "+442071838750" }, "dialling-refused"],
    ["premium", { to: "+19005550100" }, "dialling-refused"],
    ["the Caribbean", { to: "+18765550100" }, "dialling-refused"],
    ["an emergency", { to: "911" }, "dialling-refused"],
    ["no number", { to: "tel:+15550100002" }, "dialling-refused"],
    ["somebody else's number to call from", { from: "+15550100009" }, "number-not-found"],
    ["a flow that is not there", { flowId: "01900000-0000-7000-8000-000000000000" }, "flow-not-found"],
    ["another client's flow", { clientId: 2 }, "flow-not-found"],
    ["a value that is no input", { inputs: { noted: "x" } }, "inputs-invalid"],
    ["an input nobody declared", { inputs: { __proto__x: "x" } }, "inputs-invalid"],
    ["a value that does not fit", { inputs: { amount: "much" } }, "inputs-invalid"],
  ])("refused before anything is stored: %s (S57, S60)", async (_name, change, why) => {
    const refused = await runtime.place({ clientId: 1, flowId, to, ...change });
    expect(refused).toMatchObject({ ok: false, why, sentence: expect.any(String) });
    expect(await opened.database.query("select id from placed_calls", [])).toEqual([]);
    expect(posts).toEqual([]);
  });

  test("a flow that does not call out, and one that is not published", async () => {
    const inbound = await publishTest(
      opened.database,
      testFlow({ bye: { kind: "hang-up", config: { disposition: "x" } } }),
      null,
    );
    expect(await runtime.place({ clientId: 1, flowId: inbound.flowId, to })).toMatchObject({
      ok: false,
      why: "flow-not-outbound",
    });
  });
});
