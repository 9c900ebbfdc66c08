/** Templates that become values instead of sentences. */
import type { DecidingValue, Value } from "../../call/index.ts";
import { parseTemplate, plainText, renderTemplate, spoken } from "../../language/index.ts";
import type { Visit } from "../node.ts";

/**
 * The value itself when the text is nothing but one placeholder without a filter (so that lists and claims stay what
 * they are; null when it is not known), else the filled text.
 */
export function filledValue(visit: Visit<unknown>, source: string): Value | null {
  const parsed = parseTemplate(source.trim());
  const [part, ...more] = parsed.ok ? parsed.template.parts : [source];
  if (part === undefined || typeof part === "string" || part.filter !== null || more.length > 0) {
    return visit.text(source);
  }
  return visit.held(part.name)?.value ?? null;
}

/** The text as a person reads it: amounts in dollars, days and times in words, numbers to be dialled as they are. */
export function writtenText(visit: Visit<unknown>, source: string, language: string): string {
  const parsed = parseTemplate(source);
  if (!parsed.ok) return source;
  const written = (value: Value, reference: string) => {
    const type = visit.declared(reference)?.type;
    if (type === "money") return inDollars(Number(value));
    return type === "phone" ? plainText(value) : spoken(value, type, language);
  };
  return renderTemplate(parsed.template, (name) => visit.held(name)?.value, written, language);
}

function inDollars(cents: number): string {
  return `${cents < 0 ? "-" : ""}$${(Math.abs(cents) / 100).toFixed(2)}`;
}

/**
 * The address with every value percent-encoded, so that a value can never become a part of the address: a path is not
 * asked for either where a value is blank or only dots, which would make it another path.
 */
export function filledUrl(
  visit: Visit<unknown>,
  source: string,
): { readonly ok: true; readonly url: string } | { readonly ok: false; readonly sentence: string } {
  const parsed = parseTemplate(source);
  const parts = parsed.ok ? parsed.template.parts : [source];
  const filled = parts.map((part) => {
    if (typeof part === "string") return part;
    const value = visit.held(part.name)?.value;
    if (value === undefined) return "";
    const text = part.filter ? part.filter.apply(value, visit.language) : plainText(value);
    return encodeURIComponent(text.trim().toWellFormed());
  });
  const url = filled.join("");
  // An encoded value holds neither slash nor question mark, so both have the same segments.
  const drawn = segmentsOf(parts.map((part) => (typeof part === "string" ? part : placeholder)).join(""));
  const lost = segmentsOf(url).some(
    (segment, index) => drawn[index]?.includes(placeholder) && /^\.{0,2}$/.test(segment),
  );
  const sentence = "Expected a value for each part of the address, found a blank one or only dots.";
  return lost ? { ok: false, sentence } : { ok: true, url };
}

const placeholder = "{}";

/** The parts of an address's path. */
function segmentsOf(url: string): readonly string[] {
  return (url.split("?")[0] ?? "").split("/");
}

/**
 * What decided, as a trace may hold it: a sentence about values says nothing of PHI, so only the name is told of the
 * first that the sources read.
 */
export function toldOf(
  visit: Visit<unknown>,
  sentence: string,
  ...sources: readonly (string | undefined)[]
): DecidingValue {
  const secret = namesRead(...sources).find((name) => visit.declared(name)?.sensitivity === "phi");
  return secret === undefined ? { text: sentence, by: "rule" } : { variable: secret, by: "rule" };
}

/** Names that templates read, with repeats. */
export function namesRead(...sources: readonly (string | undefined)[]): string[] {
  return sources.flatMap((source) => {
    const parsed = source === undefined ? null : parseTemplate(source);
    return parsed?.ok ? parsed.template.reads : [];
  });
}
