import { definitionOf, type FlowNode, outcomesOf, toPointer } from "@trunkline/schema/document";
import type { Command } from "../command.ts";
import { titleOf, withNode } from "../nodes.ts";

export interface ChangeConfig {
  readonly node: string;
  readonly config: unknown;
  /** Which field was edited, so that typing in it is one step. */
  readonly field?: string;
}

/**
 * Give a node another config, if its kind accepts it. An outcome that got another name keeps its wire; the wire of an
 * outcome that is gone goes with it.
 */
export const changeConfig: Command<ChangeConfig> = {
  name: ({ node }, flow) => `Change ${titleOf(flow, node)}`,
  mark: ({ node, field }) => (field === undefined ? null : `config ${node} ${field}`),
  run(flow, { node: id, config }) {
    const node = flow.nodes[id];
    if (!node) return { refused: "The node is gone." };
    const parsed = definitionOf(node.kind).config.safeParse(config);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return {
        refused: issue ? `${toPointer(issue.path) || "/"}: ${issue.message}` : "The config does not fit.",
      };
    }
    // A kind's config is always an object; the registry only forgets which one.
    const changed: FlowNode = { ...node, config: parsed.data as object };
    if (JSON.stringify(changed.config) === JSON.stringify(node.config)) return { flow };
    return { flow: withNode(flow, id, { ...changed, next: carriedWires(node, changed) }) };
  },
};

function carriedWires(before: FlowNode, after: FlowNode): FlowNode["next"] {
  const was = outcomesOf(before).map((outcome) => outcome.name);
  const is = outcomesOf(after).map((outcome) => outcome.name);
  const lost = was.filter((name) => !is.includes(name));
  const found = is.filter((name) => !was.includes(name));
  if (lost.length === 0) return before.next;
  const renamed = new Map(
    lost.length === found.length ? lost.map((name, at) => [name, found[at]] as const) : [],
  );
  return Object.fromEntries(
    Object.entries(before.next).flatMap(([outcome, to]) => {
      if (!lost.includes(outcome)) return [[outcome, to]];
      const name = renamed.get(outcome);
      return name === undefined ? [] : [[name, to]];
    }),
  );
}
