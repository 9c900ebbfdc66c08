import type { FlowDocument } from "../../document/index.ts";
import { menu, startTo, withNodes } from "../example.ts";
import type { Report, Rule } from "../rule.ts";
import { nodePointer, type SurveyedNode } from "../survey.ts";

export const phraseInsideAnother: Rule = {
  name: "phrase-inside-another",
  severity: "warning",
  title: "No phrase of a menu holds another option's",
  why: "Who says the longer phrase says the shorter one too: word for word, that chooses both options, and so neither.",
  advice: "Let the menu weigh phrases by how well they match: then the longer one wins.",
  wrong: (sound) => withPhrases(sound, {}),
  right: (sound) => withPhrases(sound, { minMatch: 1 }),
  check: ({ nodes }) => [...nodes.values()].flatMap(reported),
};

interface MenuOption {
  readonly key: string;
  readonly label: string;
  readonly phrases?: readonly string[];
}

function reported(node: SurveyedNode): Report[] {
  if (node.node.kind !== "menu") return [];
  const { options, minMatch } = node.node.config as {
    options: readonly MenuOption[];
    minMatch?: number;
  }; // a parsed menu's config
  if (minMatch !== undefined) return [];
  const all = options.flatMap(({ label, phrases = [] }, option) =>
    phrases.map((phrase, at) => ({ option, label, phrase, at, words: words(phrase) })),
  );
  return all.flatMap(({ option, phrase, at, words: own }): Report[] => {
    const inside = all.find(
      (other) => other.option !== option && other.words !== own && own.includes(other.words),
    );
    if (!inside) return [];
    const pointer = nodePointer(node, "config", "options", option, "phrases", at);
    const sentence = `“${phrase}” of ${node.name} holds “${inside.phrase}”, which stands for “${inside.label}”: who says it is not understood.`;
    const change = [{ op: "set" as const, pointer: nodePointer(node, "config", "minMatch"), value: 1 }];
    return [{ node: node.id, pointer, sentence, fix: { title: "Let the longer phrase win", change } }];
  });
}

/** As a menu compares them: small letters and digits, a space around every word. */
function words(text: string): string {
  return ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()} `;
}

function withPhrases(sound: FlowDocument, config: object): FlowDocument {
  const options = [
    { key: "1", label: "Claims", phrases: ["claims"] },
    { key: "2", label: "New claims", phrases: ["new claims"] },
  ];
  const next = { "key-1": "bye", "key-2": "bye", invalid: "bye", silence: "bye" };
  const node = { ...menu("Menu", "Say claims or new claims.", "bye", { options, ...config }), next };
  return withNodes(sound, { start: startTo("menu"), menu: node });
}
