/** Numbers as people say them, in English and Spanish: as an amount ("one hundred five") or figure by figure. */
import { saidWords } from "../phrases.ts";

const plain = (text: string, from: number, step = 1) =>
  text.split(" ").map((word, index) => [word, from + index * step] as const);

const english = new Map<string, number>([
  ...plain(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen",
    0,
  ),
  ...plain("seventeen eighteen nineteen", 17),
  ...plain("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
  ["oh", 0],
  ["o", 0],
  ["fourty", 40],
]);

const spanish = new Map<string, number>([
  ...plain(
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis",
    0,
  ),
  ...plain(
    "diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco",
    17,
  ),
  ...plain("veintiseis veintisiete veintiocho veintinueve", 26),
  ...plain("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 30, 10),
  ...plain(
    "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos",
    100,
    100,
  ),
  ["novecientos", 900],
  ["cien", 100],
  ["un", 1],
  ["una", 1],
  ["veintiun", 21],
]);

const scales = new Map<string, number>([
  ["hundred", 100],
  ["thousand", 1000],
  ["million", 1e6],
  ["mil", 1000],
  ["millon", 1e6],
  ["millones", 1e6],
]);

function wordValue(word: string): number | undefined {
  return english.get(word) ?? spanish.get(word);
}

/** Is it a word of a number, or figures? */
export function isNumberWord(word: string): boolean {
  return /^[0-9]+$/.test(word) || wordValue(word) !== undefined || scales.has(word);
}

const links = new Set(["and", "y"]);

/** The whole number that words name as one: "one hundred and five" is 105. Null when they are no such number. */
export function readCardinal(words: readonly string[]): number | null {
  const said = words.filter((word, index) => !(links.has(word) && index > 0 && index < words.length - 1));
  if (said.length === 0 || said.length > 20) return null;
  const [only = ""] = said;
  if (said.length === 1 && /^[0-9]{1,12}$/.test(only)) return Number(only);
  let total = 0;
  let group: number | null = null;
  let smallest = Number.POSITIVE_INFINITY; // scales come from large to small
  for (const word of said) {
    const scale = scales.get(word);
    if (scale === 100) {
      if (group !== null && (group < 1 || group > 99)) return null;
      group = (group ?? 1) * 100;
    } else if (scale !== undefined) {
      if (scale >= smallest && !(scale === 1e6 && total > 0 && smallest === 1000)) return null;
      total = scale === 1e6 ? (total + (group ?? (total > 0 ? 0 : 1))) * scale : total + (group ?? 1) * scale;
      smallest = scale;
      group = null;
    } else {
      const value = /^[0-9]{1,3}$/.test(word) ? Number(word) : wordValue(word);
      if (value === undefined || !hasRoom(group, value) || (group === null && value === 0 && said.length > 1))
        return null;
      group = (group ?? 0) + value;
    }
  }
  return total + (group ?? 0);
}

/** May the value follow in the same number: units after tens, both after hundreds? */
function hasRoom(group: number | null, value: number): boolean {
  if (group === null) return true;
  if (value === 0) return false;
  if (value < 10) return group % 10 === 0 && group % 100 !== 10;
  return value < 100 ? group % 100 === 0 : group === 0;
}

/**
 * Numbers said one after another: "nineteen eighty five" is 19, 85. "double", "triple" and "doble" repeat what follows.
 * Null when a word is no number.
 */
export function readGroups(words: readonly string[]): string[] | null {
  const groups: string[] = [];
  let open = false; // the last group is tens waiting for its unit
  let repeat = 1;
  for (const word of words) {
    if (/^(double|doble)$/.test(word)) repeat = 2;
    else if (/^(triple)$/.test(word)) repeat = 3;
    else if (links.has(word)) {
      if (!open) return null;
    } else {
      const last = groups.at(-1);
      const scale = scales.get(word);
      const value = wordValue(word);
      if (scale !== undefined) {
        if (last === undefined || scale > 1000) return null;
        groups[groups.length - 1] = last + String(scale).slice(1);
      } else if (/^[0-9]{1,40}$/.test(word)) groups.push(word.repeat(repeat));
      else if (value === undefined) return null;
      else if (open && last !== undefined && value > 0 && value < 10)
        groups[groups.length - 1] = String(Number(last) + value);
      else groups.push(String(value).repeat(repeat));
      open =
        repeat === 1 &&
        value !== undefined &&
        value >= 20 &&
        value < 100 &&
        value % 10 === 0 &&
        !(open && value < 10);
      repeat = 1;
    }
  }
  return groups;
}

/** Words that come with a number and are none. */
const around = new Set(
  (
    "my the is it its a number id please sure ok okay yes um uh so that would be and then dash hyphen space member claim " +
    "tax npi phone account area code extension of for el la los mi es numero por favor guion si eh este espacio y"
  ).split(" "),
);

/** All figures that were said, in order; null when something else was said too. */
export function digitsHeard(text: string): string | null {
  const words = saidWords(text);
  const spoken = words.filter(
    (word) => isNumberWord(word) || /^(double|doble|triple)$/.test(word) || !around.has(word),
  );
  const scaled = spoken.some((word) => scales.has(word) || (spanish.get(word) ?? 0) >= 100);
  const one = scaled ? readCardinal(spoken) : null;
  return one !== null ? String(one) : (readGroups(spoken)?.join("") ?? null);
}

/** A number with or without decimals: "12.5", "1,250", "twelve point five", "minus two". */
export function numberHeard(text: string): number | null {
  const bare = text
    .trim()
    .replace(/^(?:minus|menos)\s+/i, "-")
    .replace(/[.,!?]+$/, "");
  const figures = bare.replace(/^(-?)\s*\$?\s*/, "$1").replace(/,(?=\d{3}(?!\d))/g, "");
  if (/^-?\d{1,12}(\.\d{1,6})?$/.test(figures)) return Number(figures);
  const negative = bare.startsWith("-");
  const words = saidWords(bare);
  const point = words.findIndex((word) => word === "point" || word === "punto");
  if (point < 0) return signed(readCardinal(words), negative);
  const whole = readCardinal(words.slice(0, point));
  const decimals = readGroups(words.slice(point + 1))?.join("") ?? "";
  return whole === null || !/^\d{1,6}$/.test(decimals)
    ? null
    : signed(Number(`${whole}.${decimals}`), negative);
}

function signed(number: number | null, negative: boolean): number | null {
  return number !== null && negative ? -number : number;
}
