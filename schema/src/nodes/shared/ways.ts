/** Ways back from a called flow: words, none of which the calling node or the engine has already. */
import type { z } from "zod";
import { engineOutcomes } from "../../call/index.ts";

const taken: ReadonlySet<string> = new Set(["failed", ...engineOutcomes]);

export function wayBack(word: z.ZodString) {
  return word.refine(
    (way) => !taken.has(way),
    "Expected a way of your own, found one that means something already.",
  );
}
