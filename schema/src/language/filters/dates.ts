/** Filters that say dates and times of day. */
import type { Value } from "../../call/values.ts";
import { isSpanish } from "../number-words.ts";
import { plainText } from "../reference.ts";
import { ordinalEnglish } from "./amounts.ts";
import { english, type Filter } from "./filter.ts";

export const monthsEnglish =
  "January February March April May June July August September October November December".split(" ");
export const monthsSpanish =
  "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(" ");

function monthAndDay(month: number, day: number, language: string): string | null {
  if (!isSpanish(language)) {
    const name = monthsEnglish[month - 1];
    return name ? `${name} ${ordinalEnglish(day)}` : null;
  }
  const name = monthsSpanish[month - 1];
  return name ? `${day === 1 ? "primero" : day} de ${name}` : null;
}

export function dateSpoken(value: Value, language: string, withYear = true): string {
  const text = plainText(value);
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const said = match ? monthAndDay(Number(match[2]), Number(match[3]), language) : null;
  if (!match || said === null) return text;
  if (!withYear) return said;
  return isSpanish(language) ? `${said} de ${match[1]}` : `${said}, ${match[1]}`;
}

export function timeSpoken(value: Value, language: string): string {
  const text = plainText(value);
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (!match) return text;
  const hour = Number(match[1]);
  const clock = `${hour % 12 || 12}:${match[2]}`;
  if (!isSpanish(language)) return `${clock} ${hour < 12 ? "AM" : "PM"}`;
  const part = hour < 6 ? "la madrugada" : hour < 12 ? "la mañana" : hour < 20 ? "la tarde" : "la noche";
  return `${clock} de ${part}`;
}

export const dateFilters: readonly Filter[] = [
  {
    name: "date",
    help: "A date with its month as a word.",
    example: { from: "2026-03-02", spoken: "March 2nd, 2026" },
    takes: ["date"],
    apply: (value, language = english) => dateSpoken(value, language),
  },
  {
    name: "month-day",
    help: "A date without its year.",
    example: { from: "2026-03-02", spoken: "March 2nd" },
    takes: ["date"],
    apply: (value, language = english) => dateSpoken(value, language, false),
  },
  {
    name: "time",
    help: "A time of day by the twelve-hour clock.",
    example: { from: "16:30", spoken: "4:30 PM" },
    takes: ["time"],
    apply: (value, language = english) => timeSpoken(value, language),
  },
];
