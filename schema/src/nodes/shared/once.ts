/** Lists in which a name may stand only once. */
import type { z } from "zod";

/** A problem for every name that stands in the list before. */
export function refuseTwice(
  context: z.RefinementCtx,
  list: string,
  field: string,
  names: readonly string[],
): void {
  const seen = new Set<string>();
  names.forEach((name, index) => {
    if (seen.has(name)) {
      const message = `Expected a name of its own, found "${name}" again.`;
      context.addIssue({ code: "custom", path: [list, index, field], message });
    }
    seen.add(name);
  });
}
