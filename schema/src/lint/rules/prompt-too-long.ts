import { farewell, withNodes } from "../example.ts";
import type { Rule } from "../rule.ts";

/** About 40 seconds of speech: callers stop listening long before a provider's own limit, which the schema holds. */
const longestCharacters = 600;

export const promptTooLong: Rule = {
  name: "prompt-too-long",
  severity: "warning",
  title: "Prompts are short",
  why: "After about 40 seconds of speech callers no longer know what the first key was for.",
  advice: "Split the text, or put what most callers need first.",
  wrong: (sound) => withNodes(sound, { bye: farewell("Thank you for calling us today. ".repeat(30)) }),
  right: (sound) => withNodes(sound, { bye: farewell("Thank you for calling us today.") }),
  check: ({ nodes }) =>
    [...nodes.values()].flatMap((node) =>
      node.spoken
        .filter(({ text }) => text.length > longestCharacters)
        .map(({ text, pointer }) => ({
          node: node.id,
          pointer,
          sentence: `${node.name} speaks ${text.length} characters at once; expected at most ${longestCharacters}.`,
        })),
    ),
};
