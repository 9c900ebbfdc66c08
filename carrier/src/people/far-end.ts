/** Who is at the numbers that are called: a script, a phone system, a busy tone, nobody, or whoever a test puts there. */
import type { FarEnd } from "../calls/exchange.ts";
import { limits } from "../limits.ts";
import type { Behaviour, Plain } from "./behaviour.ts";
import { createPhoneSystem } from "./phone-system-person.ts";
import { type Script, script } from "./script.ts";
import { createScriptedPerson } from "./scripted-person.ts";
import type { ScriptedPerson } from "./transcript.ts";
import { variation } from "./variations.ts";

/** A number nobody has described answers after two seconds, listens and stays on the line. */
const listener: Script = script.parse({ name: "listens" });

/** The address under which it is kept who is at every other one. */
const anywhere = "*";

/** Who answers there, made anew for every call from `from`. */
export type Answering = FarEnd | ((from: string) => FarEnd);

export interface FarEnds {
  /** False when more is known already than a carrier keeps. What was counted of calls there begins anew. */
  set(phoneNumber: string, what: Behaviour): boolean;
  /** The same for people made in code. */
  answers(phoneNumber: string, who: Answering): void;
  /** What was put there, and how often it was called since. */
  get(phoneNumber: string): { readonly behaviour: Behaviour; readonly calls: number } | undefined;
  /** Nobody in particular is there from now on. */
  remove(phoneNumber: string): boolean;
  /** Every number to which something was put. */
  list(): { readonly number: string; readonly behaviour: Behaviour; readonly calls: number }[];
  /** Whether somebody was put there. */
  knows(phoneNumber: string): boolean;
  /** False where calls fail. */
  reaches(phoneNumber: string): boolean;
  /** Who answers there; a scripted person is also given back as such, for its transcript. */
  at(phoneNumber: string, from: string): { farEnd: FarEnd; scripted: ScriptedPerson | null };
}

export function createFarEnds(seed: Readonly<Record<string, Behaviour>>): FarEnds {
  const known = new Map<string, { readonly behaviour: Behaviour; calls: number }>();
  for (const [number, behaviour] of Object.entries(seed)) known.set(number, { behaviour, calls: 0 });
  const answering = new Map<string, Answering>();
  const behaviourAt = (phoneNumber: string) => known.get(phoneNumber) ?? known.get(anywhere);
  return {
    set(phoneNumber, behaviour) {
      if (known.size >= limits.farEnds && !known.has(phoneNumber)) return false;
      answering.delete(phoneNumber);
      known.set(phoneNumber, { behaviour, calls: 0 });
      return true;
    },
    get: (phoneNumber) => known.get(phoneNumber),
    remove(phoneNumber) {
      const answered = answering.delete(phoneNumber);
      return known.delete(phoneNumber) || answered;
    },
    list: () => [...known].map(([number, one]) => ({ number, ...one })),
    knows: (phoneNumber) => answering.has(phoneNumber) || known.has(phoneNumber),
    reaches: (phoneNumber) =>
      (answering.get(phoneNumber) ?? behaviourAt(phoneNumber)?.behaviour) !== "failed",
    answers: (phoneNumber, who) => void answering.set(phoneNumber, who),
    at(phoneNumber, from) {
      const who = answering.get(phoneNumber);
      if (who !== undefined) return { farEnd: typeof who === "function" ? who(from) : who, scripted: null };
      const there = behaviourAt(phoneNumber);
      const what = there === undefined ? listener : inTurn(there.behaviour, there.calls++);
      if (typeof what === "string" && what !== "no-answer") return { farEnd: what, scripted: null };
      const scripted = personFor(what === "no-answer" ? neverAnswers : what);
      return { farEnd: scripted, scripted };
    },
  };
}

/** What happens on the call with this number, counted from 0. */
function inTurn(what: Behaviour, call: number): Plain {
  if (typeof what === "string") return what;
  if ("vary" in what) return variation(what, call);
  if (!("inTurn" in what)) return what;
  const turns = what.inTurn;
  const at = what.again ? call % turns.length : Math.min(call, turns.length - 1);
  // The schema wants one at least.
  return inTurn(turns[at]!, call);
}

const personFor = (what: Exclude<Plain, string>) =>
  "phoneSystem" in what ? createPhoneSystem(what.phoneSystem) : createScriptedPerson(what);

/** Rings longer than any caller waits. */
const neverAnswers: Script = script.parse({ name: "is out", answerAfterSeconds: 86_400 });
