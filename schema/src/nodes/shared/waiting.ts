/** Waiting for an effect: the phone polls, the caller hears a filler once and is then kept in short silences. */
import type { Accepts } from "../../call/index.ts";
import type { Stay, Visit } from "../node.ts";

/** What a visit that waits for an effect accepts. */
export const effectWait: readonly Accepts[] = ["effect", "timer", "done"];

/** The phone asks whether it is over yet: it is not. */
export function holdOn(visit: Visit<unknown>, filler: string | undefined): Stay {
  const first = visit.memory === null && filler !== undefined;
  const verbs = [...(first ? [visit.say(filler)] : []), { verb: "pause" as const, seconds: 1 }];
  return { wait: effectWait, memory: "told to wait", verbs };
}
