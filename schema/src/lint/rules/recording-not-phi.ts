import type { FlowDocument } from "../../document/index.ts";
import { menu, startTo, withNodes, withVariables } from "../example.ts";
import { pointerTo } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { declared } from "../survey.ts";

export const recordingNotPhi: Rule = {
  name: "recording-not-phi",
  severity: "warning",
  title: "A recording is PHI",
  why: "People say names, dates of birth and diagnoses into a recording; its address opens all of that.",
  advice: "Declare the variable that holds the recording as PHI.",
  wrong: (sound) => withRecording(sound, "internal"),
  right: (sound) => withRecording(sound, "phi"),
  check: (survey) =>
    [...survey.nodes.values()]
      .filter(({ facts }) => facts.records)
      .flatMap((node) =>
        node.facts.writes
          .filter((name) => (declared(survey, name)?.sensitivity ?? "phi") !== "phi")
          .map((name) => {
            const pointer = pointerTo("variables", name, "sensitivity");
            return {
              pointer,
              sentence: `${node.name} keeps a recording in “${name}”, which is not PHI; expected PHI.`,
              fix: {
                title: `Declare “${name}” as PHI`,
                change: [{ op: "set" as const, pointer, value: "phi" }],
              },
            };
          }),
      ),
};

function withRecording(sound: FlowDocument, sensitivity: "internal" | "phi"): FlowDocument {
  const config = {
    prompt: "Please tell us.",
    maxSeconds: 60,
    silenceSeconds: 5,
    finishOnKeys: "#",
    beep: true,
  };
  const options = [{ key: "1", label: "Agreed", means: "agrees-to-recording" }];
  return withVariables(
    withNodes(sound, {
      start: startTo("ask"),
      ask: menu("May we record?", "To leave a message that is recorded, press 1.", "record", { options }),
      record: {
        kind: "record",
        title: "Message",
        config: { ...config, into: "message" },
        next: { recorded: "bye", "no-audio": "bye", "no-consent": "bye" },
      },
    }),
    { message: { type: "text", sensitivity } },
  );
}
