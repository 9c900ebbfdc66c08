/** Does what a step of a script says: presses, speaks, lets something sound, is silent, hangs up. */
import type { Clock } from "../clock/clock.ts";
import { soundOf } from "../media/data-url.ts";
import { estimatedSpeechMs } from "../twiml/speech.ts";
import type { Handset, Tone } from "./person.ts";
import type { Doing } from "./script.ts";
import type { Transcript } from "./transcript.ts";

/** Between two keys, ms. */
const keyMs = 250;

export interface Acting {
  /** Does it, and calls `done` when the next thing may be done; after hanging up never. */
  act(what: Doing, done: () => void): void;
  /** How long what was begun to be said still takes, ms: tones wait for it. */
  speakingMs(): number;
}

export function createActing(
  note: Transcript["note"],
  /** Calls back after a time unless the call is over. */
  later: (seconds: number, fn: () => void) => void,
  at: () => { readonly handset: Handset; readonly clock: Clock },
): Acting {
  /** When what this person is saying is over, ms since the epoch. */
  let sayingUntil = 0;

  const say = ({ confidence, saySeconds, sound }: Doing, text: string) => {
    note("said", text);
    const { handset, clock } = at();
    const own = sound === undefined ? null : soundOf(sound);
    const durationMs = saySeconds === undefined ? own?.ms : saySeconds * 1000;
    sayingUntil = clock.now() + (durationMs ?? estimatedSpeechMs(text));
    handset.speak({ text, confidence, durationMs, sound: own?.sound });
  };
  const sound = (tone: Tone, seconds?: number) => {
    note("sounded", seconds === undefined ? tone : `${tone} ${seconds}`);
    at().handset.sound(tone, seconds === undefined ? undefined : seconds * 1000);
  };
  const press = (keys: string, from: number, done: () => void): void => {
    const key = keys[from];
    if (key === undefined) {
      done();
      return;
    }
    const waitMs = key === "w" ? 500 : key === "W" ? 1000 : from + 1 === keys.length ? 0 : keyMs;
    if (key !== "w" && key !== "W") {
      note("pressed", key);
      at().handset.press(key);
    }
    if (waitMs === 0) press(keys, from + 1, done);
    else later(waitMs / 1000, () => press(keys, from + 1, done));
  };
  return {
    speakingMs: () => Math.max(0, sayingUntil - at().clock.now()),
    act(what, done) {
      const words = what.say ?? what.talkOver;
      const long = what.musicSeconds ?? what.noiseSeconds;
      if (what.hangUp) {
        note("hung-up");
        return at().handset.hangUp();
      }
      if (what.refer !== undefined) {
        note("referred", what.refer);
        at().handset.refer(what.refer);
        return done();
      }
      if (what.press !== undefined) return press(what.press, 0, done);
      if (words !== undefined) say(what, words);
      else if (what.beep || what.faxTone) sound(what.beep ? "beep" : "fax");
      else if (long !== undefined) {
        sound(what.musicSeconds === undefined ? "noise" : "music", long);
        return later(long, done);
      } else if (what.silentSeconds !== undefined) return later(what.silentSeconds, done);
      done();
    },
  };
}
