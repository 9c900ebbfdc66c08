/**
 * What a call can know: typed values, how sensitive each is, and where it came from.
 * The origin is the evidence later shown beside a claim's field, so it is kept with the value for ever.
 */

/** `money` is a whole number of cents; `date` is `YYYY-MM-DD`; `digits` keeps leading zeros, so it is text. */
export const variableTypes = ["text", "digits", "number", "money", "date"] as const;
export type VariableType = (typeof variableTypes)[number];

/** `phi` never stands in a URL, a log line, a metric or a trace; see ARCHITECTURE.md. */
export const sensitivities = ["public", "internal", "phi"] as const;
export type Sensitivity = (typeof sensitivities)[number];

/** One value of a call: text-like types are strings, `number` and `money` are numbers. */
export type Value = string | number;

/** Where a value came from: which source, at which node, on which turn, by which event of the call. */
export interface Origin {
  /** `start`: known when the call began; `input`: keyed or spoken by the caller; `computed`: set by the flow. */
  readonly source: "start" | "input" | "computed";
  readonly node: string;
  readonly turn: number;
  /** The event's number in the call, from 1. */
  readonly event: number;
}

export interface HeldValue {
  readonly value: Value;
  readonly type: VariableType;
  readonly sensitivity: Sensitivity;
  readonly origin: Origin;
}

/** A plain JSON value: what may be stored in a session. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
