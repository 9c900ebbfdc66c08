import type { FlowDocument } from "../../document/index.ts";
import { isSpeechLanguage } from "../../language/index.ts";
import { startTo, withNodes } from "../example.ts";
import type { Rule } from "../rule.ts";
import { nodePointer, type SurveyedNode } from "../survey.ts";

export const languageNotRecognised: Rule = {
  name: "language-not-recognised",
  severity: "error",
  title: "Speech is understood in a language that is recognised",
  why: "A carrier that does not know the language understands nothing of what callers say.",
  advice: "Choose a language of the list with its region, such as es-US, or ask for keys only.",
  wrong: (sound) => withAnswer(sound, "speech"),
  right: (sound) => withAnswer(sound, "keys"),
  check: ({ flow, nodes }) =>
    [...nodes.values()].flatMap((node) => {
      if (!node.facts.waitsForCaller || !hearsSpeech(node)) return [];
      const own = "language" in node.node.config ? node.node.config.language : undefined;
      const language = typeof own === "string" ? own : flow.settings.language;
      if (isSpeechLanguage(language)) return [];
      const pointer =
        typeof own === "string" ? nodePointer(node, "config", "language") : "/settings/language";
      const sentence = `${node.name} listens for speech in ${language}, which is not recognised.`;
      return typeof own === "string" ? [{ node: node.id, pointer, sentence }] : [{ pointer, sentence }];
    }),
};

/** Asks it for spoken answers, as one of the forms, by phrases of its options, or by classes of words? */
function hearsSpeech({ node: { config } }: SurveyedNode): boolean {
  if ("answer" in config) return config.answer !== "keys";
  if ("classes" in config || ("spokenKeys" in config && config.spokenKeys === true)) return true;
  if (!("options" in config) || !Array.isArray(config.options)) return false;
  const options: readonly { phrases?: readonly string[] }[] = config.options; // a menu's options
  return options.some(({ phrases = [] }) => phrases.length > 0);
}

function withAnswer(sound: FlowDocument, answer: string): FlowDocument {
  const config = {
    prompt: "Saluton.",
    into: "name",
    answer,
    minDigits: 1,
    maxDigits: 10,
    timeoutSeconds: 5,
    tries: 1,
  };
  const next = { collected: "bye", invalid: "bye", silence: "bye" };
  const flow = withNodes(sound, {
    start: startTo("name"),
    name: { kind: "collect", title: "Name", config, next },
  });
  return {
    ...flow,
    settings: { ...flow.settings, language: "eo" },
    variables: { name: { type: "text", sensitivity: "phi" } },
  };
}
