/** Who is at the numbers that are called: a script, a phone system, a busy tone, nobody, or whoever a test puts there. */
import { z } from "zod";
import type { FarEnd } from "../calls/exchange.ts";
import { phoneSystem } from "./phone-system.ts";
import { createPhoneSystem } from "./phone-system-person.ts";
import { type Script, script } from "./script.ts";
import { createScriptedPerson } from "./scripted-person.ts";
import type { ScriptedPerson } from "./transcript.ts";

/** What a number does, as JSON: a script, a phone system, or a reason why nobody answers. */
export const behaviour = z.union([
  z.enum(["busy", "no-answer", "failed"]),
  script,
  z.strictObject({ phoneSystem }),
]);
export type Behaviour = z.infer<typeof behaviour>;
export type BehaviourInput = z.input<typeof behaviour>;

/** A number nobody has described answers after two seconds, listens and stays on the line. */
const listener: Script = script.parse({ name: "listens" });

/** Who answers there, made anew for every call from `from`. */
export type Answering = FarEnd | ((from: string) => FarEnd);

export interface FarEnds {
  set(phoneNumber: string, what: Behaviour): void;
  /** The same for people made in code. */
  answers(phoneNumber: string, who: Answering): void;
  /** Whether somebody was put there. */
  knows(phoneNumber: string): boolean;
  /** False where calls fail. */
  reaches(phoneNumber: string): boolean;
  /** Who answers there; a scripted person is also given back as such, for its transcript. */
  at(phoneNumber: string, from: string): { farEnd: FarEnd; scripted: ScriptedPerson | null };
}

export function createFarEnds(seed: Readonly<Record<string, Behaviour>>): FarEnds {
  const known = new Map(Object.entries(seed));
  const answering = new Map<string, Answering>();
  return {
    set(phoneNumber, what) {
      answering.delete(phoneNumber);
      known.set(phoneNumber, what);
    },
    knows: (phoneNumber) => answering.has(phoneNumber) || known.has(phoneNumber),
    reaches: (phoneNumber) => (answering.get(phoneNumber) ?? known.get(phoneNumber)) !== "failed",
    answers: (phoneNumber, who) => void answering.set(phoneNumber, who),
    at(phoneNumber, from) {
      const who = answering.get(phoneNumber);
      if (who !== undefined) return { farEnd: typeof who === "function" ? who(from) : who, scripted: null };
      const what = known.get(phoneNumber) ?? listener;
      if (what === "busy" || what === "failed") return { farEnd: what, scripted: null };
      const scripted = personFor(what === "no-answer" ? neverAnswers : what);
      return { farEnd: scripted, scripted };
    },
  };
}

const personFor = (what: Exclude<Behaviour, string>) =>
  "phoneSystem" in what ? createPhoneSystem(what.phoneSystem) : createScriptedPerson(what);

/** Rings longer than any caller waits. */
const neverAnswers: Script = script.parse({ name: "is out", answerAfterSeconds: 86_400 });
