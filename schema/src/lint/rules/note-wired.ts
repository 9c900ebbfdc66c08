import { say, startTo, withNodes } from "../example.ts";
import { pointerTo } from "../fix.ts";
import type { Report, Rule } from "../rule.ts";
import { nodePointer, type Survey, type SurveyedNode } from "../survey.ts";

export const noteWired: Rule = {
  name: "note-wired",
  severity: "warning",
  title: "Notes stand beside the flow",
  why: "A note is for people who read the drawing; a call that is led through one does nothing there.",
  advice: "Connect the nodes directly and leave the note beside them.",
  wrong: (sound) => withNodes(sound, { start: startTo("why"), why: note({ done: "bye" }) }),
  right: (sound) =>
    withNodes(sound, { start: startTo("hello"), hello: say("Hello", "Hello.", "bye"), why: note({}) }),
  check: (survey) =>
    [...survey.nodes.values()]
      .filter(({ facts }) => facts.annotation)
      .flatMap((node) => reported(survey, node)),
};

function reported({ incoming }: Survey, node: SurveyedNode): Report[] {
  const edges = incoming.get(node.id) ?? [];
  if (edges.length === 0) return [];
  const base = {
    node: node.id,
    pointer: nodePointer(node),
    sentence: `Calls are led through the note ${node.name}; expected them to go past it.`,
  };
  const target = node.edges[0]?.target;
  if (target === undefined || target === node.id) return [base];
  const past = edges.map(({ from, outcome }) => ({
    op: "set" as const,
    pointer: pointerTo("nodes", from, "next", outcome),
    value: target,
  }));
  const change = [...past, { op: "set" as const, pointer: nodePointer(node, "next"), value: {} }];
  return [{ ...base, fix: { title: "Go past the note", change } }];
}

function note(next: object): object {
  return { kind: "note", title: "Why", config: { text: "Agreed with the front desk." }, next };
}
