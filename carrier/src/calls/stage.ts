/** What a verb has to work with while it is performed, and what it leads to. Every verb's performance is a function of a stage. */
import type { AlertLog } from "../alerts.ts";
import type { Clock } from "../clock.ts";
import type { Method, Reference } from "../twiml/document.ts";
import type { Parameters } from "../webhooks/signature.ts";
import type { Address, Call } from "./call.ts";
import type { Leg, LegRequest } from "./leg.ts";
import type { Line } from "./line.ts";
import type { CallDocument, Source } from "./load-document.ts";
import type { Recordings } from "./recordings.ts";

export interface Stage {
  readonly clock: Clock;
  readonly alerts: AlertLog;
  readonly call: Call;
  readonly line: Line;
  readonly stop: AbortSignal;
  /** A whisper is heard by the called person of a Dial alone, before the two are joined. */
  readonly within: "call" | "whisper";
  readonly recordings: Recordings;
  /** Picks the call up if nobody has yet: an inbound call is answered by the first verb that needs audio (protocol 3). */
  answer(): void;
  /** Rings another telephone on behalf of this call; null when the carrier is at its limit. */
  ringOut(request: LegRequest): Leg | null;
  /** Whether the account may show this number as its own. */
  owns(phoneNumber: string): boolean;
  /** Requests an action that nobody waits for: the call is over, its answer is not performed. */
  askInVain(source: Source): void;
}

/** What a verb, or a whole document, leads to. */
export type Next =
  | { readonly go: "next-verb" }
  | { readonly go: "document"; readonly source: Source }
  | { readonly go: "hang-up" }
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

function resolve({ origin }: CallDocument, url: string): string | null {
  const resolved = origin ? URL.parse(url === "" ? origin.url : url, origin.url) : URL.parse(url);
  return resolved?.href ?? null;
}

export function reportUnperformed(stage: Stage, document: CallDocument, what: string): void {
  const message = `${what} is not performed by this carrier: skipped`;
  const url = document.origin?.url;
  stage.alerts.add({ level: "warning", code: null, message, callSid: stage.call.sid, url });
}
