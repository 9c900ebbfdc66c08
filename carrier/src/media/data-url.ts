/** A sound written into a script: `data:audio/x-wav;base64,…`. Pure. */
import type { Playable } from "./library.ts";
import { readAudio } from "./read-audio.ts";
import { samples } from "./sound.ts";

/** Null when it is no such URL, or a sound whose samples cannot be read. */
export function soundOf(dataUrl: string): Playable | null {
  const [, contentType, base64] =
    /^data:(audio\/[\w.+-]+)(?:;[\w-]+=[\w.-]+)*;base64,([\w+/=\s]*)$/.exec(dataUrl) ?? [];
  if (contentType === undefined || base64 === undefined) return null;
  const audio = readAudio(Buffer.from(base64, "base64"), contentType);
  return audio?.samples ? { ms: Math.max(1, Math.round(audio.ms)), sound: samples(audio.samples) } : null;
}
