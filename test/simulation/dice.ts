/** Which faults happen, by chance, and how often each did: a simulation in which one never fired has shown nothing. */
import type { Chance } from "./random-caller.ts";

export interface Dice {
  readonly fired: { [fault: string]: number };
  note(fault: string): void;
  /** Does it happen this time? */
  happens(fault: string, share: number): boolean;
}

export function createDice(chance: Chance): Dice {
  const fired: { [fault: string]: number } = {};
  const note = (fault: string) => {
    fired[fault] = (fired[fault] ?? 0) + 1;
  };
  return {
    fired,
    note,
    happens(fault, share) {
      if (chance() >= share) return false;
      note(fault);
      return true;
    },
  };
}
