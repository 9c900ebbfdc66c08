/**
 * Verbs as TwiML. Pure; the table in twiml.test.ts is its specification, with Twilio's own builder as the judge.
 * What it makes is always well formed: text is escaped, characters XML forbids are dropped, a `Say` is at most
 * 3000 characters and the document at most 64 kB (more is our mistake and throws).
 */
import type { DialVerb, GatherVerb, Verb, VerbName } from "@trunkline/schema/call";
import type { Links, Rendered } from "../provider.ts";
import { renderSay } from "./say.ts";
import { clean, element, escapeText } from "./xml.ts";

type VerbOf<Name extends VerbName> = Extract<Verb, { verb: Name }>;

/** One entry per verb: a forgotten one does not compile. */
type Renderer = { readonly [Name in VerbName]: (verb: VerbOf<Name>, links: Links) => string };

const largestDocument = 64 * 1024;

const renderers: Renderer = {
  say: renderSay,
  play: ({ url, times }) => element("Play", { loop: times > 1 ? times : undefined }, escapeText(clean(url))),
  pause: (verb) => element("Pause", { length: Math.max(1, Math.round(verb.seconds)) }),
  "send-digits": ({ digits }) => element("Play", { digits: keysOf(digits) }),
  gather: (verb, links) =>
    element(
      "Gather",
      gatherAttributes(verb, links),
      verb.prompts.map((one) => renderVerb(one, links)).join(""),
    ),
  record: (verb, links) =>
    element("Record", {
      action: links.recording,
      method: "POST",
      timeout: verb.silenceSeconds,
      finishOnKey: verb.finishOnKeys,
      maxLength: verb.maxSeconds,
      playBeep: String(verb.beep),
      // Silence is part of the evidence; trimming would also shift what a time in the recording means.
      trim: "do-not-trim",
    }),
  dial: (verb, links) => element("Dial", dialAttributes(verb, links), dialled(verb, links)),
  next: (verb, links) => element("Redirect", { method: "POST" }, escapeText(links[verb.why])),
  "hang-up": () => element("Hangup", {}),
};

export function renderTwiml(verbs: readonly Verb[], links: Links): Rendered {
  const inner = verbs.map((verb) => renderVerb(verb, links)).join("");
  const body = `<?xml version="1.0" encoding="UTF-8"?>${element("Response", {}, inner)}`;
  const size = Buffer.byteLength(body);
  if (size > largestDocument)
    throw new Error(`Expected TwiML of at most ${largestDocument} bytes, made ${size}.`);
  return { contentType: "text/xml; charset=utf-8", body };
}

function renderVerb(verb: Verb, links: Links): string {
  // The entry under a verb's own name takes that verb; the compiler cannot follow the correlation.
  return (renderers[verb.verb] as (verb: Verb, links: Links) => string)(verb, links);
}

/** Other characters would be other tones (A–D), and a number with some left out would be another number. */
function keysOf(digits: string): string {
  if (!/^[0-9*#wW]+$/.test(digits)) throw new Error("Expected keys to press, found something else.");
  return digits;
}

function gatherAttributes(verb: GatherVerb, links: Links) {
  const speech = verb.input.includes("speech");
  return {
    input: verb.input.map((way) => (way === "keys" ? "dtmf" : "speech")).join(" "),
    action: links.input,
    method: "POST",
    timeout: verb.timeoutSeconds,
    speechTimeout: speech ? "auto" : undefined,
    finishOnKey: verb.finishOnKey,
    numDigits: verb.maxDigits,
    bargeIn: speech && !verb.bargeIn ? "false" : undefined,
    hints: speech && verb.hints.length > 0 ? verb.hints.slice(0, 500).map(hint).join(",") : undefined,
    language: speech ? verb.language : undefined,
  };
}

/** A hint may not hold the comma that separates hints, and has 100 characters. */
const hint = (text: string) => text.replaceAll(",", " ").slice(0, 100).trim();

/** Twilio, <Dial>: rings 5 to 600 seconds, joins for at most four hours. */
function dialAttributes({ callerId, ringSeconds, limitSeconds }: DialVerb, links: Links) {
  return {
    action: links.dial,
    method: "POST",
    timeout: Math.min(Math.max(ringSeconds, 5), 600),
    timeLimit: Math.min(Math.max(limitSeconds, 1), 14_400),
    callerId,
  };
}

function dialled({ target, detectMachine }: DialVerb, links: Links): string {
  if (target.to === "client") return element("Client", {}, escapeText(clean(target.client)));
  const listen = detectMachine
    ? {
        machineDetection: "Enable",
        amdStatusCallback: links.legVerdict,
        amdStatusCallbackMethod: "POST",
      }
    : {};
  return target.to === "number"
    ? element("Number", listen, escapeText(clean(target.number)))
    : element("Sip", listen, escapeText(clean(target.address)));
}
