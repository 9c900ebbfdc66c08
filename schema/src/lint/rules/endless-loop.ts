import { baseOf } from "../../language/index.ts";
import { type Graph, loopsOf } from "../components.ts";
import { menu, say, startTo, withNodes } from "../example.ts";
import type { Rule } from "../rule.ts";
import { listed, nodePointer, nodesIn, type SurveyedNode } from "../survey.ts";

export const endlessLoop: Rule = {
  name: "endless-loop",
  severity: "warning",
  title: "A loop ends without the caller's help",
  why: "On a dead line nobody presses a key: a loop that only an answer ends goes round until the call's time is up, and a failing service is asked for ever.",
  advice: "Count the rounds with a set and a branch that leads out, or lead the failure to an end.",
  wrong: (sound) => {
    const asked = menu("Menu", "Press 1.", "bye");
    const next = { "key-1": "bye", invalid: "sorry", silence: "sorry" };
    return withNodes(sound, {
      start: startTo("menu"),
      menu: { ...asked, next },
      sorry: say("Sorry", "Let us try again.", "menu"),
    });
  },
  right: (sound) =>
    withNodes(sound, { start: startTo("menu"), menu: menu("Menu", "Press 1.", "bye", { tries: 3 }) }),
  check: (survey) => {
    const graph: Graph = new Map(
      nodesIn(survey, survey.live).map((node) => [node.id, targetsInSilence(node)]),
    );
    return loopsOf(graph).flatMap((loop) => {
      const ids = new Set(loop);
      const inside = nodesIn(survey, ids);
      const first = inside[0];
      const waits = inside.some(({ facts }) => facts.waits || facts.calls);
      // One in which nothing waits is a busy loop, and one without any way out a dead end.
      const leaves = inside.some((node) => node.edges.some((edge) => !ids.has(edge.target)));
      if (!first || !waits || !leaves || inside.some((node) => decidesToLeave(node, ids, inside))) return [];
      const names = listed(inside.map((node) => node.name));
      const sentence = `Nothing ends the loop through ${names} when nobody answers or it keeps failing.`;
      return [{ node: first.id, pointer: nodePointer(first), sentence }];
    });
  },
};

/** Where a node leads while the caller does nothing. */
function targetsInSilence(node: SurveyedNode): string[] {
  const edges = node.facts.waitsForCaller ? node.edges.filter((edge) => edge.outcome.failure) : node.edges;
  return edges.map((edge) => edge.target);
}

/** Does it lead out of the loop by something that changes from round to round: a counter, the clock, chance? */
function decidesToLeave(
  node: SurveyedNode,
  loop: ReadonlySet<string>,
  inside: readonly SurveyedNode[],
): boolean {
  const leaves = node.edges.some((edge) => !edge.outcome.failure && !loop.has(edge.target));
  if (node.facts.waits || node.facts.calls || !leaves) return false;
  if (node.reads.size === 0) return true;
  const changed = new Set(inside.flatMap((one) => one.facts.writes));
  return [...node.reads].some((reference) => changed.has(baseOf(reference)));
}
