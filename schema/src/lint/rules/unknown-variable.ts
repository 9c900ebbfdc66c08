import { type FlowDocument, factsOf } from "../../document/index.ts";
import { parseTemplate } from "../../language/index.ts";
import { type Rule, withNode } from "../rule.ts";

export const unknownVariable: Rule = {
  name: "unknown-variable",
  severity: "error",
  title: "Every variable is declared",
  why: "A name nobody declared has no type and no sensitivity: texts leave a gap, conditions never hold, answers are lost.",
  advice: "Declare the variable with its type and sensitivity, or correct the name.",
  wrong: (sound) =>
    withNode(sound, "bye", {
      kind: "hang-up",
      title: "Bye",
      config: { disposition: "done", farewell: "Bye {{nobody}}." },
      next: {},
    }),
  right: (sound) => {
    const config = { disposition: "done", farewell: "Bye {{who}}." };
    const speaking = withNode(sound, "bye", { kind: "hang-up", title: "Bye", config, next: {} });
    return { ...speaking, variables: { who: { type: "text", sensitivity: "internal", initial: "caller" } } };
  },
  check: (flow) =>
    Object.entries(flow.nodes).flatMap(([id, node]) =>
      [...namesOf(node)]
        .filter((name) => !Object.hasOwn(flow.variables, name))
        .map((name) => ({
          node: id,
          pointer: `/nodes/${id}/config`,
          sentence: `“${node.title}” uses the variable “${name}”, which is not declared.`,
        })),
    ),
};

/** Every variable a node reads, writes or speaks. */
export function namesOf(node: FlowDocument["nodes"][string]): Set<string> {
  const facts = factsOf(node);
  return new Set([...facts.reads, ...facts.writes, ...spokenNames(node)]);
}

/** Variables that a node's spoken texts name. */
export function spokenNames(node: FlowDocument["nodes"][string]): string[] {
  return factsOf(node).speaks.flatMap(({ text }) => {
    const parsed = parseTemplate(text);
    return parsed.ok ? parsed.template.reads : [];
  });
}
