/** Waiting for an effect: the phone polls, the caller hears a filler now and then and is kept in short silences. */
import type { Accepts } from "../../call/index.ts";
import type { Stay, Visit } from "../node.ts";
import { type Delivered, spokenBy } from "./delivery.ts";

/** What a visit that waits for an effect accepts. */
export const effectWait: readonly Accepts[] = ["effect", "timer", "done"];

/** After so long without a word people think that the line is dead. */
const againSeconds = 10;

/** The phone asks whether it is over yet: it is not. When the filler was last said is the visit's memory. */
export function holdOn(visit: Visit<Delivered>, filler: string | undefined): Stay {
  const { memory, at } = visit;
  // Sessions of version 0.1 note only that it was said: they say it no second time.
  const due = memory === null || (typeof memory === "number" && at - memory >= againSeconds * 1000);
  return {
    wait: effectWait,
    memory: due ? at : memory,
    verbs: [...(due ? spokenBy(visit, filler) : []), { verb: "pause", seconds: 1 }],
  };
}
