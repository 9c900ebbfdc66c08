/** Dates as they are keyed and spoken: "January fifth nineteen eighty", "1/5/1980", "cinco de enero de 1980". */
import { coerce } from "../coerce.ts";
import { monthsEnglish, monthsSpanish } from "../filters/dates.ts";
import { isSpanish } from "../number-words.ts";
import { saidWords } from "../phrases.ts";
import {
  type AnswerForm,
  type AnswerOptions,
  either,
  fit,
  type KeyedDate,
  type ReadAnswer,
  unfit,
} from "./form.ts";
import { readCardinal, readGroups } from "./numbers-heard.ts";

const ordinals: { readonly [word: string]: string } = Object.fromEntries(
  (
    "first:one second:two third:three fourth:four fifth:five sixth:six seventh:seven eighth:eight ninth:nine tenth:ten " +
    "eleventh:eleven twelfth:twelve thirteenth:thirteen fourteenth:fourteen fifteenth:fifteen sixteenth:sixteen " +
    "seventeenth:seventeen eighteenth:eighteen nineteenth:nineteen twentieth:twenty thirtieth:thirty " +
    "primero:uno primer:uno primera:uno"
  )
    .split(" ")
    .map((pair) => pair.split(":") as [string, string]), // each pair is written with one colon
);

const around = new Set(
  "the of on in its it is my date birth born was de del el la dia fue en ano and y".split(" "),
);

const months = [...monthsEnglish, ...monthsSpanish].map((name) => name.toLowerCase());

/** 1 to 12, or 0. Names may be cut to three or four letters, as in "jan". */
function monthOf(word: string): number {
  if (word === "setiembre") return 9;
  const short = word.length === 3 || word.length === 4;
  const at = months.findIndex((name) => name === word || (short && name.startsWith(word)));
  return at < 0 ? 0 : (at % 12) + 1;
}

interface Parts {
  readonly year: string;
  readonly month: number;
  readonly day: number;
}

/** The date if there is such a day within the limits. */
function dated({ year, month, day }: Parts, options: AnswerOptions): ReadAnswer {
  const of = (full: string) => `${full}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  const date = year.length === 2 ? of(century(year, of, options)) : of(year);
  if (!coerce(date, "date").ok || !/^(1[6-9]|2\d)/.test(date)) return unfit();
  if (options.notAfter && date > options.notAfter) return unfit("too-late");
  return options.notBefore && date < options.notBefore ? unfit("too-early") : fit(date);
}

/** Of a year of two figures the latest allowed; without a limit, 69 and later are of the last century. */
function century(year: string, of: (full: string) => string, { notAfter }: AnswerOptions): string {
  const recent = `20${year}`;
  const late = notAfter ? of(recent) > notAfter : Number(year) >= 69;
  return late ? `19${year}` : recent;
}

function orderOf(options: AnswerOptions): KeyedDate {
  return options.dateOrder ?? "MMDDYYYY";
}

function byKeys(keys: string, options: AnswerOptions): ReadAnswer {
  const order = orderOf(options);
  if (!/^[0-9]+$/.test(keys)) return unfit();
  if (keys.length < order.length) return unfit("incomplete");
  if (keys.length > order.length) return unfit("too-long");
  const part = (letter: string) => keys.slice(order.indexOf(letter), order.lastIndexOf(letter) + 1);
  return dated({ year: part("Y"), month: Number(part("M")), day: Number(part("D")) }, options);
}

function bySpeech(speech: string, options: AnswerOptions): ReadAnswer {
  const said = saidWords(speech).map((word) => {
    const plain = /^[0-9]{1,2}(st|nd|rd|th)$/.test(word) ? word.slice(0, -2) : word;
    return Object.hasOwn(ordinals, plain) ? (ordinals[plain] ?? "") : plain;
  });
  const at = said.findIndex((word) => monthOf(word) > 0);
  if (at >= 0) return byName(monthOf(said[at] ?? ""), said.toSpliced(at, 1), options);
  return byFigures(
    said.filter((word) => !around.has(word)),
    options,
  );
}

/** The words beside the month's name: a day, then a year. */
function byName(month: number, beside: readonly string[], options: AnswerOptions): ReadAnswer {
  // The "y" of "treinta y uno" stays, all other joining words go.
  const words = beside.filter(
    (word, index) =>
      !around.has(word) || (word === "y" && /^(veinte|treinta)$/.test(beside[index - 1] ?? "")),
  );
  const joined = words[1] === "y" ? 3 : 2;
  for (const length of [joined, 1]) {
    const day = readGroups(words.slice(0, length));
    const year = yearOf(words.slice(length));
    if (day?.length === 1 && Number(day[0]) >= 1 && Number(day[0]) <= 31 && year) {
      return dated({ year, month, day: Number(day[0]) }, options);
    }
  }
  const day = readGroups(words);
  return day?.length === 1 || words.length === 0 ? unfit("incomplete") : unfit();
}

function yearOf(words: readonly string[]): string | null {
  const one = readCardinal(words);
  if (one !== null && one >= 1600 && one <= 2999) return String(one);
  const figures = readGroups(words)?.join("") ?? "";
  return /^([0-9]{2}|[12][0-9]{3})$/.test(figures) ? figures : null;
}

/** A date in figures: with signs between, as one, or spoken part by part. */
function byFigures(words: readonly string[], options: AnswerOptions): ReadAnswer {
  const order = orderOf(options);
  const dayFirst = order.startsWith("DD");
  const [first = "", second = "", third = ""] = words;
  if (words.length === 3 && /^[0-9]{4}$/.test(first)) {
    return /^[0-9]{1,2}$/.test(second) && /^[0-9]{1,2}$/.test(third)
      ? dated({ year: first, month: Number(second), day: Number(third) }, options)
      : unfit();
  }
  for (let split = 2; split <= Math.min(4, words.length - 1); split++) {
    const parts = readGroups(words.slice(0, split));
    const year = yearOf(words.slice(split));
    const [one, two] = parts ?? [];
    if (parts?.length !== 2 || !year || one === undefined || two === undefined) continue;
    if (one.length > 2 || two.length > 2 || Number(one) === 0 || Number(two) === 0) continue;
    const [month, day] = dayFirst ? [Number(two), Number(one)] : [Number(one), Number(two)];
    return dated({ year, month, day }, options);
  }
  const figures = readGroups(words)?.join("") ?? "";
  return figures === "" ? unfit() : byKeys(figures, options);
}

const ordersSpanish: { readonly [order in KeyedDate]: string } = {
  MMDDYYYY: "dos dígitos del mes, dos del día y cuatro del año",
  MMDDYY: "dos dígitos del mes, dos del día y dos del año",
  DDMMYYYY: "dos dígitos del día, dos del mes y cuatro del año",
  YYYYMMDD: "cuatro dígitos del año, dos del mes y dos del día",
};
const ordersEnglish: { readonly [order in KeyedDate]: string } = {
  MMDDYYYY: "two digits for the month, two for the day and four for the year",
  MMDDYY: "two digits for the month, two for the day and two for the year",
  DDMMYYYY: "two digits for the day, two for the month and four for the year",
  YYYYMMDD: "four digits for the year, two for the month and two for the day",
};

export const dateAnswer: AnswerForm = {
  label: "Date",
  type: "date",
  keys: true,
  speech: true,
  maxKeys: (options) => orderOf(options).length,
  keysExpected: (options, language = "") =>
    (isSpanish(language) ? ordersSpanish : ordersEnglish)[orderOf(options)],
  read: (given, options = {}) =>
    either(
      given,
      (keys) => byKeys(keys, options),
      (speech) => bySpeech(speech, options),
    ),
};
