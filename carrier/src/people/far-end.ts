/** Who is at the numbers that applications call: a script, a busy tone, nobody, or whoever a test puts there. */
import { z } from "zod";
import type { FarEnd } from "../calls/exchange.ts";
import { type Script, script } from "./script.ts";
import { createScriptedPerson, type ScriptedPerson } from "./scripted-person.ts";

/** What a number does, as JSON: a script, or a reason why nobody answers. */
export const behaviour = z.union([z.enum(["busy", "no-answer", "failed"]), script]);
export type Behaviour = z.infer<typeof behaviour>;
export type BehaviourInput = z.input<typeof behaviour>;

/** A number nobody has described answers after two seconds, listens and stays on the line. */
const listener: Script = script.parse({ name: "listens" });

export interface FarEnds {
  set(phoneNumber: string, what: Behaviour): void;
  /** Who answers there; a scripted person is also given back as such, for its transcript. */
  at(phoneNumber: string): { farEnd: FarEnd; scripted: ScriptedPerson | null };
}

export function createFarEnds(seed: Readonly<Record<string, Behaviour>>): FarEnds {
  const known = new Map(Object.entries(seed));
  return {
    set: (phoneNumber, what) => void known.set(phoneNumber, what),
    at(phoneNumber) {
      const what = known.get(phoneNumber) ?? listener;
      if (what === "busy" || what === "failed") return { farEnd: what, scripted: null };
      const scripted = createScriptedPerson(what === "no-answer" ? neverAnswers : what);
      return { farEnd: scripted, scripted };
    },
  };
}

/** Rings longer than any caller waits. */
const neverAnswers: Script = script.parse({ name: "is out", answerAfterSeconds: 86_400 });
