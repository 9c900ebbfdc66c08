/**
 * Listens to a line and notes who sounds from when to when, and how: what a recording keeps and a stream sends.
 * Life cycle: `openEar` hears from that moment on, also what has begun before; `close` ends it. `mixInto` gives the samples of a stretch of time.
 */
import { type Line, speechMs } from "../calls/line.ts";
import type { Clock } from "../clock/clock.ts";
import { estimatedSpeechMs } from "../twiml/speech.ts";
import { keyMs, keySoundMs, keysSound } from "./keys.ts";
import { type Sound, samplesIn } from "./sound.ts";
import { toneSounds } from "./tones.ts";
import { voice } from "./voice.ts";

/** The person (`inbound`), or the application or whoever it is joined with (`outbound`). */
export type Track = "inbound" | "outbound";

/** Somebody sounded. ms since the ear was opened; what had begun before has a negative `fromMs`. */
export interface Stretch {
  readonly track: Track;
  readonly fromMs: number;
  readonly toMs: number;
  /** How much of the sound was over when it began to be heard. */
  readonly skipMs: number;
  readonly sound: Sound;
}

export interface Ear {
  readonly stretches: readonly Stretch[];
  /** Drops what is over before this time, ms since it was opened. */
  forget(beforeMs: number): void;
  close(): void;
}

/** Notes at most so many stretches. */
export function openEar(clock: Clock, line: Line, tracks: readonly Track[], most: number): Ear {
  const openedAt = clock.now();
  let stretches: Stretch[] = [];
  /** When the keys pressed so far have all sounded. */
  let keysUntil = 0;
  const now = () => clock.now() - openedAt;
  const note = (track: Track, fromMs: number, ms: number, sound: Sound) => {
    if (!tracks.includes(track)) return;
    const at = stretches.findLastIndex((one) => one.track === track);
    const last = stretches[at];
    // The same sound goes on where it stopped: one stretch, however many pieces it came in.
    if (last && last.sound === sound && last.toMs === fromMs) stretches[at] = { ...last, toMs: fromMs + ms };
    else if (stretches.length < most) stretches.push({ track, fromMs, toMs: fromMs + ms, skipMs: 0, sound });
  };
  const said = line.saying();
  const told = line.telling();
  const close = line.listen({
    // Typed words take no time on the line; they are given the time that saying them would take.
    speech(input) {
      const ms = speechMs(input) || estimatedSpeechMs(input.text);
      note("inbound", now(), ms, input.sound ?? voice(input.text, "person", ms));
    },
    key(key) {
      const from = Math.max(now(), keysUntil);
      keysUntil = from + keyMs;
      note("inbound", from, keySoundMs, keysSound(key));
    },
    tone: (tone, ms) => note("inbound", now(), ms, toneSounds[tone]),
    told: (ms, words, sound) => note("outbound", now(), ms || estimatedSpeechMs(words ?? ""), sound),
    cutShort() {
      const at = stretches.findLastIndex(({ track }) => track === "outbound");
      const last = stretches[at];
      if (last) stretches[at] = { ...last, toMs: Math.min(last.toMs, now()) };
    },
  });
  const ear: Ear = {
    get stretches() {
      return stretches;
    },
    forget(beforeMs) {
      if (stretches.some(({ toMs }) => toMs <= beforeMs))
        stretches = stretches.filter(({ toMs }) => toMs > beforeMs);
    },
    close,
  };
  if (said) {
    const ms = speechMs(said.input);
    const { text, sound } = said.input;
    note("inbound", said.leftMs - ms, ms, sound ?? voice(text, "person", ms));
  }
  if (told) note("outbound", told.leftMs - told.ms, told.ms, told.sound);
  return ear;
}

/** Adds what sounds on a track (null: on both) to `into`, from a sample number on. */
export function mixInto(
  into: Int32Array,
  stretches: readonly Stretch[],
  track: Track | null,
  fromSample: number,
): void {
  for (const one of stretches) {
    if (track !== null && one.track !== track) continue;
    const begin = samplesIn(one.fromMs);
    const first = Math.max(fromSample, begin);
    const last = Math.min(fromSample + into.length, samplesIn(one.toMs));
    if (first < last)
      one.sound.addTo(into, first - fromSample, first - begin + samplesIn(one.skipMs), last - first);
  }
}
