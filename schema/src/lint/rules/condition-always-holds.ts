import { alwaysHolds, describeCondition } from "../../language/index.ts";
import { misfits, typesIn } from "../conditions.ts";
import { branch, startTo, withNodes, withVariables } from "../example.ts";
import type { Rule } from "../rule.ts";

export const conditionAlwaysHolds: Rule = {
  name: "condition-always-holds",
  severity: "warning",
  title: "No rule of a branch always holds",
  why: "A condition that is true of every value asks nothing: the rules below it and “otherwise” are never taken.",
  advice: "Correct the condition, or leave the branch out.",
  wrong: (sound) => {
    const when = {
      any: [
        { variable: "amount", is: "blank" },
        { variable: "amount", is: "not-blank" },
      ],
    };
    return withVariables(
      withNodes(sound, { start: startTo("known"), known: branch("Known?", when, "bye", "bye") }),
      { amount: { type: "money", sensitivity: "internal", origin: "input" } },
    );
  },
  right: (sound) => {
    const when = { variable: "amount", is: "not-blank" };
    return withVariables(
      withNodes(sound, { start: startTo("known"), known: branch("Known?", when, "bye", "bye") }),
      { amount: { type: "money", sensitivity: "internal", origin: "input" } },
    );
  },
  check: (survey) =>
    [...survey.nodes.values()].flatMap((node) =>
      node.decisions
        .filter((one) => misfits(survey, one).length === 0 && alwaysHolds(one.when, typesIn(survey, one)))
        .map((one) => ({
          node: node.id,
          pointer: `${one.pointer}/when`,
          sentence: `“${describeCondition(one.when)}” of ${node.name} always holds; nothing below it is ever asked.`,
        })),
    ),
};
