/** A call while it lasts, as the exchange keeps it. Only the exchange changes one; others read it. */
import type { Cancel } from "../clock/clock.ts";
import type { Ending, Invitation } from "../people/person.ts";
import type { Call, FinalStatus } from "./call.ts";
import type { Line } from "./line.ts";

export interface LiveCall {
  readonly call: Call;
  readonly line: Line;
  /** Stops what is being done with the call: a document, a detection before it, a Dial's hold on its leg. */
  run: AbortController;
  /** Fires when the call has ended. */
  readonly over: AbortController;
  readonly timers: Cancel[];
  readonly count: DocumentCount;
  /** False while an outbound call is still queued: its end is then told to nobody (protocol 4). */
  dialled: boolean;
  limitMs: number;
  /** Cancels the end at the limit. */
  limitReached: Cancel;
  /** What happens when the far end picks up; an inbound call is picked up by its document. */
  pickUp: PickUp;
  readonly whenEnded: (() => void)[];
  /** What the telephone is told before it rings. */
  invitation: Invitation | null;
  /** Hears of a transfer the SIP telephone at this end asks for. */
  referred: (target: string) => void;
}

/** How many documents a call has fetched in this minute; more than the limit is a loop. */
export interface DocumentCount {
  /** Start of the minute, ms since the epoch. */
  minute: number;
  documents: number;
}

export interface PickUp {
  /** Before the person knows that it has answered: whoever listens from the first sound begins here. */
  prepare(): void;
  /** Afterwards, unless the person has hung up at once. */
  begin(): void;
}

/** Ends a call, once. */
export type End = (one: LiveCall, status: FinalStatus, by: Ending["by"]) => void;

export function openCall(call: Call, line: Line, limitMs: number): LiveCall {
  return {
    call,
    line,
    limitMs,
    limitReached() {},
    run: new AbortController(),
    over: new AbortController(),
    // Only calls placed by REST wait in the queue.
    dialled: call.direction !== "outbound-api",
    pickUp: { prepare() {}, begin() {} },
    timers: [],
    count: { minute: 0, documents: 0 },
    whenEnded: [],
    invitation: null,
    referred() {},
  };
}
