/**
 * Who answered, for kinds that go by it. A key or a word from the far end outweighs any machine's verdict, earlier or
 * later; whoever called us is a person. A verdict that is not there yet is waited for in silence.
 */
import type { DecidingValue, Party } from "../../call/index.ts";
import type { ResumeEvent, Stay, Visit } from "../node.ts";
import { secondsLeft, silence, timerAfter } from "./slices.ts";

/** Why the far end is known to be a person, whatever a verdict says; null when nothing shows it. */
export function humanBecause({ direction, humanEvidence }: Party): DecidingValue | null {
  if (direction === "inbound") return { text: "human: they called", by: "rule" };
  return humanEvidence ? { text: "human: a key or a word was heard", by: "rule" } : null;
}

type Waiting = Visit<{ readonly waitSeconds: number }>;

function overAt({ enteredAt, config }: Waiting): number {
  return enteredAt + config.waitSeconds * 1000;
}

/** Begin to wait for the verdict. */
export function awaitVerdict(visit: Waiting): Stay {
  return { ...awaitOn(visit), timerAt: timerAfter(overAt(visit)) };
}

/** Wait another slice; null when the time is over. */
export function awaitMore(visit: Waiting, event: ResumeEvent): Stay | null {
  return event.type === "timer" || secondsLeft(visit.at, overAt(visit)) <= 0 ? null : awaitOn(visit);
}

export function noVerdict({ config }: Waiting): DecidingValue {
  return { text: `no verdict within ${config.waitSeconds} s`, by: "timer" };
}

function awaitOn(visit: Waiting): Stay {
  return { wait: ["answered-by", "timer", "done"], verbs: [silence(secondsLeft(visit.at, overAt(visit)))] };
}
