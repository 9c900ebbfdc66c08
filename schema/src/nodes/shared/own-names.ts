/** Ways out that the analyst names: each once, and none that the kind or the engine has already. */
import type { z } from "zod";
import { engineOutcomes } from "../../call/index.ts";

export function refuseTakenNames(
  context: z.RefinementCtx,
  list: string,
  named: readonly { readonly name: string }[],
  others: readonly string[] = [],
): void {
  const taken = new Set<string>([...others, ...engineOutcomes]);
  named.forEach(({ name }, index) => {
    if (taken.has(name)) {
      const message = `Expected a name of its own, found "${name}" again.`;
      context.addIssue({ code: "custom", path: [list, index, "name"], message });
    }
    taken.add(name);
  });
}
