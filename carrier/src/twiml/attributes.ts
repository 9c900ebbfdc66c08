/** Reading attribute values. A wrong value warns with the verb's own code and the default is used (protocol 5). */
import type { Method } from "./document.ts";
import type { Element } from "./xml.ts";

export type Warn = (code: number, message: string) => void;

export function readMethod(element: Element, name: string, warn: Warn, code: number): Method {
  const value = element.attributes[name];
  if (value === undefined) return "POST";
  const upper = value.toUpperCase();
  if (upper === "GET" || upper === "POST") return upper;
  warn(code, `<${element.name}> ${name}: expected GET or POST, found ${value}`);
  return "POST";
}

export function readFlag(
  element: Element,
  name: string,
  otherwise: boolean,
  warn: Warn,
  code: number,
): boolean {
  const value = element.attributes[name];
  if (value === undefined) return otherwise;
  if (value === "true" || value === "false") return value === "true";
  warn(code, `<${element.name}> ${name}: expected true or false, found ${value}`);
  return otherwise;
}

/** A whole number from `least`; what is over `most` counts as `most`. */
export function readNumber<Otherwise extends number | null>(
  element: Element,
  name: string,
  least: number,
  otherwise: Otherwise,
  warn: Warn,
  code: number,
  most = 86_400,
): number | Otherwise {
  const value = element.attributes[name];
  if (value === undefined) return otherwise;
  const number = wholeNumber(value, least, most);
  if (number !== null) return number;
  warn(code, `<${element.name}> ${name}: expected a whole number from ${least}, found ${value}`);
  return otherwise;
}

/** One of `words`, the first of them when the attribute is missing or wrong. */
export function readWord<Word extends string>(
  element: Element,
  name: string,
  words: readonly [Word, ...Word[]],
  warn: Warn,
  code: number,
): Word {
  const value = element.attributes[name];
  const found = words.find((word) => word === value);
  if (value !== undefined && found === undefined)
    warn(code, `<${element.name}> ${name}: expected ${words.join(", ")}, found ${value}`);
  return found ?? words[0];
}

/** Words separated by spaces; unknown ones are reported. Without any, `otherwise`. */
export function readWords<Word extends string>(
  element: Element,
  name: string,
  known: readonly Word[],
  otherwise: readonly Word[],
  warn: Warn,
  code: number,
): readonly Word[] {
  const given = (element.attributes[name] ?? "").split(/[\s,]+/).filter((word) => word !== "");
  const words = given.flatMap((word) => known.filter((one) => one === word));
  if (words.length < given.length)
    warn(code, `<${element.name}> ${name}: expected ${known.join(", ")}, found ${given.join(" ")}`);
  return words.length === 0 ? otherwise : words;
}

export function wholeNumber(value: string | undefined, least: number, most: number): number | null {
  if (value === undefined || !/^\d{1,15}$/.test(value.trim())) return null;
  const number = Number(value);
  return number >= least ? Math.min(number, most) : null;
}
