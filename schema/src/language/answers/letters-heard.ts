/**
 * Letters and digits as people spell them: "A as in Alpha", "B de bueno", "Charlie", "be larga", "double u", "five five".
 * The result is capital letters and digits without anything between.
 */
import { saidWords } from "../phrases.ts";
import { isNumberWord, readGroups } from "./numbers-heard.ts";

/** ICAO's alphabet as recognisers write it, and the one the police use. */
const alphabets = (
  "alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar papa quebec " +
  "romeo sierra tango uniform victor whiskey whisky xray yankee zulu adam baker boy david edward frank george henry ida " +
  "john king lincoln mary nancy nora ocean paul queen robert sam thomas tom union william young zebra"
).split(" ");

const letterNames: { readonly [name: string]: string } = {
  // English names as they are misheard
  ay: "A",
  bee: "B",
  cee: "C",
  see: "C",
  sea: "C",
  dee: "D",
  ee: "E",
  ef: "F",
  gee: "G",
  aitch: "H",
  jay: "J",
  kay: "K",
  ell: "L",
  em: "M",
  en: "N",
  oh: "0",
  pee: "P",
  cue: "Q",
  queue: "Q",
  are: "R",
  ess: "S",
  tee: "T",
  tea: "T",
  you: "U",
  vee: "V",
  ex: "X",
  why: "Y",
  zee: "Z",
  zed: "Z",
  // Spanish
  be: "B",
  ce: "C",
  de: "D",
  efe: "F",
  ge: "G",
  hache: "H",
  jota: "J",
  ka: "K",
  ele: "L",
  eme: "M",
  ene: "N",
  eñe: "Ñ",
  pe: "P",
  cu: "Q",
  erre: "R",
  ere: "R",
  ese: "S",
  te: "T",
  ve: "V",
  uve: "V",
  equis: "X",
  ye: "Y",
  zeta: "Z",
};

/** Said around an identifier; a word here is never taken for letters. */
const around = new Set(
  (
    "my the is it its id number member claim please and then dash hyphen space guion espacio mi el la es numero por favor " +
    "um uh eh okay ok sure capital letter letra mayuscula larga corta with con"
  ).split(" "),
);

/** Joins a letter to its example word: "A as in Alpha", "B for boy", "B de bueno", "B como en burro". */
const examples: readonly (readonly string[])[] = [
  ["as", "in"],
  ["like", "in"],
  ["like"],
  ["for"],
  ["como", "en"],
  ["como"],
  ["de"],
];

/** Null when something was said that spells nothing. */
export function lettersHeard(text: string): string | null {
  const words = saidWords(text.replace(/x[- ]ray/gi, "xray"));
  let spelled = "";
  let at = 0;
  while (at < words.length) {
    const two = `${words[at]} ${words[at + 1] ?? ""}`;
    if (/^(double|doble|uve) (u|ve|uve|you|doble)$/.test(two) || two === "i griega") {
      spelled += two === "i griega" ? "Y" : "W";
      at += 2;
      continue;
    }
    const run = numberRun(words, at);
    if (run > 0) {
      const digits = readGroups(words.slice(at, at + run))?.join("");
      if (digits === undefined) return null;
      spelled += digits;
      at += run;
      continue;
    }
    const word = words[at] ?? "";
    const repeat = /^(double|doble)$/.test(word) ? 2 : word === "triple" ? 3 : 1;
    if (repeat > 1) at++;
    const letters = lettersOf(words[at] ?? "");
    if (letters === null) return null;
    spelled += letters.repeat(repeat);
    at += 1 + (letters.length === 1 ? exampleLength(words, at + 1, letters) : 0);
  }
  return spelled;
}

/** How many words from here are figures; a letter O is none. */
function numberRun(words: readonly string[], from: number): number {
  let to = from;
  while (to < words.length) {
    const word = words[to] ?? "";
    const repeats = /^(double|doble|triple)$/.test(word) && isFigure(words[to + 1] ?? "");
    if (!repeats && !isFigure(word)) break;
    to++;
  }
  return to - from;
}

function isFigure(word: string): boolean {
  return word !== "o" && isNumberWord(word);
}

function lettersOf(word: string): string | null {
  if (around.has(word)) return "";
  if (Object.hasOwn(letterNames, word)) return letterNames[word] ?? "";
  if (alphabets.includes(word)) return word.charAt(0).toUpperCase();
  // Recognisers write spelled letters in one: "abc", "1eg4".
  const joined = /^[a-z]{1,4}$/.test(word) || (/^[a-z0-9]{1,40}$/.test(word) && /[0-9]/.test(word));
  return joined ? word.toUpperCase() : null;
}

/** Words of an example after a letter that begins with it; 0 for none. */
function exampleLength(words: readonly string[], from: number, letter: string): number {
  for (const join of examples) {
    if (!join.every((word, index) => words[from + index] === word)) continue;
    const example = words[from + join.length] ?? "";
    if (example.length > 1 && example.charAt(0).toUpperCase() === letter) return join.length + 1;
  }
  return 0;
}
