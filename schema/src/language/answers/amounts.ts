/** Amounts and plain numbers as they are keyed and spoken. */
import { isSpanish } from "../number-words.ts";
import { saidWords } from "../phrases.ts";
import { type AnswerForm, type AnswerOptions, either, fit, type ReadAnswer, unfit } from "./form.ts";
import { numberHeard, readCardinal, readGroups } from "./numbers-heard.ts";

/** Ten million dollars and more are a misunderstanding. */
const mostCents = 1_000_000_000;

function inCents(dollars: number, cents = 0): ReadAnswer {
  const all = Math.round(dollars * 100) + cents;
  return all >= 0 && all < mostCents ? fit(all) : unfit();
}

function moneyKeyed(keys: string, options: AnswerOptions): ReadAnswer {
  if (options.moneyKeys !== "star") return /^[0-9]{1,9}$/.test(keys) ? fit(Number(keys)) : unfit();
  const match = /^([0-9]{0,7})(?:\*([0-9]{1,2})?)?$/.exec(keys);
  if (!match || (match[1] === "" && !match[2])) return unfit();
  return inCents(Number(match[1] || 0), Number((match[2] ?? "").padEnd(2, "0")));
}

const dollarWords = /^(dollars?|dolar|dolares|bucks?|pesos?)$/;
const centWords = /^(cents?|centavos?)$/;
const links = /^(and|con|y|point|punto)$/;
const around = new Set(
  "its it is the amount about for total billed was a de es el la monto cantidad son por please favor".split(
    " ",
  ),
);

/** "$1,250.50", "125 dollars and 50 cents", "ciento veinticinco con cincuenta". */
function moneySpoken(speech: string): ReadAnswer {
  const figures =
    /^\D{0,40}?\$?\s*(\d{1,3}(?:,\d{3})+|\d{1,8})(\.\d{1,2})?\s*(?:dollars?|d[oó]lares|usd)?[.!\s]*$/i.exec(
      speech,
    );
  if (figures && !/[a-záéíóúñ]{2}/i.test(withoutLead(speech))) {
    return inCents(Number((figures[1] ?? "").replaceAll(",", "") + (figures[2] ?? "")));
  }
  const words = saidWords(
    speech.replace(/(\d),(?=\d{3})/g, "$1").replace(/(\d)\.(?=\d)/g, "$1 point "),
  ).filter((word) => !around.has(word));
  const dollar = words.findIndex((word) => dollarWords.test(word));
  if (dollar >= 0) {
    const before = words.slice(0, dollar);
    const point = before.findIndex((word) => /^(point|punto)$/.test(word));
    const rest = words.slice(dollar + 1);
    if (point >= 0)
      return rest.length === 0 ? parts(before.slice(0, point), before.slice(point + 1), true) : unfit();
    return parts(before, links.test(rest[0] ?? "") ? rest.slice(1) : rest, false);
  }
  if (centWords.test(words.at(-1) ?? "")) {
    const cents = readCardinal(words.slice(0, -1));
    if (cents !== null) return cents < 100 ? inCents(0, cents) : unfit();
  }
  const split = words.findIndex((word) => /^(con|point|punto)$/.test(word));
  if (split >= 0) return parts(words.slice(0, split), words.slice(split + 1), words[split] !== "con");
  return parts(words, [], false);
}

function withoutLead(speech: string): string {
  return speech.replace(/\b(?:dollars?|d[oó]lares|usd)\b/gi, "");
}

function parts(whole: readonly string[], rest: readonly string[], decimal: boolean): ReadAnswer {
  const dollars = readCardinal(whole);
  if (dollars === null) return unfit();
  const said = centWords.test(rest.at(-1) ?? "") ? rest.slice(0, -1) : rest;
  if (said.length === 0) return inCents(dollars);
  if (decimal) {
    const figures = readGroups(said)?.join("") ?? "";
    return /^[0-9]{1,2}$/.test(figures) ? inCents(dollars, Number(figures.padEnd(2, "0"))) : unfit();
  }
  const cents = readCardinal(
    said[0] === "oh" || said[0] === "zero" || said[0] === "cero" ? said.slice(1) : said,
  );
  return cents !== null && cents < 100 ? inCents(dollars, cents) : unfit();
}

export const moneyAnswer: AnswerForm = {
  label: "Amount of money",
  type: "money",
  keys: true,
  speech: true,
  maxKeys: () => undefined,
  keysExpected: (options, language = "") => {
    const star = options.moneyKeys === "star";
    if (isSpanish(language))
      return star ? "el monto, con asterisco por el punto" : "el monto en centavos, sin punto";
    return star ? "the amount, with star for the point" : "the amount in cents, without a point";
  },
  read: (given, options = {}) => either(given, (keys) => moneyKeyed(keys, options), moneySpoken),
};

function numberKeyed(keys: string): ReadAnswer {
  const match = /^([0-9]{1,12})(?:\*([0-9]{1,6}))?$/.exec(keys);
  return match ? fit(Number(match[2] ? `${match[1]}.${match[2]}` : match[1])) : unfit();
}

export const numberAnswer: AnswerForm = {
  label: "Number",
  type: "number",
  keys: true,
  speech: true,
  maxKeys: () => undefined,
  keysExpected: (_options, language = "") =>
    isSpanish(language) ? "un número, con asterisco por el punto" : "a number, with star for the point",
  read: (given) =>
    either(given, numberKeyed, (speech) => {
      const number = numberHeard(speech);
      // "Minus zero" is zero.
      return number === null ? unfit() : fit(number === 0 ? 0 : number);
    }),
};
