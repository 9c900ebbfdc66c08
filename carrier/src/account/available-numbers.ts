/**
 * Numbers one could buy: invented, and only from ranges that are kept for fiction, so that nobody's telephone ever rings.
 * Sources: NANPA, 555-0100 to 555-0199 of every area code (and of 800); Ofcom, numbers for drama use: 020 7946 0xxx, 07700 900xxx, 0808 1570xxx.
 * Pure.
 */
import type { NumberType } from "./numbers.ts";

export interface AvailableNumber {
  readonly phoneNumber: string;
  /** Two letters of a state or province; "" where none is known. */
  readonly region: string;
  readonly locality: string;
}

interface Range {
  /** Everything before the last digits. */
  readonly prefix: string;
  readonly digits: number;
  readonly region: string;
  readonly locality: string;
}
type Country = { readonly name: string } & Partial<Record<NumberType, readonly Range[]>>;

const american = (areaCode: string, region: string, locality: string): Range => ({
  prefix: `+1${areaCode}55501`,
  digits: 2,
  region,
  locality,
});
const british = (prefix: string, digits: number, locality: string): Range => ({
  prefix,
  digits,
  region: "",
  locality,
});
const tollFree = ["800", "833", "844", "855", "866", "877", "888"].map((code) => american(code, "", ""));

const countries: Readonly<Record<string, Country>> = {
  US: {
    name: "United States",
    local: [
      american("415", "CA", "San Francisco"),
      american("213", "CA", "Los Angeles"),
      american("212", "NY", "New York"),
      american("718", "NY", "Brooklyn"),
      american("512", "TX", "Austin"),
      american("214", "TX", "Dallas"),
      american("312", "IL", "Chicago"),
      american("305", "FL", "Miami"),
      american("206", "WA", "Seattle"),
      american("617", "MA", "Boston"),
      american("404", "GA", "Atlanta"),
      american("303", "CO", "Denver"),
      american("602", "AZ", "Phoenix"),
      american("215", "PA", "Philadelphia"),
    ],
    "toll-free": tollFree,
  },
  CA: {
    name: "Canada",
    local: [
      american("416", "ON", "Toronto"),
      american("514", "QC", "Montreal"),
      american("604", "BC", "Vancouver"),
      american("403", "AB", "Calgary"),
    ],
    "toll-free": tollFree,
  },
  GB: {
    name: "United Kingdom",
    local: [british("+44207946", 4, "London"), british("+44161496", 4, "Manchester")],
    mobile: [british("+447700900", 3, "")],
    "toll-free": [british("+448081570", 3, "")],
  },
};

export const countryCodes: readonly string[] = Object.keys(countries);
export const countryName = (code: string): string | undefined => countries[code]?.name;
export const typesIn = (code: string): readonly NumberType[] =>
  (["local", "toll-free", "mobile"] as const).filter((type) => countries[code]?.[type]);

export interface Search {
  readonly areaCode: string | null;
  readonly region: string | null;
  readonly locality: string | null;
  /** Twilio's pattern: `*` is any one character, `%` any string, letters are those of a keypad. At most one page of 30. */
  readonly contains: string | null;
}

/** Twilio shows no more than this many at once. */
const most = 30;

/** Numbers of a country that nobody has; undefined where there is no such country or type. */
export function findAvailable(
  country: string,
  type: NumberType,
  search: Search,
  taken: (phoneNumber: string) => boolean,
): AvailableNumber[] | undefined {
  const ranges = countries[country]?.[type];
  if (!ranges) return undefined;
  const pattern = patternOf(search.contains);
  const asked = (given: string | null, value: string) =>
    given === null || given.toLowerCase() === value.toLowerCase();
  const found: AvailableNumber[] = [];
  for (const { prefix, digits, region, locality } of rangesFor(country, type, ranges, search.areaCode)) {
    if (!asked(search.region, region) || !asked(search.locality, locality)) continue;
    for (let at = 0; at < 10 ** digits && found.length < most; at++) {
      const phoneNumber = prefix + String(at).padStart(digits, "0");
      if (pattern.test(phoneNumber) && !taken(phoneNumber)) found.push({ phoneNumber, region, locality });
    }
  }
  return found;
}

/** Area codes are North American; one that no range here has still has its 555. 533 has no numbers, as for Twilio's test credentials. */
function rangesFor(country: string, type: NumberType, ranges: readonly Range[], areaCode: string | null) {
  if (areaCode === null) return ranges;
  if (country === "GB") return [];
  const known = ranges.filter(({ prefix }) => prefix.startsWith(`+1${areaCode}`));
  if (known.length > 0 || type !== "local") return known;
  return /^[2-9]\d\d$/.test(areaCode) && areaCode !== "533" ? [american(areaCode, "", "")] : [];
}

const keypad = ["", "", "abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"];

/** A pattern without `%` or `+` may lie anywhere in the number. */
function patternOf(contains: string | null): RegExp {
  if (!contains) return /^/;
  const signs = [...contains.toLowerCase()].map((sign) => {
    if (sign === "*") return "\\d";
    if (sign === "%") return "\\d*";
    if (sign === "+") return "\\+";
    if (sign === "$") return "$";
    if (/\d/.test(sign)) return sign;
    const key = keypad.findIndex((letters) => letters.includes(sign));
    return key < 0 ? "" : String(key);
  });
  return new RegExp((contains.startsWith("+") ? "^" : "") + signs.join(""));
}
