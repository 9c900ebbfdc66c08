import { type Command, counted, type Wire } from "../command.ts";
import { keepEntries, titleOf } from "../nodes.ts";
import { disconnect } from "./disconnect.ts";

export interface DeleteNodes {
  readonly nodes: readonly string[];
  /** Wires selected together with the nodes. */
  readonly wires?: readonly Wire[];
}

/** Remove nodes, every wire that led to them and their places. The start stays. */
export const deleteNodes: Command<DeleteNodes> = {
  name: ({ nodes }, flow) =>
    nodes.length === 1 && nodes[0]
      ? `Delete ${titleOf(flow, nodes[0])}`
      : `Delete ${counted(nodes.length, "node")}`,
  run(flow, { nodes: asked, wires = [] }) {
    if (asked.length === 1 && asked[0] === flow.entry) return { refused: "The start cannot be deleted." };
    const gone = new Set(asked.filter((id) => id !== flow.entry && Object.hasOwn(flow.nodes, id)));
    const cut = disconnect.run(flow, { wires });
    const base = "refused" in cut ? flow : cut.flow;
    if (gone.size === 0) return { flow: base };
    const nodes = Object.fromEntries(
      Object.entries(base.nodes)
        .filter(([id]) => !gone.has(id))
        .map(([id, node]) => {
          const next = keepEntries(node.next, (to) => !gone.has(to));
          return [id, next === node.next ? node : { ...node, next }];
        }),
    );
    const layout = { nodes: keepEntries(base.layout.nodes, (_place, id) => !gone.has(id)) };
    const { onHangUp, ...rest } = base;
    const kept = onHangUp !== undefined && !gone.has(onHangUp) ? { onHangUp } : {};
    return { flow: { ...rest, ...kept, nodes, layout }, select: [] };
  },
};
