import { leadingTo, loopsOf } from "../components.ts";
import { menu, startTo, withNodes } from "../example.ts";
import type { Rule } from "../rule.ts";
import { listed, nodePointer, nodesIn } from "../survey.ts";

export const deadEnd: Rule = {
  name: "dead-end",
  severity: "error",
  title: "From everywhere a call can end",
  why: "Callers who come to nodes that only lead to each other can never finish; they have to hang up.",
  advice: "Lead one of these nodes to a hang-up, or back to the flow that called this one.",
  wrong: (sound) => {
    const endless = menu("Menu", "Press 1.", "menu");
    const next = { "key-1": "menu", invalid: "menu", silence: "menu" };
    return withNodes(sound, { start: startTo("menu"), menu: { ...endless, next } });
  },
  right: (sound) =>
    withNodes(sound, { start: startTo("menu"), menu: menu("Menu", "To hear this again, press 1.", "menu") }),
  check: (survey) => {
    const reached = nodesIn(survey, survey.reachable);
    const graph = new Map(reached.map((node) => [node.id, node.edges.map((edge) => edge.target)]));
    // A way out that leads nowhere ends the call too; that is another rule's finding.
    const ends = reached.filter((node) => node.facts.endsCall || node.edges.length < node.outcomes.length);
    const ending = leadingTo(
      graph,
      ends.map((node) => node.id),
    );
    return loopsOf(new Map([...graph].filter(([id]) => !ending.has(id)))).flatMap((loop) => {
      const inside = nodesIn(survey, new Set(loop));
      const first = inside[0];
      if (!first) return [];
      const names = listed(inside.map((node) => node.name));
      const sentence = `No end of the call can be reached from ${names}.`;
      return [{ node: first.id, pointer: nodePointer(first), sentence }];
    });
  },
};
