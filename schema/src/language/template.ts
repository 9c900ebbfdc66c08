/**
 * Texts with `{{name}}` or `{{name|filter}}` in them (a name may be `claim.dob`): the only way a flow's words meet
 * a call's values.
 * The grammar is closed: no expressions, no loops, no nesting; what a value contains is never expanded again.
 */
import type { Value } from "../call/values.ts";
import { type Filter, filters, findFilter } from "./filters.ts";
import { plainText, referenceName } from "./reference.ts";

export interface Placeholder {
  readonly name: string;
  readonly filter: Filter | null;
}

export interface Template {
  readonly source: string;
  readonly parts: readonly (string | Placeholder)[];
  /** Names read, without repeats. */
  readonly reads: readonly string[];
}

export interface TemplateProblem {
  /** Offset in the source, in UTF-16 code units. */
  readonly at: number;
  readonly sentence: string;
}

export type ParsedTemplate =
  | { readonly ok: true; readonly template: Template }
  | { readonly ok: false; readonly problem: TemplateProblem };

/** Parse a text. Never throws; linear in the text's length. */
export function parseTemplate(source: string): ParsedTemplate {
  const parts: (string | Placeholder)[] = [];
  let from = 0;
  for (;;) {
    const open = source.indexOf("{{", from);
    if (open < 0) break;
    const close = source.indexOf("}}", open + 2);
    if (close < 0) return fault(open, "This {{ has no closing }}.");
    if (open > from) parts.push(source.slice(from, open));
    const [rawName = "", rawFilter, ...more] = source
      .slice(open + 2, close)
      .split("|")
      .map((s) => s.trim());
    if (!referenceName.test(rawName)) {
      return fault(open, `Expected a variable's name between {{ and }}, found "${rawName.slice(0, 40)}".`);
    }
    if (more.length > 0) return fault(open, `{{${rawName}}} may have one filter, found ${more.length + 1}.`);
    const filter = rawFilter === undefined ? null : findFilter(rawFilter);
    if (filter === undefined) {
      const known = filters.map((f) => f.name).join(", ");
      return fault(open, `There is no filter "${(rawFilter ?? "").slice(0, 40)}"; the filters are ${known}.`);
    }
    parts.push({ name: rawName, filter });
    from = close + 2;
  }
  if (from < source.length) parts.push(source.slice(from));
  const reads = [...new Set(parts.flatMap((part) => (typeof part === "string" ? [] : [part.name])))];
  return { ok: true, template: { source, parts, reads } };
}

function fault(at: number, sentence: string): ParsedTemplate {
  return { ok: false, problem: { at, sentence } };
}

/**
 * Fill a template in. A value not known yet becomes nothing, and the spaces around it one. A value without a filter
 * is written by `plain`; filters speak `language`.
 */
export function renderTemplate(
  template: Template,
  read: (reference: string) => Value | undefined,
  plain: (value: Value, reference: string) => string = plainText,
  language = "en-US",
): string {
  if (template.reads.length === 0) return template.source;
  let text = "";
  for (const part of template.parts) {
    if (typeof part === "string") {
      text += text === "" || text.endsWith(" ") ? part.replace(/^ +/, "") : part;
      continue;
    }
    const value = read(part.name);
    if (value !== undefined)
      text += part.filter ? part.filter.apply(value, language) : plain(value, part.name);
  }
  return text.trim();
}
