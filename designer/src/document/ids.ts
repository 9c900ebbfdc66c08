/** Names for new things: readable, and taken by nobody else in the flow. */
import { variableName } from "@trunkline/schema/language";

/** A node id made from words: lower-case letters, digits and dashes, at most 50 characters. */
export function slugOf(words: string): string {
  const slug = words
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "")
    .slice(0, 50)
    .replace(/-+$/, "");
  return slug === "" || slug === "constructor" ? "node" : slug;
}

/** The first of `base`, `base-2`, `base-3`… that is free. */
export function freeId(base: string, taken: (id: string) => boolean): string {
  if (!taken(base)) return base;
  for (let n = 2; ; n += 1) if (!taken(`${base}-${n}`)) return `${base}-${n}`;
}

/** The first of "Title", "Title 2"… that no node bears. */
export function freeTitle(base: string, taken: (title: string) => boolean): string {
  if (!taken(base)) return base;
  for (let n = 2; ; n += 1) if (!taken(`${base} ${n}`)) return `${base} ${n}`;
}

export function isVariableName(name: string): boolean {
  return variableName.test(name);
}
