/** One call as the telephone company keeps it (protocol 4), and the parameters every webhook about it carries (protocol 3). */
import { makeSid, type Random } from "../ids.ts";
import type { Method } from "../twiml/document.ts";
import type { Parameters } from "../webhooks/signature.ts";

/** `initiated` exists only in callbacks, so it is no state. */
export type CallStatus =
  | "queued"
  | "ringing"
  | "in-progress"
  | "completed"
  | "busy"
  | "no-answer"
  | "failed"
  | "canceled";
export type FinalStatus = Exclude<CallStatus, "queued" | "ringing" | "in-progress">;
export type ProgressEvent = "initiated" | "ringing" | "answered" | "completed";

export interface Address {
  readonly url: string;
  readonly method: Method;
}

export interface Call {
  readonly sid: string;
  readonly accountSid: string;
  readonly from: string;
  readonly to: string;
  readonly direction: "inbound" | "outbound-api";
  readonly phoneNumberSid: string | null;
  /** Milliseconds since the epoch, like all times here. */
  readonly createdAt: number;
  updatedAt: number;
  answeredAt: number | null;
  endedAt: number | null;
  status: CallStatus;
  /** Time spent queued, ms. */
  queueMs: number;
  readonly statusCallback: (Address & { readonly events: ReadonlySet<ProgressEvent> }) | null;
  readonly fallback: Address | null;
  /** The next callback's SequenceNumber. */
  sequence: number;
}

export type CallRequest = Pick<
  Call,
  "accountSid" | "from" | "to" | "direction" | "phoneNumberSid" | "statusCallback" | "fallback"
>;

export function createCall(request: CallRequest, now: number, random: Random): Call {
  return {
    ...request,
    sid: makeSid("CA", random),
    createdAt: now,
    updatedAt: now,
    answeredAt: null,
    endedAt: null,
    status: request.direction === "inbound" ? "ringing" : "queued",
    queueMs: 0,
    sequence: 0,
  };
}

export const hasEnded = (call: Call): boolean => call.endedAt !== null;

/** Whole seconds between answer and end (or `now`); 0 for a call that was never answered. */
export function callSeconds(call: Call, now: number): number {
  return call.answeredAt === null ? 0 : Math.round(((call.endedAt ?? now) - call.answeredAt) / 1000);
}

/** The parameters of protocol 3 that every request about a call carries. */
export function callParameters(call: Call, status: CallStatus | "initiated" = call.status): Parameters {
  return [
    ["AccountSid", call.accountSid],
    ["ApiVersion", "2010-04-01"],
    ["CallSid", call.sid],
    ["CallStatus", status],
    ["Called", call.to],
    ["Caller", call.from],
    ["Direction", call.direction],
    ["From", call.from],
    ["To", call.to],
  ];
}
