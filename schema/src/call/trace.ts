/**
 * The trace: one entry per finished visit of a node. The entries of a call are a walk in its flow.
 */

/**
 * What decided a visit. PHI is stored as a reference to the session's value, never as text: `variable` names it.
 */
export interface DecidingValue {
  readonly text?: string;
  readonly variable?: string;
  readonly by?: "keys" | "speech" | "silence" | "rule" | "effect" | "timer" | "verdict" | "chance" | "clock";
  /** 0 to 1, from a recogniser or a score. */
  readonly confidence?: number;
}

/** Ways out that the engine itself adds to every kind: nobody draws them, every trace may hold them. */
export const engineOutcomes = ["caller-hung-up", "limit-reached", "end"] as const;
export type EngineOutcome = (typeof engineOutcomes)[number];

export interface TraceEntry {
  /** From 1, gapless within the call. */
  readonly seq: number;
  /** Path of call-flow nodes that led into this frame, joined by `/`; empty in the main flow. */
  readonly frame: string;
  readonly node: string;
  readonly kind: string;
  /** Which visit of this node in this call, from 1. */
  readonly visit: number;
  readonly enteredAt: number;
  readonly leftAt: number;
  /** The turn during which the visit ended. */
  readonly turn: number;
  /** One of the kind's outcomes, or an engine outcome; `end` is a visit that ended the call, or its
   * own flow, by its own will. */
  readonly outcome: string;
  readonly value: DecidingValue | null;
}
