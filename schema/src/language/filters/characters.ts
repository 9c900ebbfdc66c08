/** Filters that say a text one character at a time, as numbers and codes are read out to a person. */
import type { Value } from "../../call/values.ts";
import { isSpanish } from "../number-words.ts";
import { plainText } from "../reference.ts";
import { english, type Filter } from "./filter.ts";

/** Signs inside codes that must be heard; all other signs are left out. */
const signs = {
  english: { "-": "dash", "/": "slash", ".": "dot", "@": "at", _: "underscore", "+": "plus" },
  spanish: { "-": "guion", "/": "barra", ".": "punto", "@": "arroba", _: "guion bajo", "+": "más" },
} as const;

/** ICAO, "Alphabet": the spelling alphabet people on American telephones know. */
const alphabet = (
  "Alpha Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo " +
  "Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu"
).split(" ");

/** The names Spanish speakers spell by; said with the letter, since none of them is a standard. */
const alfabeto = (
  "Antonio Barcelona Carmen Dolores Enrique Francia Gerona Historia Inés José Kilo Lorenzo Madrid Navarra Oviedo " +
  "París Querido Ramón Sábado Toledo Ulises Valencia Washington Xilófono Yolanda Zaragoza"
).split(" ");

function characters(value: Value): string[] {
  return [...plainText(value).replace(/\s+/g, "")];
}

function spelled(value: Value, language: string, letter: (upper: string) => string): string {
  const named: { readonly [sign: string]: string } = isSpanish(language) ? signs.spanish : signs.english;
  return characters(value)
    .map((one) =>
      /[\p{L}\p{N}]/u.test(one) ? letter(one.toUpperCase()) : Object.hasOwn(named, one) ? named[one] : "",
    )
    .filter(Boolean)
    .join(", ");
}

function radio(upper: string, language: string): string {
  const place = upper.length === 1 ? upper.charCodeAt(0) - 65 : -1;
  if (isSpanish(language)) {
    if (upper === "Ñ") return "Ñ de Ñoño";
    return alfabeto[place] ? `${upper} de ${alfabeto[place]}` : upper;
  }
  return alphabet[place] ?? upper;
}

/** Three by three, ten as three, three and four; a comma makes the voice pause. */
function inGroups(all: readonly string[]): string {
  const ends =
    all.length === 10 ? [3, 6, 10] : all.map((_one, index) => index + 1).filter((end) => end % 3 === 0);
  if (ends.at(-1) !== all.length) ends.push(all.length);
  return ends.map((end, index) => all.slice(ends[index - 1] ?? 0, end).join(" ")).join(", ");
}

/** A North American number without its +1, as it is read out there. */
function phoneDigits(value: Value): string[] {
  const digits = plainText(value).replace(/\D/g, "");
  return [...(/^1\d{10}$/.test(digits) ? digits.slice(1) : digits)];
}

export function phoneSpoken(value: Value): string {
  return inGroups(phoneDigits(value)) || plainText(value);
}

export const characterFilters: readonly Filter[] = [
  {
    name: "digits",
    help: "One digit or letter at a time.",
    example: { from: "00417", spoken: "0 0 4 1 7" },
    takes: ["digits", "text", "number", "phone"],
    apply: (value) => characters(value).join(" "),
  },
  {
    name: "spell",
    help: "Letters and digits one by one with pauses; signs such as a dash are named.",
    example: { from: "1eg4-Te5", spoken: "1, E, G, 4, dash, T, E, 5" },
    takes: ["text", "digits", "choice"],
    apply: (value, language = english) => spelled(value, language, (upper) => upper),
  },
  {
    name: "nato",
    help: "Letters by the spelling alphabet, digits one by one.",
    example: { from: "A1E", spoken: "Alpha, 1, Echo" },
    takes: ["text", "digits", "choice"],
    apply: (value, language = english) => spelled(value, language, (upper) => radio(upper, language)),
  },
  {
    name: "phone",
    help: "A phone number, digit by digit in groups.",
    example: { from: "+15550100001", spoken: "5 5 5, 0 1 0, 0 0 0 1" },
    takes: ["phone", "digits", "text"],
    apply: phoneSpoken,
  },
  {
    name: "groups",
    help: "Characters in groups: three, three and four of ten (an NPI), else by threes.",
    example: { from: "1234567893", spoken: "1 2 3, 4 5 6, 7 8 9 3" },
    takes: ["digits", "text"],
    apply: (value) => inGroups(characters(value)),
  },
  {
    name: "last4",
    help: "Only the last four characters, one by one.",
    example: { from: "1EG4TE5MK73", spoken: "M K 7 3" },
    takes: ["digits", "text", "phone"],
    apply: (value) => characters(value).slice(-4).join(" "),
  },
];
