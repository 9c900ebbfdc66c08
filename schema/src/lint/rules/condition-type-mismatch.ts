import { misfits } from "../conditions.ts";
import { branch, startTo, withNodes, withVariables } from "../example.ts";
import type { Rule } from "../rule.ts";

export const conditionTypeMismatch: Rule = {
  name: "condition-type-mismatch",
  severity: "error",
  title: "Conditions fit the types of what they compare",
  why: "A date is not less than a word, and no amount of money is “many”: such a rule goes the wrong way or never holds.",
  advice: "Choose a comparison and a value that the variable's type knows.",
  wrong: (sound) =>
    withVariables(
      withNodes(sound, {
        start: startTo("large"),
        large: branch("Large?", { variable: "amount", is: "greater-than", to: "many" }, "bye", "bye"),
      }),
      { amount: { type: "money", sensitivity: "internal", origin: "input" } },
    ),
  right: (sound) =>
    withVariables(
      withNodes(sound, {
        start: startTo("large"),
        large: branch("Large?", { variable: "amount", is: "greater-than", to: 50_000 }, "bye", "bye"),
      }),
      { amount: { type: "money", sensitivity: "internal", origin: "input" } },
    ),
  check: (survey) =>
    [...survey.nodes.values()].flatMap((node) =>
      node.decisions.flatMap((decision) =>
        misfits(survey, decision).map((found) => ({
          node: node.id,
          pointer: `${decision.pointer}/when`,
          sentence: `${node.name} compares ${found}.`,
        })),
      ),
    ),
};
