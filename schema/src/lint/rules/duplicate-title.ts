import { farewell, say, startTo, withNodes } from "../example.ts";
import type { Rule } from "../rule.ts";
import { nodePointer } from "../survey.ts";

const longestTitle = 80;

export const duplicateTitle: Rule = {
  name: "duplicate-title",
  severity: "warning",
  title: "Every node has a title of its own",
  why: "Traces, reports and findings name nodes by their titles; two of the same title cannot be told apart.",
  advice: "Say in the title what this node is for.",
  wrong: (sound) => withNodes(sound, { start: startTo("hello"), hello: say("Bye", "Hello.", "bye") }),
  right: (sound) =>
    withNodes(sound, {
      start: startTo("hello"),
      hello: say("Hello", "Hello.", "bye"),
      bye: farewell("Bye."),
    }),
  check: ({ nodes }) => {
    const taken = new Set([...nodes.values()].map(({ node }) => titleKey(node.title)));
    const uses = new Map<string, number>();
    return [...nodes.values()].flatMap((node) => {
      if (node.facts.annotation) return [];
      const { title } = node.node;
      const key = titleKey(title);
      const before = uses.get(key) ?? 0;
      uses.set(key, before + 1);
      if (before === 0) return [];
      const pointer = nodePointer(node, "title");
      const value = `${title.slice(0, longestTitle - 5)} ${before + 1}`;
      const fix = { title: `Call it “${value}”`, change: [{ op: "set" as const, pointer, value }] };
      const sentence = `Another node is called ${node.name} too.`;
      return [{ node: node.id, pointer, sentence, ...(taken.has(titleKey(value)) ? {} : { fix }) }];
    });
  },
};

function titleKey(title: string): string {
  return title.trim().toLowerCase();
}
