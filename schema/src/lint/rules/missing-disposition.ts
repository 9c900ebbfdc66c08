import { definitionOf, type FlowDocument } from "../../document/index.ts";
import { menu, startTo, withNodes } from "../example.ts";
import type { Report, Rule } from "../rule.ts";
import { nodePointer, type SurveyedNode } from "../survey.ts";

export const missingDisposition: Rule = {
  name: "missing-disposition",
  severity: "warning",
  title: "Different ends have different dispositions",
  why: "Reports count calls by disposition. While several ends keep the word a new node comes with, success and failure look alike.",
  advice: "Give each end one word for how the call went.",
  wrong: (sound) => withEnds(sound, "done"),
  right: (sound) => withEnds(sound, "no-answer"),
  check: ({ nodes }) => {
    const unnamed = [...nodes.values()].filter(isUnnamed);
    return unnamed.length < 2 ? [] : unnamed.map((node) => report(node, unnamed.length));
  },
};

function dispositionOf(config: unknown): string | null {
  if (typeof config !== "object" || config === null) return null;
  return "disposition" in config && typeof config.disposition === "string" ? config.disposition : null;
}

/** Has it still the disposition of a newly added node? */
function isUnnamed({ node, facts }: SurveyedNode): boolean {
  if (!facts.endsCall) return false;
  const own = dispositionOf(node.config);
  return own !== null && own === dispositionOf(definitionOf(node.kind).initial);
}

function report(node: SurveyedNode, count: number): Report {
  const pointer = nodePointer(node, "config", "disposition");
  const kept = dispositionOf(node.node.config);
  const sentence = `${node.name} ends calls as “${kept}”, as ${count} nodes do; expected words that tell how it went.`;
  const value = wordOf(node.node.title);
  if (value === null || value === kept) return { node: node.id, pointer, sentence };
  const fix = { title: `Call it “${value}”`, change: [{ op: "set" as const, pointer, value }] };
  return { node: node.id, pointer, sentence, fix };
}

/** A title as one word with dashes; null for one without Latin letters. */
function wordOf(title: string): string | null {
  const word = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, 40)
    .replace(/-+$/, "");
  return word === "" || word === "constructor" ? null : word;
}

function withEnds(sound: FlowDocument, disposition: string): FlowDocument {
  const next = { "key-1": "bye", invalid: "nobody", silence: "nobody" };
  return withNodes(sound, {
    start: startTo("menu"),
    menu: { ...menu("Menu", "Press 1.", "bye"), next },
    nobody: { kind: "hang-up", title: "Nobody there", config: { disposition }, next: {} },
  });
}
