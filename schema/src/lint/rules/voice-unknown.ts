import { findVoice } from "../../language/index.ts";
import { say, startTo, withNodes } from "../example.ts";
import type { Rule } from "../rule.ts";
import { voicesIn } from "../voices.ts";

export const voiceUnknown: Rule = {
  name: "voice-unknown",
  severity: "warning",
  title: "Every voice is one the carrier has",
  why: "A carrier that does not know a voice speaks with another one, or not at all.",
  advice: "Choose a voice from the list, or none for the language's usual one.",
  wrong: (sound) =>
    withNodes(sound, { start: startTo("hi"), hi: say("Hi", "Hello.", "bye", { voice: "Polly.Nobody" }) }),
  right: (sound) =>
    withNodes(sound, {
      start: startTo("hi"),
      hi: say("Hi", "Hello.", "bye", { voice: "Polly.Joanna-Neural" }),
    }),
  check: (survey) =>
    voicesIn(survey)
      .filter(({ voice }) => findVoice(voice) === null)
      .map(({ voice, who, node, pointer }) => ({
        ...(node === undefined ? {} : { node }),
        pointer,
        sentence: `${who} asks for the voice “${voice}”, which is none of the carrier's.`,
        fix: { title: "Use the usual voice", change: [{ op: "remove", pointer }] },
      })),
};
