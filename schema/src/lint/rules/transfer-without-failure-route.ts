import type { FlowDocument } from "../../document/index.ts";
import { startTo, withNodes } from "../example.ts";
import type { Report, Rule } from "../rule.ts";
import { nodePointer, type Survey, type SurveyedNode } from "../survey.ts";

export const transferWithoutFailureRoute: Rule = {
  name: "transfer-without-failure-route",
  severity: "warning",
  title: "A caller whom nobody takes is told so",
  why: "A caller who waited for a desk that does not answer and is cut off without a word calls again, angrier.",
  advice: "Lead busy, no answer and failure to some words and a next step.",
  wrong: (sound) => withTransfer(sound, undefined),
  right: (sound) => withTransfer(sound, "Nobody is at the desk now. Please call again tomorrow."),
  check: (survey) =>
    [...survey.nodes.values()]
      // Who is only sent a message is not joined with the caller.
      .filter(({ dialled, sent }) => dialled.length > 0 && sent.length === 0)
      .flatMap((node) => [...backToItself(node), ...withoutAWord(survey, node)]),
};

function failuresOf(node: SurveyedNode): SurveyedNode["edges"] {
  return node.edges.filter(({ outcome }) => outcome.failure);
}

function backToItself(node: SurveyedNode): Report[] {
  return failuresOf(node)
    .filter(({ target }) => target === node.id)
    .map(({ outcome }) => ({
      node: node.id,
      pointer: nodePointer(node, "next", outcome.name),
      sentence: `“${outcome.label}” of ${node.name} leads straight back to it: the same desk is rung again and again.`,
    }));
}

function withoutAWord({ nodes }: Survey, node: SurveyedNode): Report[] {
  const targets = new Set(failuresOf(node).map(({ target }) => target));
  const [only = ""] = targets;
  const end = nodes.get(only);
  if (targets.size !== 1 || !end?.facts.endsCall || end.spoken.length > 0) return [];
  const sentence = `When nobody takes the call, ${node.name} leads to ${end.name}, which ends it without a word.`;
  return [{ node: node.id, pointer: nodePointer(node), sentence }];
}

function withTransfer(sound: FlowDocument, farewell: string | undefined): FlowDocument {
  const config = {
    to: "number",
    target: "+15550100001",
    text: "I am connecting you.",
    ringSeconds: 20,
    limitMinutes: 30,
    detectMachine: false,
  };
  const next = { completed: "bye", busy: "nobody", "no-answer": "nobody", failed: "nobody" };
  const ending = { disposition: "not-connected", ...(farewell === undefined ? {} : { farewell }) };
  return withNodes(sound, {
    start: startTo("desk"),
    desk: { kind: "transfer", title: "Billing desk", config, next },
    nobody: { kind: "hang-up", title: "Nobody there", config: ending, next: {} },
  });
}
