/**
 * The life of effects and timers after a turn is stored: performed in this process at once, taken over from a dead
 * process by the sweep, answered to the call as an event with the effect's id. A timer is a row with a deadline; it
 * fires at most once, because firing it is a write of its call that takes the row away.
 *
 * Nothing here is a job queue, on purpose: effects are rows with a lease and timers rows with a deadline, both swept
 * every few seconds; a queue would add tables and a poller for users that do not exist yet (outbound dialling will be
 * the first).
 *
 * Doorway: `createEffects` for calls/; `start` once at boot, `stop` once at the end. Failures are logged and tried again.
 */
import type { Effect, InformingEvent } from "@trunkline/schema/call";
import { isAway } from "../db/database.ts";
import {
  type CallAddress,
  claimEffects,
  closeEffect,
  type DueTimer,
  dueTimers,
  nextDeadline,
} from "../db/effects.ts";
import type { Log } from "../ports/log.ts";
import { EffectError } from "./effect-error.ts";
import { CarrierError, type Performed, type PerformParts, performEffect } from "./perform-effect.ts";

export type EffectAnswer =
  | {
      readonly type: "effect-done";
      readonly id: string;
      readonly result: Extract<InformingEvent, { type: "effect-done" }>["result"];
    }
  | { readonly type: "effect-failed"; readonly id: string; readonly error: string };

export interface EffectParts extends PerformParts {
  readonly log: Log;
  /** Names this process. */
  readonly owner: string;
  /** True when no other process can have this database open: what others left behind is taken over at once. */
  readonly soleOwner: boolean;
  readonly answer: (callId: string, answer: EffectAnswer) => Promise<void>;
  readonly fire: (timer: DueTimer) => Promise<void>;
}

export interface Effects {
  /** Begins to perform what a stored turn ordered; the answers come back through `answer`. */
  perform(call: CallAddress, effects: readonly Effect[]): void;
  /** A deadline was stored: look again then, at the latest. */
  expect(at: number): void;
  /** Takes over what is pending, fires what is due. */
  sweep(): Promise<void>;
  start(): Promise<void>;
  /** Stops sweeping and waits for what is being performed. */
  stop(): Promise<void>;
  /** Resolves when nothing is being performed or swept. */
  idle(): Promise<void>;
}

const sweepEveryMs = 3000;
const leaseMs = 5000;
/** After this many tries the visit is told that the effect failed. */
const mostAttempts = 3;
const batch = 50;

export function createEffects(parts: EffectParts): Effects {
  const { clock, database, log, owner, soleOwner } = parts;
  const busy = new Map<string, Promise<void>>();
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = true;
  let wake = { at: Number.POSITIVE_INFINITY, cancel: () => {} };

  const begin = (call: CallAddress, effect: Effect, attempts: number) => {
    const key = `${call.callId}/${effect.id}`;
    if (busy.has(key)) return;
    const work = performOnce(call, effect, attempts)
      .catch((error: unknown) => {
        // Away or unstorable just now: the row is still pending, the sweep tries again.
        log.warn(
          "An effect could not be finished; it will be tried again.",
          { effect: effect.effect },
          error,
        );
      })
      .finally(() => busy.delete(key));
    busy.set(key, work);
  };

  const performOnce = async (call: CallAddress, effect: Effect, attempts: number) => {
    let performed: Performed;
    try {
      performed = await performEffect(parts, call, effect, effect.id, attempts);
    } catch (error) {
      // The world's refusal is an outcome: the flow goes on by it, and the trace keeps the sentence.
      if (error instanceof EffectError) {
        return parts.answer(call.callId, { type: "effect-failed", id: effect.id, error: error.message });
      }
      const away = isAway(error) && !(error instanceof CarrierError);
      if (away || attempts < mostAttempts) throw error;
      log.warn("An effect failed for good.", { effect: effect.effect, attempts }, error);
      if (effect.effect === "pull-call") return closeEffect(database, call.callId, effect.id);
      const sentence = `${effect.effect} failed ${attempts} times`;
      return parts.answer(call.callId, { type: "effect-failed", id: effect.id, error: sentence });
    }
    if (performed === "nobody") return closeEffect(database, call.callId, effect.id);
    return parts.answer(call.callId, { type: "effect-done", id: effect.id, result: performed.answer });
  };

  const takeOver = async () => {
    const now = clock.now();
    const claim = { owner, now, leaseUntil: now + leaseMs, soleOwner, limit: batch };
    for (const { effect, attempts, ...call } of await claimEffects(database, claim))
      begin(call, effect, attempts);
  };

  /** The moment up to which every timer that could be fired was. */
  const fireDue = async (): Promise<number> => {
    for (;;) {
      const now = clock.now();
      const due = await dueTimers(database, now, batch);
      if (due.length === 0) return now;
      const results = await Promise.allSettled(due.map(parts.fire));
      const failed = results.filter((one) => one.status === "rejected");
      for (const one of failed)
        log.warn("A timer could not be fired; it will be tried again.", {}, one.reason);
      if (failed.length === due.length) return now;
    }
  };

  const schedule = (at: number) => {
    if (stopped || at >= wake.at) return;
    wake.cancel();
    wake = { at, cancel: clock.after(at - clock.now(), () => void sweep()) };
  };

  const sweepOnce = async () => {
    wake.cancel();
    wake = { at: Number.POSITIVE_INFINITY, cancel: () => {} };
    let next = clock.now() + sweepEveryMs;
    try {
      await takeOver();
      // A deadline up to then could not be met: it waits for the next sweep.
      next = Math.min(next, (await nextDeadline(database, await fireDue())) ?? next);
    } catch (error) {
      log.warn("The sweep for timers and effects failed; it will be tried again.", {}, error);
    }
    schedule(Math.max(next, clock.now() + 10));
  };

  const sweep = (): Promise<void> => {
    if (running) again = true;
    running ??= (async () => {
      do {
        again = false;
        await sweepOnce();
      } while (again);
      running = null;
    })();
    return running;
  };

  const idle = async () => {
    while (running || busy.size > 0) await Promise.all([running, ...busy.values()]);
  };

  return {
    perform(call, effects) {
      for (const effect of effects) begin(call, effect, 1);
    },
    expect: schedule,
    sweep,
    start() {
      stopped = false;
      return sweep();
    },
    async stop() {
      stopped = true;
      wake.cancel();
      await idle();
    },
    idle,
  };
}
