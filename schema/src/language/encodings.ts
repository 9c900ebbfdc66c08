/**
 * Letters, dates and amounts as keys for a payer's phone system. Letters have no keys of their own, and every payer asks
 * for them in its own way; the result is only ever what a phone can press, never a raw letter (`A` to `D` are tones).
 */
import { coerce } from "./coerce.ts";

/**
 * `digits-only` leaves letters out; `phone-key` presses the letter's key once (A is 2); `key-position` presses the key
 * and the letter's place on it (A is 21); `star-key-position` the same after a star (A is *21), as the Medicare
 * contractors ask; `multi-tap` presses the key as often as the letter's place (B is 22).
 */
export const encodingSchemes = [
  "digits-only",
  "phone-key",
  "star-key-position",
  "key-position",
  "multi-tap",
] as const;
export type EncodingScheme = (typeof encodingSchemes)[number];

export interface EncodingOptions {
  /** Silence between two characters, in half seconds. */
  readonly gapHalfSeconds?: number;
  /** Pressed at the end, such as `#`. */
  readonly terminator?: "#" | "*" | "";
  /** Where Q and Z are: on 7 and 9, as phones print them, or both on key 1 (first and second), as old keypads had them. */
  readonly qAndZ?: "on-7-and-9" | "on-1";
}

export type EncodedKeys =
  | { readonly ok: true; readonly digits: string }
  | { readonly ok: false; readonly sentence: string };

/** Most keys in one go, pauses included. */
export const longestKeys = 100;
const longestGap = 10;

const keypad: readonly (readonly [string, string])[] = [
  ["2", "ABC"],
  ["3", "DEF"],
  ["4", "GHI"],
  ["5", "JKL"],
  ["6", "MNO"],
  ["7", "PQRS"],
  ["8", "TUV"],
  ["9", "WXYZ"],
];

const oldKeypad: readonly (readonly [string, string])[] = [
  ["1", "QZ"],
  ...keypad.map(([key, letters]) => [key, letters.replace(/[QZ]/, "")] as const),
];

/** Spaces and signs are left out. Pure and total; the result holds `0-9 * # w` only, at most 100 of them. */
export function encodeKeys(text: string, scheme: EncodingScheme, options: EncodingOptions = {}): EncodedKeys {
  if (text.length > 200) return refuse(`Expected a text of at most 200 characters, found ${text.length}.`);
  const {
    gapHalfSeconds = 0,
    terminator = "",
    qAndZ = scheme === "star-key-position" ? "on-1" : "on-7-and-9",
  } = options;
  if (!Number.isInteger(gapHalfSeconds) || gapHalfSeconds < 0 || gapHalfSeconds > longestGap) {
    return refuse(`Expected a gap of 0 to ${longestGap} half seconds, found ${gapHalfSeconds}.`);
  }
  const keys: string[] = [];
  let before = "";
  for (const character of text.normalize("NFD").toUpperCase()) {
    if (/[0-9]/.test(character)) keys.push(character);
    else if (/[A-Z]/.test(character)) {
      const pressed = letterKeys(character, scheme, qAndZ === "on-1" ? oldKeypad : keypad);
      // Two letters of one key would run together.
      if (scheme === "multi-tap" && gapHalfSeconds === 0 && pressed !== "" && pressed[0] === before)
        keys.push("w");
      if (pressed !== "") keys.push(pressed);
    } else if (/[\p{L}\p{N}]/u.test(character)) {
      return refuse(`Expected letters A to Z and digits, found "${character}".`);
    } else continue;
    before = scheme === "multi-tap" ? (keys.at(-1)?.[0] ?? "") : "";
  }
  if (keys.length === 0) return refuse("Expected at least one character with a key, found none.");
  const digits = keys.join("w".repeat(gapHalfSeconds)) + terminator;
  return digits.length <= longestKeys
    ? { ok: true, digits }
    : refuse(`Expected at most ${longestKeys} keys and pauses, found ${digits.length}.`);
}

function letterKeys(
  letter: string,
  scheme: EncodingScheme,
  pad: readonly (readonly [string, string])[],
): string {
  const [key = "", letters = ""] = pad.find(([, on]) => on.includes(letter)) ?? [];
  const place = letters.indexOf(letter) + 1;
  switch (scheme) {
    case "digits-only":
      return "";
    case "phone-key":
      return key;
    case "key-position":
      return `${key}${place}`;
    case "star-key-position":
      return `*${key}${place}`;
    case "multi-tap":
      return key.repeat(place);
  }
}

function refuse(sentence: string): EncodedKeys {
  return { ok: false, sentence };
}

export const dateEncodings = ["MMDDYYYY", "MMDDYY", "DDMMYYYY", "YYYYMMDD", "MMDD", "MMYYYY"] as const;
export type DateEncoding = (typeof dateEncodings)[number];

/** A date (`YYYY-MM-DD`) in the order a payer asks for. */
export function encodeDate(date: string, format: DateEncoding): EncodedKeys {
  if (!coerce(date, "date").ok) return refuse("Expected a date such as 2026-03-02, found something else.");
  const [year = "", month = "", day = ""] = date.trim().split("-");
  const digits = format
    .replace("YYYY", year)
    .replace("YY", year.slice(2))
    .replace("MM", month)
    .replace("DD", day);
  return { ok: true, digits };
}

export const moneyEncodings = ["cents", "star-decimal"] as const;
export type MoneyEncoding = (typeof moneyEncodings)[number];

/** An amount: its cents without a point (12550), or with a star for the point (125*50). */
export function encodeMoney(cents: number, format: MoneyEncoding): EncodedKeys {
  if (!Number.isSafeInteger(cents) || cents < 0)
    return refuse("Expected a whole number of cents, zero or more, found something else.");
  if (format === "cents") return { ok: true, digits: String(cents) };
  return { ok: true, digits: `${Math.floor(cents / 100)}*${String(cents % 100).padStart(2, "0")}` };
}
