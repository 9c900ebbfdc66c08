/**
 * Time as a port: the only place of the runtime that may look at a clock or wait.
 * Doorway: pass a `Clock` to whatever needs the time; `systemClock` in the process, `virtualClock` in tests.
 */

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Runs `work` once, `ms` from now (at least the next tick); the answer cancels it. `work` must not throw. */
  after(ms: number, work: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, work) {
    const timer = setTimeout(work, Math.min(Math.max(ms, 0), 2 ** 31 - 1));
    return () => clearTimeout(timer);
  },
};

/** Resolves with true when `ms` have passed. */
export function pause(clock: Clock, ms: number): Promise<true> {
  return new Promise((resolve) => clock.after(ms, () => resolve(true)));
}

/** The answer of `work`, or `late()` when it takes longer than `ms`. The work itself goes on unobserved. */
export function within<T>(clock: Clock, ms: number, work: Promise<T>, late: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => resolve(late()));
    work.then(
      (value) => {
        cancel();
        resolve(value);
      },
      (error: unknown) => {
        cancel();
        reject(error);
      },
    );
  });
}

export interface VirtualClock extends Clock {
  /** Moves the time on and runs what is due, in order of its deadline. */
  advance(ms: number): void;
  /** How many waits are open; a test may ask whether something waits already. */
  readonly waiting: number;
}

/** A clock that stands still until told; for tests and simulations. */
export function virtualClock(start = Date.UTC(2026, 0, 5, 15)): VirtualClock {
  let now = start;
  let made = 0;
  const waits = new Map<number, { at: number; work: () => void }>();
  const next = (until: number) =>
    [...waits].filter(([, wait]) => wait.at <= until).sort((a, b) => a[1].at - b[1].at || a[0] - b[0])[0];
  return {
    now: () => now,
    after(ms, work) {
      const id = ++made;
      waits.set(id, { at: now + Math.max(ms, 0), work });
      return () => void waits.delete(id);
    },
    advance(ms) {
      const until = now + ms;
      for (let due = next(until); due; due = next(until)) {
        waits.delete(due[0]);
        now = Math.max(now, due[1].at);
        due[1].work();
      }
      now = until;
    },
    get waiting() {
      return waits.size;
    },
  };
}
