/**
 * A person who sits at a browser: what the call sounds like becomes a numbered list of events, and buttons become a handset.
 * Events are kept, so that a lost connection can be resumed from any number without loss.
 */
import type { Clock } from "../clock/clock.ts";
import { createEventLog, type EventLog } from "./event-log.ts";
import type { Handset, Person, Tone } from "./person.ts";
import { createTranscript, type Transcript, type TranscriptEntry } from "./transcript.ts";

export type PhoneEvent =
  | { type: "ringing" }
  | { type: "answered" }
  | { type: "say"; utterance: number; text: string; voice: string; language: string; estimatedMs: number }
  | { type: "play"; utterance: number; url: string | null; digits: string | null; estimatedMs: number }
  | { type: "stop-speaking" }
  /** Without a tone it is the beep before a recording. */
  | { type: "beep"; tone?: Tone }
  | { type: "ringback"; on: boolean }
  | { type: "connected" }
  | { type: "disconnected" }
  | {
      type: "listening";
      input: readonly string[];
      numDigits?: number;
      timeoutSeconds: number;
      finishOnKey: string;
    }
  | { type: "not-listening" }
  | { type: "paused"; seconds: number }
  | { type: "error"; code: number | null; message: string }
  | { type: "ended"; reason: string; by: string; seconds: number };

export interface BrowserPerson extends Person {
  /** null until the carrier has connected the call. */
  readonly handset: Handset | null;
  readonly over: boolean;
  readonly events: EventLog<PhoneEvent>;
  /** What was heard and done, as of scripted people. */
  readonly transcript: readonly TranscriptEntry[];
}

export function createBrowserPerson(): BrowserPerson {
  const events = createEventLog<PhoneEvent>();
  const { emit } = events;
  const { entries, note, begin } = createTranscript();
  let handset: Handset | null = null;
  let over = false;
  return {
    pacesSpeech: true,
    get handset() {
      return handset;
    },
    get over() {
      return over;
    },
    events,
    transcript: entries,
    ringing(given: Handset, _side: "callee" | "caller", clock: Clock) {
      handset = overheard(given, note);
      begin(clock);
      note("ringing");
      emit({ type: "ringing" });
    },
    answered() {
      note("answered");
      emit({ type: "answered" });
    },
    hears({ sound: _, ...utterance }) {
      note("heard", utterance.text);
      emit({ type: "say", ...utterance });
    },
    plays({ sound: _, ...media }) {
      note("played", media.url ?? media.digits ?? "");
      emit({ type: "play", ...media });
    },
    finished() {},
    interrupted() {
      note("interrupted");
      emit({ type: "stop-speaking" });
    },
    silence(seconds) {
      note("silence", `${seconds}`);
      emit({ type: "paused", seconds });
    },
    beeps(tone) {
      note("beep", tone);
      emit(tone === "beep" ? { type: "beep" } : { type: "beep", tone });
    },
    ringback: (on) => emit({ type: "ringback", on }),
    // A browser may speak whenever it listens: to another person as to an application.
    connected() {
      note("connected");
      emit({ type: "connected" });
      emit({ type: "listening", input: ["dtmf", "speech"], timeoutSeconds: 0, finishOnKey: "" });
    },
    disconnected() {
      note("disconnected");
      emit({ type: "not-listening" });
      emit({ type: "disconnected" });
    },
    listening: ({ numDigits, ...rest }) =>
      emit({ type: "listening", ...rest, ...(numDigits === null ? {} : { numDigits }) }),
    notListening: () => emit({ type: "not-listening" }),
    failed(code, message) {
      note("error", `${code ?? ""} ${message}`.trim());
      emit({ type: "error", code, message });
    },
    ended(how) {
      over = true;
      note("ended", `${how.reason} by ${how.by}`);
      emit({ type: "ended", ...how });
    },
  };
}

/** The same handset, and what is done with it is remembered. */
const overheard = (handset: Handset, note: Transcript["note"]): Handset => ({
  ...handset,
  press(digits) {
    note("pressed", digits);
    handset.press(digits);
  },
  speak(input) {
    note("said", input.text);
    handset.speak(input);
  },
  hangUp() {
    note("hung-up");
    handset.hangUp();
  },
});
