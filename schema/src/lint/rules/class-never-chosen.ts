import type { FlowDocument } from "../../document/index.ts";
import { startTo, withNodes } from "../example.ts";
import type { Rule } from "../rule.ts";
import { nodePointer } from "../survey.ts";

export const classNeverChosen: Rule = {
  name: "class-never-chosen",
  severity: "warning",
  title: "Every class can be chosen",
  why: "A class without phrases and patterns is what nobody ever means: its way out is never taken.",
  advice: "Give the class phrases that people say, make it the one taken when nothing fits, or remove it.",
  wrong: (sound) => withClasses(sound, {}),
  right: (sound) => withClasses(sound, { fallback: "other" }),
  check: ({ nodes }) =>
    [...nodes.values()].flatMap((node) => {
      if (node.node.kind !== "classify") return [];
      const { classes, fallback } = node.node.config as {
        classes: readonly {
          name: string;
          label?: string;
          phrases: readonly string[];
          patterns?: readonly string[];
        }[];
        fallback?: string;
      }; // a parsed classify's config
      return classes.flatMap(({ name, label, phrases, patterns = [] }, index) => {
        if (phrases.length > 0 || patterns.length > 0 || name === fallback) return [];
        const pointer = nodePointer(node, "config", "classes", index);
        const sentence = `“${label || name}” of ${node.name} is never chosen: it has neither phrases nor patterns.`;
        return [{ node: node.id, pointer, sentence }];
      });
    }),
};

function withClasses(sound: FlowDocument, config: object): FlowDocument {
  const classes = [
    { name: "claims", phrases: ["claim", "claim status"] },
    { name: "other", phrases: [] },
  ];
  const asked = { prompt: "How can I help you?", classes, threshold: 0.7, timeoutSeconds: 5, tries: 1 };
  const unmatched = "fallback" in config ? {} : { "no-match": "bye" };
  const next = { claims: "bye", other: "bye", silence: "bye", ...unmatched };
  return withNodes(sound, {
    start: startTo("sort"),
    sort: { kind: "classify", title: "What is it about?", config: { ...asked, ...config }, next },
  });
}
