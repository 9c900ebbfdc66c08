import { type Rule, withNode } from "../rule.ts";

export const menuKeyTwice: Rule = {
  name: "menu-key-twice",
  severity: "error",
  title: "A menu's keys are different",
  why: "When two options share a key, the second can never be chosen.",
  advice: "Give each option a key of its own.",
  wrong: (sound) =>
    withNode(sound, "bye", {
      kind: "menu",
      title: "Menu",
      config: {
        prompt: "Press 1.",
        options: [
          { key: "1", label: "One" },
          { key: "1", label: "Also one" },
        ],
        timeoutSeconds: 5,
        tries: 1,
      },
      next: { "key-1": "start", invalid: "start", silence: "start" },
    }),
  right: (sound) => {
    const options = [
      { key: "1", label: "One" },
      { key: "2", label: "Two" },
    ];
    const config = { prompt: "Press 1 or 2.", options, timeoutSeconds: 5, tries: 1 };
    const next = { "key-1": "bye", "key-2": "bye", invalid: "bye", silence: "bye" };
    const start = { kind: "start", title: "Start", config: {}, next: { call: "menu" } };
    return withNode(withNode(sound, "menu", { kind: "menu", title: "Menu", config, next }), "start", start);
  },
  check: (flow) =>
    Object.entries(flow.nodes).flatMap(([id, node]) => {
      if (node.kind !== "menu") return [];
      const { options } = node.config as { options: { key: string; label: string }[] }; // a parsed menu's config
      return options.flatMap((option, index) =>
        options.findIndex((one) => one.key === option.key) < index
          ? [
              {
                node: id,
                pointer: `/nodes/${id}/config/options/${index}/key`,
                sentence: `Key ${option.key} of “${node.title}” is already taken; “${option.label}” can never be chosen.`,
              },
            ]
          : [],
      );
    }),
};
