import { z } from "zod";
import { condition, describeCondition, holds, readsOf } from "../language/index.ts";
import { slug, text } from "./fields.ts";
import { defineNode, noFacts, type Outcome } from "./node.ts";
import { establishing, means } from "./shared/means.ts";

const rule = z.strictObject({
  name: slug("Name", "A short name for this way out."),
  label: text("Label", "What the rule means, for people who read the flow.", 60).optional(),
  when: condition.meta({ label: "When", help: "The rule holds when this does.", widget: "condition" }),
  means,
});

const config = z
  .strictObject({
    rules: z
      .array(rule)
      .min(1, "A branch needs at least one rule.")
      .max(20)
      .meta({ label: "Rules", help: "Tried from the top; the first that holds decides.", widget: "list" }),
  })
  .superRefine((branch, context) => {
    const seen = new Set(["otherwise"]);
    branch.rules.forEach((one, index) => {
      if (seen.has(one.name)) {
        context.addIssue({
          code: "custom",
          path: ["rules", index, "name"],
          message: `Expected a name of its own, found "${one.name}" again.`,
        });
      }
      seen.add(one.name);
    });
  });

/** Goes the way of the first rule that holds for what the call knows. */
export const branch = defineNode({
  kind: "branch",
  title: "Branch",
  summary: "Go different ways by what the call knows.",
  group: "decide",
  icon: "git-branch",
  config,
  initial: { rules: [{ name: "known", when: { variable: "value", is: "not-blank" } }] },
  outcomes: (config): readonly Outcome[] => [
    ...config.rules.map((one) => ({ name: one.name, label: one.label || describeCondition(one.when) })),
    { name: "otherwise", label: "otherwise" },
  ],
  facts: (config) => ({
    ...noFacts,
    reads: config.rules.flatMap((one) => readsOf(one.when)),
    ...establishing(config.rules.map((one) => ({ outcome: one.name, means: one.means }))),
  }),
  glance: (config) => config.rules.map((one) => describeCondition(one.when)).join("; "),
  enter: (visit) => {
    const held = visit.config.rules.find((one) => holds(one.when, (name) => visit.held(name)));
    return held
      ? { leave: held.name, value: { text: describeCondition(held.when), by: "rule" } }
      : { leave: "otherwise" };
  },
  examples: [
    {
      name: "the first rule that holds",
      config: { rules: [{ name: "large", when: { variable: "amount", is: "greater-than", to: 10_000 } }] },
      variables: { amount: { type: "money", sensitivity: "internal", value: 25_000 } },
      outcome: "large",
      value: { text: "amount is greater than 10000", by: "rule" },
    },
    {
      name: "no rule holds",
      config: { rules: [{ name: "large", when: { variable: "amount", is: "greater-than", to: 10_000 } }] },
      variables: { amount: { type: "money", sensitivity: "internal" } },
      outcome: "otherwise",
    },
    {
      name: "two values compared, and a rule that confirms who is on the line",
      config: {
        rules: [
          {
            name: "known",
            when: { variable: "birth_date", is: "equals", to: { variable: "given_date" } },
            means: "confirms-identity",
          },
        ],
      },
      variables: {
        birth_date: { type: "date", sensitivity: "phi", value: "1980-01-05" },
        given_date: { type: "date", sensitivity: "phi", value: "1980-01-05" },
      },
      outcome: "known",
      value: { text: "birth_date is {given_date}", by: "rule" },
    },
    {
      name: "an identifier of a payer's own form",
      config: {
        rules: [{ name: "claim", when: { variable: "reference", is: "matches", to: "^c[0-9]{4}$" } }],
      },
      variables: { reference: { type: "text", sensitivity: "internal", value: "C4071" } },
      outcome: "claim",
      value: { text: "reference matches ^c[0-9]{4}$", by: "rule" },
    },
  ],
});
