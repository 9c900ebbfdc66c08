/**
 * What an application sends over a two-way stream is heard by the person, frame after frame, in the order in which it came; marks come back
 * when everything before them has been heard (protocol 5, Stream). Doorway: `createPlayback`; whoever owns the stream's clock calls `play`
 * once per frame.
 */
import { limits } from "../limits.ts";
import { growing } from "../media/sound.ts";
import type { Begun, Line } from "./line.ts";

export interface Playback {
  /** False when the buffer is full: the samples are dropped. */
  add(samples: Uint8Array): boolean;
  mark(name: string): void;
  /** Lets the next frame be heard. What came before it has been heard by now. */
  play(frameSamples: number, frameMs: number): void;
  /** Drops what has not been heard; its marks come back at once. */
  clear(): void;
  /** The same without the marks: the stream is over. */
  close(): void;
}

/** What streamed sound is called where media have URLs. */
const streamed = "stream audio";

export function createPlayback(line: Line, echo: (mark: string) => void): Playback {
  /** Samples and marks in their order. */
  let queue: (Uint8Array | string)[] = [];
  let waiting = 0;
  /** Marks whose samples are being heard in this frame. */
  let reached: string[] = [];
  let sounding: { readonly begun: Begun; sound: ReturnType<typeof growing> } | null = null;

  const take = (most: number): Uint8Array[] => {
    const taken: Uint8Array[] = [];
    for (let left = most; queue.length > 0; ) {
      const next = queue[0]!;
      if (typeof next === "string") {
        reached.push(next);
        queue.shift();
        continue;
      }
      if (left === 0) break;
      const piece = next.subarray(0, left);
      taken.push(piece);
      left -= piece.length;
      if (piece.length === next.length) queue.shift();
      else queue[0] = next.subarray(piece.length);
    }
    return taken;
  };
  const end = (cut: boolean) => {
    sounding?.begun.end(cut);
    sounding = null;
  };
  const returnMarks = () => {
    for (const mark of reached.splice(0)) echo(mark);
  };
  return {
    add(samples) {
      if (waiting + samples.length > limits.streamBufferSamples || queue.length >= limits.streamQueue)
        return false;
      if (samples.length > 0) queue.push(samples);
      waiting += samples.length;
      return true;
    },
    mark(name) {
      if (queue.length < limits.streamQueue) queue.push(name);
      if (sounding === null && waiting === 0) {
        take(0);
        returnMarks();
      }
    },
    play(frameSamples, frameMs) {
      returnMarks();
      const pieces = take(frameSamples);
      if (pieces.length === 0) {
        returnMarks();
        return end(false);
      }
      sounding ??= { begun: line.begin(streamed), sound: growing() };
      if (sounding.sound.length >= limits.streamSoundSamples) sounding.sound = growing();
      // A frame that is not full ends in silence.
      const frame = new Uint8Array(frameSamples).fill(0xff);
      let at = 0;
      for (const piece of pieces) {
        frame.set(piece, at);
        at += piece.length;
      }
      waiting -= at;
      sounding.sound.append(frame);
      sounding.begun.more(frameMs, sounding.sound);
    },
    clear() {
      const marks = [...reached, ...queue.filter((one) => typeof one === "string")];
      [queue, waiting, reached] = [[], 0, []];
      end(true);
      for (const mark of marks) echo(mark);
    },
    close() {
      [queue, waiting, reached] = [[], 0, []];
      end(true);
    },
  };
}
