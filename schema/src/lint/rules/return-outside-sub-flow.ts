import { startTo, withNodes } from "../example.ts";
import type { Rule } from "../rule.ts";
import { nodePointer } from "../survey.ts";

export const returnOutsideSubFlow: Rule = {
  name: "return-outside-sub-flow",
  severity: "warning",
  title: "Only a flow that is called returns",
  why: "A flow in which calls begin has nowhere to return to: the call ends there, without a farewell.",
  advice: "End the call with a hang-up, or let the flow begin when another one calls it.",
  wrong: (sound) => withNodes(sound, { start: startTo("back"), back: backBy("served") }),
  right: (sound) => withNodes(sound, { start: startTo("bye", { calls: "flows" }), bye: backBy("served") }),
  check: ({ beginning, nodes }) =>
    beginning.calls === "flows"
      ? []
      : [...nodes.values()].flatMap((node) => {
          if (node.node.kind !== "return") return [];
          const { way } = node.node.config as { way: string }; // a parsed return's config
          const { title, note } = node.node;
          const value = {
            kind: "hang-up",
            title,
            config: { disposition: way },
            next: {},
            ...(note ? { note } : {}),
          };
          const fix = {
            title: "Hang up there",
            change: [{ op: "set" as const, pointer: nodePointer(node), value }],
          };
          const sentence = `${node.name} returns, but no flow calls this one; the call ends there.`;
          return [{ node: node.id, pointer: nodePointer(node), sentence, fix }];
        }),
};

function backBy(way: string): object {
  return { kind: "return", title: "Back", config: { way }, next: {} };
}
