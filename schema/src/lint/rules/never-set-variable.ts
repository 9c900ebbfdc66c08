import { baseOf } from "../../language/index.ts";
import { farewell, withNodes, withVariables } from "../example.ts";
import { pointerTo } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { nodePointer, type Survey } from "../survey.ts";

export const neverSetVariable: Rule = {
  name: "never-set-variable",
  severity: "warning",
  title: "Every variable that is read can be set",
  why: "A variable that nothing sets, that is not given when the flow begins and has no initial value is always blank.",
  advice: "Give it an initial value, say that it is given, or collect or set it on the way.",
  wrong: (sound) =>
    withVariables(withNodes(sound, { bye: farewell("Bye {{who}}.") }), {
      who: { type: "text", sensitivity: "internal" },
    }),
  right: (sound) =>
    withVariables(withNodes(sound, { bye: farewell("Bye {{who}}.") }), {
      who: { type: "text", sensitivity: "internal", initial: "caller" },
    }),
  check: (survey) => {
    if (survey.beginning.calls === "flows") return []; // input-without-origin says it there
    const unset = neverSet(survey);
    return [...survey.nodes.values()].flatMap((node) =>
      [...new Set([...node.reads].map(baseOf))]
        .filter((name) => unset.has(name))
        .map((name) => ({
          node: node.id,
          pointer: nodePointer(node, "config"),
          sentence: `${node.name} reads “${name}”, which nothing in this flow sets.`,
          fix: {
            title: `Say that “${name}” is given when the flow begins`,
            change: [{ op: "set", pointer: pointerTo("variables", name, "origin"), value: "input" }],
          },
        })),
    );
  },
};

/** Variables without any value for ever: nobody gives, sets or shares one. */
export function neverSet({ flow, written }: Survey): Set<string> {
  const never = Object.entries(flow.variables).filter(
    ([name, { initial, origin, scope }]) =>
      initial === undefined && origin !== "input" && scope !== "call" && !written.has(name),
  );
  return new Set(never.map(([name]) => name));
}
