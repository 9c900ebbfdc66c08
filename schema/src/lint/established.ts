/**
 * Where a call can be without the far end having shown something: that somebody is there, who it is, that it may be
 * recorded. What a called flow makes sure of counts on those of its ways that cannot be come to without; a flow that is
 * not at hand is believed.
 */
import type { Established } from "../call/index.ts";
import type { Outcome } from "../nodes/index.ts";
import { reachedFrom } from "./components.ts";
import { liveBy, nodesIn, type Survey, type SurveyedNode, surveyOf } from "./survey.ts";

/** `answer`: somebody pressed a key or spoke. */
export type Shown = Established | "answer";

/** Called flows inside one another that are looked into. */
export const deepest = 8;

/** Nodes a call can come to while it has not been shown. */
export function liveWithout(survey: Survey, what: Shown): Set<string> {
  return without(survey, what, deepest, new Map());
}

/** Nodes a call can come to after it was shown. */
export function liveAfter(survey: Survey, what: Shown): Set<string> {
  const known: Ways = new Map();
  const from = nodesIn(survey, survey.live).flatMap((node) =>
    node.edges
      .filter(({ outcome }) => shows(survey, node, outcome, what, deepest, known))
      .map(({ target }) => target),
  );
  return reachedFrom(from, (id) => survey.nodes.get(id)?.edges.map(({ target }) => target) ?? []);
}

/** Ways by which a called flow, by its hash, can return without. */
type Ways = Map<string, ReadonlySet<string>>;

function without(survey: Survey, what: Shown, deep: number, known: Ways): Set<string> {
  return liveBy(survey, (node, { outcome }) => !shows(survey, node, outcome, what, deep, known));
}

function shows(
  survey: Survey,
  node: SurveyedNode,
  outcome: Outcome,
  what: Shown,
  deep: number,
  known: Ways,
): boolean {
  const { calls, waitsForCaller, establishes } = node.facts;
  if (what === "answer" ? waitsForCaller && !outcome.failure : establishes?.[outcome.name]?.includes(what)) {
    return true;
  }
  if (!calls?.outcomes.includes(outcome.name)) return false;
  const called = survey.flows?.get(calls.hash);
  if (!called || deep === 0) return true;
  let ways = known.get(calls.hash);
  if (!ways) {
    const inner = surveyOf(called, survey.flows);
    ways = new Set(nodesIn(inner, without(inner, what, deep - 1, known)).flatMap(wayOf));
    known.set(calls.hash, ways);
  }
  return !ways.has(outcome.name);
}

function wayOf({ node }: SurveyedNode): string[] {
  return node.kind === "return" ? [(node.config as { way: string }).way] : []; // a parsed return's config
}
