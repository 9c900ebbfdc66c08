import { z } from "zod";
import { prompt, slug } from "./fields.ts";
import { defineNode, noFacts } from "./node.ts";
import { deliveryFields, refuseBadMarkup, spokenBy, spokenFacts } from "./shared/delivery.ts";

const config = z
  .strictObject({
    disposition: slug("Disposition", "One word for how the call went; reports count by it."),
    farewell: prompt("Farewell", "Spoken before the line is closed.").optional(),
    ...deliveryFields,
  })
  .superRefine((end, context) =>
    refuseBadMarkup(context, end.markup, spokenFacts(end, { farewell: end.farewell })),
  );

/** Ends the call with a disposition, after a farewell if there is one. */
export const hangUp = defineNode({
  kind: "hang-up",
  title: "Hang up",
  summary: "End the call and say how it went.",
  group: "start-end",
  icon: "phone-off",
  config,
  initial: { disposition: "done", farewell: "Goodbye." },
  outcomes: [],
  facts: (config) => ({
    ...noFacts,
    endsCall: true,
    speaks: spokenFacts(config, { farewell: config.farewell }),
  }),
  glance: (config) => config.farewell || config.disposition,
  enter: (visit) => ({
    end: true,
    disposition: visit.config.disposition,
    verbs: [...spokenBy(visit, visit.config.farewell), { verb: "hang-up" }],
  }),
  examples: [
    {
      name: "a farewell, then the line is closed",
      config: { disposition: "served", farewell: "Goodbye." },
      verbs: [{ verb: "say", text: "Goodbye.", language: "en-US" }, { verb: "hang-up" }],
      outcome: "end",
      value: { text: "served" },
    },
    {
      name: "a farewell in another language than the rest of the flow",
      config: { disposition: "served", farewell: "Adiós.", language: "es-US" },
      verbs: [{ verb: "say", text: "Adiós.", language: "es-US" }, { verb: "hang-up" }],
      outcome: "end",
      value: { text: "served" },
    },
  ],
});
