import type { FlowDocument } from "../../document/index.ts";
import { menu, startTo, withNodes } from "../example.ts";
import type { Report, Rule } from "../rule.ts";
import { nodePointer, type SurveyedNode } from "../survey.ts";

export const phraseTwice: Rule = {
  name: "phrase-twice",
  severity: "error",
  title: "A phrase means one thing",
  why: "When two options share a phrase, a caller who says it is not understood, however often they say it.",
  advice: "Give each option phrases of its own.",
  wrong: (sound) => withPhrases(sound, ["claims"], ["billing", "Claims"]),
  right: (sound) => withPhrases(sound, ["claims"], ["billing"]),
  check: ({ nodes }) => [...nodes.values()].flatMap(repeated),
};

interface Option {
  readonly name?: string;
  readonly label?: string;
  readonly phrases?: readonly string[];
}

/** Kinds that listen for phrases list them under `options` or `classes`, each of which is a way out. */
function repeated(node: SurveyedNode): Report[] {
  return Object.entries(node.node.config).flatMap(([field, value]) => {
    if ((field !== "options" && field !== "classes") || !Array.isArray(value)) return [];
    const options: readonly Option[] = value; // the shape these fields have in every kind
    const taken = new Map<string, number>();
    return options.flatMap((option, index) =>
      (option.phrases ?? []).flatMap((phrase, at): Report[] => {
        const key = phrase
          .toLowerCase()
          .replace(/[^\p{L}\p{N}]+/gu, " ")
          .trim();
        const first = taken.get(key);
        if (first === undefined) taken.set(key, index);
        if (first === undefined || first === index) return [];
        const pointer = nodePointer(node, "config", field, index, "phrases", at);
        const [one, two] = [titleOf(options[first]), titleOf(option)];
        const sentence = `“${phrase}” of ${node.name} stands for “${one}” and for “${two}”.`;
        const fix = { title: `Remove it from “${two}”`, change: [{ op: "remove" as const, pointer }] };
        return [{ node: node.id, pointer, sentence, fix }];
      }),
    );
  });
}

function titleOf(option: Option | undefined): string {
  return option?.label || option?.name || "";
}

function withPhrases(sound: FlowDocument, first: readonly string[], second: readonly string[]): FlowDocument {
  const options = [
    { key: "1", label: "Claims", phrases: first },
    { key: "2", label: "Billing", phrases: second },
  ];
  const next = { "key-1": "bye", "key-2": "bye", invalid: "bye", silence: "bye" };
  const node = { ...menu("Menu", "Say claims or billing.", "bye", { options }), next };
  return withNodes(sound, { start: startTo("menu"), menu: node });
}
