import { menu, say, startTo, withNodes, withVariables } from "../example.ts";
import type { Rule } from "../rule.ts";
import { liveBy, nodesIn, phiAmong, readsBack } from "../survey.ts";

export const phiSpokenFirst: Rule = {
  name: "phi-spoken-first",
  severity: "error",
  title: "No PHI before the other side has answered",
  why: "Until somebody pressed a key or spoke, the far end may be a machine or the wrong person.",
  advice: "Let a menu or a collect come before the first text that speaks PHI.",
  wrong: (sound) =>
    withVariables(
      withNodes(sound, {
        start: startTo("told", { calls: "outbound" }),
        told: say("Tell", "It is about {{patient}}.", "bye"),
      }),
      { patient: { type: "text", sensitivity: "phi", origin: "input" } },
    ),
  right: (sound) =>
    withVariables(
      withNodes(sound, {
        start: startTo("menu", { calls: "outbound" }),
        menu: menu("Right desk?", "Press 1 if this is the right desk.", "told"),
        told: say("Tell", "It is about {{patient}}.", "bye"),
      }),
      { patient: { type: "text", sensitivity: "phi", origin: "input" } },
    ),
  check: (survey) => {
    const unanswered = liveBy(
      survey,
      ({ facts }, { outcome }) => !facts.waitsForCaller || outcome.failure === true,
    );
    return nodesIn(survey, unanswered).flatMap((node) =>
      node.spoken
        .filter((text) => !text.voicemail)
        .flatMap((text) =>
          phiAmong(survey, text.reads)
            .filter((reference) => !readsBack(node, reference))
            .map((reference) => ({
              node: node.id,
              pointer: text.pointer,
              sentence: `${node.name} speaks “${reference}”, which is PHI, before anybody has answered.`,
            })),
        ),
    );
  },
};
