/**
 * Plays a phone system at a number: speaks its prompts, takes keys and words, holds, answers as its people do.
 * Keys count from the first word of a prompt and cut it short; words count when they have been said.
 */
import type { Cancel, Clock } from "../clock/clock.ts";
import { estimatedSpeechMs } from "../twiml/speech.ts";
import { patternOf } from "./hearing.ts";
import type { Ending, Handset } from "./person.ts";
import type { PhoneMenu, PhoneSystem } from "./phone-system.ts";
import { createTranscript, type ScriptedPerson } from "./transcript.ts";

/** Between two sentences, ms. */
const gapMs = 300;
/** Between two keys that are played to it, ms; `w` and `W` as everywhere. */
const keyMs: Readonly<Record<string, number>> = { w: 500, W: 1000 };
const oneKeyMs = 200;
const silenceSeconds = { menu: 8, person: 60 } as const;

export function createPhoneSystem(system: PhoneSystem): ScriptedPerson {
  const { entries, note, begin } = createTranscript();
  let ending: Ending | null = null;
  let handset: Handset | null = null;
  let clock: Clock | null = null;
  let menu: PhoneMenu | null = null;
  /** Whether anybody listens: not on hold. */
  let attentive = false;
  let tries = 0;
  let digits = "";
  let done = false;
  let dropped: Cancel | null = null;
  /** What is to happen next in this menu; forgotten when another is entered. */
  let planned: Cancel[] = [];
  /** Keys that are still being played to it. */
  let arriving: Cancel[] = [];
  const words = new Map<number, string>();

  const later = (ms: number, fn: () => void) =>
    void planned.push(
      clock!.after(ms, () => {
        if (ending === null) fn();
      }),
    );
  const forget = () => {
    for (const cancel of planned) cancel();
    planned = [];
  };
  const say = (text: string): number => {
    note("said", text);
    const durationMs = estimatedSpeechMs(text);
    handset!.speak({ text, confidence: 0.95, durationMs });
    return durationMs;
  };
  /** One sentence after the other, then `next`. */
  const sayAll = (texts: readonly string[], next: () => void) => {
    const [text, ...rest] = texts;
    if (text === undefined) return next();
    later(say(text) + (rest.length > 0 ? gapMs : 0), () => sayAll(rest, next));
  };
  const hangUp = () => {
    done = true;
    note("hung-up");
    handset!.hangUp();
  };
  const enter = (name: string, first: readonly string[] = []) => {
    forget();
    note("entered", name);
    // The schema lets no name through that is not there.
    menu = system.menus[name]!;
    tries = 0;
    const { hold } = menu;
    attentive = hold === undefined;
    if (hold === undefined) return prompt(menu, first);
    holding(hold);
    const entered = menu;
    later(hold.seconds * 1000, () => {
      attentive = true;
      prompt(entered, first);
    });
  };
  /** Announcements, and music until the next one. */
  const holding = ({ announces, seconds, everySeconds, music }: NonNullable<PhoneMenu["hold"]>) => {
    const until = seconds * 1000;
    const every = announces === undefined ? until : everySeconds * 1000;
    for (let at = 0; at < until; at += every)
      later(at, () => {
        const saidMs = announces === undefined ? 0 : say(announces);
        const leftMs = Math.min(every, until - at) - saidMs;
        if (music && leftMs > 0) later(saidMs, () => handset!.sound("music", leftMs));
      });
  };
  const prompt = (current: PhoneMenu, first: readonly string[]) => {
    digits = "";
    const texts = current.says === undefined ? first : [...first, current.says];
    const next = () => {
      if (current.beeps) handset!.sound("beep");
      if (current.hangsUp) return hangUp();
      if (current.leadsTo !== undefined) return enter(current.leadsTo);
      if (current.answers !== undefined) done = true;
      awaitInput(current);
    };
    // Every menu takes time, so that a tree that turns in circles lasts no longer than its call.
    if (texts.length === 0) later(gapMs, next);
    else sayAll(texts, next);
  };
  const awaitInput = (current: PhoneMenu) => {
    const listens = current.keys ?? current.hears ?? current.collects ?? current.answers;
    if (listens === undefined) {
      done = true;
      return;
    }
    const usual = current.answers === undefined ? silenceSeconds.menu : silenceSeconds.person;
    later((current.timeoutSeconds ?? usual) * 1000, () => again(current, []));
  };
  /** A wrong try or none: once more, or on to what comes after the last. */
  const again = (current: PhoneMenu, first: readonly string[]) => {
    forget();
    if (++tries < current.tries) return prompt(current, first);
    if (current.otherwise !== undefined) return enter(current.otherwise);
    sayAll(first, hangUp);
  };
  const key = (pressed: string) => {
    if (!attentive || menu === null || ending !== null) return;
    const current = menu;
    if (current.collects) return collect(current, current.collects, pressed);
    if (current.keys === undefined) return;
    const to = current.keys[pressed];
    if (to === undefined) again(current, [current.sorry]);
    else enter(to);
  };
  const collect = (current: PhoneMenu, how: NonNullable<PhoneMenu["collects"]>, pressed: string) => {
    forget();
    if (pressed !== how.finishOnKey) digits += pressed;
    const complete = pressed === how.finishOnKey || digits.length === how.digits;
    if (!complete) return awaitInput(current);
    note("collected", digits);
    const right =
      (how.digits === undefined || digits.length === how.digits) && (how.accepts?.includes(digits) ?? true);
    if (right) enter(how.leadsTo);
    else again(current, [current.sorry]);
  };
  const understand = (text: string) => {
    if (!attentive || menu === null || ending !== null) return;
    const current = menu;
    const matches = (hear: string) => patternOf(hear)!(text);
    if (current.answers !== undefined) {
      const found = current.answers.find(({ hear }) => matches(hear));
      forget();
      return later((found?.afterSeconds ?? 1) * 1000, () =>
        sayAll([found?.say ?? current.sorry], () =>
          found?.leadsTo === undefined ? awaitInput(current) : enter(found.leadsTo),
        ),
      );
    }
    if (current.hears === undefined) return;
    const to = Object.entries(current.hears).find(([hear]) => matches(hear))?.[1];
    if (to === undefined) again(current, [current.sorry]);
    else enter(to);
  };
  const keysArrive = (played: string) => {
    let at = 0;
    for (const one of played) {
      at += keyMs[one] ?? oneKeyMs;
      if (keyMs[one] === undefined) arriving.push(clock!.after(at, () => key(one)));
    }
  };
  const keysStop = () => {
    for (const cancel of arriving) cancel();
    arriving = [];
  };

  return {
    pacesSpeech: false,
    transcript: entries,
    behaviour: { phoneSystem: system },
    get ending() {
      return ending;
    },
    get done() {
      return done;
    },
    ringing(given, _side, ownClock) {
      handset = given;
      clock = ownClock;
      begin(ownClock);
      note("ringing");
      later(system.answerAfterSeconds * 1000, () => given.answer());
    },
    answered() {
      note("answered");
      dropped = system.staysSeconds === undefined ? null : clock!.after(system.staysSeconds * 1000, hangUp);
      // Not in the same breath: whoever is to listen may only just have been put through.
      later(0, () => enter(system.start, system.greeting === undefined ? [] : [system.greeting]));
    },
    hears({ utterance, text }) {
      note("heard", text);
      words.set(utterance, text);
    },
    plays({ url, digits: played }) {
      note("played", url ?? played ?? "");
      if (played !== null) keysArrive(played);
    },
    lasted: (_utterance, ms) => note("lasted", `${ms / 1000}`),
    finished(utterance) {
      const text = words.get(utterance);
      words.delete(utterance);
      if (text !== undefined) understand(text);
    },
    interrupted() {
      note("interrupted");
      words.clear();
      keysStop();
    },
    beeps: (tone) => note("beep", tone),
    connected: () => note("connected"),
    disconnected: () => note("disconnected"),
    silence: (seconds) => note("silence", `${seconds}`),
    listening: ({ input }) => note("listening", input.join(" ")),
    notListening() {},
    failed: (code, message) => note("error", `${code ?? ""} ${message}`.trim()),
    ended(how) {
      forget();
      keysStop();
      dropped?.();
      ending = how;
      note("ended", `${how.reason} by ${how.by}`);
    },
  };
}
