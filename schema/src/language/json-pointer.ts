/** Reading single values out of a JSON answer by JSON pointers (RFC 6901). Never throws. */

export type Picked = string | number | boolean | null;

/** Each named pointer's value; null where there is none, or it is a list or an object. */
export function pickFrom(
  answer: unknown,
  pointers: { readonly [name: string]: string },
): { readonly [name: string]: Picked } {
  return Object.fromEntries(Object.entries(pointers).map(([name, pointer]) => [name, pick(answer, pointer)]));
}

function pick(answer: unknown, pointer: string): Picked {
  let at = answer;
  for (const part of pointer === "" ? [] : pointer.split("/").slice(1)) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return null;
    at = (at as { readonly [key: string]: unknown })[key]; // an object's own key, just seen
  }
  return typeof at === "string" || typeof at === "number" || typeof at === "boolean" ? at : null;
}
