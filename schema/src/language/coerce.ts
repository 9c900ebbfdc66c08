/** Turning what was typed, pressed or computed into a value of a declared type, or saying why it cannot be one. */
import type { Value, VariableType } from "../call/values.ts";

export type Coerced =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly sentence: string };

/** Longest text a variable may hold, in UTF-16 code units; longer ones are refused. */
const longestText = 1000;

export function coerce(raw: Value, type: VariableType): Coerced {
  const text = String(raw).trim();
  switch (type) {
    case "text":
      return text.length <= longestText
        ? { ok: true, value: text }
        : refuse(`a text of at most ${longestText} characters`, `${text.length} characters`);
    case "digits":
      return /^\d{1,40}$/.test(text) ? { ok: true, value: text } : refuse("1 to 40 digits", "something else");
    case "number":
      return text !== "" && Number.isFinite(Number(text))
        ? { ok: true, value: Number(text) }
        : refuse("a number", "something else");
    case "money":
      return text !== "" && Number.isSafeInteger(Number(text))
        ? { ok: true, value: Number(text) }
        : refuse("a whole number of cents", "something else");
    case "date":
      return isDate(text) ? { ok: true, value: text } : refuse("a date such as 2026-03-02", "something else");
  }
}

function refuse(expected: string, found: string): Coerced {
  return { ok: false, sentence: `Expected ${expected}, found ${found}.` };
}

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return month >= 1 && month <= 12 && day >= 1 && day <= (lengths[month - 1] ?? 0);
}
