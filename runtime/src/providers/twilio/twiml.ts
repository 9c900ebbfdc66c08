/**
 * Verbs as TwiML. Pure; the table in twiml.test.ts is its specification, with Twilio's own builder as the judge.
 * What it makes is always well formed: text is escaped, characters XML forbids are dropped, a `Say` is at most
 * 3000 characters and the document at most 64 kB (more is our mistake and throws).
 */
import type { GatherVerb, Verb, VerbName } from "@trunkline/schema/call";
import type { Links, Rendered } from "../provider.ts";

type VerbOf<Name extends VerbName> = Extract<Verb, { verb: Name }>;
/** One entry per verb: a forgotten one does not compile. */
type Renderer = { readonly [Name in VerbName]: (verb: VerbOf<Name>, links: Links) => string };

/** Twilio cuts speech at 3000 characters with Polly voices (13521). */
export const longestSay = 3000;
const largestDocument = 64 * 1024;

const renderers: Renderer = {
  say: (verb) =>
    sentences(clean(verb.text))
      .map((text) => element("Say", { voice: verb.voice, language: verb.language }, escapeText(text)))
      .join(""),
  pause: (verb) => element("Pause", { length: Math.max(1, Math.round(verb.seconds)) }),
  gather: (verb, links) =>
    element(
      "Gather",
      gatherAttributes(verb, links),
      verb.prompts.map((one) => renderVerb(one, links)).join(""),
    ),
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
  };
}

/** A hint may not hold the comma that separates hints, and has 100 characters. */
const hint = (text: string) => text.replaceAll(",", " ").slice(0, 100).trim();

type Attributes = Readonly<Record<string, string | number | undefined>>;

function element(name: string, attributes: Attributes, inner = ""): string {
  let written = "";
  for (const key in attributes) {
    const value = attributes[key];
    if (value !== undefined) written += ` ${key}="${escapeAttribute(clean(String(value)))}"`;
  }
  return inner === "" ? `<${name}${written}/>` : `<${name}${written}>${inner}</${name}>`;
}

const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** Without what XML 1.0 forbids: control characters, lone surrogates, U+FFFE and U+FFFF. */
function clean(text: string): string {
  const whole = text.toWellFormed();
  return forbidden.test(whole) ? whole.replace(new RegExp(forbidden, "g"), "") : whole;
}

// Most text has nothing to escape, and looking is cheaper than four replacements.
function escapeText(text: string): string {
  if (!/[&<>\r]/.test(text)) return text;
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("\r", "&#xD;");
}

function escapeAttribute(text: string): string {
  if (!/[&<>\r"\t\n]/.test(text)) return text;
  return escapeText(text).replaceAll('"', "&quot;").replaceAll("\t", "&#x9;").replaceAll("\n", "&#xA;");
}

/** The text in pieces a `Say` can hold, cut after a sentence, else at a space, else anywhere between characters. */
export function sentences(text: string): string[] {
  if (text.length <= longestSay) return text.trim() === "" ? [] : [text];
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > longestSay) {
    const window = rest.slice(0, longestSay);
    const stop = Math.max(window.lastIndexOf(". "), window.lastIndexOf("! "), window.lastIndexOf("? "));
    const space = window.lastIndexOf(" ");
    let cut = stop >= 0 ? stop + 1 : space > 0 ? space : longestSay;
    if (/[\ud800-\udbff]/.test(rest[cut - 1]!)) cut -= 1; // not within a surrogate pair
    pieces.push(rest.slice(0, cut));
    rest = rest.slice(cut).trimStart();
  }
  return [...pieces, rest].filter((piece) => piece.trim() !== "");
}
