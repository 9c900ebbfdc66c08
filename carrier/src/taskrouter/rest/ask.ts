/** One request to TaskRouter's REST API on its way to what answers it, and what many answers need: texts, numbers, pages, dates. */
import { limits } from "../../limits.ts";
import { type RestError, restError } from "../../rest/errors.ts";
import { metaPage } from "../../rest/paging.ts";
import type { Attributes, Workspace } from "../model.ts";
import type { TaskRouter } from "../task-router.ts";

export interface Ask {
  readonly router: TaskRouter;
  readonly accountSid: string;
  /** Where this carrier is, for links: `http://127.0.0.1:PORT/v1`. */
  readonly base: string;
  /** As asked, without query. */
  readonly path: string;
  /** SIDs of the path by name. */
  readonly sids: Readonly<Record<string, string>>;
  /** Of a POST the form, of a GET the query. */
  readonly form: URLSearchParams;
  readonly ifMatch: string | null;
  /** Says what is accepted and does nothing. */
  readonly warn: (message: string, code?: number) => void;
  readonly now: number;
}

/** An answer: JSON, its ETag where there is one; null is 204. */
export interface Told {
  readonly status: 200 | 201 | 204;
  readonly body: object | null;
  readonly version?: number;
}
export type Handler = (ask: Ask, workspace: Workspace) => Told | RestError;
export type Handlers = Readonly<Record<string, Handler>>;

export const shown = (body: object, version?: number): Told => ({ status: 200, body, version });
export const made = (body: object, version?: number): Told => ({ status: 201, body, version });
export const gone: Told = { status: 204, body: null };
export const wrong = (message: string): RestError => restError(20001, message);
export const lost = ({ path }: Ask): RestError =>
  restError(20404, `The requested resource ${path} was not found`, 404);

/** ISO 8601 without fractions: TaskRouter's dates (protocol 1). */
export const iso = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** One page, in the form of Twilio's later APIs. */
export function pageOf<Row extends object>(ask: Ask, key: string, rows: readonly Row[]): Told {
  const { form, base, path } = ask;
  if (form.has("Page") && !form.has("PageToken") && form.get("Page") !== "0")
    ask.warn("Absolute Paging used when iterating TaskRouter resources: expected PageToken", 40153);
  return shown(metaPage(key, rows, base + path.replace(/^\/v1/, ""), form, (row) => row));
}

/** JSON of an object; null when not given. */
export function readAttributes(form: URLSearchParams): Attributes | null | RestError {
  const text = form.get("Attributes");
  if (text === null) return null;
  if (text.length > limits.attributesCharacters)
    return wrong(
      `Invalid Attributes: expected at most ${limits.attributesCharacters} characters, found ${text.length}`,
    );
  try {
    const value: unknown = JSON.parse(text === "" ? "{}" : text);
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return { text: text === "" ? "{}" : text, value };
  } catch {
    // Said below.
  }
  return wrong("Invalid Attributes: expected a JSON object");
}

/** A name of 1 to 64 characters; null when not given. */
export function readName(form: URLSearchParams, required: boolean): string | null | RestError {
  const name = form.get("FriendlyName");
  if (name === null)
    return required ? wrong("Missing required parameter FriendlyName in the post body") : null;
  const most = limits.queueNameCharacters;
  return name.length >= 1 && name.length <= most
    ? name
    : restError(20002, `Invalid FriendlyName: expected 1 to ${most} characters, found ${name.length}`);
}

/** A whole number within bounds; null when not given. */
export function readWhole(
  form: URLSearchParams,
  name: string,
  least: number,
  most: number,
): number | null | RestError {
  const text = form.get(name);
  if (!text) return null;
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  return number >= least && number <= most
    ? number
    : wrong(`Invalid ${name}: expected ${least} to ${most}, found ${text}`);
}

/** `true`, `1` and `yes` are true; null when not given. */
export function readFlag(form: URLSearchParams, name: string): boolean | null {
  const text = form.get(name);
  return text === null || text === "" ? null : ["true", "1", "yes"].includes(text.toLowerCase());
}

/** One of the words, null when not given. */
export function readWord<Word extends string>(
  form: URLSearchParams,
  name: string,
  words: readonly Word[],
): Word | null | RestError {
  const text = form.get(name);
  if (!text) return null;
  const found = words.find((word) => word === text);
  return found ?? wrong(`Invalid ${name}: expected ${words.join(", ")}, found ${text}`);
}

/** 412 when the resource has changed since the version that was asked for. */
export function staleFor({ ifMatch }: Ask, version: number): RestError | null {
  const wanted = ifMatch?.replace(/^(W\/)?"?(.*?)"?$/, "$2") ?? null;
  return wanted === null || wanted === "*" || wanted === String(version)
    ? null
    : restError(20412, `If-Match: expected version ${version}, found ${wanted}`, 412);
}

/** Whether a list's filter lets a row through; one that is not given lets all. */
export const passes = (form: URLSearchParams, name: string, value: string | null): boolean =>
  !form.get(name) || form.get(name) === value;
