import { outcomesOf } from "../../document/index.ts";
import { type Rule, withNode } from "../rule.ts";

export const strayEdge: Rule = {
  name: "stray-edge",
  severity: "error",
  title: "Every edge belongs to an outcome",
  why: "An edge for an outcome its node no longer has is never taken; it hides what the flow really does.",
  advice: "Remove the edge, or give the node the outcome back.",
  wrong: (sound) =>
    withNode(sound, "start", {
      kind: "start",
      title: "Start",
      config: {},
      next: { call: "bye", gone: "bye" },
    }),
  right: (sound) =>
    withNode(sound, "start", { kind: "start", title: "Start", config: {}, next: { call: "bye" } }),
  check: (flow) =>
    Object.entries(flow.nodes).flatMap(([id, node]) => {
      const names = new Set(outcomesOf(node).map((outcome) => outcome.name));
      return Object.keys(node.next)
        .filter((outcome) => !names.has(outcome))
        .map((outcome) => ({
          node: id,
          pointer: `/nodes/${id}/next/${outcome}`,
          sentence: `“${node.title}” has no outcome “${outcome}”, but an edge for it.`,
        }));
    }),
};
