/**
 * What can be heard on a line, as samples: 8 kHz, mono, 16 bit. Made where it is needed, so that an hour of music takes no memory.
 * How long a sound lasts is known to whoever lets it sound. Pure.
 */
import { fromMulaw, rate } from "./mulaw.ts";

export interface Sound {
  /** Adds `count` samples, from sample number `from` on, to `into` at index `at`. Beyond its end a sound adds nothing. */
  addTo(into: Int32Array, at: number, from: number, count: number): void;
}

export const samplesIn = (ms: number) => Math.round((ms / 1000) * rate);

/** Real samples, μ-law. */
export function samples(mulaw: Uint8Array): Sound {
  return {
    addTo(into, at, from, count) {
      const last = Math.min(count, mulaw.length - from);
      for (let n = 0; n < last; n++) into[at + n]! += fromMulaw[mulaw[from + n]!]!;
    },
  };
}

/** Tones together, without an end; `peak` is that of their sum. */
export function tone(hertz: readonly number[], peak = 9000): Sound {
  const loudness = peak / hertz.length;
  return {
    addTo(into, at, from, count) {
      for (const one of hertz) {
        const step = (2 * Math.PI * one) / rate;
        for (let n = 0; n < count; n++) into[at + n]! += Math.round(loudness * Math.sin(step * (from + n)));
      }
    },
  };
}

/** Real samples that are still coming in, μ-law. */
export interface Growing extends Sound {
  readonly length: number;
  append(mulaw: Uint8Array): void;
}

export function growing(): Growing {
  let bytes = new Uint8Array(rate);
  let length = 0;
  return {
    get length() {
      return length;
    },
    append(mulaw) {
      if (length + mulaw.length > bytes.length) {
        const more = new Uint8Array(2 * (length + mulaw.length));
        more.set(bytes.subarray(0, length));
        bytes = more;
      }
      bytes.set(mulaw, length);
      length += mulaw.length;
    },
    addTo: (into, at, from, count) => samples(bytes.subarray(0, length)).addTo(into, at, from, count),
  };
}
