/** Which nodes touch protected health information: those that read, set or say a variable declared so. Pure. */
import { type FlowDocument, type FlowNode, factsOf } from "@trunkline/schema/document";
import { baseOf, parseTemplate } from "@trunkline/schema/language";

/** Names a node touches; a node is immutable, so what was read of it once holds. */
const named = new WeakMap<FlowNode, ReadonlySet<string>>();

export function touchesPhi(flow: FlowDocument, node: FlowNode): boolean {
  for (const name of namesOf(node)) if (flow.variables[name]?.sensitivity === "phi") return true;
  return false;
}

function namesOf(node: FlowNode): ReadonlySet<string> {
  const known = named.get(node);
  if (known) return known;
  const { reads, writes, speaks, sends = [], dials = [] } = factsOf(node);
  const inTexts = [...speaks, ...sends, ...dials].flatMap(({ text }) => {
    const parsed = parseTemplate(text);
    return parsed.ok ? parsed.template.reads : [];
  });
  const names = new Set([...reads, ...writes, ...inTexts].map(baseOf));
  named.set(node, names);
  return names;
}
