/** Small pure helpers the commands share. */
import type { FlowDocument, FlowNode } from "@trunkline/schema/document";
import type { NodeDefinition } from "@trunkline/schema/nodes";
import type { Point } from "./command.ts";

export function withNode(flow: FlowDocument, id: string, node: FlowNode): FlowDocument {
  return { ...flow, nodes: { ...flow.nodes, [id]: node } };
}

/** Where a node is drawn; nodes without a place stand at the origin until somebody moves them. */
export function placeOf(flow: FlowDocument, id: string): Point {
  return flow.layout.nodes[id] ?? { x: 0, y: 0 };
}

/** A definition's `kind` as the document's own union: the registry's list and the union are made from one another. */
export function kindOf(definition: NodeDefinition): FlowNode["kind"] {
  return definition.kind as FlowNode["kind"];
}

/** A record without the entries the test drops; the same object when it drops none. */
export function keepEntries<Held>(
  all: { [key: string]: Held },
  keep: (value: Held, key: string) => boolean,
): { [key: string]: Held } {
  const entries = Object.entries(all);
  const kept = entries.filter(([key, value]) => keep(value, key));
  return kept.length === entries.length ? all : Object.fromEntries(kept);
}

/** "Title" for messages, or the bare id when there is no such node. */
export function titleOf(flow: FlowDocument, id: string): string {
  return flow.nodes[id]?.title ?? id;
}
