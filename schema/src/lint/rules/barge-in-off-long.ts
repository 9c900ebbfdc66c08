import type { FlowDocument } from "../../document/index.ts";
import { charactersPerSecond } from "../../language/index.ts";
import { menu, startTo, withNodes } from "../example.ts";
import type { Report, Rule } from "../rule.ts";
import { nodePointer, type SurveyedNode } from "../survey.ts";

/** What nobody minds hearing to its end. */
const patienceSeconds = 10;

export const bargeInOffLong: Rule = {
  name: "barge-in-off-long",
  severity: "warning",
  title: "Long prompts can be cut short",
  why: "Who calls often knows which key to press; a long prompt that cannot be interrupted makes them hang up.",
  advice: "Let keys and words interrupt the prompt, or say only what everybody must hear.",
  wrong: (sound) => withBargeIn(sound, false),
  right: (sound) => withBargeIn(sound, true),
  check: ({ nodes }) => [...nodes.values()].flatMap(reported),
};

function reported(node: SurveyedNode): Report[] {
  const { config } = node.node;
  const switched = "bargeIn" in config && config.bargeIn === false;
  return node.spoken
    .filter((text) => (switched || text.bargeIn === false) && !text.voicemail)
    .flatMap(({ text, pointer }) => {
      const seconds = Math.round(text.length / charactersPerSecond);
      if (seconds <= patienceSeconds) return [];
      const sentence = `${node.name} speaks for about ${seconds} seconds without letting callers interrupt; expected at most ${patienceSeconds}.`;
      if (!switched) return [{ node: node.id, pointer, sentence }];
      const field = nodePointer(node, "config", "bargeIn");
      const fix = { title: "Let callers interrupt", change: [{ op: "remove" as const, pointer: field }] };
      return [{ node: node.id, pointer, sentence, fix }];
    });
}

function withBargeIn(sound: FlowDocument, bargeIn: boolean): FlowDocument {
  const prompt = `${"Our office has moved to a new address on Lake Street. ".repeat(4)}To go on, press 1.`;
  return withNodes(sound, { start: startTo("menu"), menu: menu("Menu", prompt, "bye", { bargeIn }) });
}
