/**
 * What happened to the call, in words no provider owns. `at` (epoch milliseconds, the runtime's clock) is the
 * engine's only source of time.
 *
 * A *controlling* event carries the turn it asks orders for: the phone waits for a reply. An *informing* event
 * only tells; its sender expects nothing.
 */
import type { Json, Value } from "./values.ts";

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
  /** Values for the flow's input variables; what does not fit its type is not kept. */
  readonly inputs?: { readonly [variable: string]: Value };
  /** Who answered, when the carrier listened before it asked for orders. */
  readonly answered?: Verdict;
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

/** A recording is over. The far end may have hung up to end it: then there is nobody left to give orders to. */
export interface RecordingMade {
  readonly type: "recording-made";
  readonly at: number;
  readonly turn: number;
  /** The provider's address of the recording. */
  readonly recording: string;
  readonly seconds: number;
  readonly hungUp: boolean;
}

export type DialStatus = "completed" | "busy" | "no-answer" | "failed" | "canceled";

/** The party that was dialled is gone, or was never reached. */
export interface DialEnded {
  readonly type: "dial-ended";
  readonly at: number;
  readonly turn: number;
  readonly status: DialStatus;
  /** Seconds the two were joined; null when never. */
  readonly seconds: number | null;
}

/** Who answered, by a machine's judgement. Only advice: about nine in ten are right (reliability 0.7). */
export interface Verdict {
  readonly by: "human" | "machine" | "fax" | "unknown";
  /** How far a machine's greeting was: only begun, or over (a beep, silence, or something else). */
  readonly greeting?: "begun" | "beep" | "silence" | "other";
}

/** The carrier's verdict on who answered, early or late. */
export interface AnsweredBy extends Verdict {
  readonly type: "answered-by";
  readonly at: number;
  /** Whose end was listened to: this call's far end, or the party a `dial` reached. */
  readonly leg: "call" | "dialled";
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

export type ControllingEvent = CallStarted | InputEvent | CameBack | RecordingMade | DialEnded;
export type InformingEvent = CallEnded | AnsweredBy | EffectDone | EffectFailed | TimerFired;
export type CallEvent = ControllingEvent | InformingEvent;

export function isControlling(event: CallEvent): event is ControllingEvent {
  return "turn" in event;
}
