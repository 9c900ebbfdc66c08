import { menu, startTo, withNodes } from "../example.ts";
import type { Rule } from "../rule.ts";
import { nodePointer } from "../survey.ts";

export const menuKeyTwice: Rule = {
  name: "menu-key-twice",
  severity: "error",
  title: "A menu's keys are different",
  why: "When two options share a key, the second can never be chosen.",
  advice: "Give each option a key of its own.",
  wrong: (sound) => {
    const options = [
      { key: "1", label: "One" },
      { key: "1", label: "Also one" },
    ];
    return withNodes(sound, { start: startTo("menu"), menu: menu("Menu", "Press 1.", "bye", { options }) });
  },
  right: (sound) => {
    const options = [
      { key: "1", label: "One" },
      { key: "2", label: "Two" },
    ];
    const next = { "key-1": "bye", "key-2": "bye", invalid: "bye", silence: "bye" };
    const two = { ...menu("Menu", "Press 1 or 2.", "bye", { options }), next };
    return withNodes(sound, { start: startTo("menu"), menu: two });
  },
  check: ({ nodes }) =>
    [...nodes.values()].flatMap((node) => {
      if (node.node.kind !== "menu") return [];
      const { options } = node.node.config as { options: { key: string; label: string }[] }; // a parsed menu's config
      const taken = new Set<string>();
      return options.flatMap((option, index) => {
        if (!taken.has(option.key)) {
          taken.add(option.key);
          return [];
        }
        const pointer = nodePointer(node, "config", "options", index);
        return [
          {
            node: node.id,
            pointer: `${pointer}/key`,
            sentence: `Key ${option.key} of ${node.name} is already taken; “${option.label}” can never be chosen.`,
            fix: { title: `Remove “${option.label}”`, change: [{ op: "remove" as const, pointer }] },
          },
        ];
      });
    }),
};
