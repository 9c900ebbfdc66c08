/**
 * Fetches the next document of a call: request, content type, TwiML, and the fallback procedure when any of it fails (protocol 2).
 * Everything wrong goes to the alert log. The answer is null when the fallback failed too, or there is none.
 */
import type { AlertLog } from "../alerts.ts";
import { limits } from "../limits.ts";
import type { Method, Verb } from "../twiml/document.ts";
import { readTwiml } from "../twiml/read-twiml.ts";
import { estimatedSpeechMs } from "../twiml/speech.ts";
import type { Answer, Sender } from "../webhooks/send.ts";
import type { Parameters } from "../webhooks/signature.ts";
import { type Address, type Call, callParameters, tokenParameters } from "./call.ts";

/** Where the next document comes from: an application, or the REST request itself. */
export type Source =
  | { readonly kind: "url"; readonly url: string; readonly method: Method; readonly parameters: Parameters }
  | {
      readonly kind: "inline";
      readonly twiml: string;
      /** What the carrier itself does with the input that this leads to; an application's inline TwiML has nothing of the kind. */
      readonly next?: (parameters: Parameters) => Source;
    }
  /** Nothing to fetch: what a REST request asks for without TwiML. */
  | { readonly kind: "verbs"; readonly verbs: readonly Verb[] };

export interface CallDocument {
  /** Base for relative URLs and target of an empty Redirect; null for inline TwiML. */
  readonly origin: { readonly url: string; readonly method: Method } | null;
  readonly verbs: readonly Verb[];
  /** It was no TwiML: media, or text that is read aloud. A call ends when it has been heard. */
  readonly plain: "media" | "text" | null;
  /** Where an empty action leads in the carrier's own inline TwiML. */
  readonly next?: (parameters: Parameters) => Source;
}

export interface Failure {
  readonly code: number;
  readonly message: string;
}

export interface Loaded {
  /** The document to perform, or null. */
  readonly document: CallDocument | null;
  /** What went wrong first, even if the fallback then helped. */
  readonly failure: Failure | null;
}

export interface LoaderParts {
  readonly sender: Sender;
  readonly alerts: AlertLog;
}

export async function loadDocument(
  parts: LoaderParts,
  call: Call,
  source: Source,
  fallback: Address | null,
): Promise<Loaded> {
  if (source.kind === "verbs")
    return { document: { origin: null, verbs: source.verbs, plain: null }, failure: null };
  const first = await attempt(parts, call, source);
  if (!("code" in first)) return { document: first, failure: null };
  if (fallback === null || source.kind === "inline") return { document: null, failure: first };
  const parameters = [
    ...source.parameters,
    ["ErrorCode", String(first.code)],
    ["ErrorUrl", source.url],
  ] as const;
  const second = await attempt(parts, call, { kind: "url", ...fallback, parameters });
  return { document: "code" in second ? null : second, failure: first };
}

type Fetched = Exclude<Source, { kind: "verbs" }>;

async function attempt(parts: LoaderParts, call: Call, source: Fetched): Promise<CallDocument | Failure> {
  const url = source.kind === "url" ? source.url : undefined;
  const complain = (level: "error" | "warning", code: number, message: string) =>
    parts.alerts.add({ level, code, message, callSid: call.sid, url });
  const fail = (failure: Failure): Failure => {
    complain("error", failure.code, failure.message);
    return failure;
  };
  if (source.kind === "inline") {
    const read = interpret(source.twiml, null, fail, complain);
    return "code" in read ? read : { ...read, next: source.next };
  }
  const answer = await parts.sender.send({
    url: source.url,
    method: source.method,
    parameters: [...callParameters(call), ...tokenParameters(call), ...source.parameters],
    callSid: call.sid,
    controlsCall: true,
  });
  if (!answer.ok) return fail(answer);
  // After HTTP redirects the current document is the one they led to.
  return interpretAnswer(answer, { url: answer.url, method: source.method }, fail, complain);
}

type Fail = (failure: Failure) => Failure;
type Complain = (level: "error" | "warning", code: number, message: string) => void;
type Origin = { readonly url: string; readonly method: Method };

function interpretAnswer(
  answer: Extract<Answer, { ok: true }>,
  origin: Origin,
  fail: Fail,
  complain: Complain,
): CallDocument | Failure {
  const { contentType, body, encodingProblem } = answer;
  if (["text/xml", "application/xml", "text/html"].includes(contentType)) {
    if (encodingProblem === null) return interpret(body, origin, fail, complain);
    return fail({ code: 12100, message: `Document parse failure: ${encodingProblem}` });
  }
  if (contentType.startsWith("audio/"))
    return {
      origin,
      verbs: [
        {
          kind: "play",
          url: answer.url,
          digits: null,
          loop: 1,
          answered: answer.media && { contentType, body: answer.media },
        },
      ],
      plain: "media",
    };
  if (contentType === "text/plain") {
    const reading = readTwiml(body);
    if (reading.ok) return interpret(body, origin, fail, complain);
    const text = body.trim();
    const estimatedMs = estimatedSpeechMs(text);
    return {
      origin,
      verbs: [{ kind: "say", text, voice: "man", language: "en-US", loop: 1, estimatedMs }],
      plain: "text",
    };
  }
  return fail({
    code: 12300,
    message: `Invalid Content-Type: expected TwiML, text or audio, found ${contentType || "none"}`,
  });
}

function interpret(
  twiml: string,
  origin: Origin | null,
  fail: Fail,
  complain: Complain,
): CallDocument | Failure {
  const reading = readTwiml(twiml);
  if (!reading.ok) return fail(reading);
  for (const { code, message } of reading.warnings.slice(0, limits.documentWarnings))
    complain("warning", code, message);
  const more = reading.warnings.length - limits.documentWarnings;
  if (more > 0) complain("warning", 12200, `and ${more} more of this document`);
  return { origin, verbs: reading.verbs, plain: null };
}
