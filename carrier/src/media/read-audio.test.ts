/** How long sound files are, and what is in them. */
import { expect, test } from "vitest";
import {
  aiffFile,
  decoded,
  gsmFile,
  keyIn,
  loudness,
  mp3File,
  mulawFile,
  wavFile,
} from "../testdata/audio.ts";
import { keySoundMs, keysSound, lengthOfKeys } from "./keys.ts";
import { fromAlaw, fromMulaw, toMulaw } from "./mulaw.ts";
import { readAudio } from "./read-audio.ts";
import { samplesIn } from "./sound.ts";

const id3 = Buffer.concat([Buffer.from("ID3\x03\0\0\0\0\x01\x00", "latin1"), Buffer.alloc(128, 0xff)]);
/** A WAV that was written as a stream: its sizes are unknown. */
const endless = wavFile({ seconds: 2 });
endless.writeUInt32LE(0xffffffff, 4);
endless.writeUInt32LE(0xffffffff, 40);
const adpcm = wavFile({ seconds: 2 });
adpcm.writeUInt16LE(0x11, 20);
adpcm.writeUInt32LE(4000, 28);

/** Length in ms, and whether a tone of 1 kHz is in it. */
const rows: [file: string, bytes: Buffer, contentType: string, ms: number | null, sounds?: true][] = [
  ["WAV", wavFile({ seconds: 1.5 }), "audio/wav", 1500, true],
  ["WAV of CD quality", wavFile({ seconds: 1.5, rate: 44_100, channels: 2 }), "audio/x-wav", 1500, true],
  ["WAV, slower than a telephone", wavFile({ seconds: 1, rate: 6000 }), "audio/x-wav", 1000, true],
  ["WAV, μ-law", wavFile({ seconds: 1.5 }, true), "audio/wave", 1500, true],
  ["WAV, ADPCM: its length alone", adpcm, "audio/wav", 8000],
  ["WAV, sizes unknown", endless, "audio/wav", 2000, true],
  ["WAV called MPEG", wavFile({ seconds: 1 }), "audio/mpeg", 1000, true],
  ["AIFF", aiffFile({ seconds: 2 }), "audio/aiff", 2000, true],
  ["μ-law", mulawFile(3), "audio/ulaw", 3000, true],
  ["μ-law by its registered name", mulawFile(1), "audio/basic", 1000, true],
  ["GSM", gsmFile(100), "audio/x-gsm", 2000],
  ["MPEG, every frame counted", mp3File(100), "audio/mpeg", 2612],
  ["MPEG with an ID3 tag", Buffer.concat([id3, mp3File(100)]), "audio/mpeg", 2612],
  ["MPEG, variable rate: Xing", mp3File(1000, "Xing"), "audio/mpeg", 26_122],
  ["MPEG, variable rate: VBRI", mp3File(1000, "VBRI"), "audio/mpeg", 26_122],
  ["nothing", Buffer.alloc(0), "audio/mpeg", null],
  ["no μ-law", Buffer.alloc(0), "audio/ulaw", null],
  ["a page", Buffer.from("<html>Not found</html>"), "audio/mpeg", null],
  ["GSM that is none", Buffer.from("x".repeat(99)), "audio/gsm", null],
  ["half a header", wavFile({ seconds: 1 }).subarray(0, 30), "audio/wav", null],
  ["a WAV without a rate", wavFile({ seconds: 1, rate: 0 }), "audio/wav", null],
];
test.each(rows)("%s", (_file, bytes, contentType, ms, sounds) => {
  const audio = readAudio(bytes, contentType);
  expect(audio && Math.round(audio.ms)).toBe(ms);
  expect(audio?.samples ? loudness(decoded(audio.samples), 1000) > 5500 : false).toBe(sounds ?? false);
});

test("files of any bytes are read or not, but never a mistake of ours", () => {
  for (const [, bytes, contentType] of rows)
    for (let at = 0; at < bytes.length; at += Math.max(1, Math.floor(bytes.length / 300))) {
      const broken = Buffer.from(bytes.subarray(0, at));
      if (at > 0) broken[at >> 1] = 255 - broken[at >> 1]!;
      expect(() => readAudio(broken, contentType)).not.toThrow();
    }
});

test("G.711: every byte comes back, and samples come back within a sixteenth", () => {
  for (let byte = 0; byte < 256; byte++) if (byte !== 0x7f) expect(toMulaw(fromMulaw[byte]!)).toBe(byte);
  for (const sample of [0, 5, -5, 100, -1000, 12_345, -32_768, 32_767])
    expect(Math.abs(fromMulaw[toMulaw(sample)]! - sample)).toBeLessThanOrEqual(
      Math.max(4, Math.abs(sample) / 16),
    );
  expect([fromMulaw[0xff], fromMulaw[0], fromMulaw[0x80]]).toEqual([0, -32_124, 32_124]);
  expect([fromAlaw[0xd5], fromAlaw[0x55], fromAlaw[0x2a]]).toEqual([8, -8, -32_256]);
});

test("every key sounds as its own two tones, whichever part of it is listened to", () => {
  const keys = "0123w456W789*#ABCD";
  const whole = new Int32Array(samplesIn(lengthOfKeys(keys)));
  keysSound(keys).addTo(whole, 0, 0, whole.length);
  const pieces = new Int32Array(whole.length);
  for (let at = 0; at < whole.length; at += 160) keysSound(keys).addTo(pieces, at, at, 160);
  expect(pieces).toEqual(whole);
  const heard: (string | null)[] = [];
  let ms = 0;
  for (const key of keys) {
    heard.push(keyIn(whole.subarray(samplesIn(ms), samplesIn(ms + keySoundMs))));
    ms += lengthOfKeys(key);
  }
  expect(heard.map((key) => key ?? "-").join("")).toBe("0123-456-789*#ABCD");
});
