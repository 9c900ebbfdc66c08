/** Reading attributes of an element that has been held against the grammar (`tidy.ts`): what is there is right, what is missing is its default. */
import type { Method, Reference } from "./document.ts";
import type { Element } from "./xml.ts";

export type Warn = (code: number, message: string) => void;

export const readMethod = (element: Element, name: string): Method =>
  element.attributes[name] === "GET" ? "GET" : "POST";

export function readFlag(element: Element, name: string, otherwise: boolean): boolean {
  const value = element.attributes[name];
  return value === undefined ? otherwise : value === "true";
}

/** A whole number; what is over `most` counts as `most`. */
export function readNumber<Otherwise extends number | null>(
  element: Element,
  name: string,
  otherwise: Otherwise,
  most = 86_400,
): number | Otherwise {
  const value = element.attributes[name];
  return value === undefined ? otherwise : Math.min(Number(value), most);
}

/** One of `words`, the first of them when the attribute is missing. */
export const readWord = <Word extends string>(
  element: Element,
  name: string,
  words: readonly [Word, ...Word[]],
): Word => words.find((word) => word === element.attributes[name]) ?? words[0];

/** Words of a list, without any `otherwise`. */
export function readWords<Word extends string>(
  element: Element,
  name: string,
  known: readonly Word[],
  otherwise: readonly Word[],
): readonly Word[] {
  const given = element.attributes[name]?.split(" ");
  return given === undefined ? otherwise : known.filter((word) => given.includes(word));
}

/** Where to send a request; null without a URL. */
export function readReference(element: Element, url: string, method: string): Reference | null {
  const value = element.attributes[url];
  return value ? { url: value, method: readMethod(element, method) } : null;
}

export function wholeNumber(value: string | undefined, least: number, most: number): number | null {
  if (value === undefined || !/^\d{1,15}$/.test(value.trim())) return null;
  const number = Number(value);
  return number >= least ? Math.min(number, most) : null;
}
