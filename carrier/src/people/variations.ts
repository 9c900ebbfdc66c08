/**
 * Many people from one: the same seed gives the same people. Each is a plain script or phone system that can be copied out and kept.
 *
 *     { "vary": { "seed": 7, "busy": 0.1, "changes": ["pauses", "words"] }, "script": { … } }
 *
 * Doorway: `variation(what, nth)` for one, `variations(what, count)` for a list.
 */
import { z } from "zod";
import type { Plain } from "./behaviour.ts";
import { chanceOf } from "./chance.ts";
import { phoneSystem } from "./phone-system.ts";
import { refusal, script } from "./script.ts";
import { phoneSystemChanges } from "./vary-phone-system.ts";
import { scriptChanges } from "./vary-script.ts";

const changes = [
  "ring",
  "pauses",
  "words",
  "confidence",
  "keys",
  "impatience",
  "talk-over",
  "noise",
  "wrong-key",
  "holds",
  "drop",
] as const;
type Change = (typeof changes)[number];

/** Which share of people is changed so. What ruins a call is rarer. */
const usual: Readonly<Record<Change, number>> = {
  ring: 0.8,
  pauses: 0.7,
  words: 0.5,
  confidence: 0.5,
  keys: 0.3,
  impatience: 0.2,
  "talk-over": 0.15,
  noise: 0.25,
  "wrong-key": 0.15,
  holds: 0.5,
  drop: 0.08,
};

/** The same for changes that were asked for by name. */
const chosenShare = 0.8;

const share = z.number().min(0).max(1);

const variety = z
  .strictObject({
    seed: z.number().int().min(0).max(0xffffffff),
    /** Shares of calls that nobody takes. */
    busy: share.default(0.03),
    rejected: share.default(0.02),
    "no-answer": share.default(0.05),
    unavailable: share.default(0),
    failed: share.default(0),
    /** What may differ. Default: everything. */
    changes: z.array(z.enum(changes)).max(changes.length).optional(),
  })
  .refine((one) => refusal.options.reduce((sum, how) => sum + one[how], 0) <= 1, {
    message:
      "expected shares of busy, rejected, no-answer, unavailable and failed that are at most 1 together",
  });

export const varied = z
  .strictObject({ vary: variety, script: script.optional(), phoneSystem: phoneSystem.optional() })
  .refine((one) => (one.script === undefined) !== (one.phoneSystem === undefined), {
    message: "expected a script or a phoneSystem beside vary",
  });
export type Varied = z.infer<typeof varied>;

/** The variation with this number, from 0. */
export function variation({ vary, script: person, phoneSystem: system }: Varied, nth: number): Plain {
  const the = chanceOf(vary.seed, nth);
  let left = the.between(0, 1, 6);
  for (const how of refusal.options) {
    left -= vary[how];
    if (left < 0) return how;
  }
  const wanted = (vary.changes ?? changes).filter((change) =>
    the.happens(vary.changes ? chosenShare : usual[change]),
  );
  const named = (name = "somebody", differs: readonly string[]) =>
    `${name}, ${nth} of seed ${vary.seed}: ${differs.join(", ") || "as written"}`.slice(0, 200);
  if (system) {
    const known = wanted.filter((change) => change in phoneSystemChanges);
    const { changed, differs } = changedBy(system, known, (one, change) => changeOf(change)(one, the));
    return { phoneSystem: phoneSystem.parse({ ...changed, name: named(system.name, differs) }) };
  }
  // The schema wants one of the two.
  const { changed, differs } = changedBy(person!, wanted, (one, change) => scriptChanges[change](one, the));
  return script.parse({ ...changed, name: named(person!.name, differs) });
}

/** One change after the other, and which of them made a difference. */
function changedBy<One>(
  first: One,
  wanted: readonly Change[],
  apply: (one: One, change: Change) => One,
): { changed: One; differs: Change[] } {
  let changed = first;
  const differs: Change[] = [];
  for (const change of wanted) {
    const next = apply(changed, change);
    if (JSON.stringify(next) !== JSON.stringify(changed)) differs.push(change);
    changed = next;
  }
  return { changed, differs };
}

/** Asked only for changes that phone systems know. */
const changeOf = (change: Change) => phoneSystemChanges[change as keyof typeof phoneSystemChanges];

export const variations = (what: Varied, count: number): Plain[] =>
  Array.from({ length: count }, (_, nth) => variation(what, nth));
