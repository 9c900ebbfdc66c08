/**
 * For tests: Twilio's description of its requests to applications as a judge of ours. Every request must have all parameters that are always
 * sent, none that nobody knows, and values in their documented form.
 */
import { readFileSync } from "node:fs";

interface Parameter {
  readonly always?: true;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly format?: "rfc2822" | "iso8601";
  readonly const?: string;
}
interface Webhook {
  readonly base?: string;
  readonly params: Readonly<Record<string, Parameter>>;
}

// The file beside this one has this shape.
const { webhooks } = JSON.parse(
  readFileSync(new URL("./webhook-parameters.json", import.meta.url), "utf8"),
) as { webhooks: Record<string, Webhook> };

/** By a parameter that only this kind of request has; the first that fits counts. */
const tellTales: readonly (readonly [parameter: string, webhook: string])[] = [
  ["EventType", "taskrouter-event"],
  ["TaskAttributes", "taskrouter-assignment"],
  ["MessageStatus", "message-status"],
  ["StreamEvent", "stream-status"],
  ["StreamSid", "stream-action"],
  ["SiprecEvent", "siprec-status"],
  ["TranscriptionEvent", "transcription-status"],
  ["StatusCallbackEvent", "conference-status"],
  ["RecordingStatus", "recording-status"],
  ["CallbackSource", "call-status"],
  ["TranscriptionStatus", "transcribe-callback"],
  ["UnstableSpeechResult", "gather-partial"],
  ["DialCallStatus", "dial-action"],
  ["QueueResult", "enqueue-action"],
  ["QueuePosition", "queue-wait"],
  ["SessionId", "connect-action"],
  ["SessionStatus", "session-action"],
  ["DequeingCallSid", "dial-queue-url"],
  ["Result", "pay-action"],
  ["VerificationStatus", "caller-id-verification"],
  ["SmsMessageSid", "incoming-message"],
  ["SmsStatus", "sms-action"],
  ["VirtualAgentStatus", "virtual-agent-action"],
  ["ReferCallStatus", "refer-action"],
  ["ReferTransferTarget", "refer-request"],
  ["RecordingUrl", "record-action"],
  ["msg", "gather-action"],
];

/** What a request is: one kind, or several at once (a Gather in the document of a queue's wait). */
function webhooksOf(parameters: Readonly<Record<string, string>>): string[] {
  const told = tellTales.filter(([name]) => name in parameters).map(([, webhook]) => webhook);
  const whole = told.find((name) => !webhooks[name]!.base);
  if (whole !== undefined) return [whole];
  if ("AnsweredBy" in parameters && !("CallStatus" in parameters)) return ["amd-status"];
  if (told.length === 0) return "ConferenceSid" in parameters ? ["conference-document"] : ["voice-request"];
  // A status callback, and a Dial's action, may tell of a recording; a dialled queue's of that.
  const main = ["call-status", "dial-action", "transcribe-callback", "connect-action"].find((name) =>
    told.includes(name),
  );
  return main === undefined ? told : [main];
}

/** Sentences; none for a request without parameters of ours: that one fetches media, or follows a redirect. */
export function judgeRequest(all: Readonly<Record<string, string>>): string[] {
  // What stands in the query of its own URL is the application's; in these tests it begins with a small letter.
  const parameters = Object.fromEntries(
    Object.entries(all).filter(([name]) => /^[A-Z]/.test(name) || name === "msg"),
  );
  if (Object.keys(parameters).length === 0) return [];
  const names = webhooksOf(parameters);
  const title = names.join(" and ");
  const known = Object.assign({}, ...names.map(parametersOf)) as Readonly<Record<string, Parameter>>;
  const missing = Object.entries(known)
    .filter(([parameter, { always }]) => always && !(parameter in parameters))
    .map(([parameter]) => `${title}: ${parameter} is missing`);
  const wrong = Object.entries(parameters).flatMap(([parameter, value]) => {
    // A Dial's parameters for an application, and what that gives back.
    if (/^(Return)?Param_/.test(parameter)) return [];
    if (!Object.hasOwn(known, parameter)) return [`${title}: ${parameter} is not a parameter of it`];
    const problem = problemOf(parameter, known[parameter]!, value);
    return problem === null ? [] : [`${title}: ${parameter}: expected ${problem}, found "${value}"`];
  });
  return [...missing, ...wrong];
}

function parametersOf(name: string): Readonly<Record<string, Parameter>> {
  const { base, params } = webhooks[name]!;
  return base === undefined ? params : { ...parametersOf(base), ...params };
}

const dates = {
  rfc2822: /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} \+0000$/,
  iso8601: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/,
};
/** A telephone, a client, an application, a SIP address, or the word of a caller who shows no number. */
const party = /^(\+[1-9]\d{1,14}|(client|app|sips?|sim|whatsapp):.+|AP[0-9a-f]{32}|[A-Za-z]+|)$/;
const sid = (prefix: string) => new RegExp(`^${prefix}[0-9a-f]{32}$`);
/** Forms by name, where the description has none. */
const forms: readonly (readonly [names: RegExp, form: RegExp])[] = [
  [/^(From|To|Caller|Called|ForwardedFrom)$/, party],
  [/^(CallSid|ParentCallSid|DialCallSid|DequeingCallSid|CallSidEndingConference)$/, sid("CA")],
  [/^AccountSid$/, sid("AC")],
  [/^RecordingSid$/, sid("RE")],
  [/^ConferenceSid$/, sid("CF")],
  [/^QueueSid$/, sid("QU")],
  [/^(MessageSid|SmsSid)$/, sid("(SM|MM)")],
  [/Duration$|^(SequenceNumber|SequenceId|QueueTime|AvgQueueTime|QueuePosition|ErrorCode)$/, /^\d+$/],
  [/^(CurrentQueueSize|MaxQueueSize)$/, /^\d+$/],
  [/^SipResponseCode$/, /^[1-6]\d\d$/],
  [/^(Muted|Hold|Coaching|EndConferenceOnExit|StartConferenceOnEnter|DialBridged|Final)$/, /^(true|false)$/],
  [/^(Confidence|Stability)$/, /^(0(\.\d+)?|1(\.0+)?)$/],
  [/^ApiVersion$/, /^2010-04-01$/],
  [/^(Recording|Transcription|Announce)Url$/, /^https?:\/\/\S+$/],
  [/^(Digits)$/, /^([0-9A-D*#]*|hangup)$/],
  [/^(From|To|Caller|Called)Country$/, /^[A-Z]{2}$/],
];

function problemOf(name: string, { enum: values, pattern, format, const: only }: Parameter, value: string) {
  if (only !== undefined && value !== only) return only;
  if (values && !values.includes(value)) return values.join(" or ");
  if (pattern && !new RegExp(pattern).test(value)) return pattern;
  if (format && !dates[format].test(value)) return `a date of ${format}`;
  const form = forms.find(([names]) => names.test(name))?.[1];
  return form && !form.test(value) ? String(form) : null;
}
