import { z } from "zod";
import type { OutcomeField } from "../call/index.ts";
import { prompt, slug, variable } from "./fields.ts";
import { defineNode, noFacts, type Visit } from "./node.ts";
import { deliveryFields, refuseBadMarkup, spokenFacts } from "./shared/delivery.ts";
import { effectWait, holdOn } from "./shared/waiting.ts";

const config = z
  .strictObject({
    outcome: slug("Outcome", "What the call found out, as one word; reports count by it."),
    fields: z
      .array(
        z.strictObject({
          name: slug("Field", "The field's name in exports."),
          variable: variable("Variable", "The variable whose value is recorded."),
        }),
      )
      .max(30)
      .meta({ label: "Fields", help: "Values kept with the outcome.", widget: "list" }),
    filler: prompt("While it takes long", "Spoken when recording takes more than a moment.").optional(),
    ...deliveryFields,
  })
  .superRefine((recorded, context) =>
    refuseBadMarkup(context, recorded.markup, spokenFacts(recorded, { filler: recorded.filler })),
  );
type Config = z.infer<typeof config>;

/** The runtime has this long to record before the flow goes on by `failed`. */
const patienceSeconds = 10;

/** Writes what the call found out to the outcomes table, once, and goes on when it is stored. */
export const recordOutcome = defineNode({
  kind: "record-outcome",
  title: "Record outcome",
  summary: "Store what the call found out, with the values that show it.",
  group: "data",
  icon: "clipboard-check",
  config,
  initial: { outcome: "noted", fields: [] },
  outcomes: [
    { name: "recorded", label: "recorded" },
    { name: "failed", label: "not recorded", failure: true },
  ],
  facts: (config) => ({
    ...noFacts,
    waits: true,
    reads: config.fields.map((field) => field.variable),
    speaks: spokenFacts(config, { filler: config.filler }),
  }),
  glance: (config) => [config.outcome, ...config.fields.map((f) => f.variable)].join(", "),
  enter: (visit) => ({
    wait: effectWait,
    timerAt: visit.at + patienceSeconds * 1000,
    effects: [
      {
        effect: "record-outcome",
        outcome: visit.config.outcome,
        fields: visit.config.fields.map((field) => recorded(visit, field)),
      },
    ],
  }),
  resume: (visit, event) => {
    switch (event.type) {
      case "effect-done":
        return { leave: "recorded", value: { text: visit.config.outcome, by: "effect" } };
      case "effect-failed":
        return { leave: "failed", value: { text: event.error, by: "effect" } };
      case "timer":
        return { leave: "failed", value: { text: `no answer within ${patienceSeconds} s`, by: "timer" } };
      default:
        return holdOn(visit, visit.config.filler);
    }
  },
  examples: [
    {
      name: "stored",
      config: { outcome: "paid", fields: [{ name: "amount", variable: "amount" }] },
      variables: { amount: { type: "money", sensitivity: "internal", value: 12_550 } },
      events: [{ effect: "done" }],
      outcome: "recorded",
      value: { text: "paid", by: "effect" },
    },
    {
      name: "slow: the caller is told to wait while the carrier polls",
      config: { outcome: "paid", fields: [], filler: "One moment please." },
      events: [{ comesBack: true, waitSeconds: 2 }, { comesBack: true, waitSeconds: 2 }, { effect: "done" }],
      verbs: [
        { verb: "say", text: "One moment please.", language: "en-US" },
        { verb: "pause", seconds: 1 },
        { verb: "pause", seconds: 1 },
      ],
      outcome: "recorded",
      value: { text: "paid", by: "effect" },
    },
    {
      name: "the database refused",
      config: { outcome: "paid", fields: [] },
      events: [{ effect: "failed" }],
      outcome: "failed",
      value: { text: "the effect failed", by: "effect" },
    },
    {
      name: "no answer in time",
      config: { outcome: "paid", fields: [] },
      events: [{ timer: true, waitSeconds: 10 }],
      outcome: "failed",
      value: { text: "no answer within 10 s", by: "timer" },
    },
  ],
});

function recorded(visit: Visit<Config>, field: { name: string; variable: string }): OutcomeField {
  const held = visit.held(field.variable);
  return { name: field.name, value: held?.value ?? null, sensitivity: held?.sensitivity ?? "internal" };
}
