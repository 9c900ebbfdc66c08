import { outcomesOf } from "@trunkline/schema/document";
import type { Command, Wire } from "../command.ts";
import { titleOf, withNode } from "../nodes.ts";

export interface Connect {
  readonly from: Wire;
  readonly to: string;
  /** The way out this wire was taken from, when an existing wire is moved to another outcome. */
  readonly instead?: Wire;
}

/** Lead an outcome to a node; an outcome has one target, so a former one is replaced. */
export const connect: Command<Connect> = {
  name: ({ from, to }, flow) => `Connect ${titleOf(flow, from.node)} to ${titleOf(flow, to)}`,
  run(flow, { from, to, instead }) {
    const source = flow.nodes[from.node];
    const target = flow.nodes[to];
    if (!source || !target) return { refused: "One of the two nodes is gone." };
    if (target.kind === "start") return { refused: "Nothing can lead back to the start." };
    if (!outcomesOf(source).some((outcome) => outcome.name === from.outcome)) {
      return { refused: `"${source.title}" has no way out named "${from.outcome}".` };
    }
    let after = flow;
    const former = instead && after.nodes[instead.node];
    if (instead && former && !(instead.node === from.node && instead.outcome === from.outcome)) {
      const { [instead.outcome]: _gone, ...next } = former.next;
      after = withNode(after, instead.node, { ...former, next });
    }
    const node = after.nodes[from.node] ?? source;
    if (node.next[from.outcome] === to) return { flow: after };
    return { flow: withNode(after, from.node, { ...node, next: { ...node.next, [from.outcome]: to } }) };
  },
};
