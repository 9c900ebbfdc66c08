import type { FlowDocument } from "../../document/index.ts";
import { findVoice } from "../../language/index.ts";
import { say, startTo, withNodes } from "../example.ts";
import type { Rule } from "../rule.ts";
import { voicesIn } from "../voices.ts";

export const voiceLanguageMismatch: Rule = {
  name: "voice-language-mismatch",
  severity: "warning",
  title: "A voice speaks the language of its text",
  why: "A Spanish text read by an English voice is hard to understand.",
  advice: "Choose a voice of the language, or none for the language's usual one.",
  wrong: (sound) => withVoice(sound, "Polly.Lupe-Neural"),
  right: (sound) => withVoice(sound, "Polly.Joanna-Neural"),
  check: (survey) =>
    voicesIn(survey).flatMap(({ voice, language, who, node, pointer }) => {
      const spoken = findVoice(voice)?.language ?? null;
      if (spoken === null || tongue(spoken) === tongue(language)) return [];
      return [
        {
          ...(node === undefined ? {} : { node }),
          pointer,
          sentence: `${who} speaks ${language} with the voice “${voice}”, which is made for ${spoken}.`,
          fix: { title: "Use the usual voice", change: [{ op: "remove", pointer }] },
        },
      ];
    }),
};

/** `en` of `en-US`; the many names of Chinese and Arabic count as one each. */
function tongue(language: string): string {
  const [first = ""] = language.toLowerCase().split("-");
  const families: { readonly [code: string]: string } = { cmn: "zh", arb: "ar", no: "nb" };
  return families[first] ?? first;
}

function withVoice(sound: FlowDocument, voice: string): FlowDocument {
  return withNodes(sound, { start: startTo("hi"), hi: say("Hi", "Hello.", "bye", { voice }) });
}
