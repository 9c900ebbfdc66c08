/**
 * Finds out whether a person, a machine or a fax answered, by how it sounds in its first seconds (protocol 7).
 * Speech up to the speech threshold is a person's, longer speech a machine's. Doorway: `detectMachine`, begun at the answer.
 *
 * Where the documents leave a choice: a beep is a machine's, however short the speech before it; a machine that is still
 * speaking when the time is up ends as `machine_end_other`; words within the speech-end threshold belong together.
 */
import type { Cancel, Clock } from "../clock/clock.ts";
import type { MachineDetection } from "../twiml/machine-detection.ts";
import { estimatedSpeechMs } from "../twiml/speech.ts";
import type { AnsweredBy, Verdict } from "./call.ts";
import { type Line, speechMs } from "./line.ts";

/** Resolves with the verdict, or with null when `stop` fires before there is one. */
export function detectMachine(
  clock: Clock,
  line: Line,
  settings: MachineDetection,
  stop: AbortSignal,
): Promise<Verdict | null> {
  return new Promise((resolve) => {
    const answeredAt = clock.now();
    const toTheEnd = settings.mode === "DetectMessageEnd";
    /** When the first speech began and when the last of it ends; null before any. */
    let speech: { from: number; until: number } | null = null;
    let machine = false;
    let quiet: Cancel = () => {};
    let long: Cancel = () => {};

    const finish = (answeredBy: AnsweredBy | null) => {
      quiet();
      long();
      timeUp();
      unlisten();
      stop.removeEventListener("abort", stopped);
      resolve(answeredBy === null ? null : { answeredBy, durationMs: clock.now() - answeredAt });
    };
    const stopped = () => finish(null);
    const knownMachine = () => {
      machine = true;
      if (!toTheEnd) finish("machine_start");
    };
    const timeUp = clock.after(settings.timeoutMs, () => finish(machine ? "machine_end_other" : "unknown"));
    const spoken = (ms: number) => {
      const now = clock.now();
      speech = { from: speech?.from ?? now, until: Math.max(speech?.until ?? now, now + ms) };
      const { from, until } = speech;
      quiet();
      quiet = clock.after(until - now + settings.speechEndThresholdMs, () =>
        finish(machine ? "machine_end_silence" : "human"),
      );
      long();
      if (!machine && until - from > settings.speechThresholdMs)
        long = clock.after(from + settings.speechThresholdMs - now, knownMachine);
    };
    const beeped = (ms: number) => {
      // A machine says so at once; its message may begin when the beep is over.
      if (!toTheEnd) return finish("machine_start");
      machine = true;
      quiet();
      long();
      quiet = clock.after(ms, () => finish("machine_end_beep"));
    };
    const unlisten = line.listen({
      speech: (input) => spoken(speechMs(input) || estimatedSpeechMs(input.text)),
      tone(tone, ms) {
        if (tone === "fax") finish("fax");
        else if (tone === "beep") beeped(ms);
        // Music and noise are taken for speech: nobody knows better by their length.
        else spoken(ms);
      },
    });
    stop.addEventListener("abort", stopped);
    quiet = clock.after(settings.silenceTimeoutMs, () => finish("unknown"));
  });
}
