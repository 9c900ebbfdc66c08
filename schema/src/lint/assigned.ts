/**
 * Which variables surely have a value when a call comes to a node, whatever way it came: a forward analysis over the
 * live part of a flow. A node's writes count on the outcomes that set them; a branch's rule that holds only for a value
 * that is there counts as one on its way out. What a called flow gives back counts on those of its ways on which it has
 * surely set it; a flow that is not at hand is believed.
 */
import { baseOf, type Condition, type Test } from "../language/index.ts";
import type { CalledFlowFact } from "../nodes/index.ts";
import { deepest } from "./established.ts";
import { type Edge, nodesIn, type Survey, type SurveyedNode, surveyOf } from "./survey.ts";

/** Sets of variables as bits, so that a thousand nodes cost little. */
type Bits = bigint;

export interface Assigned {
  /** Has the variable surely a value when the node is entered? True of nodes no call comes to. */
  has(node: string, variable: string): boolean;
}

export function assignedIn(survey: Survey, deep = deepest): Assigned {
  const returned: Returned = new Map();
  const names = Object.keys(survey.flow.variables);
  const bitOf = new Map(names.map((name, index) => [name, 1n << BigInt(index)]));
  const bitsOf = (some: Iterable<string>): Bits => {
    let bits = 0n;
    for (const name of some) bits |= bitOf.get(name) ?? 0n;
    return bits;
  };
  const given = Object.entries(survey.flow.variables).filter(
    ([, { initial, origin, scope }]) => initial !== undefined || origin === "input" || scope === "call",
  );
  const entered = new Map<string, Bits>([[survey.flow.entry, bitsOf(given.map(([name]) => name))]]);
  const open = [survey.flow.entry];
  // A node is walked again only when it has lost a bit, so this ends.
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = survey.nodes.get(id);
    const before = entered.get(id);
    if (!node || before === undefined) continue;
    for (const edge of node.edges) {
      const after = before | bitsOf(setOn(survey, node, edge, deep, returned));
      const known = entered.get(edge.target);
      const met = known === undefined ? after : known & after;
      if (met === known) continue;
      entered.set(edge.target, met);
      open.push(edge.target);
    }
  }
  return {
    has: (node, variable) => {
      const bits = entered.get(node);
      return bits === undefined || (bits & (bitOf.get(variable) ?? 0n)) !== 0n;
    },
  };
}

/** What surely has a value after leaving by this edge. */
function setOn(
  survey: Survey,
  node: SurveyedNode,
  { outcome }: Edge,
  deep: number,
  known: Returned,
): Iterable<string> {
  const { writes, writesOn, calls } = node.facts;
  if (calls && deep > 0) return takenBack(survey, calls, outcome.name, deep, known);
  const written = writesOn === undefined || writesOn.includes(outcome.name) ? writes : [];
  const chosen = node.decisions.findIndex((one) => one.outcome === outcome.name);
  if (node.decisions.length === 0) return written;
  const failed = chosen < 0 ? node.decisions : node.decisions.slice(0, chosen);
  const held = chosen < 0 ? [] : knownWhen(node.decisions[chosen]!.when, true); // just found
  return [...written, ...held, ...failed.flatMap((one) => knownWhen(one.when, false))];
}

/** By hash and way: outputs that surely have a value when a flow returns. */
type Returned = Map<string, ReadonlyMap<string, ReadonlySet<string>>>;

function takenBack(
  survey: Survey,
  { hash, outputs, outcomes }: CalledFlowFact,
  way: string,
  deep: number,
  known: Returned,
): string[] {
  if (!outcomes.includes(way)) return [];
  const called = survey.flows?.get(hash);
  const returned = known.get(hash) ?? (called && returnedBy(surveyOf(called, survey.flows), deep - 1));
  if (returned) known.set(hash, returned);
  const set = returned?.get(way);
  return Object.entries(outputs).flatMap(([output, into]) => (!set || set.has(output) ? [into] : []));
}

function returnedBy(survey: Survey, deep: number): ReadonlyMap<string, ReadonlySet<string>> {
  const assigned = assignedIn(survey, deep);
  const outputs = Object.entries(survey.flow.variables).flatMap(([name, one]) => (one.output ? [name] : []));
  const ways = new Map<string, ReadonlySet<string>>();
  for (const { id, node } of nodesIn(survey, survey.live)) {
    if (node.kind !== "return") continue;
    const { way } = node.config as { way: string }; // a parsed return's config
    const set = outputs.filter((name) => assigned.has(id, name) && (ways.get(way)?.has(name) ?? true));
    ways.set(way, new Set(set));
  }
  return ways;
}

/** Variables that have a value whenever the condition comes out so: every test but `blank` is false of a blank. */
function knownWhen(asked: Condition, outcome: boolean): string[] {
  if ("not" in asked) return knownWhen(asked.not, !outcome);
  if ("all" in asked) return outcome ? inAny(asked.all, true) : inEvery(asked.all, false);
  if ("any" in asked) return outcome ? inEvery(asked.any, true) : inAny(asked.any, false);
  return (asked.is === "blank") === outcome ? [] : namesOf(asked, outcome);
}

function namesOf(test: Test, outcome: boolean): string[] {
  if (!outcome) return test.is === "blank" ? [baseOf(test.variable)] : [];
  const other = typeof test.to === "object" && !Array.isArray(test.to) ? [baseOf(test.to.variable)] : [];
  return [baseOf(test.variable), ...other];
}

function inAny(parts: readonly Condition[], outcome: boolean): string[] {
  return parts.flatMap((part) => knownWhen(part, outcome));
}

function inEvery(parts: readonly Condition[], outcome: boolean): string[] {
  const [first = [], ...others] = parts.map((part) => knownWhen(part, outcome));
  return first.filter((name) => others.every((names) => names.includes(name)));
}
