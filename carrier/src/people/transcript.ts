/** What a person who follows a plan remembers of a call: everything heard and done, with times. */
import type { Clock } from "../clock/clock.ts";
import { limits } from "../limits.ts";
import type { Behaviour } from "./behaviour.ts";
import type { Ending, Person } from "./person.ts";

export interface TranscriptEntry {
  /** Since the telephone began to ring, ms. */
  readonly atMs: number;
  readonly what:
    | "ringing"
    | "answered"
    | "heard"
    | "played"
    | "lasted"
    | "beep"
    | "connected"
    | "disconnected"
    | "interrupted"
    | "silence"
    | "listening"
    | "error"
    | "pressed"
    | "said"
    | "sounded"
    | "entered"
    | "collected"
    | "told"
    | "referred"
    | "hung-up"
    | "gave-up"
    | "ended";
  readonly text: string;
}

/** Follows a script, or a phone system's tree. */
export interface ScriptedPerson extends Person {
  readonly transcript: readonly TranscriptEntry[];
  /** What this person does, as JSON that plays the same again. */
  readonly behaviour: Behaviour;
  /** How the call ended, or null while it lasts. */
  readonly ending: Ending | null;
  /** True when every step of the script has been done; for a phone system, when one of its ends was reached. */
  readonly done: boolean;
}

export interface Transcript {
  readonly entries: readonly TranscriptEntry[];
  /** The telephone rings: times count from now. */
  begin(clock: Clock): void;
  note(what: TranscriptEntry["what"], text?: string): void;
}

export function createTranscript(): Transcript {
  const entries: TranscriptEntry[] = [];
  let clock: Clock | null = null;
  let startedAt = 0;
  return {
    entries,
    begin(ownClock) {
      clock = ownClock;
      startedAt = clock.now();
    },
    note(what, text = "") {
      // A call canceled while queued ends without ever having rung.
      const atMs = clock === null ? 0 : clock.now() - startedAt;
      if (entries.length < limits.transcriptEntries) entries.push({ atMs, what, text });
    },
  };
}
