import type { FlowDocument } from "../../document/index.ts";
import { definitionOf } from "../../document/index.ts";
import { parseSpeech } from "../../language/index.ts";
import { say, startTo, withNodes } from "../example.ts";
import type { Report, Rule } from "../rule.ts";
import { nodePointer, type SurveyedNode } from "../survey.ts";

export const tagsReadAloud: Rule = {
  name: "tags-read-aloud",
  severity: "warning",
  title: "SSML is switched on where it is used",
  why: "Without the switch a text is plain words: its tags are read aloud.",
  advice: "Switch SSML on for the node, or take the tags out of the text.",
  wrong: (sound) => withPause(sound, {}),
  right: (sound) => withPause(sound, { markup: true }),
  check: ({ nodes }) => [...nodes.values()].flatMap(reported),
};

function reported(node: SurveyedNode): Report[] {
  return node.spoken
    .filter(({ text, markup }) => !markup && text.includes("<") && hasTags(text))
    .map(({ pointer }) => {
      const sentence = `${node.name} has SSML in its text, which is read aloud; SSML is not switched on there.`;
      const report = { node: node.id, pointer, sentence };
      const fits = definitionOf(node.node.kind).config.safeParse({
        ...node.node.config,
        markup: true,
      }).success;
      if (!fits) return report;
      const change = [{ op: "set" as const, pointer: nodePointer(node, "config", "markup"), value: true }];
      return { ...report, fix: { title: "Switch SSML on", change } };
    });
}

function hasTags(text: string): boolean {
  const parsed = parseSpeech(text);
  return parsed.ok && parsed.parts.some((part) => typeof part !== "string");
}

function withPause(sound: FlowDocument, config: object): FlowDocument {
  const text = 'Please hold. <break time="1s"/> We are nearly there.';
  return withNodes(sound, { start: startTo("hold"), hold: say("Hold", text, "bye", config) });
}
