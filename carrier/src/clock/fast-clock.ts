/**
 * Time that runs at a multiple of the wall's: forty-five minutes on hold in forty-five seconds at ×60.
 *
 * Only waiting is shortened. While an application is being asked (`track`), time runs as on the wall, so an answer that takes 300 ms
 * takes 300 ms of the call, and the 15 s of a webhook are 15 s. While what was begun comes to rest, time stands still, so a slow
 * machine shifts nothing and the order is that of the virtual clock. An application's own timers know nothing of all this.
 * The reading never goes back and never passes a timer that has not fired.
 */
import { type Cancel, type Clock, longestTimeoutMs, nextTurn } from "./clock.ts";
import { createTimers } from "./timers.ts";

export interface FastClock extends Clock {
  /** How many times faster than the wall; 1 is the wall. */
  readonly times: number;
  /** From now on; `times` from 1 to `mostTimes`. */
  setTimes(times: number): void;
}

/** Faster than this a timer of Node's, 1 ms at least, would be a long time; use the virtual clock. */
export const mostTimes = 10_000;

export function fastClock(times: number): FastClock {
  let wanted = checked(times);
  let asked = 0;
  /** Somebody waits for promises to come to rest: nothing else may fire. */
  let settling = false;
  /** Where the reading was when its pace last changed. */
  let anchor = { at: Date.now(), wallAt: performance.now(), pace: wanted };
  let frozenAt: number | null = null;
  let sleep: NodeJS.Timeout | undefined;
  const timers = createTimers();

  const running = () => anchor.at + (performance.now() - anchor.wallAt) * anchor.pace;
  const now = () => frozenAt ?? Math.min(Math.floor(running()), timers.nextDue());
  const pace = () => (asked > 0 ? 1 : wanted);
  /** From now on as fast as is right now. A pace that stays keeps its anchor: what the machine lost is caught up with. */
  const repace = () => {
    if (anchor.pace !== pace()) anchor = { at: now(), wallAt: performance.now(), pace: pace() };
  };
  const wait = () => {
    clearTimeout(sleep);
    if (settling) return;
    const due = timers.nextDue();
    if (due === Number.POSITIVE_INFINITY) return;
    const ms = Math.max(0, (due - running()) / anchor.pace);
    // As the wall's: nobody is kept from exiting by a timer.
    sleep = setTimeout(() => void fire(), Math.min(Math.ceil(ms), longestTimeoutMs)).unref();
  };
  /** Time stands still while everything that was begun comes to rest; then it goes on. */
  const settle = async () => {
    settling = true;
    frozenAt = now();
    await nextTurn();
    await nextTurn();
    settling = false;
    repace();
    frozenAt = null;
  };
  /** Something has begun outside of a timer: the moment it takes is nobody's waiting. */
  const stand = () => {
    if (wanted !== 1 && !settling && frozenAt === null) void settle().then(wait);
  };
  const fire = async () => {
    for (let due = timers.nextDue(); !settling && running() >= due; due = timers.nextDue()) {
      frozenAt = due;
      timers.take()?.();
      await settle();
    }
    wait();
  };
  const changed = () => {
    if (settling) return;
    repace();
    wait();
  };
  return {
    get times() {
      return wanted;
    },
    setTimes(times) {
      wanted = checked(times);
      changed();
    },
    now,
    after(ms, fn): Cancel {
      stand();
      const due = now() + Math.max(0, ms);
      const earliest = due < timers.nextDue();
      const cancel = timers.add(due, fn);
      if (earliest) wait();
      return cancel;
    },
    track(work) {
      stand();
      asked++;
      changed();
      const rested = () => {
        asked--;
        // What follows an answer is begun before time runs fast again.
        if (asked === 0) stand();
      };
      work.then(rested, rested);
      return work;
    },
  };
}

function checked(times: number): number {
  if (times >= 1 && times <= mostTimes) return times;
  throw new Error(`expected a speed from 1 to ${mostTimes}, found ${times}`);
}
