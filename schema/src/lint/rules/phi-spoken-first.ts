import { type FlowDocument, factsOf, outcomesOf } from "../../document/index.ts";
import { type Rule, withNode } from "../rule.ts";
import { spokenNames } from "./unknown-variable.ts";

export const phiSpokenFirst: Rule = {
  name: "phi-spoken-first",
  severity: "error",
  title: "No PHI before the other side has answered",
  why: "Until somebody pressed a key or spoke, the far end may be a machine or the wrong person.",
  advice: "Let a menu or a collect come before the first text that speaks PHI.",
  wrong: (sound) => {
    const config = { disposition: "done", farewell: "Goodbye {{patient}}." };
    const speaking = withNode(sound, "bye", { kind: "hang-up", title: "Bye", config, next: {} });
    return { ...speaking, variables: { patient: { type: "text", sensitivity: "phi", initial: "Ada" } } };
  },
  right: (sound) => {
    const options = [{ key: "1", label: "Speaking" }];
    const config = { prompt: "Press 1 if this is the right desk.", options, timeoutSeconds: 5, tries: 1 };
    const next = { "key-1": "told", invalid: "bye", silence: "bye" };
    const start = { kind: "start", title: "Start", config: {}, next: { call: "menu" } };
    const told = {
      kind: "say",
      title: "Tell",
      config: { text: "It is about {{patient}}." },
      next: { done: "bye" },
    };
    const asked = withNode(
      withNode(sound, "menu", { kind: "menu", title: "Menu", config, next }),
      "start",
      start,
    );
    return {
      ...withNode(asked, "told", told),
      variables: { patient: { type: "text", sensitivity: "phi", initial: "Ada" } },
    };
  },
  check: (flow) =>
    [...beforeAnyAnswer(flow)].flatMap((id) => {
      const node = flow.nodes[id]!; // only ids of nodes are walked
      return spokenNames(node)
        .filter((name) => Object.hasOwn(flow.variables, name) && flow.variables[name]?.sensitivity === "phi")
        .map((name) => ({
          node: id,
          pointer: `/nodes/${id}/config`,
          sentence: `“${node.title}” speaks “${name}”, which is PHI, before anybody has answered.`,
        }));
    }),
};

/** Nodes a call can come to without the caller having pressed or said anything. */
function beforeAnyAnswer(flow: FlowDocument): Set<string> {
  const found = new Set<string>();
  const open = [flow.entry];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = flow.nodes[id];
    if (!node || found.has(id)) continue;
    found.add(id);
    const asks = factsOf(node).waitsForCaller;
    for (const outcome of outcomesOf(node)) {
      const target = Object.hasOwn(node.next, outcome.name) ? node.next[outcome.name] : undefined;
      if (target && (!asks || outcome.failure)) open.push(target);
    }
  }
  return found;
}
