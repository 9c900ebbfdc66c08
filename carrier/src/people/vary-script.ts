/** How one script becomes another that a slightly different person would follow. Every change is a pure function of the script and chance. */
import { limits } from "../limits.ts";
import type { Chance } from "./chance.ts";
import type { Doing, Script, ScriptStep } from "./script.ts";
import { inOtherWords, keyFor, wordsFor } from "./vary-words.ts";

export type ScriptChange = (script: Script, the: Chance) => Script;

const steps = (script: Script, change: (step: ScriptStep, at: number) => ScriptStep): Script => ({
  ...script,
  steps: script.steps.map(change),
});
/** Puts a step before the one at `at`, if there is room. */
const inserted = (script: Script, at: number, step: ScriptStep): Script =>
  script.steps.length < limits.scriptSteps
    ? { ...script, steps: [...script.steps.slice(0, at), step, ...script.steps.slice(at)] }
    : script;
const reacts = ({ hear, hearKeys }: ScriptStep) => hear !== undefined || hearKeys !== undefined;
const longer = (seconds: number, the: Chance) =>
  Math.min(86_400, Number((seconds * the.between(0.2, 3)).toFixed(1)));

const reworded = <What extends Doing>(what: What, the: Chance): What =>
  what.say === undefined ? what : { ...what, say: inOtherWords(what.say, the) };
const heardOtherwise = <What extends Doing>(what: What, the: Chance): What =>
  what.say === undefined ? what : { ...what, confidence: the.between(0.2, 0.98, 2) };

export const scriptChanges = {
  ring: (script, the) => ({ ...script, answerAfterSeconds: the.between(0.5, 25) }),
  pauses: (script, the) =>
    steps(script, (step) => ({
      ...step,
      afterSeconds:
        longer(step.afterSeconds ?? (reacts(step) ? 0.5 : 0), the) + (the.happens(0.3) ? the.below(4) : 0),
    })),
  words: (script, the) => ({
    ...steps(script, (step) => reworded(step, the)),
    ...(script.whenever && { whenever: script.whenever.map((one) => reworded(one, the)) }),
  }),
  confidence: (script, the) => ({
    ...steps(script, (step) => heardOtherwise(step, the)),
    ...(script.whenever && { whenever: script.whenever.map((one) => heardOtherwise(one, the)) }),
  }),
  /** Keys instead of words, words instead of keys. */
  keys: (script, the) =>
    steps(script, (step) => {
      const { say, press, ...rest } = step;
      const key = say === undefined ? null : keyFor(say);
      const words = press === undefined ? null : wordsFor(press);
      if (!the.happens(0.5)) return step;
      if (key !== null) return { ...rest, press: key };
      return words === null ? step : { ...rest, say: words };
    }),
  impatience: (script, the) => ({
    ...steps(script, (step) =>
      reacts(step) && the.happens(0.6)
        ? { ...step, interrupt: true, afterSeconds: the.between(0.1, 1) }
        : step,
    ),
    patienceSeconds: Math.min(script.patienceSeconds, the.between(5, 40, 0)),
  }),
  "talk-over": (script, the) =>
    inserted(script, the.below(script.steps.length + 1), {
      talkOver: the.one(["Hello?", "Hello, are you there?", "Wait, wait.", "Sorry, what?"]),
      afterSeconds: the.between(0.1, 2),
      ifNotHeard: { withinSeconds: the.between(1, 5, 0), again: 0 },
    }),
  noise: (script, the) =>
    inserted(script, the.below(script.steps.length + 1), {
      noiseSeconds: the.between(0.2, 2.5),
      afterSeconds: the.between(0, 2),
    }),
  /** The wrong key first; asked again, or after a while, the right one. */
  "wrong-key"(script, the) {
    const at = script.steps.findIndex((step) => reacts(step) && /^\d$/.test(step.press ?? ""));
    const step = script.steps[at];
    if (!step?.press) return script;
    const { press } = step;
    const right: ScriptStep = {
      ...step,
      ifNotHeard: step.ifNotHeard ?? { withinSeconds: 12, press, again: 0 },
    };
    const wrong = String((Number(press) + 1 + the.below(9)) % 10);
    return inserted(
      steps(script, (one, where) => (where === at ? right : one)),
      at,
      { ...step, press: wrong },
    );
  },
  holds: (script, the) =>
    steps(script, ({ musicSeconds, silentSeconds, ...step }) => ({
      ...step,
      ...(musicSeconds !== undefined && { musicSeconds: longer(musicSeconds, the) }),
      ...(silentSeconds !== undefined && { silentSeconds: longer(silentSeconds, the) }),
    })),
  /** Hangs up at some point, or the line drops. */
  drop: (script, the) => ({
    ...script,
    staysSeconds: Number((0.5 * 200 ** the.between(0, 1, 3)).toFixed(1)),
  }),
} as const satisfies Record<string, ScriptChange>;
