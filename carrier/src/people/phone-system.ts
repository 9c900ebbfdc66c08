/**
 * A company's phone system written down as JSON: a tree of prompts, with people at its ends. Example: a payer's provider line.
 *
 *     { "phoneSystem": {
 *       "greeting": "Thank you for calling Acme Health.",
 *       "start": "main",
 *       "menus": {
 *         "main": { "says": "For claims press 1. For anything else say representative.",
 *                   "keys": { "1": "npi" }, "hears": { "representative": "rep" } },
 *         "npi": { "says": "Enter your NPI.", "collects": { "digits": 10, "accepts": ["1234567893"], "leadsTo": "rep" } },
 *         "rep": { "hold": { "seconds": 120, "announces": "Please hold.", "everySeconds": 30 },
 *                  "says": "This is Julie, how can I help you?",
 *                  "answers": [{ "hear": "/status/i", "say": "It was paid." }, { "hear": "bye", "say": "Goodbye.", "leadsTo": "end" }] },
 *         "end": { "hangsUp": true } } } }
 *
 * A menu holds, speaks and then does at most one thing: let choose by `keys` and `hears`, collect keys, answer as a person does,
 * go on (`leadsTo`) or hang up. One that does nothing stays silent on the line. Names of menus are checked: a tree with a loose end is refused.
 */
import { z } from "zod";
import { limits } from "../limits.ts";
import { pattern } from "./hearing.ts";

const seconds = z.number().min(0).max(86_400);
const words = z.string().min(1).max(2000);
const menuName = z.string().min(1).max(100);
const answer = z.strictObject({
  hear: pattern,
  say: words,
  /** Reaction time, s. */
  afterSeconds: seconds.default(1),
  /** The menu that follows; without it this person goes on listening. */
  leadsTo: menuName.optional(),
});

const collects = z.strictObject({
  /** How many keys; without it they end with `finishOnKey`. */
  digits: z.number().int().min(1).max(50).optional(),
  finishOnKey: z
    .string()
    .regex(/^[*#]$/, "expected * or #")
    .default("#"),
  /** What is on file; anything else counts as wrong. Without a list everything is right. */
  accepts: z.array(z.string().max(50)).max(1000).optional(),
  leadsTo: menuName,
});

const hold = z.strictObject({
  seconds,
  announces: words.optional(),
  everySeconds: z.number().min(1).max(86_400).default(30),
  /** Whether music sounds in between. */
  music: z.boolean().default(true),
});

const plainMenu = z.strictObject({
  /** Waits with music before anything else; nobody listens meanwhile. */
  hold: hold.optional(),
  says: words.optional(),
  /** An answering machine's, after what it says. */
  beeps: z.literal(true).optional(),
  keys: z.record(z.string().regex(/^[0-9*#]$/, "expected one key"), menuName).optional(),
  hears: z.record(pattern, menuName).optional(),
  collects: collects.optional(),
  answers: z.array(answer).max(limits.phoneSystemMenus).optional(),
  leadsTo: menuName.optional(),
  hangsUp: z.literal(true).optional(),
  /** Silence after the prompt that counts as a wrong try, s. Default 8, for `answers` 60. */
  timeoutSeconds: seconds.optional(),
  /** Tries in all; the prompt is repeated in between. */
  tries: z.number().int().min(1).max(100).default(3),
  /** Said before the prompt is repeated after a wrong input; a person says it when they do not understand. */
  sorry: words.default("Sorry, I did not understand."),
  /** Where it goes after the last try; without it the call is hung up. */
  otherwise: menuName.optional(),
});
export type PhoneMenu = z.infer<typeof plainMenu>;

const menu = plainMenu.refine((one) => waysOn(one).length <= 1, {
  message: "expected at most one of keys and hears, collects, answers, leadsTo, hangsUp in a menu",
});

export const phoneSystem = z
  .strictObject({
    name: z.string().max(200).optional(),
    /** Ring time before it picks up, s. */
    answerAfterSeconds: seconds.default(2),
    /** The line drops so long after the answer, wherever the caller is, s. */
    staysSeconds: seconds.optional(),
    /** Said once, before the first menu's own words. */
    greeting: words.optional(),
    /** Where it begins. */
    start: menuName.default("main"),
    menus: z.record(menuName, menu),
  })
  .superRefine((system, context) => {
    const names = Object.keys(system.menus);
    if (names.length > limits.phoneSystemMenus)
      context.addIssue({ code: "custom", message: `expected at most ${limits.phoneSystemMenus} menus` });
    for (const [from, to] of [["start", system.start], ...referencesIn(system.menus)] as const)
      if (!names.includes(to))
        context.addIssue({ code: "custom", message: `${from}: expected one of the menus, found ${to}` });
  });

export type PhoneSystem = z.infer<typeof phoneSystem>;

function waysOn(one: PhoneMenu): string[] {
  const ways = ["collects", "answers", "leadsTo", "hangsUp"] as const;
  const chooses = one.keys !== undefined || one.hears !== undefined;
  return [...(chooses ? ["choice"] : []), ...ways.filter((way) => one[way] !== undefined)];
}

/** Every name of a menu that a menu mentions, with where it stands. */
function referencesIn(menus: Readonly<Record<string, PhoneMenu>>): [from: string, to: string][] {
  return Object.entries(menus).flatMap(([name, one]) =>
    [
      ...Object.values(one.keys ?? {}),
      ...Object.values(one.hears ?? {}),
      ...(one.answers ?? []).map(({ leadsTo }) => leadsTo),
      one.collects?.leadsTo,
      one.leadsTo,
      one.otherwise,
    ].flatMap((to): [string, string][] => (to === undefined ? [] : [[`menu ${name}`, to]])),
  );
}
