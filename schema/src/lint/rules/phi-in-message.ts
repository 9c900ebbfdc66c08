import type { FlowDocument } from "../../document/index.ts";
import { startTo, withNodes, withVariables } from "../example.ts";
import type { Rule } from "../rule.ts";
import { phiAmong } from "../survey.ts";

export const phiInMessage: Rule = {
  name: "phi-in-message",
  severity: "error",
  title: "No PHI in a message",
  why: "Text messages travel unencrypted and stay on phones that others may look at; so does what a web service shows its readers, in a chat or a mail.",
  advice: "Ask for a call back instead of saying what it is about.",
  wrong: (sound) => withMessage(sound, "Your claim {{claim_number}} was paid."),
  right: (sound) => withMessage(sound, "Please call Lakeside Billing back."),
  check: (survey) =>
    [...survey.nodes.values()].flatMap((node) =>
      node.sent
        .filter((text) => text.to === "message")
        .flatMap((text) =>
          phiAmong(survey, text.reads).map((reference) => ({
            node: node.id,
            pointer: text.pointer,
            sentence: `${node.name} puts “${reference}”, which is PHI, into a message.`,
          })),
        ),
    ),
};

function withMessage(sound: FlowDocument, text: string): FlowDocument {
  const config = { by: "message", to: "{{call.from}}", text, filler: "One moment, please." };
  const flow = withNodes(sound, {
    start: startTo("tell"),
    tell: { kind: "notify", title: "Tell", config, next: { sent: "bye", failed: "bye" } },
  });
  return text.includes("{{claim_number}}")
    ? withVariables(flow, { claim_number: { type: "digits", sensitivity: "phi", origin: "input" } })
    : flow;
}
