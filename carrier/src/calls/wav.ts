/** A recording as a WAV file: mono or stereo, 8 kHz, 16 bit, silence with a tone for every stretch in which somebody sounded. Pure. */
import type { Recording } from "./recordings.ts";

const rate = 8000;
const headerBytes = 44;
/** One second of each side's tone, Hz: they repeat without a click. */
const hertz = { inbound: 440, outbound: 620 } as const;
const tone = (frequency: number) =>
  Int16Array.from({ length: rate }, (_, at) =>
    Math.round(6000 * Math.sin((2 * Math.PI * frequency * at) / rate)),
  );
const tones = { inbound: tone(hertz.inbound), outbound: tone(hertz.outbound) } as const;

type Recorded = Pick<Recording, "durationMs" | "channels" | "stretches">;

const samplesOf = ({ durationMs }: Recorded) => Math.round(((durationMs ?? 0) / 1000) * rate);

export const wavBytes = (recording: Recorded) => headerBytes + samplesOf(recording) * recording.channels * 2;

/** The file in pieces of one second, so that an hour needs no memory. */
export function* wavOf(recording: Recorded): Generator<Uint8Array> {
  const samples = samplesOf(recording);
  yield header(samples, recording.channels);
  for (let from = 0; from < samples; from += rate)
    yield second(recording, from, Math.min(rate, samples - from));
}

function header(samples: number, channels: number): Uint8Array {
  const bytes = Buffer.alloc(headerBytes);
  bytes.write("RIFF", 0, "latin1");
  bytes.writeUInt32LE(headerBytes - 8 + samples * channels * 2, 4);
  bytes.write("WAVEfmt ", 8, "latin1");
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(channels, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate * channels * 2, 28);
  bytes.writeUInt16LE(channels * 2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write("data", 36, "latin1");
  bytes.writeUInt32LE(samples * channels * 2, 40);
  return bytes;
}

function second({ stretches, channels }: Recorded, from: number, count: number): Uint8Array {
  const bytes = Buffer.alloc(count * channels * 2);
  for (const { track, fromMs, toMs } of stretches) {
    const first = Math.max(0, Math.round((fromMs / 1000) * rate) - from);
    const last = Math.min(count, Math.round((toMs / 1000) * rate) - from);
    const channel = channels === 2 && track === "outbound" ? 1 : 0;
    for (let at = first; at < last; at++)
      bytes.writeInt16LE(tones[track][(from + at) % rate]!, (at * channels + channel) * 2);
  }
  return bytes;
}
