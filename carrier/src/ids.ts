/** Twilio's identifiers (two letters and 32 hex digits, protocol 1) and its dates. */
import { randomBytes } from "node:crypto";

/** A source of numbers in [0, 1). Tests pass a seeded one so that identifiers repeat. */
export type Random = () => number;

/** An identifier such as `CA` followed by 32 lower-case hex digits. */
export function makeSid(prefix: string, random: Random): string {
  let sid = prefix;
  for (let i = 0; i < 4; i++) sid += ((random() * 0x1_0000_0000) >>> 0).toString(16).padStart(8, "0");
  return sid;
}

/** A version-4 shaped token, unique per logical request. */
export function makeToken(random: Random): string {
  const hex = makeSid("", random);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

let pool = Buffer.alloc(0);
let used = 0;

/** Uniform in [0, 1) from the operating system's generator, which is asked for many at a time. */
export const cryptoRandom: Random = () => {
  if (used + 4 > pool.length) {
    pool = randomBytes(4096);
    used = 0;
  }
  used += 4;
  return pool.readUInt32BE(used - 4) / 0x1_0000_0000;
};

/** RFC 2822 in UTC, as REST and call callbacks write dates: `Fri, 20 Aug 2010 01:13:42 +0000`. `ms` since the epoch. */
export function rfc2822(ms: number): string {
  return new Date(ms).toUTCString().replace("GMT", "+0000");
}

/** A repeatable source of numbers (mulberry32) for seeded runs. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
