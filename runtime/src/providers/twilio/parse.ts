/**
 * Twilio's form fields as our words. Anchored shapes for everything required: a request whose parameters were re-split
 * under a valid signature does not fit them (reliability 0.2). A misfit is refused with 403, never guessed at.
 */
import type { DialStatus, EndReason, Verdict } from "@trunkline/schema/call";
import { z } from "zod";
import type { Fields, Parsed, StatusReport, VerdictReport, VoiceRequest } from "../provider.ts";

const party = z
  .string()
  // A number, a SIP or client address, or the word for a withheld one.
  .regex(/^(\+[1-9]\d{1,14}|\d{1,15}|(client|sips?):[^\s]{1,250}|[A-Za-z][A-Za-z ]{0,39})$/);

const statuses = {
  queued: 0,
  initiated: 1,
  ringing: 2,
  "in-progress": 3,
  completed: 4,
  busy: 4,
  "no-answer": 4,
  failed: 4,
  canceled: 4,
} as const;
type Status = keyof typeof statuses;

const callSid = z.string().regex(/^CA[0-9a-f]{32}$/);
const seconds = z.string().regex(/^\d{1,9}$/);
const answeredBy = z.string().regex(/^[a-z_]{1,40}$/);

const shared = {
  CallSid: callSid,
  CallStatus: z.enum(Object.keys(statuses) as [Status, ...Status[]]), // its own keys
  From: party,
  To: party,
  Direction: z.enum(["inbound", "outbound-api", "outbound-dial"]),
  ApiVersion: z.literal("2010-04-01"),
};

const voice = z.object({
  ...shared,
  // A recording that ended by hanging up brings a word instead of keys.
  Digits: z
    .string()
    .regex(/^([0-9*#A-D]{0,64}|hangup)$/)
    .optional(),
  SpeechResult: z.string().max(4000).optional(),
  Confidence: z.string().max(30).optional(),
  ErrorCode: z
    .string()
    .regex(/^\d{5}$/)
    .optional(),
  ErrorUrl: z.string().max(2000).optional(),
  RecordingUrl: z
    .string()
    .max(2000)
    .regex(/^https?:\/\/[^\s]+$/)
    .optional(),
  RecordingDuration: seconds.optional(),
  DialCallStatus: z.enum(["completed", "answered", "busy", "no-answer", "failed", "canceled"]).optional(),
  DialCallDuration: seconds.optional(),
  AnsweredBy: answeredBy.optional(),
});

/** Twilio, "Answering Machine Detection": this callback names the account and the leg, and nobody's number. */
const verdict = z.object({
  CallSid: callSid,
  AnsweredBy: answeredBy,
  MachineDetectionDuration: seconds.optional(),
});

const status = z.object({
  ...shared,
  SequenceNumber: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
  CallbackSource: z
    .string()
    .regex(/^[a-z-]{1,40}$/)
    .optional(),
  CallDuration: seconds.optional(),
});

/** The parsers take the account the request must name: ours. */
export interface ParseOptions {
  readonly accountSid: string;
  readonly publicBaseUrl: string;
}

export function parseVoice(fields: Fields, options: ParseOptions): Parsed<VoiceRequest> {
  const read = voice.safeParse(Object.fromEntries(fields));
  if (!read.success || fields.get("AccountSid") !== options.accountSid) return { ok: false, status: 403 };
  const found = read.data;
  return {
    ok: true,
    value: {
      callId: found.CallSid,
      from: found.From,
      to: found.To,
      direction: found.Direction === "inbound" ? "inbound" : "outbound",
      input: inputOf(found.Digits, found.SpeechResult, found.Confidence),
      recording: recordingOf(found.RecordingUrl, found.RecordingDuration),
      // Twilio, <Record> and <Dial>: the action is asked for after a hang-up too; its answer has nobody to talk to.
      hungUp: found.Digits === hungUp || statuses[found.CallStatus] === statuses.completed,
      dialled: dialledOf(found.DialCallStatus, found.DialCallDuration),
      answered: found.AnsweredBy === undefined ? null : verdictOf(found.AnsweredBy),
      failure:
        found.ErrorCode === undefined
          ? null
          : {
              target: targetOf(found.ErrorUrl, options.publicBaseUrl),
              // 11750 and 12xxx: our document was read and could not be used; the same bytes would fail again.
              document: found.ErrorCode === "11750" || found.ErrorCode.startsWith("12"),
            },
    },
  };
}

export function parseStatus(fields: Fields, options: ParseOptions): Parsed<StatusReport> {
  const read = status.safeParse(Object.fromEntries(fields));
  if (!read.success || fields.get("AccountSid") !== options.accountSid) return { ok: false, status: 403 };
  const found = read.data;
  const { CallSid, CallStatus, CallbackSource = "number", SequenceNumber = "none" } = found;
  const rank = statuses[CallStatus];
  return {
    ok: true,
    value: {
      callId: CallSid,
      key: `status/${CallbackSource}/${SequenceNumber}/${CallStatus}`,
      rank,
      status: CallStatus,
      ended:
        rank < 4
          ? null
          : {
              reason: CallStatus as EndReason, // rank 4 holds exactly the ends
              seconds: found.CallDuration === undefined ? null : Number(found.CallDuration),
            },
    },
  };
}

export function parseVerdict(fields: Fields, options: ParseOptions): Parsed<VerdictReport> {
  const read = verdict.safeParse(Object.fromEntries(fields));
  if (!read.success || fields.get("AccountSid") !== options.accountSid) return { ok: false, status: 403 };
  return { ok: true, value: { callId: read.data.CallSid, verdict: verdictOf(read.data.AnsweredBy) } };
}

/** A word that a later version of the detection may use says as much as none. */
function verdictOf(word: string): Verdict {
  return Object.hasOwn(verdicts, word) ? verdicts[word]! : { by: "unknown" };
}

const verdicts: { readonly [word: string]: Verdict } = {
  human: { by: "human" },
  machine_start: { by: "machine", greeting: "begun" },
  machine_end_beep: { by: "machine", greeting: "beep" },
  machine_end_silence: { by: "machine", greeting: "silence" },
  machine_end_other: { by: "machine", greeting: "other" },
  fax: { by: "fax" },
  unknown: { by: "unknown" },
};

/** What Twilio's <Record> sends as Digits when the far end hung up. */
const hungUp = "hangup";

/** A recording of no length is none: nothing was heard. */
function recordingOf(address?: string, duration?: string): VoiceRequest["recording"] {
  const length = Number(duration ?? 0);
  return address === undefined || length === 0 ? null : { address, seconds: length };
}

function dialledOf(status?: DialStatus | "answered", duration?: string): VoiceRequest["dialled"] {
  if (status === undefined) return null;
  const reached = status === "answered" || status === "completed";
  return {
    status: reached ? "completed" : status,
    // A party that was never joined has a length of 0, or none.
    seconds: reached && duration !== undefined ? Number(duration) : null,
  };
}

function inputOf(digits?: string, speech?: string, confidence?: string): VoiceRequest["input"] {
  if (speech !== undefined && speech.trim() !== "") {
    const score = Number(confidence);
    const known = confidence !== undefined && confidence !== "" && score >= 0 && score <= 1;
    return { speech: { text: speech, confidence: known ? score : null } };
  }
  return digits && digits !== hungUp ? { digits } : null;
}

/** The path and query of an address of ours; null for any other. */
function targetOf(url: string | undefined, base: string): string | null {
  return url?.startsWith(`${base}/`) ? url.slice(base.length) : null;
}
