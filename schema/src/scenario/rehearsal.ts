/**
 * What a rehearsal is: a call without a phone, as an immutable value in virtual time. `act` (rehearse.ts) answers with a
 * new one, so keeping the old ones is all it takes to rewind.
 */
import type {
  DialStatus,
  DialVerb,
  GatherVerb,
  HttpRequestOrder,
  InformingEvent,
  RecordOutcomeOrder,
  RecordVerb,
  SendMessageOrder,
  Session,
  TraceEntry,
  Value,
  Verb,
  Verdict,
} from "../call/index.ts";
import type { CompiledFlow, Flows } from "../engine/index.ts";

/** What the far end does: the caller, or whoever was called. */
export type CallerAction =
  | { readonly press: string }
  | { readonly speak: string; readonly confidence?: number }
  | { readonly silence: true }
  | { readonly hangUp: true }
  /** Speaks while being recorded, and ends the recording by silence, one of its keys, or hanging up. */
  | { readonly record: string; readonly end?: "silence" | "key" | "hang-up" }
  /** What becomes of the party the flow has just dialled. */
  | { readonly dialled: DialStatus | "machine" | "fax"; readonly seconds?: number };

export interface TranscriptLine {
  readonly at: number;
  readonly who: "flow" | "caller" | "line";
  readonly text: string;
  readonly node?: string;
}

/** What a web service, a model or another outside party answers to an effect of this node. */
export interface Answer {
  /** The node whose next effect is answered. */
  readonly node: string;
  /** HTTP status of a web service; 200 unless said. */
  readonly status?: number;
  /** What a web service answers. */
  readonly json?: unknown;
  /** It could not be done, and why. */
  readonly fails?: string;
  readonly afterSeconds?: number;
}

export interface Caller {
  readonly direction?: "inbound" | "outbound";
  readonly from?: string;
  readonly to?: string;
  /** When the call begins, epoch milliseconds; a fixed Monday noon (UTC) unless said. */
  readonly at?: number;
  readonly seed?: number;
  readonly inputs?: { readonly [variable: string]: Value };
  /** What the carrier would say of who answered; it is asked only when the start node wants it. */
  readonly answered?: Verdict & { readonly afterSeconds?: number };
  readonly answers?: readonly Answer[];
  /** What becomes of effects that no answer is given for. */
  readonly effects?: "done" | "failed";
}

/** What the phone waits for from the far end. */
export type Listening = GatherVerb | RecordVerb | DialVerb;

export interface Rehearsal {
  readonly compiled: CompiledFlow;
  /** Every flow the call may enter, by hash. */
  readonly flows: Flows;
  /** The virtual clock, epoch milliseconds. */
  readonly at: number;
  readonly session: Session;
  readonly trace: readonly TraceEntry[];
  readonly transcript: readonly TranscriptLine[];
  /** What the phone waits for; null when the call is over. */
  readonly listening: Listening | null;
  readonly outcomes: readonly RecordOutcomeOrder[];
  readonly messages: readonly SendMessageOrder[];
  readonly requests: readonly HttpRequestOrder[];
  readonly over: boolean;
  /** Deadlines not fired yet, by id. */
  readonly timers: { readonly [id: string]: number };
  /** What will be told later, by when. */
  readonly coming: readonly InformingEvent[];
  readonly answers: readonly Answer[];
  readonly effects: "done" | "failed";
  readonly phone: {
    /** Orders not done yet. */
    readonly verbs: readonly Verb[];
    /** Orders for the turns the phone will ask for next, known before it asks. */
    readonly stored: readonly (readonly Verb[])[];
    /** Since when the phone waits for orders; null when it has some. */
    readonly askedAt: number | null;
  };
}
