/** A recording as a WAV file: mono or stereo, 8 kHz, 16 bit. Pure. */
import { mixInto } from "../media/ear.ts";
import { rate } from "../media/mulaw.ts";
import { samplesIn } from "../media/sound.ts";
import type { Recording } from "./recordings.ts";

const headerBytes = 44;

type Recorded = Pick<Recording, "durationMs" | "channels" | "stretches">;

const samplesOf = ({ durationMs }: Recorded) => samplesIn(durationMs ?? 0);

export const wavBytes = (recording: Recorded) => headerBytes + samplesOf(recording) * recording.channels * 2;

/** The file in pieces of one second, so that an hour needs no memory. */
export function* wavOf(recording: Recorded): Generator<Uint8Array> {
  yield header(samplesOf(recording), recording.channels);
  for (const channels of secondsOf(recording)) {
    const bytes = Buffer.alloc(channels[0]!.length * channels.length * 2);
    for (const [channel, samples] of channels.entries())
      for (let at = 0; at < samples.length; at++)
        bytes.writeInt16LE(samples[at]!, (at * channels.length + channel) * 2);
    yield bytes;
  }
}

/** Samples second by second, of one channel or two: the person's in the first, what it heard in the second. */
function* secondsOf(recording: Recorded): Generator<readonly Int16Array[]> {
  const { stretches, channels } = recording;
  const samples = samplesOf(recording);
  const tracks = channels === 2 ? (["inbound", "outbound"] as const) : [null];
  for (let from = 0; from < samples; from += rate)
    yield tracks.map((track) => {
      const mixed = new Int32Array(Math.min(rate, samples - from));
      mixInto(mixed, stretches, track, from);
      return Int16Array.from(mixed, (sample) => Math.max(-32_768, Math.min(32_767, sample)));
    });
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
