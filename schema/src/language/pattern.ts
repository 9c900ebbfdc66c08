/**
 * Regular expressions from a flow's author, matched in time linear in the text by RE2's method: no pattern can hang a
 * call. Letters count without case. Look-around and back-references do not exist in it.
 */
import { RE2JS } from "re2js";

export const longestPattern = 200;
/** Text beyond this is not looked at. */
export const longestMatched = 4000;

/** Compiled patterns kept; the oldest goes first. */
const keptPatterns = 200;
const compiled = new Map<string, RE2JS | string>();

export interface PatternMatch {
  /** Offsets in the text, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** What the groups caught, from the first; null for one that took no part. */
  readonly groups: readonly (string | null)[];
}

/** The compiled pattern, or a sentence why there is none. */
function compile(source: string): RE2JS | string {
  if (source === "") return "Expected a pattern, found nothing.";
  if (source.length > longestPattern) {
    return `Expected a pattern of at most ${longestPattern} characters, found ${source.length}.`;
  }
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const made = attempt(source);
  const oldest = compiled.size >= keptPatterns ? compiled.keys().next().value : undefined;
  if (oldest !== undefined) compiled.delete(oldest);
  compiled.set(source, made);
  return made;
}

function attempt(source: string): RE2JS | string {
  try {
    return RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
  } catch (error) {
    if (/\(\?(<?[=!])/.test(source))
      return "Expected a pattern without look-ahead and look-behind; they can take for ever.";
    if (/\\[1-9k]/.test(source)) return "Expected a pattern without back-references; they can take for ever.";
    const said =
      error instanceof Error ? error.message.replace(/^error parsing regexp: /i, "") : "it cannot be read";
    return `Expected a regular expression, found a fault: ${said.slice(0, 120)}.`;
  }
}

/** A sentence when the pattern cannot be used. */
export function checkPattern(source: string): string | null {
  const made = compile(source);
  return typeof made === "string" ? made : null;
}

/** The first place the pattern fits; with `wholeText` it must fit from end to end. Null also for an unusable pattern. */
export function findPattern(
  source: string,
  text: string,
  options: { readonly wholeText?: boolean } = {},
): PatternMatch | null {
  const pattern = compile(source);
  if (typeof pattern === "string") return null;
  if (options.wholeText && text.length > longestMatched) return null;
  const matcher = pattern.matcher(text.slice(0, longestMatched));
  if (!(options.wholeText ? matcher.matches() : matcher.find())) return null;
  const groups = Array.from({ length: matcher.groupCount() }, (_none, index) => matcher.group(index + 1));
  return { start: matcher.start(), end: matcher.end(), groups };
}
