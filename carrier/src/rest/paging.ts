/**
 * REST lists, paged as Twilio does it: `PageSize` up to 1000, and a `PageToken` that names the row after which a page begins (or before
 * which, with PB), so that a page stays where it was when rows come in before it. `Page` alone counts from 0.
 */
import { limits } from "../limits.ts";
import { type RestError, restError } from "./errors.ts";
import { wholeNumberOf } from "./form.ts";

/** What is wrong with a list's page, before anything is listed. */
export function checkPage(query: URLSearchParams): RestError | null {
  const [size, page, token] = [query.get("PageSize"), query.get("Page"), query.get("PageToken")];
  if (size && wholeNumberOf(size) === null) return restError(20001, `Invalid PageSize: found ${size}`);
  if (size && Number(size) > limits.pageSizeMost)
    return restError(20007, `Page size too large: at most ${limits.pageSizeMost}, found ${size}`);
  if (page && wholeNumberOf(page) === null) return restError(20001, `Invalid Page: found ${page}`);
  return token && !/^P[AB].+/.test(token) ? restError(20001, `Invalid PageToken: found ${token}`) : null;
}

/** One page of `rows` under `name`, with the links Twilio gives. `path` is the list's path without query. */
export function page<Row extends object>(
  name: string,
  rows: readonly Row[],
  path: string,
  query: URLSearchParams,
) {
  const { size, number } = askedIn(query);
  const start = startOf(rows, query.get("PageToken"), size) ?? number * size;
  const shown = rows.slice(start, start + size);
  const uriOf = (target: number, token?: string) => {
    const next = new URLSearchParams(query);
    next.set("PageSize", String(size));
    next.set("Page", String(target));
    if (token) next.set("PageToken", token);
    else next.delete("PageToken");
    return `${path}?${next}`;
  };
  const [first, last] = [shown[0], shown.at(-1)];
  return {
    [name]: shown,
    page: number,
    page_size: size,
    start,
    end: Math.max(start, start + shown.length - 1),
    uri: uriOf(number, query.get("PageToken") ?? undefined),
    first_page_uri: uriOf(0),
    next_page_uri: last && start + size < rows.length ? uriOf(number + 1, `PA${keyOf(last)}`) : null,
    previous_page_uri: first && start > 0 ? uriOf(Math.max(0, number - 1), `PB${keyOf(first)}`) : null,
  };
}

/**
 * One page as Twilio's later APIs give it (Monitor, TaskRouter): whole links, in `meta`, pages counted from 0.
 * `url` is the list's own, without query; `shown` is asked for the rows of this page alone.
 */
export function metaPage<Row>(
  key: string,
  rows: readonly Row[],
  url: string,
  query: URLSearchParams,
  shown: (row: Row) => object,
) {
  const { size, number } = askedIn(query);
  const urlOf = (target: number) => {
    const next = new URLSearchParams(query);
    next.set("PageSize", String(size));
    next.set("Page", String(target));
    next.delete("PageToken");
    if (target > 0) next.set("PageToken", `PT${target}`);
    return `${url}?${next}`;
  };
  const after = (number + 1) * size;
  return {
    meta: {
      page: number,
      page_size: size,
      first_page_url: urlOf(0),
      previous_page_url: number > 0 ? urlOf(number - 1) : null,
      url: urlOf(number),
      next_page_url: after < rows.length ? urlOf(number + 1) : null,
      key,
    },
    [key]: rows.slice(number * size, after).map(shown),
  };
}

/** How long a page is, and which one is wanted. */
function askedIn(query: URLSearchParams): { readonly size: number; readonly number: number } {
  const asked = wholeNumberOf(query.get("PageSize") ?? "") ?? limits.pageSize;
  const size = Math.min(Math.max(1, asked), limits.pageSizeMost);
  return { size, number: wholeNumberOf(query.get("Page") ?? "") ?? 0 };
}

/** Where the page after (PA) or before (PB) a row begins; undefined when the row is not there any more. */
function startOf(rows: readonly object[], token: string | null, size: number): number | undefined {
  if (!token) return undefined;
  const at = rows.findIndex((row) => keyOf(row) === token.slice(2));
  if (at < 0) return undefined;
  return token.startsWith("PA") ? at + 1 : Math.max(0, at - size);
}

/** What tells a row of a list from the others. */
function keyOf(row: object): string {
  // Rows are resources; those without a SID have a call's, or are numbers.
  const { sid, call_sid, phone_number } = row as Partial<Record<"sid" | "call_sid" | "phone_number", string>>;
  return sid ?? call_sid ?? phone_number ?? "";
}
