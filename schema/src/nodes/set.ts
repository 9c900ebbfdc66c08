import { z } from "zod";
import type { Value } from "../call/index.ts";
import { parseTemplate } from "../language/index.ts";
import { prompt, variable } from "./fields.ts";
import { defineNode, noFacts } from "./node.ts";

const assignment = z.strictObject({
  variable: variable("Variable", "The variable that gets the value."),
  to: prompt("Value", "A text, a number, or another variable as {{name}}.").max(1000),
});

/** Gives variables values, all or none: where one does not fit its type, nothing is set. */
export const set = defineNode({
  kind: "set",
  title: "Set",
  summary: "Give variables values.",
  group: "data",
  icon: "variable",
  config: z.strictObject({
    assignments: z
      .array(assignment)
      .min(1, "Expected at least one assignment.")
      .max(20)
      .meta({ label: "Assignments", help: "Done together, from what was known before.", widget: "list" }),
  }),
  initial: { assignments: [{ variable: "value", to: "" }] },
  outcomes: [
    { name: "done", label: "set" },
    { name: "invalid", label: "does not fit", failure: true },
  ],
  facts: (config) => ({
    ...noFacts,
    reads: config.assignments.flatMap((one) => {
      const parsed = parseTemplate(one.to);
      return parsed.ok ? parsed.template.reads : [];
    }),
    writes: config.assignments.map((one) => one.variable),
  }),
  glance: (config) => config.assignments.map((one) => `${one.variable} = ${one.to}`).join(", "),
  enter: (visit) => {
    const values: { [name: string]: Value } = {};
    for (const { variable: name, to } of visit.config.assignments) {
      const fitted = visit.fits(name, visit.text(to));
      if (!fitted.ok) return { leave: "invalid", value: { text: `${name}: ${fitted.sentence}` } };
      values[name] = fitted.value;
    }
    return { leave: "done", set: values };
  },
  examples: [
    {
      name: "a value from another variable",
      config: { assignments: [{ variable: "greeting", to: "Hello {{name}}" }] },
      variables: {
        name: { type: "text", sensitivity: "internal", value: "Ada" },
        greeting: { type: "text", sensitivity: "internal" },
      },
      outcome: "done",
      sets: { greeting: "Hello Ada" },
    },
    {
      name: "a text that is no number",
      config: { assignments: [{ variable: "count", to: "many" }] },
      variables: { count: { type: "number", sensitivity: "internal" } },
      outcome: "invalid",
      value: { text: "count: Expected a number, found something else." },
    },
  ],
});
