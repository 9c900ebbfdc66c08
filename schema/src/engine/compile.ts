/**
 * A published flow made ready to run: templates parsed, kinds and edges resolved, hashed. Compiling is pure and done
 * once per document; keep the result.
 */
import { definitionOf, type FlowDocument, type FlowNode, hashFlow } from "../document/index.ts";
import { parseTemplate, type Template } from "../language/index.ts";
import type { Facts, NodeDefinition } from "../nodes/index.ts";

export interface CompiledNode {
  readonly id: string;
  readonly definition: NodeDefinition;
  readonly config: unknown;
  readonly next: FlowNode["next"];
  /** What leaving by an outcome establishes for the rest of the call. */
  readonly establishes: NonNullable<Facts["establishes"]>;
}

export interface CompiledFlow {
  readonly hash: string;
  readonly flow: FlowDocument;
  readonly nodes: ReadonlyMap<string, CompiledNode>;
  readonly templates: Map<string, Template>;
}

const compiled = new WeakMap<FlowDocument, CompiledFlow>();

export function compileFlow(flow: FlowDocument): CompiledFlow {
  const known = compiled.get(flow);
  if (known) return known;
  const nodes = new Map<string, CompiledNode>();
  for (const [id, node] of Object.entries(flow.nodes)) {
    const definition = definitionOf(node.kind);
    const establishes = definition.facts(node.config).establishes ?? {};
    nodes.set(id, { id, definition, config: node.config, next: node.next, establishes });
  }
  const made: CompiledFlow = { hash: hashFlow(flow), flow, nodes, templates: new Map() };
  compiled.set(flow, made);
  return made;
}

/** The flow's own texts are few and closed, so the map of parsed ones cannot grow beyond them. */
export function templateOf(flow: CompiledFlow, source: string): Template {
  const known = flow.templates.get(source);
  if (known) return known;
  const parsed = parseTemplate(source);
  const template = parsed.ok ? parsed.template : { source, parts: [source], reads: [] };
  flow.templates.set(source, template);
  return template;
}
