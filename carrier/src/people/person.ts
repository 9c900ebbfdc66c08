/**
 * The one interface between a call and whoever holds the other telephone: a script, a browser, a payer's phone system.
 *
 * Life cycle: the carrier connects a person to a call (`ringing`), tells it what it hears, and says `ended` exactly once,
 * even if it never rang (a call canceled while queued).
 * The person acts only through the handset it was given. All calls here are synchronous; a person that needs time uses the clock.
 * Must not: a person never sees TwiML, webhooks or identifiers; it hears and presses like anybody.
 */
import type { Clock } from "../clock/clock.ts";
import type { Sound } from "../media/sound.ts";

export interface Utterance {
  /** Counts from 1 within a call; speech and media share it. */
  readonly utterance: number;
  readonly text: string;
  readonly voice: string;
  readonly language: string;
  readonly estimatedMs: number;
  /** What it sounds like, where that is known. */
  readonly sound?: Sound;
}

export interface Media {
  readonly utterance: number;
  /** A media URL, or null when keys are being played. */
  readonly url: string | null;
  readonly digits: string | null;
  readonly estimatedMs: number;
  readonly sound?: Sound;
}

/** What a Gather or a recording is listening for, as far as a caller could know. */
export interface Listening {
  readonly input: readonly ("dtmf" | "speech")[];
  readonly numDigits: number | null;
  readonly timeoutSeconds: number;
  /** A Gather's one key; a recording may have several. */
  readonly finishOnKey: string;
}

export interface Ending {
  /** The call's final status. */
  readonly reason: "completed" | "busy" | "no-answer" | "failed" | "canceled";
  /** Who ended it. */
  readonly by: "caller" | "callee" | "application" | "carrier";
  /** Time between answer and end, s. */
  readonly seconds: number;
}

export interface SpokenInput {
  readonly text: string;
  /** 0 to 1, what the recogniser is to believe. Default 0.9. */
  readonly confidence?: number;
  /** How long saying it takes, ms. Default: estimated from its length. */
  readonly durationMs?: number;
  /** What it sounds like. Default: a voice of ours. */
  readonly sound?: Sound;
  /** Nothing more follows: do not wait for `speechTimeout` (typed input, which has no silence to measure). */
  readonly finished?: boolean;
}

/** A sound that is no speech: an answering machine's (or a recording's) beep, a fax machine's call, music on hold, a cough. */
export type Tone = "beep" | "fax" | "music" | "noise";

/** How a telephone that rings is not picked up: engaged, declined, left ringing, switched off, a SIP
 *  telephone that wants other credentials, not there at all. */
export type Refusal = "busy" | "rejected" | "no-answer" | "unavailable" | "unauthorized" | "failed";

/** What a telephone that rings is told beside who calls. */
export interface Invitation {
  /** A client's parameters, or the headers of a call by SIP: name and value. */
  readonly details: readonly (readonly [name: string, value: string])[];
  /** What a SIP telephone may ask for. */
  readonly credentials: { readonly username: string; readonly password: string } | null;
}

/** What a person can do. Doing something impossible (a key after the end) has no effect. */
export interface Handset {
  /** Picks up a ringing telephone. Outbound calls only. */
  answer(): void;
  /** Does not take the call. */
  refuse(how: Refusal): void;
  /** Presses keys `0-9 * # A-D`, at once and in order. */
  press(digits: string): void;
  /** Begins to speak. */
  speak(input: SpokenInput): void;
  /** Lets a tone sound: answering machines beep, fax machines howl. Beeps and fax tones have a length of their own; music of length 0 stops music. */
  sound(tone: Tone, durationMs?: number): void;
  /** For a person with `pacesSpeech`: this utterance has been heard to its end. */
  heard(utterance: number): void;
  hangUp(): void;
  /** A SIP telephone's wish that the other party be connected with somebody else (REFER). */
  refer(target: string): void;
}

export interface Person {
  /** True if utterances last until the person says `heard`, at most three times the estimate; false if they last as estimated. */
  readonly pacesSpeech: boolean;
  /** The telephone rings: at this person (`callee`), or at the far end this person has dialled (`caller`). */
  ringing(handset: Handset, side: "callee" | "caller", clock: Clock): void;
  /** Before it rings, if there is anything to be told. */
  invited?(invitation: Invitation): void;
  answered(): void;
  /** An utterance begins. */
  hears(utterance: Utterance): void;
  plays(media: Media): void;
  /** What began last has been heard to its end. */
  finished(utterance: number): void;
  /** How long something lasted of which nobody knew it when it began; told before its end. */
  lasted?(utterance: number, ms: number): void;
  /** The sound stops in the middle: barge-in or redirect. */
  interrupted(): void;
  silence(seconds: number): void;
  /** A tone sounds: the beep before a recording, or one from the other end of a Dial. */
  beeps?(tone: Tone): void;
  /** A SIP telephone is asked to call somebody else instead (`<Refer>`). */
  referred?(target: string): void;
  /** Whoever this call dials rings, or does not any more: what an answered caller hears in between. */
  ringback?(on: boolean): void;
  /** Joined with another person by a Dial: what that one says comes by `hears`, its keys by `plays`. */
  connected?(): void;
  /** No longer joined, but the call may go on. */
  disconnected?(): void;
  listening(what: Listening): void;
  notListening(): void;
  /** The application failed; an apology follows. The code is Twilio's, or null if it has none for this. */
  failed(code: number | null, message: string): void;
  ended(ending: Ending): void;
}
