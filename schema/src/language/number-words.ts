/** Whole numbers as words, in English and Spanish: for voices that read long numbers badly, and for legal amounts. */

/** Is it Spanish? Everything else is spoken as English. */
export function isSpanish(language: string): boolean {
  return /^es(-|$)/i.test(language);
}

/** Larger numbers are left in figures: nobody follows them by ear. */
export const largestInWords = 999_999_999_999;

const small = (
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen " +
  "seventeen eighteen nineteen"
).split(" ");
const tens = "- - twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

const pequeños = (
  "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete " +
  "dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete " +
  "veintiocho veintinueve"
).split(" ");
const decenas = "- - - treinta cuarenta cincuenta sesenta setenta ochenta noventa".split(" ");
const centenas =
  "- ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos".split(
    " ",
  );

/** Null for what is no whole number of at most twelve figures. */
export function numberInWords(number: number, language: string): string | null {
  if (!Number.isInteger(number) || Math.abs(number) > largestInWords) return null;
  const spanish = isSpanish(language);
  const words = spanish ? enPalabras(Math.abs(number)) : inEnglish(Math.abs(number));
  return number < 0 ? `${spanish ? "menos" : "minus"} ${words}` : words;
}

function inEnglish(number: number): string {
  for (const [size, name] of [
    [1e9, "billion"],
    [1e6, "million"],
    [1e3, "thousand"],
  ] as const) {
    if (number >= size)
      return followed(`${inEnglish(Math.floor(number / size))} ${name}`, number % size, inEnglish);
  }
  if (number >= 100) return followed(`${small[Math.floor(number / 100)]} hundred`, number % 100, inEnglish);
  if (number < 20) return small[number] ?? "";
  const unit = number % 10;
  return `${tens[Math.floor(number / 10)]}${unit ? `-${small[unit]}` : ""}`;
}

function enPalabras(number: number): string {
  if (number >= 1e6) {
    const millions = Math.floor(number / 1e6);
    const head = millions === 1 ? "un millón" : `${beforeNoun(enPalabras(millions))} millones`;
    return followed(head, number % 1e6, enPalabras);
  }
  if (number >= 1000) {
    const thousands = Math.floor(number / 1000);
    const head = thousands === 1 ? "mil" : `${beforeNoun(enPalabras(thousands))} mil`;
    return followed(head, number % 1000, enPalabras);
  }
  if (number === 100) return "cien";
  if (number > 100) return followed(centenas[Math.floor(number / 100)] ?? "", number % 100, enPalabras);
  if (number < 30) return pequeños[number] ?? "";
  const unit = number % 10;
  return `${decenas[Math.floor(number / 10)]}${unit ? ` y ${pequeños[unit]}` : ""}`;
}

function followed(head: string, rest: number, say: (number: number) => string): string {
  return rest ? `${head} ${say(rest)}` : head;
}

/** Spanish shortens "uno" before what is counted: "veintiún dólares". */
export function beforeNoun(words: string): string {
  return words.replace(/veintiuno$/, "veintiún").replace(/\buno$/, "un");
}
