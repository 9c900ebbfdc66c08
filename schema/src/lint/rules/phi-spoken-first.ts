import { menu, say, startTo, withNodes, withVariables } from "../example.ts";
import type { Rule } from "../rule.ts";
import { phiHeardWithout } from "../spoken-phi.ts";
import type { Survey } from "../survey.ts";

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
  // A called flow's first words come when its caller lets them.
  check: (survey) =>
    survey.beginning.calls === "flows"
      ? []
      : phiHeardWithout(survey, "answer", everyVariable).map(({ node, pointer, told }) => ({
          node,
          pointer,
          sentence: `${told} before anybody has answered.`,
        })),
};

function everyVariable({ flow }: Survey): Set<string> {
  return new Set(Object.keys(flow.variables));
}
