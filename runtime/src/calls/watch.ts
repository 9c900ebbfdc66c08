/**
 * Work that comes due: rows with a deadline, looked at then and not before, one look at a time. Also holds what is under
 * way, so that `idle` and `stop` can wait for it.
 */
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";

export interface Watch {
  /** Something comes due then: look at it then, at the latest. */
  expect(at: number): void;
  /** This is under way; it must not reject. */
  hold(work: Promise<void>): void;
  readonly doorway: {
    start(): Promise<void>;
    stop(): Promise<void>;
    idle(): Promise<void>;
  };
}

export interface WatchParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly work: (now: number) => Promise<void>;
  /** The next deadline there is. */
  readonly next: () => Promise<number | null>;
}

/** After a look that failed, and at least once in so long: other processes may have stored deadlines. */
const lookEveryMs = 15_000;
/** Deadlines that are over and cannot be met are not looked at more often than this. */
const soonestMs = 1000;

export function createWatch({ clock, log, work, next }: WatchParts): Watch {
  const held = new Set<Promise<void>>();
  let stopped = true;
  let wake = { at: Number.POSITIVE_INFINITY, cancel: () => {} };

  function hold(running: Promise<void>): void {
    const watched = running.finally(() => held.delete(watched));
    held.add(watched);
  }

  function expect(at: number): void {
    if (stopped || at >= wake.at) return;
    wake.cancel();
    wake = { at, cancel: clock.after(at - clock.now(), () => hold(look())) };
  }

  async function look(): Promise<void> {
    wake = { at: Number.POSITIVE_INFINITY, cancel: () => {} };
    let at = clock.now() + lookEveryMs;
    try {
      await work(clock.now());
      at = Math.min(at, Math.max((await next()) ?? at, clock.now() + soonestMs));
    } catch (error) {
      log.warn("The look at what is due failed; it will be tried again.", {}, error);
    }
    expect(at);
  }

  const idle = async () => {
    while (held.size > 0) await Promise.all(held);
  };

  return {
    expect,
    hold,
    doorway: {
      async start() {
        stopped = false;
        await look();
      },
      async stop() {
        stopped = true;
        wake.cancel();
        await idle();
      },
      idle,
    },
  };
}
