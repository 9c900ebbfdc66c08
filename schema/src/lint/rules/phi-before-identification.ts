import { menu, say, startTo, withNodes, withVariables } from "../example.ts";
import type { Rule } from "../rule.ts";
import { phiHeardWithout } from "../spoken-phi.ts";
import type { Survey } from "../survey.ts";

export const phiBeforeIdentification: Rule = {
  name: "phi-before-identification",
  severity: "error",
  title: "No PHI to callers who are not known yet",
  why: "Anybody can call in. What we know of a patient may be told only after the caller has shown who they are.",
  advice:
    "Let a node that confirms the caller's identity come before the first text that speaks what we know.",
  wrong: (sound) =>
    withVariables(
      withNodes(sound, {
        start: startTo("menu"),
        menu: menu("Menu", "For your balance, press 1.", "told"),
        told: say("Tell", "You owe {{balance|money}}.", "bye"),
      }),
      { balance: { type: "money", sensitivity: "phi", origin: "input" } },
    ),
  right: (sound) => {
    const options = [{ key: "1", label: "Confirmed", means: "confirms-identity" }];
    return withVariables(
      withNodes(sound, {
        start: startTo("menu"),
        menu: menu("Who calls?", "If you are the patient this number belongs to, press 1.", "told", {
          options,
        }),
        told: say("Tell", "You owe {{balance|money}}.", "bye"),
      }),
      { balance: { type: "money", sensitivity: "phi", origin: "input" } },
    );
  },
  check: (survey) =>
    survey.beginning.calls !== "inbound"
      ? []
      : phiHeardWithout(survey, "identity", notFromTheCaller).map(({ node, pointer, told }) => ({
          node,
          pointer,
          sentence: `${told} to a caller whose identity is not confirmed.`,
        })),
};

/** Variables that hold what the caller did not say: given, computed, or brought by another system. */
function notFromTheCaller({ flow, nodes, written }: Survey): Set<string> {
  const brought = [...nodes.values()].filter(
    ({ facts }) => facts.waits && !facts.waitsForCaller && !facts.records,
  );
  const fetched = new Set(brought.flatMap(({ facts }) => facts.writes));
  const foreign = Object.entries(flow.variables).filter(([name, { origin }]) => {
    if (origin !== undefined) return origin !== "collected";
    return fetched.has(name) || !written.has(name);
  });
  return new Set(foreign.map(([name]) => name));
}
