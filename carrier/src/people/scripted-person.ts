/** A person who does what a script says and remembers everything heard and done. */
import type { Cancel, Clock } from "../clock.ts";
import { estimatedSpeechMs } from "../twiml/speech.ts";
import type { Ending, Handset } from "./person.ts";
import type { Script, ScriptStep } from "./script.ts";
import { patternOf } from "./script.ts";
import { createTranscript, type ScriptedPerson } from "./transcript.ts";

/** Between hearing the end of a prompt and acting, s. */
const reactionSeconds = 0.5;
/** Between two keys, ms. */
const keyMs = 250;

interface Heard {
  readonly utterance: number;
  readonly text: string;
  /** The keys, if it was keys. */
  readonly digits: string | null;
  finished: boolean;
}

export function createScriptedPerson(script: Script): ScriptedPerson {
  const { entries, note, begin } = createTranscript();
  const heard: Heard[] = [];
  let ending: Ending | null = null;
  let handset: Handset | null = null;
  let clock: Clock | null = null;
  let next = 0;
  let cursor = 0;
  /** Keys played so far, and how many of them the script has looked at. */
  let keys = "";
  let keysSeen = 0;
  /** When what this person is saying is over, ms since the epoch. */
  let sayingUntil = 0;
  let busy = true;
  let live = false;
  let pending: Cancel | null = null;
  let patience: Cancel | null = null;

  const later = (seconds: number, fn: () => void) => {
    pending = clock!.after(seconds * 1000, () => {
      pending = null;
      if (ending === null) fn();
    });
  };
  const matched = (step: ScriptStep): boolean => {
    if (step.hearKeys !== undefined) {
      const at = keys.indexOf(step.hearKeys, keysSeen);
      if (at !== -1) keysSeen = at + step.hearKeys.length;
      return at !== -1;
    }
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
    const sounds = step.beep === true || step.faxTone === true;
    const speakingMs = sounds ? Math.max(0, sayingUntil - clock!.now()) : 0;
    const reacts = step.hear !== undefined || step.hearKeys !== undefined;
    later(speakingMs / 1000 + (step.afterSeconds ?? (reacts ? reactionSeconds : 0)), () => act(step));
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
      const durationMs = step.saySeconds === undefined ? undefined : step.saySeconds * 1000;
      sayingUntil = clock!.now() + (durationMs ?? estimatedSpeechMs(step.say));
      handset!.speak({ text: step.say, confidence: step.confidence, durationMs });
      stepDone();
    } else if (step.beep || step.faxTone) {
      note("sounded", step.beep ? "beep" : "fax");
      handset!.sound(step.beep ? "beep" : "fax");
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
    note("gave-up", `waited ${script.patienceSeconds} s to hear: ${step.hear ?? step.hearKeys}`);
    handset!.hangUp();
  };
  const hear = (utterance: number, text: string, digits: string | null = null) => {
    heard.push({ utterance, text, digits, finished: false });
    proceed();
  };

  return {
    pacesSpeech: false,
    transcript: entries,
    get ending() {
      return ending;
    },
    get done() {
      return next >= script.steps.length;
    },
    ringing(given, side, ownClock) {
      handset = given;
      clock = ownClock;
      begin(ownClock);
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
      hear(utterance, url ?? digits ?? "", digits);
    },
    finished(utterance) {
      const one = heard.findLast((candidate) => candidate.utterance === utterance);
      if (one) one.finished = true;
      if (one?.digits) keys += one.digits.replace(/[wW]/g, "");
      proceed();
    },
    beeps(tone) {
      note("beep", tone);
      heard.push({ utterance: 0, text: tone, digits: null, finished: true });
      proceed();
    },
    connected: () => note("connected"),
    disconnected: () => note("disconnected"),
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
