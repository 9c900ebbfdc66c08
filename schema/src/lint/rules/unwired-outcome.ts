import { startTo, withNodes } from "../example.ts";
import { type Fix, pointerTo } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { nodePointer, type Survey, type SurveyedNode } from "../survey.ts";

export const unwiredOutcome: Rule = {
  name: "unwired-outcome",
  severity: "error",
  title: "Every way out leads somewhere",
  why: "A caller who takes a way out that leads nowhere hears an apology and is cut off.",
  advice: "Connect every outcome, failures too, to a node; a hang-up node if nothing else fits.",
  wrong: (sound) => withNodes(sound, { start: { kind: "start", title: "Start", config: {}, next: {} } }),
  right: (sound) => withNodes(sound, { start: startTo("bye") }),
  check: (survey) =>
    [...survey.nodes.values()]
      .filter((node) => !node.facts.annotation)
      .flatMap((node) =>
        node.outcomes
          .filter((outcome) => !Object.hasOwn(node.node.next, outcome.name))
          .map((outcome) => ({
            node: node.id,
            pointer: nodePointer(node, "next", outcome.name),
            sentence: `“${outcome.label}” of ${node.name} leads nowhere.`,
            fix: leadToAnEnd(survey, node, outcome.name),
          })),
      ),
};

/** To the first node that ends the call, or to a new one beside this. */
function leadToAnEnd(survey: Survey, node: SurveyedNode, outcome: string): Fix {
  const pointer = nodePointer(node, "next", outcome);
  const end = [...survey.nodes.values()].find((one) => one.facts.endsCall);
  if (end) {
    return { title: `Connect it to ${end.name}`, change: [{ op: "set", pointer, value: end.id }] };
  }
  let id = "hang-up";
  for (let count = 2; survey.nodes.has(id); count += 1) id = `hang-up-${count}`;
  const { x, y } = survey.flow.layout.nodes[node.id] ?? { x: 0, y: 0 };
  const value = { kind: "hang-up", title: "Hang up", config: { disposition: "ended" }, next: {} };
  return {
    title: "Connect it to a new hang-up node",
    change: [
      { op: "set", pointer: pointerTo("nodes", id), value },
      { op: "set", pointer: pointerTo("layout", "nodes", id), value: { x: x + 320, y } },
      { op: "set", pointer, value: id },
    ],
  };
}
