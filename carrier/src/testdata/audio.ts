/** For tests: sound files as programs write them, and which tones are in samples. */
import { fromMulaw, toMulaw } from "../media/mulaw.ts";

const sine = (hertz: number, rate: number, seconds: number) =>
  Array.from({ length: Math.round(rate * seconds) }, (_, at) =>
    Math.round(8000 * Math.sin((2 * Math.PI * hertz * at) / rate)),
  );

interface Made {
  readonly seconds: number;
  readonly hertz?: number;
  readonly rate?: number;
  readonly channels?: number;
}

/** 16-bit PCM, or μ-law. */
export function wavFile({ seconds, hertz = 1000, rate = 8000, channels = 1 }: Made, mulaw = false): Buffer {
  const size = mulaw ? 1 : 2;
  const samples = sine(hertz, rate, seconds);
  const data = Buffer.alloc(samples.length * channels * size);
  samples.forEach((sample, at) => {
    for (let channel = 0; channel < channels; channel++) {
      const to = (at * channels + channel) * size;
      if (mulaw) data[to] = toMulaw(sample);
      else data.writeInt16LE(sample, to);
    }
  });
  const head = Buffer.alloc(44);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(36 + data.length, 4);
  head.write("WAVEfmt ", 8, "latin1");
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(mulaw ? 7 : 1, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * channels * size, 28);
  head.writeUInt16LE(channels * size, 32);
  head.writeUInt16LE(size * 8, 34);
  head.write("data", 36, "latin1");
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

export const mulawFile = (seconds: number, hertz = 1000) =>
  Buffer.from(sine(hertz, 8000, seconds).map(toMulaw));

/** Whole frames of MPEG-1 layer III at 44.1 kHz and 128 kbit/s (417 bytes, 1152 samples), which carry nothing. */
export function mp3File(frames: number, said: "Xing" | "VBRI" | null = null): Buffer {
  const frame = Buffer.alloc(417);
  frame.writeUInt32BE(0xfffb9000, 0);
  const opening = Buffer.from(frame);
  if (said === "Xing") {
    opening.write("Xing", 36, "latin1");
    opening.writeUInt32BE(1, 40);
    opening.writeUInt32BE(frames, 44);
  } else if (said === "VBRI") {
    opening.write("VBRI", 36, "latin1");
    opening.writeUInt32BE(frames, 50);
  }
  // What it says of itself counts, not how many frames follow.
  return Buffer.concat(said === null ? Array.from({ length: frames }, () => frame) : [opening, frame]);
}

export function aiffFile({ seconds, hertz = 1000 }: Made): Buffer {
  const samples = sine(hertz, 8000, seconds);
  const common = Buffer.alloc(18);
  common.writeUInt16BE(1, 0);
  common.writeUInt32BE(samples.length, 2);
  common.writeUInt16BE(16, 6);
  // 8000 as an 80-bit number: 1.953125 times 2 to the 12th.
  common.writeUInt16BE(16_383 + 12, 8);
  common.writeUInt32BE(8000 * 2 ** 19, 10);
  const sound = Buffer.alloc(8 + samples.length * 2);
  samples.forEach((sample, at) => void sound.writeInt16BE(sample, 8 + at * 2));
  const chunk = (name: string, body: Buffer) => {
    const head = Buffer.alloc(8);
    head.write(name, 0, "latin1");
    head.writeUInt32BE(body.length, 4);
    return Buffer.concat([head, body]);
  };
  return chunk("FORM", Buffer.concat([Buffer.from("AIFF"), chunk("COMM", common), chunk("SSND", sound)]));
}

export const gsmFile = (frames: number) =>
  Buffer.concat(Array.from({ length: frames }, () => Buffer.concat([Buffer.from([0xd0]), Buffer.alloc(32)])));

/** How loud a tone is in samples: its amplitude, by Goertzel's algorithm. */
export function loudness(samples: ArrayLike<number>, hertz: number, rate = 8000): number {
  const turn = 2 * Math.cos((2 * Math.PI * hertz) / rate);
  let [one, two] = [0, 0];
  for (let at = 0; at < samples.length; at++) [one, two] = [samples[at]! + turn * one - two, one];
  return (2 * Math.sqrt(Math.max(0, one * one + two * two - turn * one * two))) / samples.length;
}

export const decoded = (mulaw: Uint8Array): Int16Array => Int16Array.from(mulaw, (byte) => fromMulaw[byte]!);

/** The key whose two tones are the loudest, or null when none is. */
export function keyIn(samples: ArrayLike<number>): string | null {
  const loudest = (tones: readonly number[]) => {
    const found = tones.map((hertz) => loudness(samples, hertz));
    const most = Math.max(...found);
    const others = found.filter((one) => one !== most);
    return most > 1000 && others.every((one) => one < most / 4) ? found.indexOf(most) : -1;
  };
  const row = loudest([697, 770, 852, 941]);
  const column = loudest([1209, 1336, 1477, 1633]);
  return row < 0 || column < 0 ? null : "123A456B789C*0#D"[row * 4 + column]!;
}

/** Samples of a 16-bit WAV by channel. */
export function channelsOf(wav: Buffer): Int16Array[] {
  const channels = wav.readUInt16LE(22);
  const frames = (wav.length - 44) / 2 / channels;
  return Array.from({ length: channels }, (_, channel) =>
    Int16Array.from({ length: frames }, (_, at) => wav.readInt16LE(44 + 2 * (at * channels + channel))),
  );
}

export const dataUrl = (file: Buffer, contentType = "audio/x-wav") =>
  `data:${contentType};base64,${file.toString("base64")}`;

/** Seconds of samples at 8 kHz. */
export const between = (samples: Int16Array, from: number, to: number) =>
  samples.subarray(Math.round(from * 8000), Math.round(to * 8000));
