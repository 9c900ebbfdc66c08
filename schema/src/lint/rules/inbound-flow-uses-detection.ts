import { startTo, withNodes } from "../example.ts";
import { pointerTo } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { startConfig } from "../survey.ts";

export const inboundFlowUsesDetection: Rule = {
  name: "inbound-flow-uses-detection",
  severity: "warning",
  title: "Machine detection is for calls we place",
  why: "Only a call that we place is answered by somebody: the setting has no effect on any other.",
  advice: "Turn machine detection off, or say that this flow calls out.",
  wrong: (sound) => withNodes(sound, { start: startTo("bye", { detection: "first" }) }),
  right: (sound) => withNodes(sound, { start: startTo("bye") }),
  check: ({ flow, beginning }) => {
    const { detection = "off" } = startConfig(flow);
    if (beginning.calls === "outbound" || detection === "off") return [];
    const pointer = pointerTo("nodes", flow.entry, "config", "detection");
    return [
      {
        node: flow.entry,
        pointer,
        sentence: `“${flow.nodes[flow.entry]?.title}” asks for machine detection, which calls that we do not place never get.`,
        fix: { title: "Turn machine detection off", change: [{ op: "remove", pointer }] },
      },
    ];
  },
};
