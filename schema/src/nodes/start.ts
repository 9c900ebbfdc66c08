import { z } from "zod";
import { defineNode, noFacts } from "./node.ts";

const config = z.strictObject({
  calls: z.enum(["inbound", "outbound", "flows"]).optional().meta({
    label: "Begins when",
    help: "Somebody calls in, we call out, or another flow calls this one. Calls come in unless said.",
    widget: "choice",
  }),
  line: z.enum(["person", "payer"]).optional().meta({
    label: "We call",
    help: "A person, or a payer's phone system. A recorded menu sounds like an answering machine: a payer's line is never judged by one.",
    widget: "choice",
  }),
  detection: z.enum(["off", "first", "meanwhile"]).optional().meta({
    label: "Machine detection",
    help: "Off; listen first and begin with the verdict (silence for some seconds); or begin at once while the carrier listens.",
    widget: "choice",
  }),
  greeting: z.enum(["begun", "over"]).optional().meta({
    label: "Verdict on a machine",
    help: "As soon as its greeting has begun, or when the greeting is over and a message can be left.",
    widget: "choice",
  }),
});
type Config = z.infer<typeof config>;

const begins = {
  inbound: "An inbound call",
  outbound: "An outbound call",
  flows: "Another flow calls",
} as const;

/** Where every call enters the flow. Exactly one per flow; it decides nothing and speaks nothing. */
export const start = defineNode({
  kind: "start",
  title: "Start",
  summary: "Where a call enters the flow, and how it begins.",
  group: "start-end",
  icon: "phone-incoming",
  config,
  initial: {},
  outcomes: (config: Config) => [{ name: "call", label: outcomeLabel(config) }],
  facts: () => noFacts,
  glance: ({ calls = "inbound", line, detection = "off" }) =>
    [begins[calls], line === "payer" ? "to a payer" : "", detection === "off" ? "" : "with machine detection"]
      .filter(Boolean)
      .join(", "),
  enter: (visit) => ({ leave: "call", value: { text: visit.party.direction } }),
  examples: [
    { name: "a call comes in", config: {}, outcome: "call", value: { text: "inbound" } },
    {
      name: "a call is placed",
      config: { calls: "outbound", detection: "meanwhile", greeting: "over" },
      direction: "outbound",
      outcome: "call",
      value: { text: "outbound" },
    },
  ],
});

function outcomeLabel({ calls = "inbound" }: Config): string {
  return calls === "inbound" ? "call comes in" : calls === "outbound" ? "call is answered" : "flow is called";
}
