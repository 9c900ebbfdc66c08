/**
 * The way from older document formats to the newest. Each migration takes format n to n + 1, has a name, and is never
 * edited once released; the list has no gaps. Migrations use the untyped JSON helpers of this folder only: the typed
 * document moves on, they do not.
 */
import { isObject, type JsonObject } from "./json.ts";

export interface Migration {
  readonly name: string;
  /** The format it reads; it writes the one after. */
  readonly from: number;
  readonly up: (document: JsonObject) => JsonObject;
}

/** In order. Format 1 is the first released one, so nothing is older yet. */
export const migrations: readonly Migration[] = [];

export type Migrated =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly sentence: string };

/** Bring a document to the newest format. Never throws; what is no document at all passes through to the schema. */
export function migrate(value: unknown, list: readonly Migration[] = migrations): Migrated {
  if (!isObject(value)) return { ok: true, value };
  const newest = newestFormat(list);
  const found = value.formatVersion;
  if (typeof found !== "number" || !Number.isInteger(found) || found < 1) {
    return {
      ok: false,
      sentence: `Expected a format version from 1 to ${newest}, found ${JSON.stringify(found) ?? "none"}.`,
    };
  }
  if (found > newest) {
    return {
      ok: false,
      sentence: `This document has format ${found}; this version of Trunkline reads up to ${newest}.`,
    };
  }
  let document = value;
  for (const step of list) {
    if (step.from < found) continue;
    try {
      document = { ...step.up(document), formatVersion: step.from + 1 };
    } catch {
      return {
        ok: false,
        sentence: `The document could not be brought from format ${step.from} by "${step.name}".`,
      };
    }
  }
  return { ok: true, value: document };
}

/** The format the list leads to. Throws on a gap, naming what was expected and what was found. */
export function newestFormat(list: readonly Migration[]): number {
  list.forEach((migration, index) => {
    if (migration.from !== index + 1) {
      throw new Error(
        `Migration "${migration.name}": expected to start from format ${index + 1}, found ${migration.from}.`,
      );
    }
  });
  return list.length + 1;
}
