/** What is kept of an answer, for how long, and how it is asked for again (Twilio, "cache behavior of audio files"; RFC 9111). */
import { expect, test } from "vitest";
import { virtualClock } from "../clock/clock.ts";
import { limits } from "../limits.ts";
import { createCache } from "./cache.ts";

const url = "http://127.0.0.1/music.wav";
const body = (length: number) => new Uint8Array(length);
const tag = { etag: '"v1"' };
const asked = { "If-None-Match": '"v1"' };

/** Seconds after the answer. */
const rows: [
  rule: string,
  headers: Record<string, string>,
  at: number,
  found: "fresh" | Record<string, string>,
][] = [
  ["nothing is said: not kept", {}, 0, {}],
  ["max-age: good without asking", { "cache-control": "max-age=60" }, 59, "fresh"],
  ["max-age is over, nothing to ask with", { "cache-control": "max-age=60" }, 60, {}],
  ["max-age is over: asked by ETag", { "cache-control": "max-age=60", ...tag }, 60, asked],
  ["an ETag alone: always asked", tag, 0, asked],
  [
    "Last-Modified alone: always asked",
    { "last-modified": "Sun, 01 Nov 2026 00:00:00 GMT" },
    0,
    { "If-Modified-Since": "Sun, 01 Nov 2026 00:00:00 GMT" },
  ],
  [
    "both",
    { ...tag, "last-modified": "yesterday" },
    0,
    { "If-None-Match": '"v1"', "If-Modified-Since": "yesterday" },
  ],
  ["no-cache: always asked", { "cache-control": "no-cache, max-age=60", ...tag }, 0, asked],
  ["no-store", { "cache-control": "no-store", ...tag }, 0, {}],
  ["private: Twilio's proxy is shared", { "cache-control": "private, max-age=60", ...tag }, 0, {}],
  ["s-maxage before max-age", { "cache-control": "max-age=1, s-maxage=60" }, 30, "fresh"],
  ["a quoted value", { "cache-control": 'max-age="60"' }, 30, "fresh"],
  ["a wrong value counts as stale", { "cache-control": "max-age=soon", ...tag }, 0, asked],
  ["letter case", { "cache-control": "Public, MAX-AGE=60" }, 30, "fresh"],
  ["what an earlier cache took", { "cache-control": "max-age=60", age: "50" }, 11, {}],
  ["Expires", { expires: "Mon, 02 Nov 2026 12:01:00 GMT" }, 59, "fresh"],
  ["Expires is over", { expires: "Mon, 02 Nov 2026 12:01:00 GMT" }, 60, {}],
  ["Expires counts from Date", { expires: "T", date: "T" }, 0, {}],
  [
    "max-age before Expires",
    { "cache-control": "max-age=0", expires: "Mon, 02 Nov 2026 12:01:00 GMT" },
    0,
    {},
  ],
  ["Vary: *", { ...tag, vary: "*" }, 0, {}],
  ["Vary: Cookie", { ...tag, vary: "Accept-Encoding, Cookie" }, 0, {}],
  ["Vary: Accept-Encoding", { ...tag, vary: "Accept-Encoding" }, 0, asked],
];
test.each(rows)("%s", async (_rule, headers, at, found) => {
  const clock = virtualClock();
  const cache = createCache(clock);
  cache.keep(url, new Headers({ "content-type": "Audio/Wav; x=y", ...headers }), body(7));
  await clock.advance(at * 1000);
  const looked = cache.look(url);
  expect(looked.fresh ? "fresh" : looked.headers).toEqual(found);
  if (looked.fresh) expect(looked.fresh).toMatchObject({ contentType: "audio/wav", body: body(7) });
});

test("a 304 makes what is kept good anew, and may bring new headers", async () => {
  const clock = virtualClock();
  const cache = createCache(clock);
  cache.keep(url, new Headers({ "content-type": "audio/wav", ...tag }), body(7));
  const renewed = cache.renew(
    url,
    new Headers({ etag: '"v2"', "cache-control": "max-age=5", "content-type": "text/html" }),
  );
  expect(renewed).toMatchObject({ contentType: "audio/wav", body: body(7) });
  expect(renewed?.headers.get("content-type")).toBe("audio/wav");
  expect(cache.look(url).fresh).toBe(renewed);
  await clock.advance(5000);
  expect(cache.look(url)).toEqual({ fresh: null, headers: { "If-None-Match": '"v2"' } });
  cache.forget(url);
  expect([cache.renew(url, new Headers()), cache.size, cache.bytes]).toEqual([undefined, 0, 0]);
});

test("a newer answer replaces the old one, also when it may not be kept", () => {
  const cache = createCache(virtualClock());
  cache.keep(url, new Headers(tag), body(7));
  cache.keep(url, new Headers({ etag: '"v2"' }), body(9));
  expect([cache.look(url).headers, cache.bytes]).toEqual([{ "If-None-Match": '"v2"' }, 9]);
  cache.keep(url, new Headers(), body(9));
  expect([cache.look(url).headers, cache.bytes]).toEqual([{}, 0]);
});

test("an answer to a request with credentials is kept only when it says so", () => {
  const cache = createCache(virtualClock());
  cache.keep(url, new Headers(tag), body(7), true);
  expect(cache.size).toBe(0);
  cache.keep(url, new Headers({ ...tag, "cache-control": "public" }), body(7), true);
  expect(cache.size).toBe(1);
});

test("bounded: the one not used for longest goes, a huge one is never kept", () => {
  const cache = createCache(virtualClock());
  for (let at = 0; at < limits.cacheEntries; at++) cache.keep(`${url}?${at}`, new Headers(tag), body(1));
  cache.look(`${url}?0`);
  cache.keep(url, new Headers(tag), body(1));
  expect(cache.size).toBe(limits.cacheEntries);
  expect([cache.look(`${url}?0`).headers, cache.look(`${url}?1`).headers]).toEqual([asked, {}]);
  cache.keep(`${url}?huge`, new Headers(tag), body(limits.cachedAnswerBytes + 1));
  expect(cache.look(`${url}?huge`).headers).toEqual({});
  for (let at = 0; at < 9; at++)
    cache.keep(`${url}?big${at}`, new Headers(tag), body(limits.cachedAnswerBytes));
  expect(cache.bytes).toBeLessThanOrEqual(limits.cacheBytes);
  expect(cache.size).toBe(4);
});
