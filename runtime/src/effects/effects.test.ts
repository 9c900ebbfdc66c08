/** A process dies between storing a turn and performing what it ordered: the next one finishes the work, once. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../db/database.ts";
import type { Provider } from "../providers/provider.ts";
import {
  gate,
  linksIn,
  openTestDatabase,
  seedTest,
  type TestDatabase,
  type TestPhone,
  testDrivers,
  testPhone,
  testRuntime,
  until,
  virtualClock,
} from "../testing.ts";

describe.each(testDrivers)("effects and timers on %s", (driver) => {
  let opened: TestDatabase;
  let hookToken: string;
  let sid: string;
  let made = 0;

  beforeAll(async () => {
    opened = await openTestDatabase(driver);
    ({ hookToken } = await seedTest(opened.database));
  });
  afterAll(() => opened.drop());
  beforeEach(() => {
    sid = `CA${(++made).toString(16).padStart(32, "0")}`;
  });

  const one = async <Row extends object>(text: string) => (await opened.database.query<Row>(text, [sid]))[0];
  const callState = () =>
    one<{ status: string; disposition: string; reason: string }>(
      "select status, disposition, reason from calls where provider_call_id = $1::text",
    );
  const outcomes = async () =>
    Number(
      (
        await one<{ n: string }>(
          "select count(*) as n from call_outcomes o join calls c on c.id = o.call_id where c.provider_call_id = $1::text",
        )
      )?.n,
    );

  /** A caller up to the question whose answer orders `record-outcome`. */
  const upToRecording = async (phone: TestPhone) => {
    await phone.ring();
    await phone.press("1");
    return await phone.press("123456789");
  };

  test("a pending effect is taken over by the next process, and recorded once", async () => {
    const dying = gate(opened.database);
    const warnings: string[] = [];
    const log = { info: () => {}, warn: (sentence: string) => void warnings.push(sentence) };
    const before = testRuntime(dying.database, { log });
    const phone = testPhone(before, hookToken, sid);
    const confirm = await upToRecording(phone);
    dying.hold(/insert into call_outcomes/);
    void phone.send(linksIn(confirm.body).input!, { Digits: "1" });
    await until(() => dying.held === 1);
    // It dies here: nothing it waits for ever comes back.
    const clock = virtualClock(before.clock.now());
    const after = testRuntime(opened.database, { clock });
    phone.turnTo(after);
    if (driver === "postgres") clock.advance(5001); // the lease of a process that might still live
    await after.start();
    await after.idle();
    expect(await outcomes()).toBe(1);
    const answer = await phone.send(linksIn(confirm.body).input!, { Digits: "1" });
    expect(answer.body).toContain("A claims specialist will call you back");
    // The dead process wakes up after all: nothing is recorded or applied twice.
    dying.open();
    await before.idle();
    expect(warnings).toEqual([]);
    expect(await outcomes()).toBe(1);
    const applied = await one<{ n: string }>(
      "select count(*) as n from call_events e join calls c on c.id = e.call_id where c.provider_call_id = $1::text and e.type = 'effect-done'",
    );
    expect(Number(applied?.n)).toBe(1);
    await after.stop();
  });

  test("a call nobody reports the end of is ended by its limit, once, also after a restart", async () => {
    const before = testRuntime(opened.database);
    const phone = testPhone(before, hookToken, sid);
    await phone.ring();
    const due = await one<{ due_at: string }>(
      "select due_at::text as due_at from timers t join calls c on c.id = t.call_id where c.provider_call_id = $1::text",
    );
    const clock = virtualClock(Number(due!.due_at) - 1);
    const after = testRuntime(opened.database, { clock });
    await after.start();
    expect(await callState()).toMatchObject({ status: "live" });
    clock.advance(1);
    await after.idle();
    await after.calls.effects.sweep();
    expect(await callState()).toMatchObject({ status: "ended", disposition: "limit-reached" });
    const fired = await one<{ n: string }>(
      "select count(*) as n from call_events e join calls c on c.id = e.call_id where c.provider_call_id = $1::text and e.type = 'timer'",
    );
    expect(Number(fired?.n)).toBe(1);
    // The phone was busy with the menu: it is pulled to hear why.
    await after.idle();
    const pulled = after.told.pulled.filter(({ callId }) => callId === sid);
    expect(pulled).toHaveLength(1);
    expect(pulled[0]!.url).toMatch(/\/t\/[\w-]{32}\/1\/poll$/);
    phone.turnTo(after);
    const told = await phone.send(new URL(pulled[0]!.url).pathname);
    expect(told.body).toMatch(/<Say language="en-US">[^<]+<\/Say><Hangup\/>/);
    await after.stop();
  });

  test("two processes sweep at once: a timer fires once", async () => {
    const first = testRuntime(opened.database);
    await testPhone(first, hookToken, sid).ring();
    const due = await one<{ due_at: string }>(
      "select due_at::text as due_at from timers t join calls c on c.id = t.call_id where c.provider_call_id = $1::text",
    );
    const runtimes = await Promise.all(
      [1, 2, 3].map(async () =>
        testRuntime(await opened.reopen(), { clock: virtualClock(Number(due!.due_at)) }),
      ),
    );
    await Promise.all(runtimes.map((runtime) => runtime.calls.effects.sweep()));
    await Promise.all(runtimes.map((runtime) => runtime.idle()));
    const fired = await one<{ n: string }>(
      "select count(*) as n from call_events e join calls c on c.id = e.call_id where c.provider_call_id = $1::text and e.type = 'timer'",
    );
    expect(Number(fired?.n)).toBe(1);
  });

  test("an effect the database refuses for good fails after three tries, and the flow goes on", async () => {
    const clock = virtualClock();
    const refusing: Database = {
      ...opened.database,
      async query<Row extends object>(
        text: string,
        parameters: readonly (string | number | boolean | null)[],
      ) {
        if (/insert into call_outcomes/.test(text)) throw new Error("value out of range");
        return await opened.database.query<Row>(text, parameters);
      },
    };
    const runtime = testRuntime(refusing, { clock });
    await runtime.start();
    const phone = testPhone(runtime, hookToken, sid);
    const confirm = await upToRecording(phone);
    const asked = phone.send(linksIn(confirm.body).input!, { Digits: "1" });
    await until(() => clock.waiting >= 4);
    clock.advance(1500);
    expect((await asked).body).toContain("/4/poll");
    for (let sweeps = 0; sweeps < 4; sweeps++) {
      clock.advance(3000);
      await runtime.idle();
    }
    const state = await one<{ state: string; attempts: number }>(
      "select f.state, f.attempts from effects f join calls c on c.id = f.call_id where c.provider_call_id = $1::text",
    );
    expect(state).toEqual({ state: "failed", attempts: 3 });
    const answer = await phone.follow("poll");
    expect(answer.body).not.toContain("/5/poll");
    await runtime.stop();
  });

  test("a carrier that is out of reach is asked three times, then no more", async () => {
    const clock = virtualClock();
    let asked = 0;
    const plain = testRuntime(opened.database);
    const provider: Provider = {
      ...plain.provider,
      updateCall: async () => {
        asked += 1;
        throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
      },
    };
    const runtime = testRuntime(opened.database, { clock, provider });
    await testPhone(runtime, hookToken, sid).ring();
    await opened.database.query(
      "update timers set due_at = 0 from calls c where c.id = call_id and c.provider_call_id = $1::text",
      [sid],
    );
    await runtime.start();
    await runtime.idle();
    for (let sweeps = 0; sweeps < 8; sweeps++) {
      clock.advance(5001);
      await runtime.idle();
    }
    await runtime.stop();
    expect(asked).toBe(3);
    const left = await one<{ state: string }>(
      "select f.state from effects f join calls c on c.id = f.call_id where c.provider_call_id = $1::text",
    );
    expect(left).toEqual({ state: "done" });
  });

  test("a timer that cannot be fired waits for the next sweep and keeps nobody waiting", async () => {
    const clock = virtualClock();
    const warnings: string[] = [];
    const plain = testRuntime(opened.database);
    await testPhone(plain, hookToken, sid).ring();
    const log = { info: () => {}, warn: (sentence: string) => void warnings.push(sentence) };
    const broken: Provider = {
      ...plain.provider,
      render() {
        throw new Error("Expected TwiML of at most 65536 bytes, made more.");
      },
    };
    const runtime = testRuntime(opened.database, { clock, log, provider: broken });
    await opened.database.query(
      "update timers set due_at = 0 from calls c where c.id = call_id and c.provider_call_id = $1::text",
      [sid],
    );
    await runtime.start();
    for (let steps = 0; steps < 60; steps++) {
      clock.advance(100);
      await runtime.idle();
    }
    await runtime.stop();
    expect(warnings).toHaveLength(3); // at once, after 3 s and after 6 s
    await opened.database.query("delete from timers where due_at = 0", []);
  });

  test("a pull is skipped when the phone has come by itself", async () => {
    const runtime = testRuntime(opened.database);
    const phone = testPhone(runtime, hookToken, sid);
    await phone.ring();
    const due = await one<{ due_at: string }>(
      "select due_at::text as due_at from timers t join calls c on c.id = t.call_id where c.provider_call_id = $1::text",
    );
    const slow = gate(opened.database);
    const clock = virtualClock(Number(due!.due_at));
    const sweeping = testRuntime(slow.database, { clock });
    slow.hold(/select fetched from replies/);
    const swept = sweeping.calls.effects.sweep();
    await until(() => slow.held === 1);
    const told = await phone.follow("no-input");
    expect(told.body).toContain("<Hangup/>");
    slow.open();
    await swept;
    await sweeping.idle();
    expect(sweeping.told.pulled.filter(({ callId }) => callId === sid)).toEqual([]);
  });

  test("calls of a line that is gone are closed", async () => {
    const runtime = testRuntime(opened.database);
    await testPhone(runtime, hookToken, sid).ring();
    expect(await runtime.closeLostCalls()).toBeGreaterThan(0);
    await runtime.idle();
    expect(await callState()).toMatchObject({ status: "ended", reason: "failed" });
  });
});
