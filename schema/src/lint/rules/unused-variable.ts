import { farewell, withNodes, withVariables } from "../example.ts";
import { pointerTo } from "../fix.ts";
import type { Rule } from "../rule.ts";

export const unusedVariable: Rule = {
  name: "unused-variable",
  severity: "warning",
  title: "Every variable is used",
  why: "A call should carry no more data than its flow needs, above all where it is PHI.",
  advice: "Use the variable in a text, a condition or an outcome, or remove it.",
  wrong: (sound) => withVariables(sound, { idle: { type: "text", sensitivity: "phi" } }),
  right: (sound) =>
    withVariables(withNodes(sound, { bye: farewell("Bye {{who}}.") }), {
      who: { type: "text", sensitivity: "internal", initial: "caller" },
    }),
  check: ({ flow, written, read }) =>
    Object.entries(flow.variables)
      // What other flows of the call share or take may be used there.
      .filter(
        ([name, { output, scope }]) => !written.has(name) && !read.has(name) && !output && scope !== "call",
      )
      .map(([name]) => ({
        pointer: pointerTo("variables", name),
        sentence: `The variable “${name}” is never used.`,
        fix: {
          title: `Remove “${name}”`,
          change: [{ op: "remove", pointer: pointerTo("variables", name) }],
        },
      })),
};
