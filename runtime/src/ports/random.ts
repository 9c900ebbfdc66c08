/**
 * Chance as a port: identifiers, tokens and seeds. Doorway: pass a `Random`; `systemRandom` in the process,
 * `seededRandom` in tests, where every identifier then repeats.
 */
import { randomBytes } from "node:crypto";

export interface Random {
  bytes(length: number): Uint8Array;
}

export const systemRandom: Random = { bytes: (length) => randomBytes(length) };

/** A repeatable source (mulberry32); never for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const byte = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return (t ^ (t >>> 14)) >>> 24;
  };
  return { bytes: (length) => Uint8Array.from({ length }, byte) };
}

/** 192 bits as 32 characters that may stand in a path. */
export function makeToken(random: Random): string {
  return Buffer.from(random.bytes(24)).toString("base64url");
}

/** 256 bits as 43 characters: for secrets a person carries, such as a sign-in link. */
export function makeSecret(random: Random): string {
  return Buffer.from(random.bytes(32)).toString("base64url");
}

/** A UUID version 7: sorts by the time it was made. */
export function makeId(random: Random, now: number): string {
  const hex = Buffer.from(random.bytes(10)).toString("hex");
  const time = Math.trunc(now).toString(16).padStart(12, "0");
  const variant = ((Number.parseInt(hex[3]!, 16) & 3) | 8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(4, 7)}-${hex.slice(7, 19)}`;
}

/** An unsigned 32-bit number: the seed of a call's chance decisions. */
export function makeSeed(random: Random): number {
  return Buffer.from(random.bytes(4)).readUInt32LE();
}
