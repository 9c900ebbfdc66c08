import type { FlowDocument } from "../../document/index.ts";
import { liveAfter, liveWithout } from "../established.ts";
import { menu, startTo, withNodes, withVariables } from "../example.ts";
import type { Rule } from "../rule.ts";
import { nodePointer, nodesIn } from "../survey.ts";

export const recordingWithoutConsent: Rule = {
  name: "recording-without-consent",
  severity: "error",
  title: "Nobody is recorded who has not agreed",
  why: "Many states demand that everybody on the line agrees before a recording begins.",
  advice: "Ask in a menu whether the call may be recorded, and lead only the yes to the recording.",
  wrong: (sound) => withRecording(sound, "record"),
  right: (sound) => withRecording(sound, "ask"),
  check: (survey) => {
    // A called flow may have been given the consent by the flow that calls it.
    if (survey.beginning.calls === "flows") return [];
    const unasked = liveWithout(survey, "recording-consent");
    const agreed = liveAfter(survey, "recording-consent");
    return nodesIn(survey, unasked)
      .filter(({ facts }) => facts.records)
      .flatMap((node) => {
        // A node that looks for the consent itself records nothing without; it must only be able to get one.
        const looks = node.outcomes.some(({ name }) => name === "no-consent");
        if (looks && agreed.has(node.id)) return [];
        const sentence = looks
          ? `${node.name} never records: no way to it lets the caller agree to be recorded.`
          : `A call can come to ${node.name} without the caller having agreed to be recorded.`;
        return [{ node: node.id, pointer: nodePointer(node), sentence }];
      });
  },
};

function withRecording(sound: FlowDocument, first: string): FlowDocument {
  const config = {
    prompt: "Please tell us.",
    maxSeconds: 60,
    silenceSeconds: 5,
    finishOnKeys: "#",
    beep: true,
  };
  const options = [{ key: "1", label: "Agreed", means: "agrees-to-recording" }];
  const asked = menu("May we record?", "To leave a message that is recorded, press 1.", "record", {
    options,
  });
  return withVariables(
    withNodes(sound, {
      start: startTo(first),
      ...(first === "ask" ? { ask: asked } : {}),
      record: {
        kind: "record",
        title: "Message",
        config: { ...config, into: "message" },
        next: { recorded: "bye", "no-audio": "bye", "no-consent": "bye" },
      },
    }),
    { message: { type: "text", sensitivity: "phi" } },
  );
}
