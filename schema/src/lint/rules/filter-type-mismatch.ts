import type { FlowDocument } from "../../document/index.ts";
import { say, startTo, withNodes, withVariables } from "../example.ts";
import type { Rule } from "../rule.ts";
import { declared, refiltered } from "../survey.ts";

export const filterTypeMismatch: Rule = {
  name: "filter-type-mismatch",
  severity: "warning",
  title: "A filter fits the value it speaks",
  why: "A filter that cannot read a value says it as it is stored: a date as figures and dashes, an amount in cents.",
  advice: "Use a filter made for the variable's type, or none.",
  wrong: (sound) => withPaidOn(sound, "money"),
  right: (sound) => withPaidOn(sound, "date"),
  check: (survey) =>
    [...survey.nodes.values()].flatMap((node) =>
      [...node.spoken, ...node.sent].flatMap(({ parts, pointer }) =>
        parts.flatMap((part) => {
          if (typeof part === "string" || part.filter === null) return [];
          const { name, filter } = part;
          const type = declared(survey, name)?.type;
          if (type === undefined || filter.takes.includes(type)) return [];
          const sentence = `${node.name} speaks “${name}” by the filter “${filter.name}”, which is for ${filter.takes.join(", ")}; found ${type}.`;
          const value = refiltered(parts, part, null);
          const fix = { title: "Remove the filter", change: [{ op: "set" as const, pointer, value }] };
          return [{ node: node.id, pointer, sentence, fix }];
        }),
      ),
    ),
};

function withPaidOn(sound: FlowDocument, filter: string): FlowDocument {
  const text = `It was paid on {{paid_on|${filter}}}.`;
  return withVariables(withNodes(sound, { start: startTo("told"), told: say("Told", text, "bye") }), {
    paid_on: { type: "date", sensitivity: "internal", origin: "input" },
  });
}
