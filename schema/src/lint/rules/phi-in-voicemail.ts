import type { FlowDocument } from "../../document/index.ts";
import { startTo, withNodes, withVariables } from "../example.ts";
import type { Rule } from "../rule.ts";
import { phiAmong } from "../survey.ts";

export const phiInVoicemail: Rule = {
  name: "phi-in-voicemail",
  severity: "error",
  title: "No PHI on an answering machine",
  why: "Anybody in the house may listen to an answering machine.",
  advice: "Leave a name and a number to call back, and nothing about a patient.",
  wrong: (sound) => withDrop(sound, "This is about the claim of {{patient}}."),
  right: (sound) => withDrop(sound, "This is Lakeside Billing. Please call us back."),
  check: (survey) =>
    [...survey.nodes.values()].flatMap((node) =>
      node.spoken
        .filter((text) => text.voicemail)
        .flatMap((text) =>
          phiAmong(survey, text.reads).map((reference) => ({
            node: node.id,
            pointer: text.pointer,
            sentence: `${node.name} leaves “${reference}”, which is PHI, on an answering machine.`,
          })),
        ),
    ),
};

function withDrop(sound: FlowDocument, text: string): FlowDocument {
  const ways = ["dropped", "already-dropped", "not-a-machine", "no-beep"];
  const next = Object.fromEntries(ways.map((way) => [way, "bye"]));
  const flow = withNodes(sound, {
    start: startTo("drop", { calls: "outbound", detection: "first", greeting: "over" }),
    drop: { kind: "voicemail-drop", title: "Leave a message", config: { text, waitSeconds: 30 }, next },
  });
  return text.includes("{{patient}}")
    ? withVariables(flow, { patient: { type: "text", sensitivity: "phi", origin: "input" } })
    : flow;
}
