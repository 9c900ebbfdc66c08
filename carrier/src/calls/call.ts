/** One call as the telephone company keeps it (protocol 4), and the parameters every webhook about it carries (protocol 3). */
import { makeSid, type Random } from "../ids.ts";
import type { Method, ProgressEvent, Returned } from "../twiml/document.ts";
import type { Parameters } from "../webhooks/signature.ts";
import { type Listed, placeParameters } from "./geography.ts";

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
/** Who a detection takes the far end for (protocol 7). */
export type AnsweredBy =
  | "human"
  | "machine_start"
  | "machine_end_beep"
  | "machine_end_silence"
  | "machine_end_other"
  | "fax"
  | "unknown";
export interface Verdict {
  readonly answeredBy: AnsweredBy;
  /** Between the answer and the verdict, ms. */
  readonly durationMs: number;
}

/** What a call's signature says of its caller id (Twilio, SHAKEN/STIR: StirVerstat). */
export const verstats = [
  "TN-Validation-Passed-A",
  "TN-Validation-Passed-B",
  "TN-Validation-Passed-C",
  "TN-Validation-Failed-A",
  "TN-Validation-Failed-B",
  "TN-Validation-Failed-C",
  "TN-Validation-Failed",
  "No-TN-Validation",
] as const;

export interface Address {
  readonly url: string;
  readonly method: Method;
}

export interface Call {
  readonly sid: string;
  readonly accountSid: string;
  readonly from: string;
  readonly to: string;
  readonly direction: "inbound" | "outbound-api" | "outbound-dial";
  /** The call whose Dial began this one. */
  readonly parentCallSid: string | null;
  readonly phoneNumberSid: string | null;
  /** Where both parties are, as every request tells. */
  readonly places: Parameters;
  /** Of an inbound call: the caller's name where it was looked up, the number it was forwarded from, and how far its caller id can be trusted. */
  readonly callerName: string | null;
  readonly forwardedFrom: string | null;
  readonly stirVerstat: (typeof verstats)[number] | null;
  /** Milliseconds since the epoch, like all times here. */
  readonly createdAt: number;
  updatedAt: number;
  answeredAt: number | null;
  endedAt: number | null;
  status: CallStatus;
  /** Every status it has had, for answers that lag behind. */
  readonly history: { readonly at: number; readonly status: CallStatus }[];
  /** Time spent queued, ms. */
  queueMs: number;
  statusCallback: (Address & { readonly events: ReadonlySet<ProgressEvent> }) | null;
  fallback: Address | null;
  /** Lets the application call on with the caller's number (CallToken); inbound calls alone have one. */
  readonly token: string | null;
  /** What machine detection found; null until it has. */
  verdict: Verdict | null;
  /** The call's own recording (`Record=true`), once it is over: told with the end. */
  recording: { readonly sid: string; readonly url: string; readonly seconds: number } | null;
  /** Why the far end did not pick up, if it said so; otherwise the status tells. */
  sipCode: string | null;
  /** The call that a dialled application got of this one, and what that one gave back when it hung up. */
  onwards: Call | null;
  returned: Returned;
  /** The next callback's SequenceNumber. */
  sequence: number;
}

export type CallRequest = Pick<
  Call,
  | "accountSid"
  | "from"
  | "to"
  | "direction"
  | "parentCallSid"
  | "phoneNumberSid"
  | "statusCallback"
  | "fallback"
> &
  Partial<Pick<Call, "callerName" | "forwardedFrom" | "stirVerstat">>;

export function createCall(request: CallRequest, now: number, random: Random, listed?: Listed): Call {
  // Only calls placed by REST are ever queued.
  const status = request.direction === "outbound-api" ? "queued" : "ringing";
  return {
    ...request,
    callerName: request.callerName ?? null,
    forwardedFrom: request.forwardedFrom ?? null,
    stirVerstat: request.stirVerstat ?? null,
    places: placeParameters(request.from, request.to, listed),
    sid: makeSid("CA", random),
    createdAt: now,
    updatedAt: now,
    answeredAt: null,
    endedAt: null,
    status,
    history: [{ at: now, status }],
    queueMs: 0,
    token: request.direction === "inbound" ? makeSid("", random) : null,
    verdict: null,
    recording: null,
    onwards: null,
    returned: [],
    sipCode: null,
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
    ...given("CallerName", call.callerName),
    ...given("ForwardedFrom", call.forwardedFrom),
    ...given("ParentCallSid", call.parentCallSid),
    ...given("StirVerstat", call.stirVerstat),
    ["To", call.to],
    ...call.places,
  ];
}

const given = (name: string, value: string | null): Parameters => (value === null ? [] : [[name, value]]);

/** What voice requests about an inbound call carry: with it a call by REST may show the caller's number (Twilio, Call, CallToken). */
export const tokenParameters = ({ token }: Call): Parameters =>
  token === null
    ? []
    : [["CallToken", JSON.stringify({ parentCallInfoToken: token, identityHeaderTokens: [] })]];

/** `AnsweredBy` and how long it took, as synchronous voice requests and callbacks carry them; nothing before the verdict. */
export function verdictParameters(verdict: Verdict | null): Parameters {
  if (verdict === null) return [];
  return [
    ["AnsweredBy", verdict.answeredBy],
    ["MachineDetectionDuration", String(verdict.durationMs)],
  ];
}
