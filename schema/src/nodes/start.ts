import { z } from "zod";
import { defineNode, noFacts } from "./node.ts";

/** Where every call enters the flow. Exactly one per flow; it decides nothing and speaks nothing. */
export const start = defineNode({
  kind: "start",
  title: "Start",
  summary: "Where a call enters the flow.",
  group: "start-end",
  icon: "phone-incoming",
  config: z.strictObject({}),
  initial: {},
  outcomes: [{ name: "call", label: "call comes in" }],
  facts: () => noFacts,
  glance: () => "An inbound call",
  enter: (visit) => ({ leave: "call", value: { text: visit.party.direction } }),
  examples: [{ name: "a call comes in", config: {}, outcome: "call", value: { text: "inbound" } }],
});
