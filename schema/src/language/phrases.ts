/**
 * What somebody said against the phrases a flow waits for: without case, signs and accents, forgiving small slips of a
 * recogniser. Pure and total; work is bounded by cutting long texts.
 */
import { isSpanish } from "./number-words.ts";

/** Words of what was said that are looked at, and of a phrase. */
const mostWords = 300;
const longestPhrase = 20;
const mostPhrases = 100;

export interface PhraseMatch {
  readonly phrase: string;
  /** 0 to 1: 1 when the phrase was said whole. */
  readonly score: number;
}

/** Small letters and digits only, accents off: "¿Cuál?" is "cual". An apostrophe joins: "don't" is "dont". */
export function saidWords(text: string): string[] {
  return text
    .slice(0, 4000)
    .normalize("NFKD")
    .replace(/[\p{M}'’]/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .slice(0, mostWords);
}

/** The phrase that fits best, of equals the one with most words; null when no word of any was said. */
export function scorePhrases(said: string, phrases: readonly string[]): PhraseMatch | null {
  const words = saidWords(said);
  // Phrases of a flow share most of their words: each is compared with what was said once.
  const known = new Map<string, readonly number[]>();
  const alike = (wanted: string): readonly number[] => {
    const found = known.get(wanted) ?? words.map((word) => likeness(wanted, word));
    known.set(wanted, found);
    return found;
  };
  let best: PhraseMatch = { phrase: "", score: 0 };
  let length = 0;
  for (const phrase of phrases.slice(0, mostPhrases)) {
    const wanted = saidWords(phrase).slice(0, longestPhrase);
    const score = scoreOf(words, wanted, alike);
    if (score < best.score || (score === best.score && wanted.length <= length)) continue;
    best = { phrase, score };
    length = wanted.length;
  }
  return best.score > 0 ? best : null;
}

/**
 * Of what was heard equally well, what is meant: who says "new claims" says "claims" too, but means the longer phrase.
 * What a phrase is part of stays, and so do equal phrases and those that only overlap. An empty phrase is part of none.
 */
export function unmistaken<Heard>(heard: readonly Heard[], phraseOf: (one: Heard) => string): Heard[] {
  const phrases = heard.map((one) => ` ${saidWords(phraseOf(one)).join(" ")} `);
  return heard.filter((_one, index) => {
    const own = phrases[index] ?? "";
    return own.trim() === "" || !phrases.some((other) => other !== own && other.includes(own));
  });
}

/** The share of the phrase's words that were said in this order, each counted by how alike it is. */
function scoreOf(
  said: readonly string[],
  phrase: readonly string[],
  alike: (wanted: string) => readonly number[],
): number {
  if (said.length === 0 || phrase.length === 0) return 0;
  if (` ${said.join(" ")} `.includes(` ${phrase.join(" ")} `)) return 1;
  // row[i]: the best sum for the first i words said.
  let row = new Array<number>(said.length + 1).fill(0);
  for (const wanted of phrase) {
    const next = [0];
    const scores = alike(wanted);
    for (let index = 1; index <= said.length; index++) {
      const taken = (row[index - 1] ?? 0) + (scores[index - 1] ?? 0);
      next.push(Math.max(taken, row[index] ?? 0, next[index - 1] ?? 0));
    }
    row = next;
  }
  // Never 1: the words were said apart, or not quite.
  return Math.min(0.95, (row.at(-1) ?? 0) / phrase.length);
}

/** 1 for the same word, less for a slip or two in a long one, else 0. */
function likeness(wanted: string, said: string): number {
  if (wanted === said) return 1;
  const length = wanted.length;
  const allowed = length >= 8 ? 2 : length >= 4 ? 1 : 0;
  if (allowed === 0 || length > longestWord || Math.abs(length - said.length) > allowed) return 0;
  const slips = distance(wanted, said, allowed);
  return slips <= allowed ? 1 - slips / length : 0;
}

/** Longer words fit only themselves. */
const longestWord = 30;

/** Letters to change, add or drop; anything above `most` when there are more. Looks only at what `most` slips can reach. */
function distance(a: string, b: string, most: number): number {
  const far = most + 1;
  let row = Array.from({ length: b.length + 1 }, (_none, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = new Array<number>(b.length + 1).fill(far);
    if (i <= most) next[0] = i;
    let least = next[0] ?? far;
    for (let j = Math.max(1, i - most); j <= Math.min(b.length, i + most); j++) {
      const changed = (row[j - 1] ?? far) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const slips = Math.min(changed, (row[j] ?? far) + 1, (next[j - 1] ?? far) + 1);
      next[j] = slips;
      least = Math.min(least, slips);
    }
    if (least > most) return far;
    row = next;
  }
  return row.at(-1) ?? far;
}

/** Words around a key that say nothing: "press one, please". */
const aroundEnglish = new Set(
  "press pressing push hit dial enter key option number choice choose select the a please button digit its it is for i want ill take".split(
    " ",
  ),
);
const aroundSpanish = new Set(
  "oprima oprimir presione presionar marque marcar pulse tecla opcion numero el la por favor quiero es boton digito".split(
    " ",
  ),
);

const keysEnglish: { readonly [word: string]: string } = {
  zero: "0",
  oh: "0",
  one: "1",
  won: "1",
  first: "1",
  two: "2",
  too: "2",
  to: "2",
  second: "2",
  three: "3",
  third: "3",
  four: "4",
  for: "4",
  fourth: "4",
  five: "5",
  fifth: "5",
  six: "6",
  sixth: "6",
  seven: "7",
  seventh: "7",
  eight: "8",
  ate: "8",
  eighth: "8",
  nine: "9",
  ninth: "9",
  pound: "#",
  hash: "#",
  hashtag: "#",
  star: "*",
  asterisk: "*",
};
const keysSpanish: { readonly [word: string]: string } = {
  cero: "0",
  uno: "1",
  una: "1",
  primera: "1",
  primero: "1",
  dos: "2",
  segunda: "2",
  segundo: "2",
  tres: "3",
  tercera: "3",
  tercero: "3",
  cuatro: "4",
  cuarta: "4",
  cinco: "5",
  quinta: "5",
  seis: "6",
  sexta: "6",
  siete: "7",
  septima: "7",
  ocho: "8",
  octava: "8",
  nueve: "9",
  novena: "9",
  numeral: "#",
  gato: "#",
  almohadilla: "#",
  asterisco: "*",
  estrella: "*",
};

/** The one menu key that was said and nothing else beside it: "press one", "opción dos", "pound". Else null. */
export function keySpoken(text: string, language: string): string | null {
  const spanish = isSpanish(language);
  const [around, keys] = spanish ? [aroundSpanish, keysSpanish] : [aroundEnglish, keysEnglish];
  const sign = text.trim();
  if (sign === "#" || sign === "*") return sign;
  const words = saidWords(text);
  const keyOf = (word: string) =>
    /^[0-9]$/.test(word) ? word : Object.hasOwn(keys, word) ? (keys[word] ?? null) : null;
  // A word such as "for" is a key only when nothing clearer was said.
  const telling = words.filter((word) => !around.has(word));
  const named = telling.length > 0 ? telling : words;
  const [only = ""] = named;
  return named.length === 1 ? keyOf(only) : null;
}
