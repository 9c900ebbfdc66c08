import { type Rule, withNode } from "../rule.ts";
import { namesOf } from "./unknown-variable.ts";

export const unusedVariable: Rule = {
  name: "unused-variable",
  severity: "warning",
  title: "Every variable is used",
  why: "A call should carry no more data than its flow needs, above all where it is PHI.",
  advice: "Use the variable in a text, a condition or an outcome, or remove it.",
  wrong: (sound) => ({ ...sound, variables: { idle: { type: "text", sensitivity: "phi" } } }),
  right: (sound) => {
    const config = { disposition: "done", farewell: "Bye {{who}}." };
    const speaking = withNode(sound, "bye", { kind: "hang-up", title: "Bye", config, next: {} });
    return { ...speaking, variables: { who: { type: "text", sensitivity: "internal", initial: "caller" } } };
  },
  check: (flow) => {
    const used = new Set(Object.values(flow.nodes).flatMap((node) => [...namesOf(node)]));
    return Object.keys(flow.variables)
      .filter((name) => !used.has(name))
      .map((name) => ({ pointer: `/variables/${name}`, sentence: `The variable “${name}” is never used.` }));
  },
};
