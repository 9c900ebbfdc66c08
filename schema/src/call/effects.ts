/**
 * The closed list of what a step can ask of the runtime. Effects run after the step is stored, never inside it,
 * and come back as `effect-done` or `effect-failed` with the same id.
 */
import type { Value } from "./values.ts";

/** A field of a recorded outcome: the value, or only the name of the variable that holds it when that is PHI. */
export interface OutcomeField {
  readonly name: string;
  readonly value: Value | null;
  readonly sensitivity: "public" | "internal" | "phi";
}

/** What the call found out, for the outcomes table. Idempotent by id. */
export interface RecordOutcomeOrder {
  readonly effect: "record-outcome";
  readonly outcome: string;
  readonly fields: readonly OutcomeField[];
}

/** Make the carrier fetch the reply of `turn` now: an informing event changed what the caller should hear. */
export interface PullCallOrder {
  readonly effect: "pull-call";
  readonly turn: number;
}

export type EffectOrder = RecordOutcomeOrder | PullCallOrder;

/** An order with its id: unique within the call, derived from turn and position; its idempotency key everywhere. */
export type Effect = EffectOrder & { readonly id: string };

/** Deadlines, stored as rows by the runtime; each fires at most once and comes back as a `timer` event. */
export type TimerChange =
  | { readonly timer: "set"; readonly id: string; readonly at: number }
  | { readonly timer: "cancel"; readonly id: string };
