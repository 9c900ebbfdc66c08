/** A flow as a graph: what leads where, what can be reached. Read by lint, the designer and the engine's tests. */
import { type Facts, kinds, type NodeDefinition, type Outcome } from "../nodes/index.ts";
import type { FlowDocument, FlowNode } from "./flow.ts";

// Each kind's own config type is narrower than the registry's; a parsed document pairs them rightly by `kind`.
const byKind = new Map<string, NodeDefinition>(
  kinds.map((one) => [one.kind, one as unknown as NodeDefinition]),
);

/** The definition of a parsed node's kind. Throws only for a kind no parsed document can hold. */
export function definitionOf(kind: string): NodeDefinition {
  const definition = byKind.get(kind);
  if (!definition) throw new Error(`Expected a known node kind, found "${kind}".`);
  return definition;
}

export function findDefinition(kind: string): NodeDefinition | undefined {
  return byKind.get(kind);
}

export function outcomesOf(node: Pick<FlowNode, "kind" | "config">): readonly Outcome[] {
  return definitionOf(node.kind).outcomes(node.config);
}

export function factsOf(node: Pick<FlowNode, "kind" | "config">): Facts {
  return definitionOf(node.kind).facts(node.config);
}

export function glanceOf(node: Pick<FlowNode, "kind" | "config">): string {
  return definitionOf(node.kind).glance(node.config);
}

/** Ids of the nodes a call can come to, from the entry and from the path after a hang-up. */
export function reachable(flow: FlowDocument): Set<string> {
  const found = new Set<string>();
  const open = [flow.entry, ...(flow.onHangUp ? [flow.onHangUp] : [])];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = flow.nodes[id];
    if (!node || found.has(id)) continue;
    found.add(id);
    const names = new Set(outcomesOf(node).map((outcome) => outcome.name));
    open.push(
      ...Object.entries(node.next).flatMap(([outcome, target]) => (names.has(outcome) ? [target] : [])),
    );
  }
  return found;
}
