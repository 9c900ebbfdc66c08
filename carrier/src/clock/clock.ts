/**
 * The time a carrier lives in. Everything that waits waits here: rings, prompts, timeouts, webhook limits.
 *
 * Life cycle: one clock per carrier. `realClock()` is the wall; `virtualClock()` stands still until somebody
 * advances it, and before each timer it waits until all tracked work (webhooks on the wire) has come to rest, so
 * that a whole call can be driven in milliseconds and always in the same order. `fastClock` (its own file) runs at a multiple.
 * Must not: nobody in this package uses setTimeout, setInterval or Date.now beside the clocks (and the exit guard of `main.ts`).
 */
import { createTimers } from "./timers.ts";

export type Cancel = () => void;

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls `fn` once, `ms` milliseconds from now. The answer cancels it; cancelling twice does nothing. */
  after(ms: number, fn: () => void): Cancel;
  /** Says that `work` must come to rest before virtual time may go on. Gives the same promise back. */
  track<T>(work: Promise<T>): Promise<T>;
}

export interface VirtualClock extends Clock {
  /** Lets `ms` milliseconds pass: fires due timers in order, settling the network between them. */
  advance(ms: number): Promise<void>;
  /** Fires timers until none is left, for at most `limitMs` of virtual time (default one day). Gives the time passed, in ms. */
  runUntilIdle(limitMs?: number): Promise<number>;
  /** Waits until nothing tracked is in flight, without letting time pass. */
  settle(): Promise<void>;
  /** For a test's own web server: waits `ms` of virtual time inside a request that the carrier is waiting for. */
  sleep(ms: number): Promise<void>;
  /** The same for a server with timers of its own: one request waits for time to pass until the answer is called. */
  asleep(): Cancel;
}

/** The longest that settling may take in real time before it is called a hang, ms. */
const settleLimitMs = 30_000;
const dayMs = 86_400_000;
/** setTimeout fires at once when asked for more than this, ms. */
export const longestTimeoutMs = 2_147_483_647;

export function realClock(): Clock {
  return {
    now: Date.now,
    after(ms, fn) {
      // Nobody is kept from exiting by a timer: as long as the carrier listens, its door keeps the process alive.
      const timer = setTimeout(fn, Math.min(ms, longestTimeoutMs)).unref();
      return () => clearTimeout(timer);
    },
    track: (work) => work,
  };
}

/** `startMs` is the first reading, by default noon UTC on 2 November 2026. `alsoSettled` lets a test add work of its own to wait for. */
export function virtualClock(
  startMs = Date.UTC(2026, 10, 2, 12),
  alsoSettled?: () => Promise<void>,
): VirtualClock {
  let now = startMs;
  const timers = createTimers();
  /** Who waits for time to pass inside a request, and how many of them sleep in requests that were given up. */
  let sleepers = 0;
  let orphans = 0;
  const inFlight = new Set<Promise<unknown>>();

  const after = (ms: number, fn: () => void): Cancel => timers.add(now + Math.max(0, ms), fn);
  const asleep = (): Cancel => {
    let woken = false;
    sleepers++;
    return () => {
      if (woken) return;
      woken = true;
      sleepers--;
      // Nobody knows whose sleeper this was. Taken for an orphan: time may pass a moment early, but it never stands still.
      orphans = Math.max(0, orphans - 1);
    };
  };
  /** A request that was given up is no longer waited for, whoever still sleeps inside it. */
  const rest = (work: Promise<unknown>) => {
    inFlight.delete(work);
    orphans = Math.max(orphans, sleepers - inFlight.size);
  };
  const atRest = () => inFlight.size <= sleepers - orphans;
  const settle = async () => {
    const started = performance.now();
    for (;;) {
      await nextTurn();
      if (atRest()) {
        await alsoSettled?.();
        await nextTurn();
        if (atRest()) return;
      }
      if (performance.now() - started > settleLimitMs)
        throw new Error(
          `virtual time stands still: ${inFlight.size} requests have not been answered in 30 s of real time`,
        );
    }
  };
  const runTo = async (limit: number) => {
    await settle();
    for (let due = timers.nextDue(); due <= limit; due = timers.nextDue()) {
      now = due;
      timers.take()?.();
      await settle();
    }
  };
  return {
    now: () => now,
    after,
    settle,
    track(work) {
      const held: Promise<unknown> = work.then(
        () => rest(held),
        () => rest(held),
      );
      inFlight.add(held);
      return work;
    },
    async advance(ms) {
      const target = now + ms;
      await runTo(target);
      now = target;
    },
    async runUntilIdle(limitMs = dayMs) {
      const from = now;
      await runTo(from + limitMs);
      return now - from;
    },
    sleep(ms) {
      const wake = asleep();
      return new Promise((resolve) => {
        after(ms, () => {
          wake();
          resolve();
        });
      });
    },
    asleep,
  };
}

/** One turn of the event loop: every promise that can go on has gone on. */
export const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
