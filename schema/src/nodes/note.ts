import { z } from "zod";
import { text } from "./fields.ts";
import { defineNode, noFacts } from "./node.ts";

/** Words beside the drawing. Nothing needs to lead to it; a call that is led through it notices nothing. */
export const note = defineNode({
  kind: "note",
  title: "Note",
  summary: "Words for people who read the flow; a call does not notice it.",
  group: "notes",
  icon: "note",
  config: z.strictObject({
    text: text("Note", "For people who read the flow. Callers never hear it.", 2000),
  }),
  initial: { text: "" },
  outcomes: [{ name: "done", label: "goes on" }],
  facts: () => ({ ...noFacts, annotation: true }),
  glance: (config) => config.text,
  enter: () => ({ leave: "done" }),
  examples: [
    {
      name: "a call is led through",
      config: { text: "The hours are those of the billing office." },
      outcome: "done",
    },
  ],
});
