/** A flow as a graph: what leads where, what can be reached. Read by lint, the designer and the engine's tests. */
import type { VariableType } from "../call/index.ts";
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

/** How calls of this flow begin: what the start node says, filled in. */
export interface Beginning {
  readonly calls: "inbound" | "outbound" | "flows";
  readonly line: "person" | "payer";
  /** Off for payers, whose recorded menus sound like machines. */
  readonly detection: "off" | "first" | "meanwhile";
  /** Is a machine's verdict wanted when its greeting has begun, or when it is over? */
  readonly greeting: "begun" | "over";
}

export function beginningOf(flow: FlowDocument): Beginning {
  const entry = flow.nodes[flow.entry];
  const config = entry?.kind === "start" ? entry.config : {};
  const {
    calls = "inbound",
    line = "person",
    detection = "off",
    greeting = "begun",
  } = config as Partial<Beginning>; // the start node's own shape
  return { calls, line, detection: line === "payer" || calls !== "outbound" ? "off" : detection, greeting };
}

/** What a flow needs when it is called, what it hands back, and by which ways. */
export interface Interface {
  readonly inputs: readonly {
    readonly name: string;
    readonly type: VariableType;
    readonly required: boolean;
  }[];
  readonly outputs: readonly { readonly name: string; readonly type: VariableType }[];
  readonly ways: readonly string[];
}

export function interfaceOf(flow: FlowDocument): Interface {
  const variables = Object.entries(flow.variables);
  const ways = Object.values(flow.nodes).flatMap(
    (node) => (node.kind === "return" ? [(node.config as { way: string }).way] : []), // the return node's own shape
  );
  return {
    inputs: variables
      .filter(([, one]) => one.origin === "input")
      .map(([name, { type, initial }]) => ({ name, type, required: initial === undefined })),
    outputs: variables.filter(([, one]) => one.output).map(([name, { type }]) => ({ name, type })),
    ways: [...new Set(ways)],
  };
}

/** Content hashes of the flows this one enters by itself. */
export function calledFlows(flow: FlowDocument): string[] {
  return [...new Set(Object.values(flow.nodes).flatMap((node) => factsOf(node).calls?.hash ?? []))];
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
