/** A person who does what a script says and remembers everything heard and done. */
import type { Cancel, Clock } from "../clock.ts";
import { limits } from "../limits.ts";
import type { Ending, Handset, Person } from "./person.ts";
import type { Script, ScriptStep } from "./script.ts";
import { patternOf } from "./script.ts";

/** Between hearing the end of a prompt and acting, s. */
const reactionSeconds = 0.5;
/** Between two keys, ms. */
const keyMs = 250;

export interface TranscriptEntry {
  /** Since the telephone began to ring, ms. */
  readonly atMs: number;
  readonly what:
    | "ringing"
    | "answered"
    | "heard"
    | "played"
    | "interrupted"
    | "silence"
    | "listening"
    | "error"
    | "pressed"
    | "said"
    | "hung-up"
    | "gave-up"
    | "ended";
  readonly text: string;
}

export interface ScriptedPerson extends Person {
  readonly transcript: readonly TranscriptEntry[];
  /** How the call ended, or null while it lasts. */
  readonly ending: Ending | null;
  /** True when every step of the script has been done. */
  readonly done: boolean;
}

interface Heard {
  readonly utterance: number;
  readonly text: string;
  finished: boolean;
}

export function createScriptedPerson(script: Script): ScriptedPerson {
  const transcript: TranscriptEntry[] = [];
  const heard: Heard[] = [];
  let ending: Ending | null = null;
  let handset: Handset | null = null;
  let clock: Clock | null = null;
  let startedAt = 0;
  let next = 0;
  let cursor = 0;
  let busy = true;
  let live = false;
  let pending: Cancel | null = null;
  let patience: Cancel | null = null;

  const note = (what: TranscriptEntry["what"], text = "") => {
    // A call canceled while queued ends without ever having rung.
    const atMs = clock === null ? 0 : clock.now() - startedAt;
    if (transcript.length < limits.transcriptEntries) transcript.push({ atMs, what, text });
  };
  const later = (seconds: number, fn: () => void) => {
    pending = clock!.after(seconds * 1000, () => {
      pending = null;
      if (ending === null) fn();
    });
  };
  const matched = (step: ScriptStep): boolean => {
    if (step.hear === undefined) return true;
    const matches = patternOf(step.hear)!;
    const found = heard.findIndex(
      (one, at) => at >= cursor && (one.finished || step.interrupt === true) && matches(one.text),
    );
    if (found === -1) return false;
    cursor = found + 1;
    return true;
  };
  /** Goes on with the script as far as what was heard allows. */
  const proceed = () => {
    const step = script.steps[next];
    if (busy || !live || ending !== null || !step) return;
    if (!matched(step)) {
      patience ??= clock!.after(script.patienceSeconds * 1000, () => giveUp(step));
      return;
    }
    patience?.();
    patience = null;
    busy = true;
    later(step.afterSeconds ?? (step.hear === undefined ? 0 : reactionSeconds), () => act(step));
  };
  const stepDone = () => {
    next++;
    busy = false;
    proceed();
  };
  const act = (step: ScriptStep) => {
    if (step.hangUp) {
      note("hung-up");
      next++;
      handset!.hangUp();
    } else if (step.press !== undefined) pressFrom(step.press, 0);
    else if (step.say !== undefined) {
      note("said", step.say);
      handset!.speak({ text: step.say, confidence: step.confidence });
      stepDone();
    } else if (step.silentSeconds !== undefined) later(step.silentSeconds, stepDone);
    else stepDone();
  };
  const pressFrom = (keys: string, at: number) => {
    const key = keys[at];
    if (key === undefined) return stepDone();
    const waitMs = key === "w" ? 500 : key === "W" ? 1000 : at + 1 === keys.length ? 0 : keyMs;
    if (key !== "w" && key !== "W") {
      note("pressed", key);
      handset!.press(key);
    }
    if (waitMs === 0) pressFrom(keys, at + 1);
    else later(waitMs / 1000, () => pressFrom(keys, at + 1));
  };
  const giveUp = (step: ScriptStep) => {
    if (ending !== null) return;
    note("gave-up", `waited ${script.patienceSeconds} s to hear: ${step.hear}`);
    handset!.hangUp();
  };
  const hear = (utterance: number, text: string) => {
    heard.push({ utterance, text, finished: false });
    proceed();
  };

  return {
    pacesSpeech: false,
    transcript,
    get ending() {
      return ending;
    },
    get done() {
      return next >= script.steps.length;
    },
    ringing(given, side, ownClock) {
      handset = given;
      clock = ownClock;
      startedAt = clock.now();
      note("ringing");
      if (side === "callee") later(script.answerAfterSeconds, () => given.answer());
    },
    answered() {
      live = true;
      busy = false;
      note("answered");
      proceed();
    },
    hears({ utterance, text }) {
      note("heard", text);
      hear(utterance, text);
    },
    plays({ utterance, url, digits }) {
      note("played", url ?? digits ?? "");
      hear(utterance, url ?? digits ?? "");
    },
    finished(utterance) {
      const one = heard.findLast((candidate) => candidate.utterance === utterance);
      if (one) one.finished = true;
      proceed();
    },
    interrupted: () => note("interrupted"),
    silence: (seconds) => note("silence", `${seconds}`),
    listening: ({ input }) => note("listening", input.join(" ")),
    notListening() {},
    failed: (code, message) => note("error", `${code ?? ""} ${message}`.trim()),
    ended(how) {
      pending?.();
      patience?.();
      ending = how;
      note("ended", `${how.reason} by ${how.by}`);
    },
  };
}
