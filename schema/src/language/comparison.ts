/**
 * The comparisons a condition may make, and how each compares by the type of the value: amounts and numbers by size,
 * dates and times by order, phone numbers in one form, digits with their leading zeros, words without case.
 */
import type { HeldValue, Value, VariableType } from "../call/values.ts";
import { coerce, isList } from "./coerce.ts";
import { findPattern } from "./pattern.ts";
import { plainText } from "./reference.ts";

export const comparisons = {
  equals: "is",
  "not-equals": "is not",
  contains: "contains",
  "not-contains": "does not contain",
  "starts-with": "starts with",
  "not-starts-with": "does not start with",
  "ends-with": "ends with",
  matches: "matches",
  "not-matches": "does not match",
  "less-than": "is less than",
  "at-most": "is at most",
  "greater-than": "is greater than",
  "at-least": "is at least",
  between: "is between",
  before: "is before",
  after: "is after",
  "one-of": "is one of",
  "not-one-of": "is none of",
  blank: "is blank",
  "not-blank": "is not blank",
} as const;
export type Comparison = keyof typeof comparisons;

/** How many operands a comparison takes; the list of `between` has two. */
export function operandOf(is: Comparison): "none" | "one" | "list" {
  if (is === "blank" || is === "not-blank") return "none";
  return is === "one-of" || is === "not-one-of" || is === "between" ? "list" : "one";
}

const always: readonly Comparison[] = ["blank", "not-blank"];
const equality: readonly Comparison[] = ["equals", "not-equals", "one-of", "not-one-of"];
const wording: readonly Comparison[] = [
  "contains",
  "not-contains",
  "starts-with",
  "not-starts-with",
  "ends-with",
  "matches",
  "not-matches",
];
const size: readonly Comparison[] = ["less-than", "at-most", "greater-than", "at-least", "between"];

/** The comparisons that make sense for a type, for forms and for lint; `compare` answers the others too. */
export function operatorsFor(type: VariableType): readonly Comparison[] {
  switch (type) {
    case "text":
    case "digits":
    case "phone":
      return [...equality, ...wording, ...always];
    case "number":
    case "money":
      return [...equality, ...size, ...always];
    case "date":
    case "time":
      return [...equality, "before", "after", ...size, ...always];
    case "choice":
      return [...equality, ...always];
    case "list":
      return ["contains", "not-contains", "one-of", "not-one-of", ...always];
    case "claim":
      return always;
  }
}

/** The opposite a negative word stands for; both are false of a blank value. */
const negated: { readonly [is in Comparison]?: Comparison } = {
  "not-equals": "equals",
  "not-one-of": "one-of",
  "not-contains": "contains",
  "not-starts-with": "starts-with",
  "not-matches": "matches",
};

/** Total. A blank value fits nothing but `blank`; so does an operand that is not there. */
export function compare(
  is: Comparison,
  held: HeldValue | undefined,
  to: Value | readonly Value[] | undefined,
): boolean {
  const missing = held === undefined || isBlank(held.value);
  if (is === "blank") return missing;
  if (is === "not-blank") return !missing;
  if (missing || to === undefined) return false;
  const positive = negated[is];
  return positive ? !affirmed(positive, held, to) : affirmed(is, held, to);
}

function affirmed(is: Comparison, held: HeldValue, to: Value | readonly Value[]): boolean {
  const operands: readonly Value[] = Array.isArray(to) ? to : [to as Value]; // what is no array is one value
  const [first = "", second = ""] = operands;
  switch (is) {
    case "equals":
      return isList(held.value) ? sameList(held.value, operands) : same(held, first);
    case "one-of":
      return operands.some((one) => hasElement(held, one));
    case "contains":
      return isList(held.value) ? hasElement(held, first) : folded(held.value).includes(folded(first));
    case "starts-with":
      return folded(held.value).startsWith(folded(first));
    case "ends-with":
      return folded(held.value).endsWith(folded(first));
    case "matches":
      return findPattern(plainText(first), plainText(held.value)) !== null;
    case "less-than":
      return order(held, first, false) < 0;
    case "greater-than":
      return order(held, first, false) > 0;
    case "before":
      return order(held, first, true) < 0;
    case "after":
      return order(held, first, true) > 0;
    case "at-most":
      return order(held, first, true) <= 0;
    case "at-least":
      return order(held, first, true) >= 0;
    case "between":
      return operands.length === 2 && order(held, first, true) >= 0 && order(held, second, true) <= 0;
    default:
      return false;
  }
}

export function isBlank(value: Value): boolean {
  if (typeof value !== "object") return value === "";
  return isList(value) ? value.length === 0 : Object.keys(value).length === 0;
}

function folded(value: Value): string {
  return plainText(value).trim().toLowerCase();
}

/** Recognisers end what they heard with a full stop: "1." is 1. A text of nothing but signs stays. */
function withoutFullStop(text: string): string {
  let end = text.length;
  while (end > 0 && ".,!?;: ".includes(text.charAt(end - 1))) end--;
  return end === 0 ? text : text.slice(0, end);
}

function isNumeric(type: VariableType): boolean {
  return type === "number" || type === "money";
}

function asNumber(value: Value): number {
  const text = plainText(value).trim();
  return text === "" ? Number.NaN : Number(text);
}

function same(held: HeldValue, to: Value): boolean {
  if (isNumeric(held.type)) return asNumber(held.value) === asNumber(to);
  switch (held.type) {
    case "text":
    case "list":
      return withoutFullStop(folded(held.value)) === withoutFullStop(folded(to));
    case "phone":
      return asPhone(held.value) === asPhone(to);
    default:
      return folded(held.value) === folded(to);
  }
}

function asPhone(value: Value): string {
  const fitted = coerce(plainText(value), "phone");
  return fitted.ok ? plainText(fitted.value) : folded(value);
}

function hasElement(held: HeldValue, to: Value): boolean {
  return isList(held.value) ? held.value.some((value) => same({ ...held, value }, to)) : same(held, to);
}

function sameList(elements: readonly string[], operands: readonly Value[]): boolean {
  const [only] = operands;
  const wanted = operands.length === 1 && typeof only === "string" ? only.split(",") : operands;
  return (
    wanted.length === elements.length &&
    elements.every((one, index) => folded(one) === folded(wanted[index] ?? ""))
  );
}

/**
 * Negative, zero or positive; `NaN` (and so no order at all) when a number meets a word, or, if `strict`, a date or a
 * time meets what is none. Flows already published compare dates with less-than without that.
 */
function order(held: HeldValue, to: Value, strict: boolean): number {
  if (isNumeric(held.type)) return asNumber(held.value) - asNumber(to);
  const ordered = held.type === "date" || held.type === "time";
  if (strict && ordered && !coerce(plainText(to), held.type).ok) return Number.NaN;
  const [a, b] = [folded(held.value), folded(to)];
  return a < b ? -1 : a > b ? 1 : 0;
}
