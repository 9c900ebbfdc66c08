import { type Command, counted, type Wire } from "../command.ts";
import { keepEntries } from "../nodes.ts";

export interface Disconnect {
  readonly wires: readonly Wire[];
}

/** Take the targets of some outcomes away. */
export const disconnect: Command<Disconnect> = {
  name: ({ wires }) => (wires.length === 1 ? "Disconnect" : `Remove ${counted(wires.length, "wire")}`),
  run(flow, { wires }) {
    let nodes = flow.nodes;
    for (const wire of wires) {
      const node = nodes[wire.node];
      if (!node) continue;
      const next = keepEntries(node.next, (_to, outcome) => outcome !== wire.outcome);
      if (next !== node.next) nodes = { ...nodes, [wire.node]: { ...node, next } };
    }
    return { flow: nodes === flow.nodes ? flow : { ...flow, nodes } };
  },
};
