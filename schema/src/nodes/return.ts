import { z } from "zod";
import { slug } from "./fields.ts";
import { defineNode, noFacts } from "./node.ts";
import { wayBack } from "./shared/ways.ts";

/** Ends a flow that another one called; that one goes on by the way named here. A main flow ends the call with it. */
export const returnBack = defineNode({
  kind: "return",
  title: "Return",
  summary: "Go back to the flow that called this one, by a named way.",
  group: "start-end",
  icon: "corner-up-left",
  config: z.strictObject({
    way: wayBack(slug("Way", "What the calling flow goes on by, such as identified.")),
  }),
  initial: { way: "done" },
  outcomes: [],
  facts: () => ({ ...noFacts, endsCall: true }),
  glance: (config) => config.way,
  enter: (visit) => ({ returns: visit.config.way }),
  examples: [
    {
      name: "in the main flow the call ends with it",
      config: { way: "identified" },
      verbs: [{ verb: "hang-up" }],
      outcome: "end",
      value: { text: "identified" },
    },
  ],
});
