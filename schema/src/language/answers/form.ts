/**
 * A form of answer: how keys and speech are read as a value of one kind. Forms are pure and total; the registry is in
 * index.ts. Keys count before speech when both came.
 */
import type { Value, VariableType } from "../../call/values.ts";

export interface Given {
  /** `0-9 * #`, as pressed. */
  readonly keys?: string;
  /** As the recogniser wrote it. */
  readonly speech?: string;
}

export const keyedDates = ["MMDDYYYY", "MMDDYY", "DDMMYYYY", "YYYYMMDD"] as const;
export type KeyedDate = (typeof keyedDates)[number];

/** What a form can be told; each form reads its own and leaves the others. */
export interface AnswerOptions {
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Order of a keyed date; a spoken one in figures follows its day and month. */
  readonly dateOrder?: KeyedDate;
  /** Dates, `YYYY-MM-DD`, both allowed. `notAfter` also tells the century of a year of two figures. */
  readonly notBefore?: string;
  readonly notAfter?: string;
  /** Keyed amounts: cents without a point, or a star for the point. */
  readonly moneyKeys?: "cents" | "star";
  /** A member's number must fit it from end to end (pattern.ts). */
  readonly pattern?: string;
  readonly choices?: readonly string[];
}

/**
 * `silent`: nothing was given; `incomplete`: too little; `too-long`; `checksum`: one figure is wrong; `too-early` and
 * `too-late`: outside the dates allowed; `ambiguous`: it can mean two things; `unfit`: anything else.
 */
export type UnfitReason =
  | "silent"
  | "incomplete"
  | "too-long"
  | "checksum"
  | "too-early"
  | "too-late"
  | "ambiguous"
  | "unfit";

export type ReadAnswer =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: UnfitReason };

export interface AnswerForm {
  readonly label: string;
  /** The type of the value it gives. */
  readonly type: VariableType;
  /** Can it be keyed, can it be spoken? */
  readonly keys: boolean;
  readonly speech: boolean;
  /** So many keys end the entry; undefined when the caller ends it. */
  readonly maxKeys: (options: AnswerOptions) => number | undefined;
  /** What is keyed, as a phrase for a prompt or a form; empty when nothing is. */
  readonly keysExpected: (options: AnswerOptions, language?: string) => string;
  readonly read: (given: Given, options?: AnswerOptions, language?: string) => ReadAnswer;
}

export function fit(value: Value): ReadAnswer {
  return { ok: true, value };
}

export function unfit(reason: UnfitReason = "unfit"): ReadAnswer {
  return { ok: false, reason };
}

/** Keys by one reader, else speech by the other. */
export function either(
  given: Given,
  byKeys: ((keys: string) => ReadAnswer) | null,
  bySpeech: ((speech: string) => ReadAnswer) | null,
): ReadAnswer {
  const { keys = "", speech = "" } = given;
  if (keys !== "") return byKeys && keys.length <= 100 ? byKeys(keys) : unfit();
  if (speech.trim() !== "") return bySpeech && speech.length <= 1000 ? bySpeech(speech) : unfit();
  return unfit("silent");
}

/** Digits of the length wanted, or what is wrong with them. */
export function ofLength(digits: string, least: number, most: number): ReadAnswer {
  if (!/^[0-9]*$/.test(digits)) return unfit();
  if (digits.length < least) return unfit("incomplete");
  return digits.length > most ? unfit("too-long") : fit(digits);
}
