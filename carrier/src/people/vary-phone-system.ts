/** How one phone system becomes another: other lengths, other words, other tempers. */
import type { Chance } from "./chance.ts";
import type { PhoneMenu, PhoneSystem } from "./phone-system.ts";
import { inOtherWords } from "./vary-words.ts";

export type PhoneSystemChange = (system: PhoneSystem, the: Chance) => PhoneSystem;

const menus = (system: PhoneSystem, change: (menu: PhoneMenu) => PhoneMenu): PhoneSystem => ({
  ...system,
  menus: Object.fromEntries(Object.entries(system.menus).map(([name, menu]) => [name, change(menu)])),
});
const longer = (seconds: number, the: Chance) =>
  Math.min(86_400, Number((seconds * the.between(0.2, 3)).toFixed(1)));
const usualSilence = 8;

const preambles = [
  "Please listen carefully, as our menu options have changed.",
  "This call may be recorded for quality assurance.",
  "Para español, oprima el nueve.",
];

export const phoneSystemChanges: Readonly<
  Record<"ring" | "pauses" | "words" | "impatience" | "holds" | "drop", PhoneSystemChange>
> = {
  ring: (system, the) => ({ ...system, answerAfterSeconds: the.between(0.5, 25) }),
  pauses: (system, the) =>
    menus(system, (menu) => ({
      ...menu,
      ...(menu.answers && {
        answers: menu.answers.map((one) => ({ ...one, afterSeconds: longer(one.afterSeconds, the) })),
      }),
      ...(menu.answers === undefined && { timeoutSeconds: longer(menu.timeoutSeconds ?? usualSilence, the) }),
    })),
  words: (system, the) => ({
    ...menus(system, (menu) =>
      menu.answers
        ? { ...menu, answers: menu.answers.map((one) => ({ ...one, say: inOtherWords(one.say, the) })) }
        : menu,
    ),
    greeting: [system.greeting, the.one(preambles)]
      .filter((text) => text !== undefined)
      .join(" ")
      .slice(0, 2000),
  }),
  /** Fewer tries, less time. */
  impatience: (system, the) =>
    menus(system, (menu) => ({
      ...menu,
      tries: 1 + the.below(menu.tries),
      timeoutSeconds: the.between(2, 6),
    })),
  holds: (system, the) =>
    menus(system, (menu) =>
      menu.hold ? { ...menu, hold: { ...menu.hold, seconds: longer(menu.hold.seconds, the) } } : menu,
    ),
  drop: (system, the) => ({ ...system, staysSeconds: Number((2 * 300 ** the.between(0, 1, 3)).toFixed(1)) }),
};
