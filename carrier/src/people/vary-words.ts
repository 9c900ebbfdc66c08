/** The same said in other words, as people do on the telephone: synonyms, fillers, false starts. English, a little Spanish. */
import type { Chance } from "./chance.ts";

const synonyms: readonly (readonly string[])[] = [
  ["yes", "yeah", "yep", "correct", "that's right", "uh-huh"],
  ["no", "nope", "no, that's wrong", "not really"],
  ["representative", "agent", "operator", "a real person", "somebody, please"],
  ["hello", "hi", "good morning", "hello, who is this"],
  ["goodbye", "bye", "bye now", "have a good one"],
  ["thank you", "thanks", "thanks a lot"],
  ["sí", "claro", "sí, correcto"],
  ["adiós", "hasta luego"],
];
const before = ["Um, ", "Uh, ", "Well, ", "Yeah, ", "Okay, so, ", "Sorry, ", "Hm. "];
const after = [", please", ", I think", ", thanks", "… yeah", ", you know"];

const numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/** The key that means the same as these words, or null. */
export function keyFor(words: string): string | null {
  const plain = words.toLowerCase().replace(/[^a-z]/g, "");
  const digit = numbers.indexOf(plain);
  if (digit !== -1) return String(digit);
  return plain === "yes" ? "1" : plain === "no" ? "2" : null;
}

/** How one says a key; null for several. */
export const wordsFor = (key: string): string | null => (/^\d$/.test(key) ? numbers[Number(key)]! : null);

export function inOtherWords(words: string, the: Chance): string {
  const said = synonyms.find((group) => group.includes(plain(words)));
  let other = said && the.happens(0.7) ? the.one(said) : words;
  if (the.happens(0.4)) other = the.one(before) + lowerFirst(other);
  if (the.happens(0.2)) other = other.replace(/[.!?]*$/, "") + the.one(after);
  if (the.happens(0.15)) other = `${other.split(" ")[0]}… ${other}`;
  return other.slice(0, 2000);
}

const plain = (words: string) => words.toLowerCase().replace(/[.!?,]+$/, "");
/** Names and abbreviations stay as they are. */
const lowerFirst = (words: string) =>
  /^[A-Z][a-z]+ /.test(words) ? words[0]!.toLowerCase() + words.slice(1) : words;
