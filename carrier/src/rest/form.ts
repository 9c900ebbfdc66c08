/** Reads a REST request's form and checks single fields. Names may repeat (`StatusCallbackEvent`). */
import type { Context } from "hono";
import type { Address } from "../calls/call.ts";
import { limits } from "../limits.ts";
import type { Method } from "../twiml/document.ts";
import { type RestError, restError } from "./errors.ts";

export async function readForm(c: Context): Promise<URLSearchParams | RestError> {
  const text = await readText(c.req.raw);
  return text === null ? restError(20413, "Request Entity Too Large", 413) : new URLSearchParams(text);
}

/** A request's body, or null when it is over our limit; the rest of it is then not read. */
export async function readText(request: Request): Promise<string | null> {
  if (Number(request.headers.get("content-length") ?? 0) > limits.bodyBytes) return null;
  if (!request.body) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > limits.bodyBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** The end of a path: a SID, without the ending that every path has behind the door. */
export const sidIn = (c: Context): string => (c.req.param("file") ?? "").replace(/\.json$/, "");

export const queryOf = (c: Context): URLSearchParams => new URL(c.req.url).searchParams;

/** An absolute http(s) URL with a host. */
export function isWebUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.protocol === "http:" || url.protocol === "https:");
}

/** GET or POST, POST when not given, null for anything else. */
export function methodOf(text: string | null): Method | null {
  const upper = (text || "POST").toUpperCase();
  return upper === "GET" || upper === "POST" ? upper : null;
}

/** A whole number, or null. */
export function wholeNumberOf(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** A URL and its method, null when the form has none; a URL that is none has the given code. */
export function readAddress(
  form: URLSearchParams,
  urlName: string,
  methodName: string,
  code: number,
): Address | RestError | null {
  const url = form.get(urlName);
  if (!url) return null;
  if (!isWebUrl(url)) return restError(code, `${urlName} is not a valid URL: ${url}`);
  const method = methodOf(form.get(methodName));
  return method === null
    ? restError(21209, `Invalid ${methodName}: expected GET or POST, found ${form.get(methodName)}`)
    : { url, method };
}

/** Whether a list's filter lets a row through; a filter that is not given, or empty, lets all. */
export function matches(query: URLSearchParams, name: string, value: string): boolean {
  const wanted = query.get(name);
  return !wanted || wanted === value;
}

/**
 * Whether a list's filter by time lets one through: `Name`, `Name<` (then or before) and `Name>` (then or after). A day is one in UTC; a
 * time of day, which the clients of some languages send, counts for `<` and `>` alone, with its own zone.
 */
export function matchesDate(query: URLSearchParams, name: string, ms: number | null): boolean {
  const holds = (suffix: string, test: (one: string, wanted: string) => boolean) => {
    const wanted = query.get(name + suffix);
    if (!wanted) return true;
    if (ms === null) return false;
    const time = wanted.includes("T") ? Date.parse(wanted) : Number.NaN;
    if (Number.isNaN(time)) return test(dayOf(ms), wanted.slice(0, 10));
    return suffix === "" ? dayOf(ms) === dayOf(time) : test(instantOf(ms), instantOf(time));
  };
  return (
    holds("", (one, wanted) => one === wanted) &&
    holds("<", (one, wanted) => one <= wanted) &&
    holds(">", (one, wanted) => one >= wanted)
  );
}

const instantOf = (ms: number) => new Date(ms).toISOString();
const dayOf = (ms: number) => instantOf(ms).slice(0, 10);

/** Words with spaces or commas between them, in one field or in several of that name. */
export const wordsIn = (form: URLSearchParams, name: string): string[] =>
  form
    .getAll(name)
    .flatMap((text) => text.split(/[\s,]+/))
    .filter((word) => word !== "");

/** `true` or `false`, undefined when not given. */
export function flagOf(form: URLSearchParams, name: string): boolean | undefined {
  const text = form.get(name)?.toLowerCase();
  return text ? text === "true" : undefined;
}
