import type { FlowDocument } from "../../document/index.ts";
import { say, startTo, withNodes, withVariables } from "../example.ts";
import type { Rule } from "../rule.ts";
import { declared, refiltered } from "../survey.ts";

export const digitsReadAsNumber: Rule = {
  name: "digits-read-as-number",
  severity: "warning",
  title: "Digits are spoken one by one",
  why: "A voice reads 0417 as four hundred and seventeen: nobody can write such a number down or compare it.",
  advice: "Speak the value by a filter: digits, groups or last4.",
  wrong: (sound) => withReference(sound, "{{reference}}"),
  right: (sound) => withReference(sound, "{{reference|digits}}"),
  check: (survey) =>
    [...survey.nodes.values()].flatMap((node) =>
      node.spoken.flatMap(({ parts, pointer }) =>
        parts.flatMap((part) => {
          if (typeof part === "string" || part.filter !== null) return [];
          if (declared(survey, part.name)?.type !== "digits") return [];
          const sentence = `${node.name} speaks the digits “${part.name}” as one number; expected a filter such as digits.`;
          const change = [{ op: "set" as const, pointer, value: refiltered(parts, part, "digits") }];
          return [{ node: node.id, pointer, sentence, fix: { title: "Speak digit by digit", change } }];
        }),
      ),
    ),
};

function withReference(sound: FlowDocument, reference: string): FlowDocument {
  const text = `Your reference is ${reference}.`;
  return withVariables(withNodes(sound, { start: startTo("told"), told: say("Told", text, "bye") }), {
    reference: { type: "digits", sensitivity: "internal", origin: "input" },
  });
}
