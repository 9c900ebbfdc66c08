/** Samples of a file, whatever they are written in, to μ-law at 8 kHz, mono. Pure. */
import { fromAlaw, fromMulaw, rate, toMulaw } from "./mulaw.ts";
import type { Audio } from "./read-audio.ts";

export type Coding =
  | "u8"
  | "s8"
  | "s16le"
  | "s16be"
  | "s24le"
  | "s24be"
  | "s32le"
  | "s32be"
  | "f32le"
  | "alaw"
  | "mulaw";

/** Bytes of a sample, and its 16-bit value. */
const codings: Readonly<Record<Coding, readonly [number, (bytes: Buffer, at: number) => number]>> = {
  u8: [1, (bytes, at) => (bytes[at]! - 128) << 8],
  s8: [1, (bytes, at) => bytes.readInt8(at) << 8],
  s16le: [2, (bytes, at) => bytes.readInt16LE(at)],
  s16be: [2, (bytes, at) => bytes.readInt16BE(at)],
  s24le: [3, (bytes, at) => bytes.readIntLE(at, 3) >> 8],
  s24be: [3, (bytes, at) => bytes.readIntBE(at, 3) >> 8],
  s32le: [4, (bytes, at) => bytes.readInt32LE(at) >> 16],
  s32be: [4, (bytes, at) => bytes.readInt32BE(at) >> 16],
  f32le: [4, (bytes, at) => bytes.readFloatLE(at) * 32_767],
  alaw: [1, (bytes, at) => fromAlaw[bytes[at]!]!],
  mulaw: [1, (bytes, at) => fromMulaw[bytes[at]!]!],
};

/** Rates beyond these are mistakes of a file. */
const slowest = 1000;
const fastest = 400_000;

/** Of a higher rate the samples that fall into one of ours are averaged. Null when the numbers make no sense. */
export function resampled(bytes: Buffer, coding: Coding, channels: number, hertz: number): Audio | null {
  const [size, valueAt] = codings[coding];
  if (channels < 1 || channels > 32 || hertz < slowest || hertz > fastest) return null;
  const frames = Math.floor(bytes.length / (size * channels));
  const ms = (frames / hertz) * 1000;
  if (coding === "mulaw" && channels === 1 && hertz === rate)
    return { ms, samples: new Uint8Array(bytes.subarray(0, frames)) };
  const frameAt = (frame: number) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++)
      sum += valueAt(bytes, (frame * channels + channel) * size);
    return sum / channels;
  };
  const ratio = hertz / rate;
  const samples = new Uint8Array(Math.floor(frames / ratio));
  for (let at = 0; at < samples.length; at++) {
    const first = Math.floor(at * ratio);
    const last = Math.max(first + 1, Math.min(frames, Math.floor((at + 1) * ratio)));
    let sum = 0;
    for (let frame = first; frame < last; frame++) sum += frameAt(frame);
    samples[at] = toMulaw(Math.round(sum / (last - first)));
  }
  return { ms, samples };
}
