/** A person who does what a script says and remembers everything heard and done. */
import type { Cancel, Clock } from "../clock/clock.ts";
import { limits } from "../limits.ts";
import { createActing } from "./acting.ts";
import { hears } from "./hearing.ts";
import type { Ending, Handset, Invitation } from "./person.ts";
import type { Doing, Script, ScriptStep } from "./script.ts";
import { createTranscript, type ScriptedPerson } from "./transcript.ts";

/** Between hearing the end of a prompt and acting, s. */
const reactionSeconds = 0.5;

interface Heard {
  readonly utterance: number;
  readonly text: string;
  /** The keys, if it was keys. */
  readonly digits: string | null;
  finished: boolean;
}

export function createScriptedPerson(script: Script): ScriptedPerson {
  const { entries, note, begin } = createTranscript();
  /** What was heard since the last match, and what of it is still sounding. */
  let heard: Heard[] = [];
  const sounding = new Map<number, Heard>();
  /** What the other one is saying this very moment. */
  let speaking: Heard | null = null;
  let ending: Ending | null = null;
  let invitation: Invitation | null = null;
  let handset: Handset | null = null;
  let clock: Clock | null = null;
  let next = 0;
  /** How often the next step was done, and how often it was waited for in vain. */
  let timesDone = 0;
  let inVain = 0;
  /** Keys played so far, and how many of them the script has looked at. */
  let keys = "";
  let keysSeen = 0;
  let busy = true;
  let live = false;
  const pending = new Set<Cancel>();
  /** While a step waits for something: until patience ends, and until it does something else. */
  let patience: Cancel | null = null;
  let alternative: Cancel | null = null;
  const reactionsLeft = (script.whenever ?? []).map(({ times }) => times);

  const after = (seconds: number, fn: () => void): Cancel => {
    const cancel = clock!.after(seconds * 1000, () => {
      pending.delete(cancel);
      if (ending === null) fn();
    });
    pending.add(cancel);
    return () => {
      pending.delete(cancel);
      cancel();
    };
  };
  const acting = createActing(
    note,
    (seconds, fn) => void after(seconds, fn),
    () => ({ handset: handset!, clock: clock! }),
  );
  const matched = (step: ScriptStep): boolean => {
    if (step.talkOver !== undefined) return speaking !== null;
    if (step.hearKeys !== undefined) {
      const at = keys.indexOf(step.hearKeys, keysSeen);
      if (at !== -1) keysSeen = at + step.hearKeys.length;
      return at !== -1;
    }
    const { hear } = step;
    if (hear === undefined) return true;
    const found = heard.findIndex(
      (one) => (one.finished || step.interrupt === true) && hears(hear, one.text),
    );
    if (found === -1) return false;
    heard.splice(0, found + 1);
    return true;
  };
  const wait = (step: ScriptStep) => {
    patience ??= after(script.patienceSeconds, () => giveUp(step));
    const instead = step.ifNotHeard;
    if (instead) alternative ??= after(instead.withinSeconds, () => doInstead(instead));
  };
  const stopWaiting = () => {
    patience?.();
    alternative?.();
    patience = alternative = null;
  };
  /** Goes on with the script as far as what was heard allows. */
  const proceed = () => {
    const step = script.steps[next];
    if (busy || !live || ending !== null || !step) return;
    if (!matched(step)) return wait(step);
    stopWaiting();
    busy = true;
    const reacts = step.hear !== undefined || step.hearKeys !== undefined || step.talkOver !== undefined;
    const delay = step.afterSeconds ?? (reacts ? reactionSeconds : 0);
    after(delay + soundsAfter(step), () => {
      // Who wanted to talk over somebody does not talk into silence.
      if (step.talkOver === undefined || speaking !== null) return act(step, () => stepDone(step));
      busy = false;
      wait(step);
    });
  };
  /** Tones wait until this person has finished speaking, s. */
  const soundsAfter = (what: Doing) =>
    what.beep || what.faxTone || what.musicSeconds !== undefined ? acting.speakingMs() / 1000 : 0;
  const act = (what: Doing, done: () => void) => {
    if (what.hangUp) next++;
    acting.act(what, done);
  };
  const stepDone = (step: ScriptStep) => {
    if (++timesDone >= (step.times ?? 1)) {
      next++;
      timesDone = inVain = 0;
    }
    busy = false;
    proceed();
  };
  const doInstead = (instead: NonNullable<ScriptStep["ifNotHeard"]>) => {
    alternative = null;
    const goesOn = inVain++ >= instead.again;
    if (goesOn) stopWaiting();
    busy = true;
    act(instead, () => {
      if (goesOn) {
        next++;
        timesDone = inVain = 0;
      }
      busy = false;
      proceed();
    });
  };
  const giveUp = (step: ScriptStep) => {
    const wanted = step.hear ?? step.hearKeys ?? "somebody speaking";
    note("gave-up", `waited ${script.patienceSeconds} s to hear: ${[wanted].flat().join(" or ")}`);
    handset!.hangUp();
  };
  const react = (one: Heard, begun: boolean) => {
    for (const [at, standing] of (script.whenever ?? []).entries()) {
      if ((standing.interrupt === true) !== begun || !hears(standing.hear, one.text)) continue;
      if (reactionsLeft[at]! <= 0) continue;
      reactionsLeft[at]!--;
      after(standing.afterSeconds + soundsAfter(standing), () => acting.act(standing, () => {}));
    }
  };
  const hear = (utterance: number, text: string, digits: string | null = null): Heard => {
    const one = { utterance, text, digits, finished: false };
    heard.push(one);
    sounding.set(utterance, one);
    heard = heard.slice(-limits.scriptHears);
    for (const [first] of sounding) if (sounding.size > limits.scriptHears) sounding.delete(first);
    react(one, true);
    return one;
  };
  const finish = (one: Heard) => {
    one.finished = true;
    sounding.delete(one.utterance);
    if (speaking === one) speaking = null;
    if (one.digits) keys += one.digits.replace(/[wW]/g, "");
    react(one, false);
  };

  return {
    pacesSpeech: false,
    transcript: entries,
    behaviour: script,
    get ending() {
      return ending;
    },
    get done() {
      return next >= script.steps.length;
    },
    invited({ details, credentials }) {
      invitation = { details, credentials };
    },
    ringing(given, side, ownClock) {
      handset = given;
      clock = ownClock;
      begin(ownClock);
      note("ringing");
      for (const [name, value] of invitation?.details ?? []) note("told", `${name}: ${value}`);
      const wanted = script.credentials;
      const shown = invitation?.credentials;
      if (wanted && (shown?.username !== wanted.username || shown.password !== wanted.password))
        return given.refuse("unauthorized");
      const { refuses } = script;
      if (side === "callee")
        after(script.answerAfterSeconds, () => (refuses ? given.refuse(refuses) : given.answer()));
      else if (script.ringsForSeconds !== undefined)
        after(script.ringsForSeconds, () => {
          if (live) return;
          note("hung-up");
          given.hangUp();
        });
    },
    answered() {
      live = true;
      busy = false;
      note("answered");
      if (script.staysSeconds !== undefined)
        after(script.staysSeconds, () => {
          note("hung-up");
          handset!.hangUp();
        });
      proceed();
    },
    hears({ utterance, text }) {
      note("heard", text);
      speaking = hear(utterance, text);
      proceed();
    },
    plays({ utterance, url, digits }) {
      note("played", url ?? digits ?? "");
      hear(utterance, url ?? digits ?? "", digits);
      proceed();
    },
    lasted: (_utterance, ms) => note("lasted", `${ms / 1000}`),
    finished(utterance) {
      const one = sounding.get(utterance);
      if (one) finish(one);
      proceed();
    },
    beeps(tone) {
      note("beep", tone);
      finish(hear(0, tone));
      proceed();
    },
    referred: (target) => note("referred", target),
    connected: () => note("connected"),
    disconnected: () => note("disconnected"),
    interrupted() {
      speaking = null;
      note("interrupted");
    },
    silence: (seconds) => note("silence", `${seconds}`),
    listening: ({ input }) => note("listening", input.join(" ")),
    notListening() {},
    failed: (code, message) => note("error", `${code ?? ""} ${message}`.trim()),
    ended(how) {
      for (const cancel of pending) cancel();
      pending.clear();
      ending = how;
      note("ended", `${how.reason} by ${how.by}`);
    },
  };
}
