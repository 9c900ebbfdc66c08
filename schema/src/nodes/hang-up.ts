import { z } from "zod";
import { prompt, slug } from "./fields.ts";
import { defineNode, noFacts } from "./node.ts";

/** Ends the call with a disposition, after a farewell if there is one. */
export const hangUp = defineNode({
  kind: "hang-up",
  title: "Hang up",
  summary: "End the call and say how it went.",
  group: "start-end",
  icon: "phone-off",
  config: z.strictObject({
    disposition: slug("Disposition", "One word for how the call went; reports count by it."),
    farewell: prompt("Farewell", "Spoken before the line is closed.").optional(),
  }),
  initial: { disposition: "done", farewell: "Goodbye." },
  outcomes: [],
  facts: (config) => ({
    ...noFacts,
    endsCall: true,
    speaks: config.farewell ? [{ text: config.farewell, field: "farewell" }] : [],
  }),
  glance: (config) => config.farewell || config.disposition,
  enter: (visit) => ({
    end: true,
    disposition: visit.config.disposition,
    verbs: [
      ...(visit.config.farewell ? [visit.say(visit.config.farewell)] : []),
      { verb: "hang-up" as const },
    ],
  }),
  examples: [
    {
      name: "a farewell, then the line is closed",
      config: { disposition: "served", farewell: "Goodbye." },
      verbs: [{ verb: "say", text: "Goodbye.", language: "en-US" }, { verb: "hang-up" }],
      outcome: "end",
      value: { text: "served" },
    },
  ],
});
