/**
 * What applications' servers let be kept of their answers to GET (protocol 2; Twilio, "cache behavior of audio files": its caching proxy
 * obeys Cache-Control, ETag and Last-Modified). A shared cache by the rules of RFC 9111; POST never comes here.
 *
 * Doorway: `look(url)` before asking: what is `fresh` needs no request, else ask with `headers`. Then `keep` a 200, `renew` after a 304.
 * One per carrier, bounded in answers and bytes; the one that was not used for longest goes first.
 */
import type { Clock } from "../clock/clock.ts";
import { limits } from "../limits.ts";

export interface KeptAnswer {
  readonly contentType: string;
  readonly body: Uint8Array;
  /** The headers of the 200 that brought it, with what a 304 has said since. */
  readonly headers: Headers;
}

export interface HttpCache {
  look(url: string): Looked;
  /** After a 200 to a GET: keeps it if its headers allow. `withCredentials`: it was asked for with an Authorization header. */
  keep(url: string, headers: Headers, body: Uint8Array, withCredentials?: boolean): void;
  /** After a 304 to a request with `look`'s headers: what is kept, good anew. Undefined when nothing is kept: nobody asked conditionally. */
  renew(url: string, headers: Headers): KeptAnswer | undefined;
  /** After any answer that is neither: what was kept is no longer true. */
  forget(url: string): void;
  readonly size: number;
  readonly bytes: number;
}

export interface Looked {
  /** Good without asking, or null. */
  readonly fresh: KeptAnswer | null;
  /** If-None-Match and If-Modified-Since of what is kept; empty when nothing is. */
  readonly headers: Readonly<Record<string, string>>;
}

interface Entry extends KeptAnswer {
  /** Until this time it is good without asking, ms since the epoch. */
  readonly freshUntil: number;
}

export function createCache(clock: Clock): HttpCache {
  /** Least recently used first. */
  const entries = new Map<string, Entry>();
  let bytes = 0;
  const forget = (url: string) => {
    const entry = entries.get(url);
    if (entry && entries.delete(url)) bytes -= entry.body.byteLength;
  };
  const put = (url: string, entry: Entry) => {
    forget(url);
    entries.set(url, entry);
    bytes += entry.body.byteLength;
    for (const [oldest] of entries) {
      if (entries.size <= limits.cacheEntries && bytes <= limits.cacheBytes) break;
      forget(oldest);
    }
  };
  return {
    look(url) {
      const entry = entries.get(url);
      if (!entry) return { fresh: null, headers: {} };
      put(url, entry);
      if (clock.now() < entry.freshUntil) return { fresh: entry, headers: {} };
      const tag = entry.headers.get("etag");
      const modified = entry.headers.get("last-modified");
      return {
        fresh: null,
        headers: {
          ...(tag !== null && { "If-None-Match": tag }),
          ...(modified !== null && { "If-Modified-Since": modified }),
        },
      };
    },
    keep(url, headers, body, withCredentials = false) {
      forget(url);
      const freshMs = freshFor(headers, clock.now());
      const checkable = headers.has("etag") || headers.has("last-modified");
      if (!storable(headers, withCredentials) || (freshMs <= 0 && !checkable)) return;
      if (body.byteLength > limits.cachedAnswerBytes) return;
      const contentType = contentTypeOf(headers);
      put(url, { contentType, body, headers: new Headers(headers), freshUntil: clock.now() + freshMs });
    },
    renew(url, headers) {
      const entry = entries.get(url);
      if (!entry) return undefined;
      // RFC 9111, 3.2: what a 304 says replaces what was said before, except about the body it does not bring.
      const merged = new Headers(entry.headers);
      for (const [name, value] of headers) if (!/^(content-|transfer-)/.test(name)) merged.set(name, value);
      const renewed = { ...entry, headers: merged, freshUntil: clock.now() + freshFor(merged, clock.now()) };
      put(url, renewed);
      return renewed;
    },
    forget,
    get size() {
      return entries.size;
    },
    get bytes() {
      return bytes;
    },
  };
}

/** `text/xml`, in lower case and without parameters; "" when there is none. */
export const contentTypeOf = (headers: Headers): string =>
  (headers.get("content-type") ?? "").split(";")[0]!.trim().toLowerCase();

/** `Cache-Control` by directive, in lower case; one without a value is "". */
function directives(headers: Headers): Map<string, string> {
  const text = headers.get("cache-control") ?? "";
  return new Map(
    [...text.matchAll(/([^\s,;=]+)(?:\s*=\s*(?:"([^"]*)"|([^\s,;]*)))?/g)].map(
      ([, name, quoted, plain]) => [name!.toLowerCase(), quoted ?? plain ?? ""] as const,
    ),
  );
}

function storable(headers: Headers, withCredentials: boolean): boolean {
  const said = directives(headers);
  if (said.has("no-store") || said.has("private")) return false;
  // RFC 9111, 3.5: an answer to a request with credentials is for that client alone, unless it says otherwise.
  if (withCredentials && !["public", "s-maxage", "must-revalidate"].some((name) => said.has(name)))
    return false;
  // Every request is made with the same headers but for cookies; what hangs on more than coding and language is not kept.
  const vary = (headers.get("vary") ?? "").toLowerCase().split(",");
  const harmless = ["", "accept", "accept-encoding", "accept-language", "origin", "user-agent"];
  return vary.every((name) => harmless.includes(name.trim()));
}

/** How long it is good without asking, ms. Without max-age or Expires not at all: nothing is guessed from its age. */
function freshFor(headers: Headers, now: number): number {
  const said = directives(headers);
  if (said.has("no-cache")) return 0;
  const seconds = said.get("s-maxage") ?? said.get("max-age");
  const age = Number(headers.get("age") ?? 0) || 0;
  if (seconds !== undefined) return /^\d{1,9}$/.test(seconds) ? (Number(seconds) - age) * 1000 : 0;
  const expires = Date.parse(headers.get("expires") ?? "");
  if (Number.isNaN(expires)) return 0;
  const date = Date.parse(headers.get("date") ?? "");
  return expires - (Number.isNaN(date) ? now : date) - age * 1000;
}
