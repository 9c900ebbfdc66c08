/**
 * Sound files: how long they are and, where they are written sample by sample, what is in them at 8 kHz.
 * WAV, AIFF and AIFC, Sun's .au, raw μ-law, GSM 06.10 and MPEG audio. Pure and total: what cannot be read is null.
 * Compressed samples (MPEG, GSM) are not decoded: their length alone is known.
 */
import { readMpegMs } from "./mpeg.ts";
import { type Coding, resampled } from "./resample.ts";

export interface Audio {
  readonly ms: number;
  /** μ-law, 8 kHz, mono; null when they are not known. */
  readonly samples: Uint8Array | null;
}

/** `contentType` is asked where a file does not say itself what it is. */
export function readAudio(bytes: Buffer, contentType: string): Audio | null {
  const magic = bytes.toString("latin1", 0, 4);
  const form = bytes.toString("latin1", 8, 12);
  if (magic === "RIFF" && form === "WAVE") return readWav(bytes);
  if (magic === "FORM" && (form === "AIFF" || form === "AIFC")) return readAiff(bytes);
  if (magic === ".snd") return readAu(bytes);
  if (/gsm/.test(contentType)) return readGsm(bytes);
  if (/ulaw|mulaw|basic/.test(contentType))
    return bytes.length === 0 ? null : { ms: bytes.length / 8, samples: new Uint8Array(bytes) };
  const ms = readMpegMs(bytes);
  return ms === null ? null : { ms, samples: null };
}

interface Chunk {
  readonly name: string;
  readonly body: Buffer;
}

/** Chunks of a RIFF or IFF file. A last one that says it is longer than the file (written as a stream) goes to its end. */
function* chunksOf(bytes: Buffer, bigEndian: boolean): Generator<Chunk> {
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = bigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4);
    yield { name: bytes.toString("latin1", at, at + 4), body: bytes.subarray(at + 8, at + 8 + size) };
    at += 8 + size + (size & 1);
  }
}

const wavCodings: Readonly<Record<string, Coding>> = {
  "1/8": "u8",
  "1/16": "s16le",
  "1/24": "s24le",
  "1/32": "s32le",
  "3/32": "f32le",
  "6/8": "alaw",
  "7/8": "mulaw",
};

function readWav(bytes: Buffer): Audio | null {
  let format: { coding: Coding | null; channels: number; hertz: number; bytesPerSecond: number } | null =
    null;
  for (const { name, body } of chunksOf(bytes, false)) {
    if (name === "fmt " && body.length >= 16) {
      const tag = body.readUInt16LE(0);
      // WAVE_FORMAT_EXTENSIBLE says further on what it is.
      const kind = tag === 0xfffe && body.length >= 26 ? body.readUInt16LE(24) : tag;
      format = {
        coding: wavCodings[`${kind}/${body.readUInt16LE(14)}`] ?? null,
        channels: body.readUInt16LE(2),
        hertz: body.readUInt32LE(4),
        bytesPerSecond: body.readUInt32LE(8),
      };
    }
    if (name !== "data" || format === null) continue;
    const { coding, channels, hertz, bytesPerSecond } = format;
    if (coding !== null) return resampled(body, coding, channels, hertz);
    return bytesPerSecond === 0 ? null : { ms: (body.length / bytesPerSecond) * 1000, samples: null };
  }
  return null;
}

const aiffCodings: Readonly<Record<string, Coding>> = {
  "NONE/8": "s8",
  "NONE/16": "s16be",
  "NONE/24": "s24be",
  "NONE/32": "s32be",
  "twos/16": "s16be",
  "sowt/16": "s16le",
  "ulaw/8": "mulaw",
  "ulaw/16": "mulaw",
  "alaw/8": "alaw",
  "alaw/16": "alaw",
};

function readAiff(bytes: Buffer): Audio | null {
  const chunks = [...take(chunksOf(bytes, true), 1000)];
  const common = chunks.find(({ name }) => name === "COMM")?.body;
  const sound = chunks.find(({ name }) => name === "SSND")?.body;
  if (!common || common.length < 18) return null;
  const [channels, frames, bits] = [common.readUInt16BE(0), common.readUInt32BE(2), common.readUInt16BE(6)];
  const hertz = extended(common.subarray(8, 18));
  if (!(hertz > 0)) return null;
  const compression = common.length >= 22 ? common.toString("latin1", 18, 22) : "NONE";
  const coding =
    aiffCodings[`${/^[ua]law$/i.test(compression) ? compression.toLowerCase() : compression}/${bits}`];
  if (!sound || sound.length < 8 || coding === undefined)
    return { ms: (frames / hertz) * 1000, samples: null };
  return resampled(sound.subarray(8 + sound.readUInt32BE(0)), coding, channels, hertz);
}

/** An 80-bit floating-point number, as AIFF writes its sample rate. */
function extended(bytes: Buffer): number {
  const exponent = (bytes.readUInt16BE(0) & 0x7fff) - 16_383 - 63;
  return Number(bytes.readBigUInt64BE(2)) * 2 ** exponent;
}

function readAu(bytes: Buffer): Audio | null {
  if (bytes.length < 24) return null;
  const [offset, , encoding, hertz, channels] = [4, 8, 12, 16, 20].map((at) => bytes.readUInt32BE(at));
  const codings: Readonly<Record<number, Coding>> = { 1: "mulaw", 2: "s8", 3: "s16be", 27: "alaw" };
  const coding = codings[encoding!];
  return coding === undefined ? null : resampled(bytes.subarray(offset!), coding, channels!, hertz!);
}

/** Frames of 33 bytes, 20 ms each; the first four bits of each are 1101. */
function readGsm(bytes: Buffer): Audio | null {
  const frames = Math.floor(bytes.length / 33);
  return frames === 0 || bytes[0]! >> 4 !== 0xd ? null : { ms: frames * 20, samples: null };
}

function* take<One>(all: Iterable<One>, most: number): Generator<One> {
  let taken = 0;
  for (const one of all) {
    if (taken++ >= most) return;
    yield one;
  }
}
