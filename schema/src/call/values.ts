/**
 * What a call can know: typed values, how sensitive each is, and where it came from.
 * The origin is the evidence later shown beside a claim's field, so it is kept with the value for ever.
 */

/**
 * `money` is a whole number of cents; `date` is `YYYY-MM-DD`, `time` is `HH:MM` of 24 hours; `phone` is E.164;
 * `digits` keeps leading zeros, so it is text; `choice` is one of the variable's own words; `list` holds texts in
 * order; `claim` is a record of the fields in language/claim.ts.
 */
export const variableTypes = [
  "text",
  "digits",
  "number",
  "money",
  "date",
  "time",
  "phone",
  "choice",
  "list",
  "claim",
] as const;
export type VariableType = (typeof variableTypes)[number];

/** `phi` never stands in a URL, a log line, a metric or a trace; see ARCHITECTURE.md. */
export const sensitivities = ["public", "internal", "phi"] as const;
export type Sensitivity = (typeof sensitivities)[number];

/** A claim's known fields; `money` fields are numbers of cents, all others texts. */
export type ClaimRecord = { readonly [field: string]: string | number };

/** One value of a call: text-like types are strings, `number` and `money` are numbers. */
export type Value = string | number | readonly string[] | ClaimRecord;

/** What can be written into a sentence: every value but a whole claim, whose fields are named one by one. */
export type PlainValue = string | number | readonly string[];

/**
 * Where a variable's value is to come from: given when the flow begins (by a worklist or the calling flow), collected
 * from the other side, or computed by the flow.
 */
export const variableOrigins = ["input", "collected", "computed"] as const;
export type VariableOrigin = (typeof variableOrigins)[number];

/** `flow`: seen by this flow only. `call`: shared with every flow of the call that declares the same name so. */
export const scopes = ["flow", "call"] as const;
export type Scope = (typeof scopes)[number];

/** Where a value came from: which source, at which node, on which turn, by which event of the call. */
export interface Origin {
  /**
   * `start`: known when the flow began; `collected`: keyed or spoken by the other side (sessions of version 0.1 say
   * `input` for it); `computed`: set by the flow.
   */
  readonly source: "start" | "collected" | "computed" | "input";
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
