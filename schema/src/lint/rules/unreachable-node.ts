import { reachable } from "../../document/index.ts";
import { type Rule, withNode } from "../rule.ts";

export const unreachableNode: Rule = {
  name: "unreachable-node",
  severity: "warning",
  title: "Every node can be reached",
  why: "No call ever comes to a node that nothing leads to; it is usually a forgotten connection.",
  advice: "Connect an outcome to the node, or delete it.",
  wrong: (sound) =>
    withNode(sound, "lost", {
      kind: "say",
      title: "Lost",
      config: { text: "Hello." },
      next: { done: "bye" },
    }),
  right: (sound) => {
    const found = { kind: "say", title: "Found", config: { text: "Hello." }, next: { done: "bye" } };
    const start = { kind: "start", title: "Start", config: {}, next: { call: "found" } };
    return withNode(withNode(sound, "found", found), "start", start);
  },
  check: (flow) => {
    const found = reachable(flow);
    return Object.entries(flow.nodes)
      .filter(([id]) => !found.has(id))
      .map(([id, node]) => ({
        node: id,
        pointer: `/nodes/${id}`,
        sentence: `Nothing leads to “${node.title}”.`,
      }));
  },
};
