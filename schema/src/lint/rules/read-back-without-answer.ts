import type { FlowDocument } from "../../document/index.ts";
import { baseOf } from "../../language/index.ts";
import { startTo, withNodes, withVariables } from "../example.ts";
import type { Report, Rule } from "../rule.ts";
import type { SurveyedNode } from "../survey.ts";

const field = "readBack/text";

export const readBackWithoutAnswer: Rule = {
  name: "read-back-without-answer",
  severity: "warning",
  title: "A read-back says the answer",
  why: "Who is asked whether it is right must hear what was understood; otherwise they say yes to anything.",
  advice: "Put the variable that keeps the answer into the read-back.",
  wrong: (sound) => withReadBack(sound, "Press 1 if that is right."),
  right: (sound) => withReadBack(sound, "I heard {{number|digits}}. Press 1 if that is right."),
  check: ({ nodes }) => [...nodes.values()].flatMap(reported),
};

function reported(node: SurveyedNode): Report[] {
  const [into = ""] = node.facts.writes;
  return node.spoken
    .filter((text) => text.field === field && !text.reads.some((reference) => baseOf(reference) === into))
    .map(({ pointer }) => ({
      node: node.id,
      pointer,
      sentence: `${node.name} asks whether the answer is right without saying it; expected {{${into}}} in the read-back.`,
    }));
}

function withReadBack(sound: FlowDocument, text: string): FlowDocument {
  const config = {
    prompt: "Please enter your number.",
    into: "number",
    answer: "keys",
    minDigits: 1,
    maxDigits: 8,
    timeoutSeconds: 5,
    tries: 2,
    readBack: { text, tries: 2 },
  };
  const next = { collected: "bye", invalid: "bye", silence: "bye" };
  return withVariables(
    withNodes(sound, {
      start: startTo("number"),
      number: { kind: "collect", title: "Number", config, next },
    }),
    { number: { type: "digits", sensitivity: "internal" } },
  );
}
