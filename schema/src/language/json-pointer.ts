/** Reading single values out of a JSON answer by JSON pointers (RFC 6901). Never throws. */

export type Picked = string | number | boolean | null;

/** Longest text that is taken, in UTF-16 code units; a longer one is nothing. */
const longestPicked = 4000;

/**
 * Each named pointer's value: a text, a number or a truth value. Null where there is none, where it is a list or an
 * object, or where it could not be stored.
 */
export function pickFrom(
  answer: unknown,
  pointers: { readonly [name: string]: string },
): { readonly [name: string]: Picked } {
  return Object.fromEntries(
    Object.entries(pointers).map(([name, pointer]) => [name, plain(at(answer, pointer))]),
  );
}

/** What is not there is undefined. */
function at(answer: unknown, pointer: string): unknown {
  if (pointer === "") return answer;
  if (!pointer.startsWith("/")) return undefined;
  let here = answer;
  for (const part of pointer.slice(1).split("/")) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof here !== "object" || here === null) return undefined;
    if (Array.isArray(here) && !/^(0|[1-9]\d{0,5})$/.test(name)) return undefined;
    if (!Object.hasOwn(here, name)) return undefined;
    here = (here as { readonly [name: string]: unknown })[name]; // an own property, just looked at
  }
  return here;
}

function plain(value: unknown): Picked {
  if (typeof value === "string") {
    return value.length > longestPicked ? null : value.toWellFormed().replaceAll("\u0000", "");
  }
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  return typeof value === "boolean" ? value : null;
}
