import { factsOf } from "../../document/index.ts";
import type { Rule } from "../rule.ts";
import { withNode } from "../rule.ts";
import { spokenNames } from "./unknown-variable.ts";

export const neverSetVariable: Rule = {
  name: "never-set-variable",
  severity: "warning",
  title: "Every variable that is read can be set",
  why: "A variable that nothing sets and that has no initial value is always blank.",
  advice: "Give it an initial value, or collect or set it on the way.",
  wrong: (sound) => {
    const config = { disposition: "done", farewell: "Bye {{who}}." };
    const speaking = withNode(sound, "bye", { kind: "hang-up", title: "Bye", config, next: {} });
    return { ...speaking, variables: { who: { type: "text", sensitivity: "internal" } } };
  },
  right: (sound) => {
    const config = { disposition: "done", farewell: "Bye {{who}}." };
    const speaking = withNode(sound, "bye", { kind: "hang-up", title: "Bye", config, next: {} });
    return { ...speaking, variables: { who: { type: "text", sensitivity: "internal", initial: "caller" } } };
  },
  check: (flow) => {
    const set = new Set(Object.values(flow.nodes).flatMap((node) => factsOf(node).writes));
    return Object.entries(flow.nodes).flatMap(([id, node]) =>
      [...new Set([...factsOf(node).reads, ...spokenNames(node)])]
        .filter((name) => {
          const declared = Object.hasOwn(flow.variables, name) ? flow.variables[name] : undefined;
          return declared && declared.initial === undefined && !set.has(name);
        })
        .map((name) => ({
          node: id,
          pointer: `/nodes/${id}/config`,
          sentence: `“${node.title}” reads “${name}”, which nothing in this flow sets.`,
        })),
    );
  },
};
