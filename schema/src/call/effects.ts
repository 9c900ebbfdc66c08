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

/**
 * Ask a web service. The answer is read by the fields named here and nothing else of it is kept: `effect-done` brings
 * a `RequestResult`. A request that could not be made or was not answered in time is `effect-failed`.
 * Sent at least once, with the effect's id as `Idempotency-Key`.
 */
export interface HttpRequestOrder {
  readonly effect: "http-request";
  readonly method: "GET" | "POST" | "PUT";
  /** https, a host of the installation's allow-list; checked again when connecting. */
  readonly url: string;
  /** Name of a credential the installation holds; its value never enters a flow or a session. */
  readonly credential?: string;
  /** JSON fields of the body; none for GET. */
  readonly body?: { readonly [name: string]: Value | null };
  readonly timeoutSeconds: number;
  /** JSON pointers (RFC 6901) into the answer, by the name they are given back under. */
  readonly pick: { readonly [name: string]: string };
}

/** What `effect-done` of an `http-request` holds. A picked value that is missing or no plain value is null. */
export interface RequestResult {
  readonly status: number;
  readonly picked: { readonly [name: string]: string | number | boolean | null };
}

/**
 * Send a text message. Not idempotent at the carrier: one attempt is made, and what became of it is unknown when the
 * process dies in between (`effect-failed`). `effect-done` brings null.
 */
export interface SendMessageOrder {
  readonly effect: "send-message";
  /** E.164. */
  readonly to: string;
  /** One of the account's numbers; absent means the call's own. */
  readonly from?: string;
  readonly text: string;
}

/** Make the carrier fetch the reply of `turn` now: an informing event changed what the caller should hear. */
export interface PullCallOrder {
  readonly effect: "pull-call";
  readonly turn: number;
}

export type EffectOrder = RecordOutcomeOrder | HttpRequestOrder | SendMessageOrder | PullCallOrder;

/** An order with its id: unique within the call, derived from turn and position; its idempotency key everywhere. */
export type Effect = EffectOrder & { readonly id: string };

/** Deadlines, stored as rows by the runtime; each fires at most once and comes back as a `timer` event. */
export type TimerChange =
  | { readonly timer: "set"; readonly id: string; readonly at: number }
  | { readonly timer: "cancel"; readonly id: string };
