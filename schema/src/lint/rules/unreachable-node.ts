import { say, startTo, withNodes } from "../example.ts";
import { type Operation, pointerTo } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { nodePointer, type Survey } from "../survey.ts";

export const unreachableNode: Rule = {
  name: "unreachable-node",
  severity: "warning",
  title: "Every node can be reached",
  why: "No call ever comes to a node that nothing leads to; it is usually a forgotten connection.",
  advice: "Connect an outcome to the node, or delete it.",
  wrong: (sound) => withNodes(sound, { lost: say("Lost", "Hello.", "bye") }),
  right: (sound) => withNodes(sound, { start: startTo("found"), found: say("Found", "Hello.", "bye") }),
  check: (survey) =>
    [...survey.nodes.values()]
      .filter((node) => !survey.reachable.has(node.id) && !node.facts.annotation)
      .map((node) => ({
        node: node.id,
        pointer: nodePointer(node),
        sentence: `Nothing that a call comes to leads to ${node.name}.`,
        fix: { title: `Delete ${node.name}`, change: deletion(survey, node.id) },
      })),
};

/** The node, its place, and what is drawn as leading to it. */
function deletion({ flow, incoming }: Survey, id: string): Operation[] {
  const edges = (incoming.get(id) ?? []).filter(({ from }) => from !== id);
  const pointers = [
    ...edges.map(({ from, outcome }) => pointerTo("nodes", from, "next", outcome)),
    ...(Object.hasOwn(flow.layout.nodes, id) ? [pointerTo("layout", "nodes", id)] : []),
    pointerTo("nodes", id),
  ];
  return pointers.map((pointer) => ({ op: "remove", pointer }));
}
