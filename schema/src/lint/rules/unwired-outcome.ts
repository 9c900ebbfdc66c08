import { outcomesOf } from "../../document/index.ts";
import { type Rule, withNode } from "../rule.ts";

export const unwiredOutcome: Rule = {
  name: "unwired-outcome",
  severity: "error",
  title: "Every way out leads somewhere",
  why: "A caller who takes a way out that leads nowhere hears an apology and is cut off.",
  advice: "Connect every outcome, failures too, to a node; a hang-up node if nothing else fits.",
  wrong: (sound) => withNode(sound, "start", { kind: "start", title: "Start", config: {}, next: {} }),
  right: (sound) =>
    withNode(sound, "start", { kind: "start", title: "Start", config: {}, next: { call: "bye" } }),
  check: (flow) =>
    Object.entries(flow.nodes).flatMap(([id, node]) =>
      outcomesOf(node)
        .filter((outcome) => !Object.hasOwn(node.next, outcome.name))
        .map((outcome) => ({
          node: id,
          pointer: `/nodes/${id}/next/${outcome.name}`,
          sentence: `“${outcome.label}” of “${node.title}” leads nowhere.`,
        })),
    ),
};
