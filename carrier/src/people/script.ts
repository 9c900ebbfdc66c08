/**
 * A person written down as JSON. Example: wait for the menu, press 2, say what it is about, wait, go.
 *
 *     { "name": "asks for claims", "steps": [
 *       { "hear": "press 2", "press": "2" },
 *       { "hear": ["how can i help", "/what can i do/i"], "say": "claims", "confidence": 0.8,
 *         "ifNotHeard": { "withinSeconds": 10, "say": "Hello?" } },
 *       { "silentSeconds": 8 },
 *       { "hangUp": true } ],
 *       "whenever": [{ "hear": "are you still there", "say": "Yes." }] }
 *
 * A step waits for what it must hear, then for `afterSeconds`, then does one thing. It looks at everything spoken since the last match,
 * once each. A beep is heard as the word "beep", music as "hold music". What stands under `whenever` is done whenever it is heard,
 * whatever the steps wait for.
 */
import { z } from "zod";
import { limits } from "../limits.ts";
import { soundOf } from "../media/data-url.ts";
import { patterns } from "./hearing.ts";

const seconds = z.number().min(0).max(86_400);

/** Ways in which a telephone that is called is not picked up. */
export const refusal = z.enum(["busy", "rejected", "no-answer", "unavailable", "failed"], {
  error: "expected busy, rejected, no-answer, unavailable or failed",
});

/** Things one can do, at most one of them at a time. */
const doing = {
  press: z
    .string()
    .regex(/^[0-9*#A-DwW]+$/, "expected keys 0-9 * # A-D, w (0.5 s) and W (1 s)")
    .max(200)
    .optional(),
  say: z.string().min(1).max(2000).optional(),
  /** An answering machine's beep, and a fax machine's call: they sound once what this person is saying is over. */
  beep: z.literal(true).optional(),
  faxTone: z.literal(true).optional(),
  /** Music, as on hold, and a sound that is no word (a cough, a car). Both are over before the next step. */
  musicSeconds: seconds.optional(),
  noiseSeconds: seconds.optional(),
  silentSeconds: seconds.optional(),
  hangUp: z.literal(true).optional(),
  /** A SIP telephone's transfer button: the other party is to be connected with this number or address. */
  refer: z.string().min(1).max(256).optional(),
  /** What the recogniser is to believe of `say`. Default 0.9. */
  confidence: z.number().min(0).max(1).optional(),
  /** What saying it sounds like: a WAV, AIFF or μ-law file as `data:audio/x-wav;base64,…`. Default: a voice of ours. */
  sound: z
    .string()
    .max(limits.scriptSoundCharacters)
    .refine((url) => soundOf(url) !== null, "expected data:audio/…;base64,… with samples that can be read")
    .optional(),
  /** How long saying it takes. Default: as long as its sound, or estimated from its length. */
  saySeconds: seconds.optional(),
};
const actions = [
  "press",
  "say",
  "talkOver",
  "beep",
  "faxTone",
  "musicSeconds",
  "noiseSeconds",
  "silentSeconds",
  "refer",
  "hangUp",
] as const;
/** Exported for those who write or change scripts. */
export type Action = (typeof actions)[number];

const oneAction = (step: Partial<Record<Action, unknown>>) =>
  actions.filter((action) => step[action] !== undefined).length <= 1;
const tooMany = { message: `expected at most one of ${actions.join(", ")}` };
const wordsBesideSound = ({ sound, say, talkOver }: Readonly<Record<string, unknown>>) =>
  sound === undefined || (say ?? talkOver) !== undefined;
const noWords = { message: "expected say or talkOver beside sound: what a recogniser is to understand" };

/** When nothing that fits was heard in time: does this, waits `again` times more, and then goes on with the next step. */
const ifNotHeard = z
  .strictObject({
    withinSeconds: seconds,
    ...doing,
    again: z.number().int().min(0).max(limits.scriptTimes).default(0),
  })
  .refine(oneAction, tooMany)
  .refine(wordsBesideSound, noWords);

export const scriptStep = z
  .strictObject({
    hear: patterns.optional(),
    /** Keys played to this person, in this order, one after the other: `1#`. */
    hearKeys: z
      .string()
      .regex(/^[0-9*#A-D]+$/, "expected keys 0-9 * # A-D")
      .max(200)
      .optional(),
    /** Act when the matching utterance begins instead of when it ends: barge-in. */
    interrupt: z.boolean().optional(),
    ifNotHeard: ifNotHeard.optional(),
    /** Reaction time, s. Default 0.5 after something heard, else 0. */
    afterSeconds: seconds.optional(),
    ...doing,
    /** Says this while the other one speaks: waits until somebody does. */
    talkOver: z.string().min(1).max(2000).optional(),
    /** How often this step is done. Default 1. */
    times: z.number().int().min(1).max(limits.scriptTimes).optional(),
  })
  .refine(oneAction, tooMany)
  .refine(wordsBesideSound, noWords)
  .refine(
    ({ hear, hearKeys, talkOver }) =>
      [hear, hearKeys, talkOver].filter((one) => one !== undefined).length <= 1,
    { message: "expected one of hear, hearKeys and talkOver in a step" },
  )
  .refine(({ ifNotHeard, hear, hearKeys, talkOver }) => !ifNotHeard || (hear ?? hearKeys ?? talkOver), {
    message: "expected hear, hearKeys or talkOver beside ifNotHeard",
  });

/** Done whenever it is heard, beside the steps. */
const standing = z
  .strictObject({
    hear: patterns,
    interrupt: z.boolean().optional(),
    /** Reaction time, s. */
    afterSeconds: seconds.default(0.5),
    ...doing,
    /** At most so often in a call. */
    times: z.number().int().min(1).max(limits.scriptTimes).default(10),
  })
  .refine(oneAction, tooMany)
  .refine(wordsBesideSound, noWords);

export const script = z.strictObject({
  name: z.string().max(200).optional(),
  /** Ring time before this person picks up, s. Outbound calls only. */
  answerAfterSeconds: seconds.default(2),
  /** What this SIP telephone wants to be shown; it refuses calls without. */
  credentials: z.strictObject({ username: z.string().max(200), password: z.string().max(200) }).optional(),
  /** Does not pick up after that time, but refuses. */
  refuses: refusal.optional(),
  /** A caller who hangs up when nobody has answered for so long, s. */
  ringsForSeconds: seconds.optional(),
  steps: z.array(scriptStep).max(limits.scriptSteps).default([]),
  whenever: z.array(standing).max(limits.scriptReactions).optional(),
  /** Hangs up if a step has waited this long for something to hear, s. */
  patienceSeconds: seconds.default(120),
  /** Hangs up so long after the answer, wherever the script stands, s. */
  staysSeconds: seconds.optional(),
});

export type ScriptStep = z.infer<typeof scriptStep>;
export type Script = z.infer<typeof script>;
/** A script as written, before defaults. */
export type ScriptInput = z.input<typeof script>;
/** What a step, a standing reaction or an `ifNotHeard` does. */
export type Doing = Pick<ScriptStep, Action | "confidence" | "saySeconds" | "sound">;
