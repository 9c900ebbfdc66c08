/**
 * Somebody who does anything at any time: keys that mean something and keys that do not, words, silence, talking over
 * prompts, speaking after the beep, hanging up. All of it from one seed. The same person calls in or is called; one who
 * is called may be a person, a machine, a fax, or say nothing.
 */
import { type Handset, nobody, type Person } from "@trunkline/carrier";

export interface RandomCaller {
  readonly person: Person;
  ended(): boolean;
}

/** Uniform in [0, 1). */
export type Chance = () => number;

type SoundsLike = "human" | "machine" | "machine without a beep" | "fax" | "nobody";

const keys = [
  ...["1", "2", "2", "2", "2", "2", "3", "3", "3", "3", "4", "4", "5", "5", "6", "7", "7", "9", "*", "#"],
  ...["123456#", "99", "1041", "9041", "0#", "12345678901234", "1980", "1980#"],
];
const phrases = [
  ...["a claim please", "documents", "follow up", "goodbye", "yes", "no", "what?", "émile & <b>söhne</b> 😀"],
  ...["This is Maria speaking, how can I help you?", "For claims, press 2.", "Please enter the NPI."],
  ...["Go ahead", "Okay", "Bear with me", "It was paid in May", "denied", "in process", "not on file"],
  ...["please hold", "forty dollars", "March second 2026", "that is all"],
];
/** Nobody stays on the line for longer than this, in milliseconds. */
const patienceMs = 150_000;
const greeting = "You have reached the voicemail of Ada. I cannot come to the phone. Please leave a message.";

export function randomCaller(chance: Chance, like: SoundsLike = "human"): RandomCaller {
  let over = false;
  let connected = false;
  let line: { handset: Handset; after: (ms: number, fn: () => void) => void } | undefined;
  const later = (act: (handset: Handset) => void, mostMs: number, leastMs = 0) => {
    const given = line;
    given?.after(leastMs + Math.floor(chance() * mostMs), () => {
      if (!over) act(given.handset);
    });
  };
  const speak = (handset: Handset) =>
    handset.speak({
      text: pick(chance, phrases),
      confidence: chance(),
      durationMs: 300 + Math.floor(chance() * 4000),
    });
  const greet = (handset: Handset) => {
    if (like === "human") handset.speak({ text: "Hello?", durationMs: 700 });
    if (like === "fax") handset.sound("fax");
    if (!like.startsWith("machine")) return;
    handset.speak({ text: greeting, durationMs: 7000 });
    if (like === "machine") line?.after(7300, () => !over && handset.sound("beep"));
  };
  const person: Person = {
    ...nobody,
    ringing: (handset, side, clock) => {
      line = { handset, after: (ms, fn) => void clock.after(ms, fn) };
      if (side === "callee") later((phone) => phone.answer(), 15_000);
      else if (chance() < 0.05) later((phone) => phone.hangUp(), 60_000);
      later((phone) => phone.hangUp(), patienceMs, 1000);
    },
    answered: () => {
      if (line && like !== "nobody") greet(line.handset);
    },
    connected: () => {
      connected = true;
      later((phone) => connected && phone.hangUp(), 40_000);
      if (chance() < 0.3) later((phone) => phone.press(pick(chance, keys)), 10_000);
    },
    disconnected: () => {
      connected = false;
    },
    beeps: () => {
      if (connected) return;
      if (chance() < 0.8) later(speak, 3000);
      const ending = chance();
      if (ending < 0.4) later((phone) => phone.press("#"), 9000, 1000);
      else if (ending < 0.6) later((phone) => phone.hangUp(), 9000, 1000);
    },
    listening: ({ input }) => {
      const roll = chance();
      // Most answer before a prompt and a silence are over, some long after.
      const mostMs = chance() < 0.8 ? 4000 : 12_000;
      if (roll < 0.75) later((phone) => phone.press(pick(chance, keys)), mostMs);
      else if (roll < 0.9 && input.includes("speech")) later(speak, mostMs);
      else if (roll > 0.96) later((phone) => phone.hangUp(), 12_000);
    },
    ended: () => {
      over = true;
    },
  };
  return { person, ended: () => over };
}

export function pick<T>(chance: Chance, list: readonly T[]): T {
  return list[Math.floor(chance() * list.length)]!; // chance is below 1, and nobody gives an empty list
}
