/**
 * What happened to the call, in words no provider owns. `at` (epoch milliseconds, the runtime's clock) is the
 * engine's only source of time.
 *
 * A *controlling* event carries the turn it asks orders for: the phone waits for a reply. An *informing* event
 * only tells; its sender expects nothing.
 */
import type { Json } from "./values.ts";

export interface CallStarted {
  readonly type: "call-started";
  readonly at: number;
  readonly turn: number;
  readonly direction: "inbound" | "outbound";
  /** E.164, or whatever word the carrier gives for a withheld number. */
  readonly from: string;
  readonly to: string;
  /** Source of every chance decision in this call; an unsigned 32-bit number. */
  readonly seed: number;
}

export interface InputEvent {
  readonly type: "input";
  readonly at: number;
  readonly turn: number;
  /** Keys pressed, `0-9 * #`. */
  readonly digits?: string;
  readonly speech?: { readonly text: string; readonly confidence: number | null };
}

/** The phone came back: it heard nothing, finished what it was told, or asks whether a slow effect is over. */
export interface CameBack {
  readonly type: "no-input" | "done" | "poll";
  readonly at: number;
  readonly turn: number;
}

export type EndReason = "completed" | "busy" | "no-answer" | "failed" | "canceled";

export interface CallEnded {
  readonly type: "call-ended";
  readonly at: number;
  readonly reason: EndReason;
  /** Whole seconds of talk, when the carrier says so. */
  readonly seconds: number | null;
}

export interface EffectDone {
  readonly type: "effect-done";
  readonly at: number;
  readonly id: string;
  readonly result: Json;
}

export interface EffectFailed {
  readonly type: "effect-failed";
  readonly at: number;
  readonly id: string;
  /** A sentence for the operator, without PHI. */
  readonly error: string;
}

export interface TimerFired {
  readonly type: "timer";
  readonly at: number;
  readonly id: string;
}

export type ControllingEvent = CallStarted | InputEvent | CameBack;
export type InformingEvent = CallEnded | EffectDone | EffectFailed | TimerFired;
export type CallEvent = ControllingEvent | InformingEvent;

export function isControlling(event: CallEvent): event is ControllingEvent {
  return "turn" in event;
}
