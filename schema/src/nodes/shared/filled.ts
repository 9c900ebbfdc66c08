/** Templates that become values instead of sentences. */
import type { Value } from "../../call/index.ts";
import { parseTemplate, plainText } from "../../language/index.ts";
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

/** The text with every value percent-encoded, so that a value can never become a part of the address. */
export function filledUrl(visit: Visit<unknown>, source: string): string {
  const parsed = parseTemplate(source);
  if (!parsed.ok) return source;
  return parsed.template.parts
    .map((part) => {
      if (typeof part === "string") return part;
      const value = visit.held(part.name)?.value;
      if (value === undefined) return "";
      const text = part.filter ? part.filter.apply(value, visit.language) : plainText(value);
      return encodeURIComponent(text.toWellFormed());
    })
    .join("");
}

/** Names that templates read, with repeats. */
export function namesRead(...sources: readonly (string | undefined)[]): string[] {
  return sources.flatMap((source) => {
    const parsed = source === undefined ? null : parseTemplate(source);
    return parsed?.ok ? parsed.template.reads : [];
  });
}
