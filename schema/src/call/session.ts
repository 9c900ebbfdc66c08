/**
 * The engine's memory of one call: small, flat, serialisable as JSON without loss, and versioned. A session is the
 * fold of the call's events; nobody but `step` makes one. New fields are optional, so that every stored session of
 * every released version still resumes (testdata/sessions).
 */
import type { EndReason, Verdict } from "./events.ts";
import type { HeldValue, Json } from "./values.ts";

/** What a visit waits for; the first event that fits wins. */
export type Accepts =
  | "input"
  | "no-input"
  | "done"
  | "timer"
  | "effect"
  | "answered-by"
  | "recording"
  | "dial";

export interface Wait {
  readonly accepts: readonly Accepts[];
  /** Effects this visit started and still waits for. */
  readonly effects: readonly string[];
  /** The visit's own timer, if it set one. */
  readonly timer: string | null;
  /** No visit is open: the phone speaks a long text, and this node is entered when it comes back. */
  readonly enter?: string;
}

/** One flow being walked; a sub-flow call pushes another. */
export interface Frame {
  /** Content hash of the published document. */
  readonly flow: string;
  /** Path of call-flow nodes that led here; empty in the main flow. */
  readonly path: string;
  readonly node: string;
  readonly visit: number;
  readonly enteredAt: number;
  /** What the kind noted for its own `resume`. */
  readonly memory: Json;
  readonly values: { readonly [name: string]: HeldValue };
  /** Visits so far, by node; those in flows that were entered from here stand behind the path to them. */
  readonly visits: { readonly [node: string]: number };
  /** In a sub-flow: which of its variables go into which of the calling flow's when it is over. */
  readonly outputs?: { readonly [output: string]: string };
}

export interface Party {
  readonly direction: "inbound" | "outbound";
  readonly from: string;
  readonly to: string;
  /** The caller pressed a key or spoke: no machine's verdict may outweigh that later. */
  readonly humanEvidence: boolean;
  /** The carrier's verdict on who answered, once there is one. */
  readonly answered?: Verdict;
  /** What the far end has established so far: who it is, that it may be recorded. */
  readonly established?: readonly Established[];
}

/** What an answer of the far end can establish for the rest of the call. */
export const establishable = ["identity", "recording-consent"] as const;
export type Established = (typeof establishable)[number];

/**
 * What the phone is doing: `asking` for the orders of this turn, `busy` with the last ones, `polling` (busy, but back
 * by itself within a moment), or `gone`. An informing event pulls a busy phone, and only that.
 */
export type PhoneState = "asking" | "busy" | "polling" | "gone";

export interface CallEnd {
  readonly reason: EndReason;
  /** The flow's own word for how the call went, such as `claims-answered`; or an engine word. */
  readonly disposition: string;
}

export interface Session {
  readonly version: 1;
  readonly frames: readonly Frame[];
  readonly wait: Wait | null;
  /** The turn the carrier will ask for next, or asks for now. */
  readonly turn: number;
  readonly phone: PhoneState;
  readonly party: Party;
  /** Unfinished effects by id. */
  readonly pending: { readonly [id: string]: { readonly effect: string; readonly node: string } };
  readonly counters: { readonly events: number; readonly entries: number; readonly visits: number };
  readonly seed: number;
  readonly startedAt: number;
  /** The line is dead: nothing may be spoken, but the path after a hang-up may still be walked. */
  readonly hungUp: EndReason | null;
  /** The caller hung up during a recording: the path after a hang-up is walked if the flow needs the caller again. */
  readonly pathDue?: boolean;
  readonly disposition: string | null;
  readonly ended: CallEnd | null;
  /** Words the flow put on the call, in the order they came. */
  readonly tags?: readonly string[];
  /** Values of the variables with scope `call`. */
  readonly shared?: { readonly [name: string]: HeldValue };
}
