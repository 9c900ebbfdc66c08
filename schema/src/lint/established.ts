/**
 * Where a call can be without the far end having established something: who it is, that it may be recorded. What a
 * called flow establishes counts on those of its ways that cannot be come to without; a flow that is not at hand is
 * believed.
 */
import type { Established } from "../call/index.ts";
import { reachedFrom } from "./components.ts";
import { liveBy, nodesIn, type Survey, type SurveyedNode, surveyOf } from "./survey.ts";

/** Called flows inside one another that are looked into. */
const deepest = 8;

/** Nodes a call can come to while it is not established. */
export function liveWithout(survey: Survey, what: Established): Set<string> {
  return without(survey, what, deepest, new Map());
}

/** Nodes a call can come to after it was established. */
export function liveAfter(survey: Survey, what: Established): Set<string> {
  const known: Ways = new Map();
  const from = nodesIn(survey, survey.live).flatMap((node) =>
    node.edges
      .filter(({ outcome }) => establishes(survey, node, outcome.name, what, deepest, known))
      .map(({ target }) => target),
  );
  return reachedFrom(from, (id) => survey.nodes.get(id)?.edges.map(({ target }) => target) ?? []);
}

/** Ways by which a called flow, by its hash, can return without. */
type Ways = Map<string, ReadonlySet<string>>;

function without(survey: Survey, what: Established, deep: number, known: Ways): Set<string> {
  return liveBy(survey, (node, { outcome }) => !establishes(survey, node, outcome.name, what, deep, known));
}

function establishes(
  survey: Survey,
  node: SurveyedNode,
  outcome: string,
  what: Established,
  deep: number,
  known: Ways,
): boolean {
  if (node.facts.establishes?.[outcome]?.includes(what)) return true;
  const { calls } = node.facts;
  if (!calls?.outcomes.includes(outcome)) return false;
  const called = survey.flows?.get(calls.hash);
  if (!called || deep === 0) return true;
  let ways = known.get(calls.hash);
  if (!ways) {
    const inner = surveyOf(called, survey.flows);
    ways = new Set(nodesIn(inner, without(inner, what, deep - 1, known)).flatMap(wayOf));
    known.set(calls.hash, ways);
  }
  return !ways.has(outcome);
}

function wayOf({ node }: SurveyedNode): string[] {
  return node.kind === "return" ? [(node.config as { way: string }).way] : []; // a parsed return's config
}
