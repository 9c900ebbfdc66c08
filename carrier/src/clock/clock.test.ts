/** The virtual clock: order, cancelling, and waiting for the network. */
import { expect, test } from "vitest";
import { seededRandom } from "../ids.ts";
import { virtualClock } from "./clock.ts";
import { createTimers } from "./timers.ts";

test("timers fire in order of time, then of setting, at their own time", async () => {
  const clock = virtualClock(0);
  const fired: string[] = [];
  for (const [name, ms] of [
    ["c", 30],
    ["a", 10],
    ["b", 20],
    ["a2", 10],
  ] as const)
    clock.after(ms, () => fired.push(`${name}@${clock.now()}`));
  await clock.advance(20);
  expect([fired, clock.now()]).toEqual([["a@10", "a2@10", "b@20"], 20]);
  expect(await clock.runUntilIdle()).toBe(10);
  expect(fired.at(-1)).toBe("c@30");
});

test("thousands of timers, some cancelled, some set while running, stay in order", async () => {
  const clock = virtualClock(0);
  const random = seededRandom(3);
  const fired: number[] = [];
  const cancels = Array.from({ length: 2000 }, () => {
    const ms = Math.floor(random() * 5000);
    return clock.after(ms, () => {
      fired.push(clock.now());
      if (fired.length < 500) clock.after(7, () => fired.push(clock.now()));
    });
  });
  for (const [at, cancel] of cancels.entries()) if (at % 3 === 0) cancel();
  await clock.runUntilIdle();
  expect(fired).toEqual([...fired].sort((a, b) => a - b));
  expect(fired.length).toBeGreaterThan(1333);
});

test("time waits for tracked work, and for what that work begins", async () => {
  const clock = virtualClock(0);
  const seen: string[] = [];
  const slow = async (name: string) => {
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    seen.push(`${name}@${clock.now()}`);
  };
  clock.after(5, () => void clock.track(slow("first")).then(() => clock.track(slow("second"))));
  clock.after(6, () => seen.push(`timer@${clock.now()}`));
  await clock.advance(10);
  expect(seen).toEqual(["first@5", "second@5", "timer@6"]);
});

test("work that sleeps on the clock does not stop it", async () => {
  const clock = virtualClock(0);
  let woke = -1;
  void clock.track(
    clock.sleep(1000).then(() => {
      woke = clock.now();
    }),
  );
  await clock.advance(2000);
  expect(woke).toBe(1000);
});

test("a test may add work of its own to wait for, and what that begins is waited for too", async () => {
  const seen: string[] = [];
  const clock = virtualClock(0, async () => {
    if (seen.length > 0) return;
    seen.push("asked");
    const work = async () => {
      for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
      seen.push(`done@${clock.now()}`);
    };
    void clock.track(work());
  });
  clock.after(1, () => seen.push("timer"));
  await clock.advance(5);
  expect(seen).toEqual(["asked", "done@0", "timer"]);
});

test("timers that were cancelled are not kept until their hour", () => {
  const timers = createTimers();
  const cancels = Array.from({ length: 10_000 }, (_, at) => timers.add(at % 7, () => {}));
  for (const cancel of cancels.slice(1)) cancel();
  cancels[1]!();
  expect(timers.size()).toBeLessThan(600);
  expect(timers.nextDue()).toBe(0);
  timers.take();
  expect(timers.nextDue()).toBe(Number.POSITIVE_INFINITY);
});

test("who still sleeps inside work that was given up does not let time pass the next work", async () => {
  const clock = virtualClock(0);
  const seen: string[] = [];
  const gone = Promise.withResolvers<void>();
  void clock.track(gone.promise);
  void clock.sleep(1000);
  const turns = async (count: number) => {
    for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  clock.after(10, () => {
    gone.resolve();
    const next = () => clock.track(turns(9).then(() => seen.push(`done@${clock.now()}`)));
    void gone.promise.then(() => {}).then(next);
  });
  clock.after(20, () => seen.push("timer"));
  await clock.advance(30);
  expect(seen).toEqual(["done@10", "timer"]);
});

test("who sleeps in work that goes on keeps time passing when other work, given up, wakes up", async () => {
  const clock = virtualClock(0);
  const seen: string[] = [];
  void clock.track(clock.sleep(30).then(() => seen.push(`done@${clock.now()}`)));
  const gone = Promise.withResolvers<void>();
  void clock.track(gone.promise);
  void clock.sleep(20).then(() => seen.push(`woken@${clock.now()}`));
  clock.after(10, gone.resolve);
  await clock.advance(40);
  expect(seen).toEqual(["woken@20", "done@30"]);
});
