import { nodeId } from "@trunkline/schema/document";
import type { Command } from "../command.ts";
import { titleOf } from "../nodes.ts";

export interface ChangeNodeId {
  readonly node: string;
  readonly id: string;
}

/** Another id for a node, everywhere it is referred to. Reports of earlier versions keep the former one. */
export const changeNodeId: Command<ChangeNodeId> = {
  name: ({ node }, flow) => `Change the id of ${titleOf(flow, node)}`,
  run(flow, { node: from, id: to }) {
    if (!Object.hasOwn(flow.nodes, from)) return { refused: "The node is gone." };
    if (from === to) return { flow };
    const parsed = nodeId.safeParse(to);
    if (!parsed.success) return { refused: parsed.error.issues[0]?.message ?? "Expected a node id." };
    if (Object.hasOwn(flow.nodes, to)) return { refused: `Another node has the id "${to}".` };
    const renamed = (id: string) => (id === from ? to : id);
    const nodes = Object.fromEntries(
      Object.entries(flow.nodes).map(([id, node]) => {
        const next = Object.fromEntries(
          Object.entries(node.next).map(([outcome, at]) => [outcome, renamed(at)]),
        );
        return [renamed(id), Object.values(node.next).includes(from) ? { ...node, next } : node];
      }),
    );
    const places = Object.fromEntries(Object.entries(flow.layout.nodes).map(([id, at]) => [renamed(id), at]));
    const onHangUp = flow.onHangUp === undefined ? {} : { onHangUp: renamed(flow.onHangUp) };
    return {
      flow: { ...flow, ...onHangUp, entry: renamed(flow.entry), nodes, layout: { nodes: places } },
      select: [to],
    };
  },
};
