/**
 * A person who sits at a browser: what the call sounds like becomes a numbered list of events, and buttons become a handset.
 * Events are kept, so that a lost connection can be resumed from any number without loss.
 */
import type { Clock } from "../clock.ts";
import { limits } from "../limits.ts";
import type { Handset, Person } from "./person.ts";

export type PhoneEvent =
  | { type: "ringing" }
  | { type: "answered" }
  | { type: "say"; utterance: number; text: string; voice: string; language: string; estimatedMs: number }
  | { type: "play"; utterance: number; url: string | null; digits: string | null; estimatedMs: number }
  | { type: "stop-speaking" }
  | { type: "beep" }
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

export interface NumberedEvent {
  /** From 1, without gaps. */
  readonly id: number;
  readonly event: PhoneEvent;
}

export interface BrowserPerson extends Person {
  /** null until the carrier has connected the call. */
  readonly handset: Handset | null;
  readonly over: boolean;
  /** Kept events after `lastId`. */
  since(lastId: number): NumberedEvent[];
  /** Called after every new event. The answer stops it. */
  watch(tell: () => void): () => void;
}

export function createBrowserPerson(): BrowserPerson {
  let events: NumberedEvent[] = [];
  let lastId = 0;
  let handset: Handset | null = null;
  let over = false;
  const watchers = new Set<() => void>();
  const emit = (event: PhoneEvent) => {
    events.push({ id: ++lastId, event });
    if (events.length > limits.phoneEvents * 2) events = events.slice(-limits.phoneEvents);
    for (const tell of watchers) tell();
  };
  return {
    pacesSpeech: true,
    get handset() {
      return handset;
    },
    get over() {
      return over;
    },
    since: (id) => events.filter((one) => one.id > id),
    watch(tell) {
      watchers.add(tell);
      return () => void watchers.delete(tell);
    },
    ringing(given: Handset, _side: "callee" | "caller", _clock: Clock) {
      handset = given;
      emit({ type: "ringing" });
    },
    answered: () => emit({ type: "answered" }),
    hears: ({ sound: _, ...utterance }) => emit({ type: "say", ...utterance }),
    plays: ({ sound: _, ...media }) => emit({ type: "play", ...media }),
    finished() {},
    interrupted: () => emit({ type: "stop-speaking" }),
    silence: (seconds) => emit({ type: "paused", seconds }),
    beeps: () => emit({ type: "beep" }),
    // A browser may speak whenever it listens: to another person as to an application.
    connected() {
      emit({ type: "connected" });
      emit({ type: "listening", input: ["dtmf", "speech"], timeoutSeconds: 0, finishOnKey: "" });
    },
    disconnected() {
      emit({ type: "not-listening" });
      emit({ type: "disconnected" });
    },
    listening: ({ numDigits, ...rest }) =>
      emit({ type: "listening", ...rest, ...(numDigits === null ? {} : { numDigits }) }),
    notListening: () => emit({ type: "not-listening" }),
    failed: (code, message) => emit({ type: "error", code, message }),
    ended(how) {
      over = true;
      emit({ type: "ended", ...how });
    },
  };
}
