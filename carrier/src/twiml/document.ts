/** What a TwiML document says, after reading: the words the performer understands. */
import type { Invitation } from "../people/person.ts";
import type { MachineDetection } from "./machine-detection.ts";
import type { Element } from "./xml.ts";

export type Method = "GET" | "POST";

/** What applications can be told about a call (protocol 4). */
export const progressEvents = ["initiated", "ringing", "answered", "completed"] as const;
export type ProgressEvent = (typeof progressEvents)[number];

/** Where to send a request, the URL as written: relative ones resolve against the document. */
export interface Reference {
  readonly url: string;
  readonly method: Method;
}

export interface SayVerb {
  readonly kind: "say";
  /** Words a person hears; SSML tags removed. */
  readonly text: string;
  readonly voice: string;
  readonly language: string;
  /** 1 to 1000. */
  readonly loop: number;
  /** Estimated length of one repetition, ms. */
  readonly estimatedMs: number;
}
export interface PlayVerb {
  readonly kind: "play";
  /** Media URL as written, or null when keys are played. */
  readonly url: string | null;
  readonly digits: string | null;
  readonly loop: number;
  /** The media themselves, where they were the answer to a request for TwiML. */
  readonly answered?: { readonly contentType: string; readonly body: Uint8Array };
}
export interface PauseVerb {
  readonly kind: "pause";
  readonly seconds: number;
}
export type Prompt = SayVerb | PlayVerb | PauseVerb;

export interface GatherVerb {
  readonly kind: "gather";
  readonly dtmf: boolean;
  readonly speech: boolean;
  /** null means the current document. */
  readonly action: string | null;
  readonly method: Method;
  readonly timeoutSeconds: number;
  /** One key, or "" for none. */
  readonly finishOnKey: string;
  /** null means no limit. */
  readonly numDigits: number | null;
  readonly actionOnEmptyResult: boolean;
  /** Silence that ends speech; `auto` is the first pause. */
  readonly speechTimeoutSeconds: number | "auto";
  readonly maxSpeechSeconds: number;
  readonly language: string;
  readonly bargeIn: boolean;
  /** Where an application reads along while somebody speaks. */
  readonly partialResults: Reference | null;
  readonly prompts: readonly Prompt[];
}
export interface RedirectVerb {
  readonly kind: "redirect";
  /** "" means the current document. */
  readonly url: string;
  readonly method: Method;
}
/** Told to the Dial that called this application: name and value. */
export type Returned = readonly (readonly [name: string, value: string])[];
export interface HangupVerb {
  readonly kind: "hangup";
  readonly returned: Returned;
}
export interface RejectVerb {
  readonly kind: "reject";
  readonly reason: "rejected" | "busy";
  readonly returned: Returned;
}
/** Where an application is told how a recording goes. */
export type RecordingCallback = Reference & {
  readonly events: readonly ("in-progress" | "completed" | "absent")[];
};
export interface RecordVerb {
  readonly kind: "record";
  /** null means the current document. */
  readonly action: string | null;
  readonly method: Method;
  /** Silence that ends it; 0 is never. */
  readonly timeoutSeconds: number;
  /** Each of these keys ends it. */
  readonly finishOnKeys: string;
  readonly maxSeconds: number;
  readonly playBeep: boolean;
  readonly trimsSilence: boolean;
  readonly statusCallback: RecordingCallback | null;
  /** Null when nothing is transcribed; without a callback the text is to be read by REST. */
  readonly transcribe: { readonly callback: Reference | null } | null;
  /** Attributes that were given and are not performed. */
  readonly unperformed: readonly string[];
}
export interface DialVerb {
  readonly kind: "dial";
  /** null means that the next verb runs; "" is the current document. */
  readonly action: string | null;
  readonly method: Method;
  readonly timeoutSeconds: number;
  readonly limitSeconds: number;
  /** null means the caller's own. */
  readonly callerId: string | null;
  readonly hangupOnStar: boolean;
  readonly answerOnBridge: boolean;
  readonly sequential: boolean;
  /** What the two say to one another is recorded, from the first ring or from the answer. */
  readonly record: {
    readonly fromRinging: boolean;
    readonly channels: 1 | 2;
    readonly track: "inbound" | "outbound" | "both";
    readonly trimsSilence: boolean;
    readonly statusCallback: RecordingCallback | null;
  } | null;
  /** At most ten. None, when every one was wrong, or when a conference or a queue is dialled. */
  readonly targets: readonly DialTarget[];
  readonly conference: ConferenceNoun | null;
  readonly queue: QueueNoun | null;
  /** Where a transfer that one of the two asks for (SIP REFER) is put before the application. */
  readonly refer: Reference | null;
  readonly unperformed: readonly string[];
}
/** What applications can be told about a conference (protocol 5). */
export const conferenceEvents = [
  "start",
  "end",
  "join",
  "leave",
  "mute",
  "hold",
  "modify",
  "speaker",
  "announcement",
] as const;
export type ConferenceEvent = (typeof conferenceEvents)[number];
/** What is heard while waiting: a document, or one of these. */
export type Waiting<Where> = Where | "music" | "silence";
/** A room that a Dial enters. */
export interface ConferenceNoun {
  readonly name: string;
  readonly muted: boolean;
  readonly beepOnEnter: boolean;
  readonly beepOnExit: boolean;
  readonly startOnEnter: boolean;
  readonly endOnExit: boolean;
  readonly wait: Waiting<Reference>;
  readonly maxParticipants: number;
  /** null: known by its call alone. */
  readonly label: string | null;
  /** SID of the one call that hears this participant; null means all do. */
  readonly coach: string | null;
  readonly region: string | null;
  readonly record: {
    readonly trimsSilence: boolean;
    readonly statusCallback: RecordingCallback | null;
  } | null;
  readonly statusCallback: (Reference & { readonly events: readonly ConferenceEvent[] }) | null;
  readonly unperformed: readonly string[];
}
/** One telephone that a Dial rings. */
export interface DialTarget {
  /** E.164, `client:…`, `sip:…`, `sim:…`, `whatsapp:…` or `app:…`. */
  readonly address: string;
  /** How an application is asked: as if the caller's own number had been called, and in whose name. */
  readonly application: { readonly copiesTo: boolean; readonly customerId: string | null } | null;
  readonly invitation: Invitation;
  /** Keys pressed when it answers. */
  readonly sendDigits: string | null;
  /** TwiML for the called person before the two are joined. */
  readonly whisper: Reference | null;
  readonly statusCallback: (Reference & { readonly events: readonly ProgressEvent[] }) | null;
  readonly detection: {
    readonly settings: MachineDetection;
    readonly callback: Reference | null;
  } | null;
}
/** A queue whose first caller a Dial takes. */
export interface QueueNoun {
  /** null: a reservation says who. */
  readonly name: string | null;
  /** TwiML for the queued caller before the two are joined. */
  readonly whisper: Reference | null;
  /** TaskRouter's: the caller it is for is taken, whoever is first. */
  readonly reservationSid: string | null;
  readonly postWorkActivitySid: string | null;
}
/** A queued caller that TaskRouter finds somebody for. */
export interface TaskNoun {
  readonly workflowSid: string;
  /** JSON as written; "" without any. */
  readonly attributes: string;
  readonly priority: number | null;
  readonly timeoutSeconds: number | null;
}
export interface EnqueueVerb {
  readonly kind: "enqueue";
  /** null when it was wrong: nobody can be queued. */
  readonly name: string | null;
  /** null means that the next verb runs. */
  readonly action: string | null;
  readonly method: Method;
  readonly wait: Waiting<Reference>;
  /** null means the queue's own. */
  readonly maxSize: number | null;
  /** Then the queue is named for its workflow. */
  readonly task: TaskNoun | null;
}
/** Out of the queue: what follows the Enqueue runs. */
export interface LeaveVerb {
  readonly kind: "leave";
}
/** Which kinds of input interrupt what is being said, or are reported meanwhile. */
export type Interrupting = "any" | "none" | "speech" | "dtmf";
/** A conversation by text: the carrier hears and speaks, the application reads and writes. */
export interface RelayNoun {
  readonly url: string;
  readonly greeting: string | null;
  readonly greetingInterruptible: Interrupting;
  readonly interruptible: Interrupting;
  /** What is reported while something is said that it does not interrupt. */
  readonly reportInput: Interrupting;
  readonly dtmf: boolean;
  readonly preemptible: boolean;
  readonly language: string;
  readonly ttsLanguage: string;
  readonly voice: string;
  readonly recogniser: RelayRecogniser;
  /** Settings of languages it may come to. */
  readonly languages: readonly RelayLanguage[];
  readonly partialPrompts: boolean;
  /** How long the person is silent before its words are told, ms. */
  readonly silenceMs: number;
  /** Of what it is told beside the conversation. */
  readonly events: readonly RelayEvent[];
  readonly parameters: Readonly<Record<string, string>>;
  readonly unperformed: readonly string[];
}
export type RelayEvent = "speaker-events" | "tokens-played";
/** In the words of Twilio's, lower case. */
export interface RelayRecogniser {
  readonly provider: string;
  readonly model: string;
}
export interface RelayLanguage {
  readonly code: string;
  readonly voice: string;
  readonly recogniser: RelayRecogniser;
}
export interface ConnectVerb {
  readonly kind: "connect";
  /** null means that the next verb runs. */
  readonly action: string | null;
  readonly method: Method;
  /** One of the two. */
  readonly relay: RelayNoun | null;
  readonly stream: StreamNoun | null;
}
type Track = "inbound_track" | "outbound_track" | "both_tracks";
export interface StreamNoun {
  readonly url: string;
  /** null: its SID is its name. */
  readonly name: string | null;
  readonly track: Track;
  readonly parameters: Readonly<Record<string, string>>;
  readonly statusCallback: Reference | null;
}
export interface TranscriptionNoun {
  readonly name: string | null;
  readonly track: Track;
  readonly language: string;
  readonly engine: string;
  readonly partialResults: boolean;
  readonly inboundLabel: string | null;
  readonly outboundLabel: string | null;
  readonly statusCallback: Reference | null;
}
/** A recording beside the document. */
export interface RecordingNoun {
  /** null: it is stopped as the last one begun. */
  readonly name: string | null;
  readonly track: "inbound" | "outbound" | "both";
  readonly channels: 1 | 2;
  readonly trimsSilence: boolean;
  readonly statusCallback: RecordingCallback | null;
}
/** A fork of the call's sound to a recording server; no connector is known here. */
export interface SiprecNoun {
  readonly name: string | null;
  readonly connector: string;
  readonly statusCallback: Reference | null;
}
export interface StartVerb {
  readonly kind: "start";
  readonly streams: readonly StreamNoun[];
  readonly transcriptions: readonly TranscriptionNoun[];
  readonly recordings: readonly RecordingNoun[];
  readonly siprecs: readonly SiprecNoun[];
  readonly unperformed: readonly string[];
}
/** By name; null is the last one begun. */
export interface StopVerb {
  readonly kind: "stop";
  readonly streams: readonly (string | null)[];
  readonly transcriptions: readonly (string | null)[];
  readonly recordings: readonly (string | null)[];
  readonly unperformed: readonly string[];
}
/** A text message beside the call (the old verb of voice documents). */
export interface SmsVerb {
  readonly kind: "sms";
  /** null: the other party of the call. */
  readonly to: string | null;
  /** null: the application's side of the call. */
  readonly from: string | null;
  readonly body: string;
  /** null means that the next verb runs. */
  readonly action: string | null;
  readonly method: Method;
  readonly statusCallback: string | null;
}
/** What the caller says comes back. */
export interface EchoVerb {
  readonly kind: "echo";
}
/** The telephone at the other end, a SIP one, is asked to call somebody else. */
export interface ReferVerb {
  readonly kind: "refer";
  /** null when there was none. */
  readonly target: string | null;
  /** null means that the next verb runs. */
  readonly action: string | null;
  readonly method: Method;
}
/** A payment, of which this carrier takes none. */
export interface PayVerb {
  readonly kind: "pay";
  /** null means the current document. */
  readonly action: string | null;
  readonly paymentMethod: string;
  /** What was wrong with it, or null. */
  readonly problem: Warning | null;
}
/** A session of Connect that this carrier does not hold: it fails at once. */
export interface SessionVerb {
  readonly kind: "session";
  /** Its element: Room, VirtualAgent, … */
  readonly noun: string;
  /** null means that the next verb runs. */
  readonly action: string | null;
  readonly method: Method;
}
/** A real verb of Twilio's that this carrier does not perform yet. */
export interface OtherVerb {
  readonly kind: "other";
  readonly element: Element;
}

export type Verb =
  | Prompt
  | GatherVerb
  | RecordVerb
  | DialVerb
  | EnqueueVerb
  | LeaveVerb
  | ConnectVerb
  | StartVerb
  | StopVerb
  | RedirectVerb
  | HangupVerb
  | RejectVerb
  | SmsVerb
  | EchoVerb
  | ReferVerb
  | PayVerb
  | SessionVerb
  | OtherVerb;

export interface Warning {
  readonly code: number;
  readonly message: string;
}

export type Reading =
  | { readonly ok: true; readonly verbs: readonly Verb[]; readonly warnings: readonly Warning[] }
  | { readonly ok: false; readonly code: 12100 | 12101 | 12102; readonly message: string };
