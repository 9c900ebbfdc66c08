/**
 * What changed between two documents, in sentences as a colleague would write them. Pure. Layout is not meaning, so
 * moved nodes are not mentioned. Nodes are the same when their ids are.
 */
import { type FlowDocument, type FlowNode, findDefinition } from "@trunkline/schema/document";
import { type Condition, describeCondition } from "@trunkline/schema/language";
import type { NodeDefinition } from "@trunkline/schema/nodes";
import { orderedOutcomes } from "../canvas/geometry.ts";
import { type FormField, formOf } from "../inspector/form-schema.ts";

export interface Change {
  readonly kind: "added" | "removed" | "changed" | "wired";
  readonly sentence: string;
  readonly node?: string;
}

export function diffFlows(before: FlowDocument, after: FlowDocument): readonly Change[] {
  const ids = [...new Set([...Object.keys(before.nodes), ...Object.keys(after.nodes)])];
  return [
    ...diffSettings(before, after),
    ...diffVariables(before, after),
    ...ids.flatMap((id) => diffNode(id, before, after)),
  ];
}

function diffSettings(before: FlowDocument, after: FlowDocument): Change[] {
  const onHangUp = (flow: FlowDocument) => (flow.onHangUp ? nodeName(flow, flow.onHangUp) : undefined);
  const pairs: [string, unknown, unknown][] = [
    ["the name", before.name, after.name],
    ["the description", before.description, after.description],
    ["the language", before.settings.language, after.settings.language],
    ["the voice", before.settings.voice, after.settings.voice],
    ["the longest call in minutes", before.settings.maxCallMinutes, after.settings.maxCallMinutes],
    ["the apology", before.settings.apology, after.settings.apology],
    ["what happens on hang-up", onHangUp(before), onHangUp(after)],
  ];
  return pairs.flatMap(([name, was, is]) =>
    same(was, is) ? [] : [{ kind: "changed" as const, sentence: `Flow: ${fromTo(name, was, is)}` }],
  );
}

function diffVariables(before: FlowDocument, after: FlowDocument): Change[] {
  const names = [...new Set([...Object.keys(before.variables), ...Object.keys(after.variables)])];
  return names.flatMap((name): Change[] => {
    const [was, is] = [before.variables[name], after.variables[name]];
    if (!was)
      return [{ kind: "added", sentence: `Variable ${name} declared (${is?.type}, ${is?.sensitivity})` }];
    if (!is) return [{ kind: "removed", sentence: `Variable ${name} removed` }];
    const keys = ["type", "sensitivity", "label", "initial"] as const;
    return keys.flatMap((key) =>
      same(was[key], is[key])
        ? []
        : [{ kind: "changed" as const, sentence: `Variable ${name}: ${fromTo(key, was[key], is[key])}` }],
    );
  });
}

function diffNode(id: string, before: FlowDocument, after: FlowDocument): Change[] {
  const [was, is] = [before.nodes[id], after.nodes[id]];
  if (!was && !is) return [];
  if (!was && is) {
    const wires = Object.values(is.next).map((to) => nodeName(after, to));
    const leads = wires.length > 0 ? `, leading to ${[...new Set(wires)].join(", ")}` : "";
    return [{ kind: "added", node: id, sentence: `${kindTitle(is)} “${is.title}” added${leads}` }];
  }
  if (was && !is)
    return [{ kind: "removed", node: id, sentence: `${kindTitle(was)} “${was.title}” removed` }];
  if (!was || !is) return [];
  const said = (sentence: string, kind: Change["kind"] = "changed"): Change => ({
    kind,
    node: id,
    sentence: `${is.title}: ${sentence}`,
  });
  const renamed = was.title === is.title ? [] : [said(`renamed from “${was.title}”`)];
  const note = same(was.note, is.note) ? [] : [said(fromTo("the note", was.note, is.note))];
  if (was.kind !== is.kind)
    return [
      ...renamed,
      said(`is now a ${kindTitle(is)}, was a ${kindTitle(was)}`),
      ...note,
      ...diffWires(id, before, after),
    ];
  const definition = findDefinition(is.kind);
  const fields = definition ? diffFields(definition, was.config, is.config) : [];
  return [...renamed, ...fields.map((sentence) => said(sentence)), ...note, ...diffWires(id, before, after)];
}

function diffWires(id: string, before: FlowDocument, after: FlowDocument): Change[] {
  const [was, is] = [before.nodes[id], after.nodes[id]];
  if (!was || !is) return [];
  const labels = new Map(
    [...orderedOutcomes(was), ...orderedOutcomes(is)].map((one) => [one.name, one.label]),
  );
  return [...labels].flatMap(([outcome, label]): Change[] => {
    const [from, to] = [was.next[outcome], is.next[outcome]];
    if (from === to) return [];
    const wired = (sentence: string): Change[] => [
      { kind: "wired", node: id, sentence: `${is.title}: “${label}” ${sentence}` },
    ];
    if (to === undefined) return wired(`leads nowhere any more (was ${nodeName(before, from ?? "")})`);
    if (from === undefined) return wired(`now leads to ${nodeName(after, to)}`);
    return wired(`leads to ${nodeName(after, to)} instead of ${nodeName(before, from)}`);
  });
}

function diffFields(definition: NodeDefinition, was: object, is: object): string[] {
  return formOf(definition).flatMap((field) =>
    diffField(field, Reflect.get(was, field.key), Reflect.get(is, field.key)),
  );
}

function diffField(field: FormField, was: unknown, is: unknown): string[] {
  if (same(was, is)) return [];
  if (field.widget !== "list" || !Array.isArray(was) || !Array.isArray(is))
    return [fromTo(field.label.toLowerCase(), was, is)];
  const noun = field.label.replace(/s$/, "").toLowerCase();
  const key = (item: unknown) => String(Reflect.get(Object(item), field.items[0]?.key ?? ""));
  const removed = was
    .filter((item) => !is.some((one) => key(one) === key(item)))
    .map((item) => `${noun} ${shown(item)} removed`);
  const added = is
    .filter((item) => !was.some((one) => key(one) === key(item)))
    .map((item) => `${noun} ${shown(item)} added`);
  const kept = is.flatMap((item) => {
    const former = was.find((one) => key(one) === key(item));
    return former === undefined
      ? []
      : field.items.flatMap((one) =>
          diffField(one, Reflect.get(Object(former), one.key), Reflect.get(Object(item), one.key)).map(
            (sentence) => `${noun} ${key(item)}: ${sentence}`,
          ),
        );
  });
  const sentences = [...removed, ...added, ...kept];
  return sentences.length > 0 ? sentences : [`${field.label.toLowerCase()} put in another order`];
}

function fromTo(name: string, was: unknown, is: unknown): string {
  if (was === undefined || was === "") return `${name} set to ${shown(is)}`;
  if (is === undefined || is === "") return `${name} taken away (was ${shown(was)})`;
  return `${name} ${shown(was)} → ${shown(is)}`;
}

function shown(value: unknown): string {
  if (typeof value === "string") return /^[\w-]{1,40}$/.test(value) ? value : `“${value}”`;
  if (value === undefined) return "nothing";
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return value.map((one) => shown(one)).join(", ");
  if ("variable" in value && "is" in value) return describeCondition(value as Condition); // has a condition's shape
  if ("all" in value || "any" in value || "not" in value) return describeCondition(value as Condition);
  return Object.values(value)
    .map((one) => shown(one))
    .join(" · ");
}

function nodeName(flow: FlowDocument, id: string): string {
  return flow.nodes[id]?.title ?? id;
}

function kindTitle(node: FlowNode): string {
  return findDefinition(node.kind)?.title ?? node.kind;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
