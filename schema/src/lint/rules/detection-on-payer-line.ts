import { startTo, withNodes } from "../example.ts";
import { pointerTo } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { startConfig } from "../survey.ts";

export const detectionOnPayerLine: Rule = {
  name: "detection-on-payer-line",
  severity: "error",
  title: "No machine detection on a payer's line",
  why: "A payer's recorded menu sounds like an answering machine: a verdict would end calls that are just beginning.",
  advice: "Turn machine detection off; the flow's own listening tells menus from people.",
  wrong: (sound) =>
    withNodes(sound, { start: startTo("bye", { calls: "outbound", line: "payer", detection: "first" }) }),
  right: (sound) =>
    withNodes(sound, { start: startTo("bye", { calls: "outbound", line: "payer", detection: "off" }) }),
  check: ({ flow }) => {
    const { line, detection = "off" } = startConfig(flow);
    if (line !== "payer" || detection === "off") return [];
    const pointer = pointerTo("nodes", flow.entry, "config", "detection");
    return [
      {
        node: flow.entry,
        pointer,
        sentence: `“${flow.nodes[flow.entry]?.title}” begins calls to a payer with machine detection; expected none.`,
        fix: { title: "Turn machine detection off", change: [{ op: "set", pointer, value: "off" }] },
      },
    ];
  },
};
