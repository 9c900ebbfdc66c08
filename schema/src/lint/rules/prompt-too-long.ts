import { factsOf } from "../../document/index.ts";
import { type Rule, withNode } from "../rule.ts";

/** About 40 seconds of speech: callers stop listening long before a provider's own limit. */
const longestCharacters = 600;

export const promptTooLong: Rule = {
  name: "prompt-too-long",
  severity: "warning",
  title: "Prompts are short",
  why: "After about 40 seconds of speech callers no longer know what the first key was for.",
  advice: "Split the text, or put what most callers need first.",
  wrong: (sound) =>
    withNode(sound, "bye", {
      kind: "hang-up",
      title: "Bye",
      config: { disposition: "done", farewell: "Thank you for calling us today. ".repeat(30) },
      next: {},
    }),
  right: (sound) =>
    withNode(sound, "bye", {
      kind: "hang-up",
      title: "Bye",
      config: { disposition: "done", farewell: "Thank you for calling us today." },
      next: {},
    }),
  check: (flow) =>
    Object.entries(flow.nodes).flatMap(([id, node]) =>
      factsOf(node)
        .speaks.filter(({ text }) => text.length > longestCharacters)
        .map(({ text, field }) => ({
          node: id,
          pointer: `/nodes/${id}/config/${field}`,
          sentence: `“${node.title}” speaks ${text.length} characters at once; expected at most ${longestCharacters}.`,
        })),
    ),
};
