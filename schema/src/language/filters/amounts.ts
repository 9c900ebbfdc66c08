/** Filters that say amounts and numbers. */
import type { Value } from "../../call/values.ts";
import { beforeNoun, isSpanish, numberInWords } from "../number-words.ts";
import { plainText } from "../reference.ts";
import { english, type Filter } from "./filter.ts";

interface Coins {
  readonly negative: boolean;
  readonly dollars: number;
  readonly cents: number;
}

/** Null for what is no amount. */
function coinsOf(value: Value): Coins | null {
  const cents = typeof value === "object" ? Number.NaN : Math.round(Number(value));
  if (!Number.isFinite(cents)) return null;
  const size = Math.abs(cents);
  return { negative: cents < 0, dollars: Math.floor(size / 100), cents: size % 100 };
}

/** An amount in cents as dollars and cents; each count said by `count`. */
function amount(value: Value, language: string, count: (number: number) => string): string {
  const coins = coinsOf(value);
  if (!coins) return plainText(value);
  const words = isSpanish(language)
    ? {
        sign: "menos ",
        dollar: "dólar",
        dollars: "dólares",
        and: " con ",
        cent: "centavo",
        cents: "centavos",
      }
    : { sign: "minus ", dollar: "dollar", dollars: "dollars", and: " and ", cent: "cent", cents: "cents" };
  const counted = (number: number, one: string, many: string) =>
    `${count(number)} ${number === 1 ? one : many}`;
  const cents = coins.cents ? words.and + counted(coins.cents, words.cent, words.cents) : "";
  return (coins.negative ? words.sign : "") + counted(coins.dollars, words.dollar, words.dollars) + cents;
}

export function amountSpoken(value: Value, language: string): string {
  return amount(value, language, String);
}

function amountInWords(value: Value, language: string): string {
  return amount(value, language, (number) => {
    const words = numberInWords(number, language) ?? String(number);
    if (!isSpanish(language)) return words;
    return number >= 1e6 && number % 1e6 === 0 ? `${words} de` : beforeNoun(words);
  });
}

export function ordinalEnglish(number: number): string {
  const tens = Math.abs(number) % 100;
  if (tens >= 11 && tens <= 13) return `${number}th`;
  return `${number}${["th", "st", "nd", "rd"][tens % 10] ?? "th"}`;
}

const ordinales = "- primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo".split(" ");

function whole(value: Value): number | null {
  if (typeof value === "object" || String(value).trim() === "") return null;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : null;
}

function ordinal(value: Value, language: string): string {
  const number = whole(value);
  if (number === null) return plainText(value);
  if (!isSpanish(language)) return ordinalEnglish(number);
  return number > 0 && number <= 10 ? (ordinales[number] ?? "") : `${number}.º`;
}

function words(value: Value, language: string): string {
  const number = whole(value);
  return (number === null ? null : numberInWords(number, language)) ?? plainText(value);
}

export const amountFilters: readonly Filter[] = [
  {
    name: "money",
    help: "An amount in cents, in dollars and cents.",
    example: { from: 12550, spoken: "125 dollars and 50 cents" },
    takes: ["money", "number"],
    apply: (value, language = english) => amountSpoken(value, language),
  },
  {
    name: "money-words",
    help: "An amount in cents, all in words.",
    example: { from: 12550, spoken: "one hundred twenty-five dollars and fifty cents" },
    takes: ["money", "number"],
    apply: (value, language = english) => amountInWords(value, language),
  },
  {
    name: "words",
    help: "A whole number in words.",
    example: { from: 125, spoken: "ciento veinticinco", language: "es-MX" },
    takes: ["number", "digits"],
    apply: (value, language = english) => words(value, language),
  },
  {
    name: "ordinal",
    help: "A place in an order: 1st, 2nd, 3rd.",
    example: { from: 22, spoken: "22nd" },
    takes: ["number", "digits"],
    apply: (value, language = english) => ordinal(value, language),
  },
  {
    name: "percent",
    help: "A number and the word percent.",
    example: { from: 12.5, spoken: "12.5 percent" },
    takes: ["number"],
    apply: (value, language = english) => {
      const text = plainText(value).trim();
      return text === "" ? "" : `${text} ${isSpanish(language) ? "por ciento" : "percent"}`;
    },
  },
];
