/**
 * The fixed list of what may stand after the bar in `{{name|filter}}`. A filter is a pure function from a value to
 * the words a voice should say. There is no way to add one from a flow.
 */
import type { Value, VariableType } from "../call/values.ts";

export interface Filter {
  readonly name: string;
  readonly help: string;
  readonly example: { readonly from: Value; readonly spoken: string };
  readonly apply: (value: Value) => string;
}

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

function ordinal(day: number): string {
  const tens = day % 100;
  if (tens >= 11 && tens <= 13) return `${day}th`;
  return `${day}${["th", "st", "nd", "rd"][day % 10] ?? "th"}`;
}

function spaced(value: Value): string {
  return [...String(value).replace(/\s+/g, "")].join(" ");
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

function inWords(value: Value): string {
  const cents = Math.round(Number(value));
  if (!Number.isFinite(cents)) return String(value);
  const sign = cents < 0 ? "minus " : "";
  const dollars = Math.floor(Math.abs(cents) / 100);
  const rest = Math.abs(cents) % 100;
  return sign + counted(dollars, "dollar") + (rest ? ` and ${counted(rest, "cent")}` : "");
}

function spokenDate(value: Value): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(String(value));
  const month = months[Number(match?.[2]) - 1];
  return match && month ? `${month} ${ordinal(Number(match[3]))}, ${match[1]}` : String(value);
}

export const filters: readonly Filter[] = [
  {
    name: "digits",
    help: "One digit or letter at a time.",
    example: { from: "00417", spoken: "0 0 4 1 7" },
    apply: spaced,
  },
  {
    name: "money",
    help: "An amount in cents, in dollars and cents.",
    example: { from: 12550, spoken: "125 dollars and 50 cents" },
    apply: inWords,
  },
  {
    name: "date",
    help: "A date with its month as a word.",
    example: { from: "2026-03-02", spoken: "March 2nd, 2026" },
    apply: spokenDate,
  },
];

const byName = new Map(filters.map((filter) => [filter.name, filter]));

export function findFilter(name: string): Filter | undefined {
  return byName.get(name);
}

/** How a value is said when the text names no filter: amounts and dates as words, everything else as it stands. */
export function spoken(value: Value, type: VariableType | undefined): string {
  if (type === "money") return inWords(value);
  return type === "date" ? spokenDate(value) : String(value);
}
