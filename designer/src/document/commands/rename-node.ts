import type { Command } from "../command.ts";
import { titleOf, withNode } from "../nodes.ts";

export interface RenameNode {
  readonly node: string;
  readonly title: string;
}

/** Another title. The id stays: traces and reports go by it. */
export const renameNode: Command<RenameNode> = {
  name: ({ node }, flow) => `Rename ${titleOf(flow, node)}`,
  mark: ({ node }) => `title ${node}`,
  run(flow, { node: id, title }) {
    const node = flow.nodes[id];
    if (!node) return { refused: "The node is gone." };
    if (title.trim() === "") return { refused: "Expected a title." };
    if (title.length > 80) return { refused: `Expected at most 80 characters, found ${title.length}.` };
    return { flow: title === node.title ? flow : withNode(flow, id, { ...node, title }) };
  },
};
