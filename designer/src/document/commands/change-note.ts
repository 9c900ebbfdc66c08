import type { Command } from "../command.ts";
import { titleOf, withNode } from "../nodes.ts";

export interface ChangeNote {
  readonly node: string;
  /** Empty takes the note away. */
  readonly note: string;
}

/** What people who read the flow should know about a node. */
export const changeNote: Command<ChangeNote> = {
  name: ({ node }, flow) => `Change the note of ${titleOf(flow, node)}`,
  mark: ({ node }) => `note ${node}`,
  run(flow, { node: id, note }) {
    const node = flow.nodes[id];
    if (!node) return { refused: "The node is gone." };
    if (note.length > 2000) return { refused: `Expected at most 2000 characters, found ${note.length}.` };
    if (note === (node.note ?? "")) return { flow };
    const { note: _former, ...rest } = node;
    return { flow: withNode(flow, id, note === "" ? rest : { ...rest, note }) };
  },
};
