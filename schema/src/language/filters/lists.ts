/** The filter that says a list as one phrase. */
import type { Value } from "../../call/values.ts";
import { isList } from "../coerce.ts";
import { isSpanish } from "../number-words.ts";
import { plainText } from "../reference.ts";
import { english, type Filter } from "./filter.ts";

export function listSpoken(value: Value, language: string): string {
  if (!isList(value)) return plainText(value);
  const last = value.at(-1);
  if (last === undefined || value.length === 1) return last ?? "";
  const and = isSpanish(language) ? (soundsLikeY(last) ? "e" : "y") : "and";
  return `${value.slice(0, -1).join(", ")} ${and} ${last}`;
}

/** Spanish "y" becomes "e" before the sound of i, but not before "hie". */
function soundsLikeY(word: string): boolean {
  return /^\s*h?[ií](?!e)/i.test(word) || /^\s*ie/i.test(word);
}

export const listFilters: readonly Filter[] = [
  {
    name: "list",
    help: "The parts of a list with commas, and a word before the last.",
    example: { from: ["a", "b", "c"], spoken: "a, b and c" },
    takes: ["list"],
    apply: (value, language = english) => listSpoken(value, language),
  },
];
