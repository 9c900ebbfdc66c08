/**
 * A caller who does anything at any time: keys that mean something and keys that do not, words, silence, talking over
 * prompts, hanging up. All of it from one seed.
 */
import type { Handset, Person } from "@trunkline/carrier";

export interface RandomCaller {
  readonly person: Person;
  ended(): boolean;
}

/** Uniform in [0, 1). */
export type Chance = () => number;

const keys = [
  "1",
  "1",
  "2",
  "3",
  "9",
  "9",
  "7",
  "*",
  "#",
  "123456#",
  "99",
  "1041",
  "9041",
  "0#",
  "12345678901234",
];
const phrases = [
  "a claim please",
  "documents",
  "follow up",
  "goodbye",
  "yes",
  "no",
  "what?",
  "émile & <b>söhne</b> 😀",
];

export function randomCaller(chance: Chance): RandomCaller {
  let over = false;
  let line: { handset: Handset; after: (ms: number, fn: () => void) => void } | undefined;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)]!; // chance is below 1
  const later = (act: (handset: Handset) => void, mostMs: number) => {
    const given = line;
    given?.after(Math.floor(chance() * mostMs), () => {
      if (!over) act(given.handset);
    });
  };
  const person: Person = {
    pacesSpeech: false,
    ringing: (handset, _side, clock) => {
      line = { handset, after: (ms, fn) => void clock.after(ms, fn) };
      if (chance() < 0.05) later((phone) => phone.hangUp(), 60_000);
    },
    answered: () => {},
    hears: () => {},
    plays: () => {},
    finished: () => {},
    interrupted: () => {},
    silence: () => {},
    listening: ({ input }) => {
      const roll = chance();
      if (roll < 0.65) later((phone) => phone.press(pick(keys)), 12_000);
      else if (roll < 0.8 && input.includes("speech")) {
        later((phone) => phone.speak({ text: pick(phrases), confidence: chance() }), 12_000);
      } else if (roll > 0.96) later((phone) => phone.hangUp(), 12_000);
    },
    notListening: () => {},
    failed: () => {},
    ended: () => {
      over = true;
    },
  };
  return { person, ended: () => over };
}
