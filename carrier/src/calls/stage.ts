/** What a verb has to work with while it is performed, and what it leads to. Every verb's performance is a function of a stage. */
import type { AlertLog } from "../alerts.ts";
import type { Clock } from "../clock/clock.ts";
import type { Conferences } from "../conferences/conference.ts";
import type { Random } from "../ids.ts";
import type { Library } from "../media/library.ts";
import type { Messages } from "../messaging/messages.ts";
import type { Queues } from "../queues/queue.ts";
import type { CallTasks } from "../taskrouter/calls.ts";
import type { Method, Reference } from "../twiml/document.ts";
import type { Inform } from "../webhooks/inform.ts";
import type { Parameters } from "../webhooks/signature.ts";
import type { Sockets } from "../webhooks/web-socket.ts";
import type { Backgrounds } from "./background.ts";
import type { Address, Call } from "./call.ts";
import type { Leg, LegRequest } from "./leg.ts";
import type { Line } from "./line.ts";
import type { CallDocument, Source } from "./load-document.ts";
import type { Recordings } from "./recordings.ts";
import type { Transcriptions } from "./transcriptions.ts";

export interface Stage {
  readonly clock: Clock;
  readonly alerts: AlertLog;
  readonly call: Call;
  readonly line: Line;
  readonly stop: AbortSignal;
  readonly within: Within;
  readonly loopsMedia?: boolean;
  /** Hears that a Dial has joined the caller with somebody. */
  readonly joined?: () => void;
  readonly recordings: Recordings;
  readonly transcriptions: Transcriptions;
  readonly conferences: Conferences;
  readonly queues: Queues;
  readonly tasks: CallTasks;
  readonly backgrounds: Backgrounds;
  readonly sockets: Sockets;
  readonly messages: Messages;
  /** Tells an application something beside the call; nobody waits for its answer. */
  readonly inform: Inform;
  readonly media: Library;
  readonly random: Random;
  /** Fires when the call has ended, whatever document runs. */
  readonly over: AbortSignal;
  /** Picks the call up if nobody has yet: an inbound call is answered by the first verb that needs audio (protocol 3). */
  answer(): void;
  /** Rings another telephone on behalf of this call; null when the carrier is at its limit. */
  ringOut(request: LegRequest): Leg | null;
  /** Whether the account may show this number as its own. */
  owns(phoneNumber: string): boolean;
  /** False where calls fail. */
  reaches(address: string): boolean;
  /** Requests an action that nobody waits for: the call is over, its answer is not performed. */
  askInVain(source: Source): void;
  /** Performs documents on this call beside its own, until they are over or `stop` fires. Never rejects. */
  aside(what: Aside): Promise<Outcome>;
}

/**
 * Where a document is performed; it decides which verbs may stand there. `refer` is a call's own document too, but one that may fail
 * without an end of the call: it was talking to somebody who stays. A whisper is heard by the called person of a Dial alone,
 * before the two are joined; `conference` is what a participant hears while waiting, on hold or of an announcement;
 * `queue` what a queued caller hears, `queue-whisper` what it hears when its turn has come.
 */
export type Within = "call" | "refer" | "whisper" | "conference" | "queue" | "queue-whisper";

export interface Aside {
  readonly within: Within;
  readonly source: Source;
  readonly stop: AbortSignal;
  /** What every request for these documents carries beside the call's parameters. */
  readonly also?: () => Parameters;
  /** Where it is heard; the call's own line if not given. */
  readonly line?: Line;
  /** An answer that is no TwiML but sound is heard over and over. */
  readonly loopsMedia?: boolean;
  readonly joined?: () => void;
}

/** Where documents led; `apologised` when the application failed, `failed` when it did so beside the call. Meaningless once `stop` has fired. */
export type Outcome =
  | { readonly go: "over" }
  | { readonly go: "hang-up" }
  | { readonly go: "leave" }
  | { readonly go: "refuse"; readonly status: "busy" | "no-answer" }
  | { readonly go: "apologised" }
  | { readonly go: "failed"; readonly code: number | null; readonly message: string };

/** What a verb, or a whole document, leads to. */
export type Next =
  | { readonly go: "next-verb" }
  | { readonly go: "document"; readonly source: Source }
  | { readonly go: "hang-up" }
  /** Out of the queue in which this is heard. */
  | { readonly go: "leave" }
  /** The document ran out of verbs: a call is hung up, a whisper joins the two. */
  | { readonly go: "over" }
  /** Refused without an answer. */
  | { readonly go: "refuse"; readonly status: "busy" | "no-answer" }
  | { readonly go: "fail"; readonly code: number; readonly message: string };

export const nextVerb: Next = { go: "next-verb" };

/**
 * The next document: relative URLs resolve against the current one, "" is the current one itself.
 * Inline TwiML has no base: 15004, or what the verb says.
 */
export function goTo(
  document: CallDocument,
  url: string,
  method: Method,
  parameters: Parameters,
  inlineCode = 15004,
): Next {
  if (url === "" && document.next) return { go: "document", source: document.next(parameters) };
  const resolved = resolve(document, url);
  if (resolved !== null)
    return { go: "document", source: { kind: "url", url: resolved, method, parameters } };
  const found = url === "" ? "the current document, which came inline" : url;
  const code = document.origin ? 11100 : inlineCode;
  return { go: "fail", code, message: `expected an absolute URL, found ${found}` };
}

/** Where a callback goes; a URL that is none is reported (11100) and nobody is told. */
export function callbackAddress(
  stage: Stage,
  document: CallDocument,
  reference: Reference | null,
): Address | null {
  if (reference === null) return null;
  const url = resolve(document, reference.url);
  if (url !== null) return { url, method: reference.method };
  const message = `expected the URL of a callback, found ${reference.url}`;
  stage.alerts.add({ level: "warning", code: 11100, message, callSid: stage.call.sid });
  return null;
}

/** Absolute, or null when it cannot be made so. */
export function resolve({ origin }: CallDocument, url: string): string | null {
  const resolved = origin ? URL.parse(url === "" ? origin.url : url, origin.url) : URL.parse(url);
  return resolved?.href ?? null;
}

export function reportUnperformed(stage: Stage, document: CallDocument, what: string): void {
  const message = `${what} is not performed by this carrier: skipped`;
  const url = document.origin?.url;
  stage.alerts.add({ level: "warning", code: null, message, callSid: stage.call.sid, url });
}
