/**
 * What every rule wants to know of a flow, found out once: each node's facts and outcomes, where its edges lead, its
 * texts as parsed templates, what can be reached. Read-only; made by `lint` for each run and handed to every rule.
 */
import {
  type Beginning,
  beginningOf,
  type FlowDocument,
  type FlowNode,
  factsOf,
  outcomesOf,
} from "../document/index.ts";
import { baseOf, type Condition, declaredAs, parseTemplate, type Template } from "../language/index.ts";
import type {
  DialledFact,
  Facts,
  Outcome,
  SentFact,
  SpokenFact,
  TextFact,
  Variable,
} from "../nodes/index.ts";
import { reachedFrom } from "./components.ts";
import { pointerTo } from "./fix.ts";
import type { Flows } from "./rule.ts";

/** An outcome that is connected. */
export interface Edge {
  readonly outcome: Outcome;
  readonly target: string;
}

/** An entry in another node's `next`. */
export interface Incoming {
  readonly from: string;
  readonly outcome: string;
}

/** A template text of a node, parsed, with its place in the document. */
export type Parsed<Fact extends TextFact> = Fact & {
  readonly pointer: string;
  readonly parts: Template["parts"];
  readonly reads: Template["reads"];
};

/** A condition a node decides by, and the outcome it leads to. */
export interface Decision {
  readonly outcome: string;
  readonly when: Condition;
  /** Of the rule, in the document. */
  readonly pointer: string;
}

export interface SurveyedNode {
  readonly id: string;
  readonly node: FlowNode;
  /** The title as sentences name it. */
  readonly name: string;
  readonly facts: Facts;
  readonly outcomes: readonly Outcome[];
  readonly edges: readonly Edge[];
  readonly spoken: readonly Parsed<SpokenFact>[];
  readonly sent: readonly Parsed<SentFact>[];
  readonly dialled: readonly Parsed<DialledFact>[];
  readonly decisions: readonly Decision[];
  /** Everything its texts and its config read, as written: `amount`, `claim.dob`, `call.from`. */
  readonly reads: ReadonlySet<string>;
}

export interface Survey {
  readonly flow: FlowDocument;
  /** The flows it may call; null when nobody said which there are. */
  readonly flows: Flows | null;
  readonly beginning: Beginning;
  readonly nodes: ReadonlyMap<string, SurveyedNode>;
  /** Everything that is drawn as leading to the node, edges of outcomes that are no more among it. */
  readonly incoming: ReadonlyMap<string, readonly Incoming[]>;
  /** Nodes a call can come to while somebody is on the line. */
  readonly live: ReadonlySet<string>;
  /** Nodes a call can come to at all: the live ones and those on the path after a hang-up. */
  readonly reachable: ReadonlySet<string>;
  /** Variables that some node sets. */
  readonly written: ReadonlySet<string>;
  /** Variables that some node reads, by their own names: `claim` for `claim.dob`. */
  readonly read: ReadonlySet<string>;
}

export function surveyOf(flow: FlowDocument, flows: Flows | null = null): Survey {
  const nodes = new Map(Object.entries(flow.nodes).map(([id, node]) => [id, surveyNode(id, node)]));
  const incoming = new Map<string, Incoming[]>([...nodes.keys()].map((id) => [id, []]));
  for (const { id, node } of nodes.values()) {
    for (const [outcome, target] of Object.entries(node.next))
      incoming.get(target)?.push({ from: id, outcome });
  }
  const next = (id: string) => nodes.get(id)?.edges.map((edge) => edge.target) ?? [];
  const all = [...nodes.values()];
  return {
    flow,
    flows,
    beginning: beginningOf(flow),
    nodes,
    incoming,
    live: reachedFrom([flow.entry], next),
    reachable: reachedFrom([flow.entry, ...(flow.onHangUp ? [flow.onHangUp] : [])], next),
    written: new Set(all.flatMap((one) => one.facts.writes)),
    read: new Set(all.flatMap((one) => [...one.reads].map(baseOf))),
  };
}

function surveyNode(id: string, node: FlowNode): SurveyedNode {
  const facts = factsOf(node);
  const outcomes = outcomesOf(node);
  const edges = outcomes.flatMap((outcome) => {
    const target = Object.hasOwn(node.next, outcome.name) ? node.next[outcome.name] : undefined;
    return target === undefined ? [] : [{ outcome, target }];
  });
  const parse = <Fact extends TextFact>(fact: Fact): Parsed<Fact> => {
    const parsed = parseTemplate(fact.text);
    const { parts, reads } = parsed.ok ? parsed.template : { parts: [fact.text], reads: [] };
    return { ...fact, parts, reads, pointer: pointerTo("nodes", id, "config", ...fact.field.split("/")) };
  };
  const spoken = facts.speaks.map(parse);
  const sent = (facts.sends ?? []).map(parse);
  const dialled = (facts.dials ?? []).map(parse);
  const decisions = decisionsOf(id, node);
  const reads = new Set([...facts.reads, ...[...spoken, ...sent, ...dialled].flatMap((text) => text.reads)]);
  return {
    id,
    node,
    name: `“${node.title}”`,
    facts,
    outcomes,
    edges,
    spoken,
    sent,
    dialled,
    decisions,
    reads,
  };
}

function decisionsOf(id: string, node: FlowNode): Decision[] {
  if (node.kind !== "branch") return [];
  const { rules } = node.config as { rules: { name: string; when: Condition }[] }; // a parsed branch's config
  return rules.map(({ name, when }, index) => ({
    outcome: name,
    when,
    pointer: pointerTo("nodes", id, "config", "rules", index),
  }));
}

/** Nodes a call can come to while somebody is on the line, going only by edges that `passes` lets through. */
export function liveBy(survey: Survey, passes: (node: SurveyedNode, edge: Edge) => boolean): Set<string> {
  return reachedFrom([survey.flow.entry], (id) => {
    const node = survey.nodes.get(id);
    return node ? node.edges.filter((edge) => passes(node, edge)).map((edge) => edge.target) : [];
  });
}

/** The nodes of a set, in the document's order. */
export function nodesIn(survey: Survey, ids: ReadonlySet<string>): SurveyedNode[] {
  return [...survey.nodes.values()].filter((node) => ids.has(node.id));
}

/** How a reference is declared; undefined for one that is not. */
export function declared(survey: Survey, reference: string): Variable | undefined {
  return declaredAs(survey.flow.variables, reference);
}

/** Those of the references whose values are PHI. */
export function phiAmong(survey: Survey, reads: Iterable<string>): string[] {
  return [...reads].filter((reference) => declared(survey, reference)?.sensitivity === "phi");
}

/** Does the node say back what it has just been told? */
export function readsBack({ facts }: SurveyedNode, reference: string): boolean {
  return facts.waitsForCaller && facts.writes.includes(baseOf(reference));
}

/** A text with another filter on one of its placeholders, or none. */
export function refiltered(
  parts: Template["parts"],
  changed: Template["parts"][number],
  filter: string | null,
): string {
  return parts
    .map((part) => {
      if (typeof part === "string") return part;
      const name = part === changed ? filter : part.filter?.name;
      return name ? `{{${part.name}|${name}}}` : `{{${part.name}}}`;
    })
    .join("");
}

/** A place of a node in the document. */
export function nodePointer(node: SurveyedNode, ...field: readonly (string | number)[]): string {
  return pointerTo("nodes", node.id, ...field);
}

/** A few names as a sentence lists them. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(", ")} and ${more} more`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** What the start node says, as it is written; `survey.beginning` has what comes of it. */
export function startConfig(flow: FlowDocument): Partial<Beginning> {
  const entry = flow.nodes[flow.entry];
  return entry?.kind === "start" ? (entry.config as Partial<Beginning>) : {}; // the start node's own shape
}
