/** Turning what was typed, pressed or computed into a value of a declared type, or saying why it cannot be one. */
import type { ClaimRecord, Value, VariableType } from "../call/values.ts";
import { claimFields } from "./claim.ts";

export type Coerced =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly sentence: string };

/** Longest text a variable may hold, in UTF-16 code units; longer ones are refused. */
export const longestText = 1000;
/** Most texts a list may hold. */
export const longestList = 100;

/** `choices` are the words a `choice` may be; upper and lower case count alike, the declared spelling is kept. */
export function coerce(raw: Value, type: VariableType, choices: readonly string[] = []): Coerced {
  if (type === "list") return toList(raw);
  if (type === "claim") return toClaim(raw);
  if (typeof raw === "object") return refuse("one value", "several");
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
        ? { ok: true, value: unsignedZero(Number(text)) }
        : refuse("a number", "something else");
    case "money":
      return text !== "" && Number.isSafeInteger(Number(text))
        ? { ok: true, value: unsignedZero(Number(text)) }
        : refuse("a whole number of cents", "something else");
    case "date":
      return isDate(text) ? { ok: true, value: text } : refuse("a date such as 2026-03-02", "something else");
    case "time":
      return /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
        ? { ok: true, value: text }
        : refuse("a time of day such as 16:30", "something else");
    case "phone":
      return toPhone(text);
    case "choice": {
      const chosen = choices.find((one) => one.toLowerCase() === text.toLowerCase());
      return chosen === undefined
        ? refuse(`one of ${choices.join(", ")}`, "something else")
        : { ok: true, value: chosen };
    }
  }
}

/** JSON has no zero below zero: a session would come back as another. */
function unsignedZero(number: number): number {
  return number === 0 ? 0 : number;
}

function refuse(expected: string, found: string): Coerced {
  return { ok: false, sentence: `Expected ${expected}, found ${found}.` };
}

/** E.164; ten digits, or eleven with a leading 1, are taken for a North American number. */
function toPhone(text: string): Coerced {
  const bare = text.replace(/[\s().-]/g, "");
  const number = /^\d{10}$/.test(bare) ? `+1${bare}` : /^1\d{10}$/.test(bare) ? `+${bare}` : bare;
  return /^\+[1-9]\d{6,14}$/.test(number)
    ? { ok: true, value: number }
    : refuse("a phone number such as +15550100001", "something else");
}

/** A text becomes its parts between commas. */
function toList(raw: Value): Coerced {
  if (typeof raw === "object" && !isList(raw)) return refuse("a list of texts", "a claim");
  const parts = (isList(raw) ? raw : String(raw).split(",")).map((one) => one.trim()).filter(Boolean);
  if (parts.length > longestList) return refuse(`at most ${longestList} texts`, `${parts.length}`);
  return parts.every((one) => one.length <= longestText)
    ? { ok: true, value: parts }
    : refuse(`texts of at most ${longestText} characters`, "a longer one");
}

export function isList(value: Value): value is readonly string[] {
  return Array.isArray(value);
}

/** A record of a claim's fields, each of its own type; blank ones are left out. */
function toClaim(raw: Value): Coerced {
  if (typeof raw !== "object" || isList(raw)) return refuse("a claim with named fields", "something else");
  const claim: { [field: string]: string | number } = {};
  for (const [field, value] of Object.entries(raw)) {
    const known = Object.hasOwn(claimFields, field) ? claimFields[field] : undefined;
    if (!known) return refuse("a claim's fields", `"${field.slice(0, 40)}"`);
    if (String(value).trim() === "") continue;
    const fitted = coerce(value, known.type);
    if (!fitted.ok) return { ok: false, sentence: `${known.label}: ${fitted.sentence}` };
    claim[field] = fitted.value as string | number; // a claim's fields are of plain types
  }
  return { ok: true, value: claim satisfies ClaimRecord };
}

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return month >= 1 && month <= 12 && day >= 1 && day <= (lengths[month - 1] ?? 0);
}
