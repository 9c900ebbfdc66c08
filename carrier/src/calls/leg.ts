/**
 * A child call as the Dial that began it sees it: what it may ask of the telephone it rings.
 * The exchange makes legs and owns their calls; a leg that has ended or was redirected by REST is gone, and asking more of it does nothing.
 */
import type { Invitation } from "../people/person.ts";
import type { DialTarget } from "../twiml/document.ts";
import type { Parameters } from "../webhooks/signature.ts";
import type { Address, Call } from "./call.ts";
import type { Line } from "./line.ts";
import type { End, LiveCall } from "./live-call.ts";
import type { Source } from "./load-document.ts";

/** What a dialled application is told: whom was called, and what else. */
export interface ApplicationCall {
  readonly to: string;
  readonly parameters: Parameters;
}

export interface LegRequest {
  readonly to: string;
  readonly from: string;
  readonly ringSeconds: number;
  readonly invitation: Invitation;
  readonly application: ApplicationCall | null;
  readonly statusCallback: Call["statusCallback"];
  readonly detection: {
    readonly settings: NonNullable<DialTarget["detection"]>["settings"];
    readonly callback: Address | null;
  } | null;
}

export interface Leg {
  readonly call: Call;
  readonly line: Line;
  /** True when it was picked up, false when it ended without. */
  readonly answered: Promise<boolean>;
  /** Fires when the Dial has lost it: it ended, or REST gave it something else to do. */
  readonly gone: AbortSignal;
  /** Performs TwiML on the called person alone. True if the two may be joined, false if the call was refused or has ended. */
  whisper(source: Source): Promise<boolean>;
  /** Hears of a transfer that this telephone asks for, until the answer is called. */
  onRefer(tell: (target: string) => void): () => void;
  hangUp(by: "caller" | "application" | "carrier"): void;
}

/** The leg of a call that is about to be dialled. */
export function makeLeg(
  one: LiveCall,
  parts: {
    /** Begins machine detection, if it was asked for. */
    readonly detect: () => void;
    readonly perform: (source: Source) => Promise<{ readonly go: string }>;
    readonly end: End;
  },
): Leg {
  const { call, line } = one;
  const gone = one.run.signal;
  const answered = Promise.withResolvers<boolean>();
  one.whenEnded.push(() => answered.resolve(false));
  one.pickUp = { prepare: parts.detect, begin: () => answered.resolve(true) };
  return {
    call,
    line,
    answered: answered.promise,
    gone,
    async whisper(source) {
      if (gone.aborted) return false;
      const outcome = await parts.perform(source);
      return outcome.go === "over" && !gone.aborted;
    },
    onRefer(tell) {
      const before = one.referred;
      one.referred = tell;
      return () => {
        if (one.referred === tell) one.referred = before;
      };
    },
    hangUp(by) {
      if (!gone.aborted) parts.end(one, call.answeredAt === null ? "canceled" : "completed", by);
    },
  };
}
