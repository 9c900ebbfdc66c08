/** Keys as they sound: two tones each (ITU-T Q.23), one after the other. Pure. */
import { type Sound, samplesIn, tone } from "./sound.ts";

const rows = [697, 770, 852, 941] as const;
const columns = [1209, 1336, 1477, 1633] as const;
const pad = ["123A", "456B", "789C", "*0#D"] as const;
const tones = new Map(
  pad.flatMap((row, at) =>
    [...row].map((key, column) => [key, tone([rows[at]!, columns[column]!])] as const),
  ),
);

/** Of one key with the silence after it, ms, and how much of it sounds. */
export const keyMs = 200;
export const keySoundMs = 120;
/** `w` is half a second, `W` a second (protocol 5, Play). */
const msOf = (key: string) => (key === "w" ? 500 : key === "W" ? 1000 : keyMs);

export function lengthOfKeys(digits: string): number {
  let ms = 0;
  for (const key of digits) ms += msOf(key);
  return ms;
}

export function keysSound(digits: string): Sound {
  return {
    addTo(into, at, from, count) {
      let ms = 0;
      for (const key of digits) {
        const begin = samplesIn(ms);
        ms += msOf(key);
        const first = Math.max(from, begin);
        const last = Math.min(from + count, begin + samplesIn(keySoundMs));
        if (first < last) tones.get(key)?.addTo(into, at + first - from, first - begin, last - first);
      }
    },
  };
}
