import { startTo, withNodes } from "../example.ts";
import type { Rule } from "../rule.ts";
import { nodePointer } from "../survey.ts";

export const strayEdge: Rule = {
  name: "stray-edge",
  severity: "error",
  title: "Every edge belongs to an outcome",
  why: "An edge for an outcome its node no longer has is never taken; it hides what the flow really does.",
  advice: "Remove the edge, or give the node the outcome back.",
  wrong: (sound) =>
    withNodes(sound, {
      start: { kind: "start", title: "Start", config: {}, next: { call: "bye", gone: "bye" } },
    }),
  right: (sound) => withNodes(sound, { start: startTo("bye") }),
  check: (survey) =>
    [...survey.nodes.values()].flatMap((node) => {
      const names = new Set(node.outcomes.map((outcome) => outcome.name));
      return Object.keys(node.node.next)
        .filter((outcome) => !names.has(outcome))
        .map((outcome) => {
          const pointer = nodePointer(node, "next", outcome);
          return {
            node: node.id,
            pointer,
            sentence: `${node.name} has no outcome “${outcome}”, but an edge for it.`,
            fix: { title: "Remove the edge", change: [{ op: "remove", pointer }] },
          };
        });
    }),
};
