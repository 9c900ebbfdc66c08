/**
 * Letting time pass with a silent phone. The phone is told to pause in slices, so that it is never out of reach for
 * long, and comes back after each; a timer set a little later is for the phone that never comes back.
 */
import type { PauseVerb } from "../../call/index.ts";

/** The longest the phone is told to be silent in one go. */
const sliceSeconds = 10;

/** How much later than the phone's own silence the timer fires. */
const graceSeconds = 5;

/** Whole seconds left until a moment, both in epoch milliseconds; zero or less when it is over. */
export function secondsLeft(at: number, until: number): number {
  return Math.round((until - at) / 1000);
}

/** How long the next slice is when so much is left: at least a second. */
export function sliceOf(leftSeconds: number): number {
  return Math.min(sliceSeconds, Math.max(1, leftSeconds));
}

export function silence(leftSeconds: number): PauseVerb {
  return { verb: "pause", seconds: sliceOf(leftSeconds) };
}

/** When the timer of a wait until this moment is to fire, in epoch milliseconds. */
export function timerAfter(until: number): number {
  return until + graceSeconds * 1000;
}
