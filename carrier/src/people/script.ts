/**
 * A caller written down as JSON. Example: wait for the menu, press 2, say what it is about, wait, go.
 *
 *     { "name": "asks for claims", "steps": [
 *       { "hear": "press 2", "press": "2" },
 *       { "hear": "/how can i help/i", "say": "claims", "confidence": 0.8 },
 *       { "silentSeconds": 8 },
 *       { "hangUp": true } ] }
 *
 * A step waits for what it must hear, then for `afterSeconds`, then acts. `hear` is a substring (case does not matter) or `/regex/flags`.
 * It looks at everything spoken since the last match, once each. `hearKeys` does the same for keys that are played to it, and the beep
 * before a recording is heard as the word "beep".
 */
import { z } from "zod";
import { limits } from "../limits.ts";

const seconds = z.number().min(0).max(86_400);

export const scriptStep = z
  .strictObject({
    hear: z.string().min(1).max(500).optional(),
    /** Keys played to this person, in this order, one after the other: `1#`. */
    hearKeys: z
      .string()
      .regex(/^[0-9*#A-D]+$/, "expected keys 0-9 * # A-D")
      .max(200)
      .optional(),
    /** Act when the matching utterance begins instead of when it ends: barge-in. */
    interrupt: z.boolean().optional(),
    /** Reaction time, s. Default 0.5 after something heard, else 0. */
    afterSeconds: seconds.optional(),
    press: z
      .string()
      .regex(/^[0-9*#A-DwW]+$/, "expected keys 0-9 * # A-D, w (0.5 s) and W (1 s)")
      .max(200)
      .optional(),
    say: z.string().min(1).max(2000).optional(),
    confidence: z.number().min(0).max(1).optional(),
    /** How long saying it takes. Default: estimated from its length. */
    saySeconds: seconds.optional(),
    /** An answering machine's beep, and a fax machine's call: they sound once what this person is saying is over. */
    beep: z.literal(true).optional(),
    faxTone: z.literal(true).optional(),
    silentSeconds: seconds.optional(),
    hangUp: z.literal(true).optional(),
  })
  .refine((step) => actions.filter((action) => step[action] !== undefined).length <= 1, {
    message: `expected at most one of press, say, beep, faxTone, silentSeconds, hangUp in a step`,
  })
  .refine((step) => step.hear === undefined || step.hearKeys === undefined, {
    message: "expected hear or hearKeys in a step, not both",
  })
  .refine((step) => step.hear === undefined || patternOf(step.hear) !== null, {
    message: "expected `hear` to be words or /a valid regular expression/",
  });

const actions = ["press", "say", "beep", "faxTone", "silentSeconds", "hangUp"] as const;

export const script = z.strictObject({
  name: z.string().max(200).optional(),
  /** Ring time before this person picks up, s. Outbound calls only. */
  answerAfterSeconds: seconds.default(2),
  steps: z.array(scriptStep).max(limits.scriptSteps).default([]),
  /** Hangs up if a `hear` has waited this long, s. */
  patienceSeconds: seconds.default(120),
});

export type ScriptStep = z.infer<typeof scriptStep>;
export type Script = z.infer<typeof script>;
/** A script as written, before defaults. */
export type ScriptInput = z.input<typeof script>;

/** Whether words match a step's `hear`; null if it is a broken regular expression. */
export function patternOf(hear: string): ((words: string) => boolean) | null {
  const regex = /^\/(.+)\/([a-z]*)$/s.exec(hear);
  if (!regex) return (words) => words.toLowerCase().includes(hear.toLowerCase());
  try {
    const pattern = new RegExp(regex[1]!, regex[2]!.replace(/[gy]/g, ""));
    return (words) => pattern.test(words);
  } catch {
    return null;
  }
}
