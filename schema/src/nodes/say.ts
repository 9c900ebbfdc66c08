import { z } from "zod";
import { prompt, voice } from "./fields.ts";
import { defineNode, noFacts } from "./node.ts";

/** Speaks one text and goes on; what follows is told to the phone in the same breath. */
export const say = defineNode({
  kind: "say",
  title: "Say",
  summary: "Speak a text to the caller, then go on.",
  group: "speak",
  icon: "message-2",
  config: z.strictObject({
    text: prompt("Text", "What the caller hears. Put a variable in with {{name}}.").min(
      1,
      "Expected a text to say.",
    ),
    voice,
  }),
  initial: { text: "Thank you for calling." },
  outcomes: [{ name: "done", label: "said" }],
  facts: (config) => ({ ...noFacts, speaks: [{ text: config.text, field: "text", voice: config.voice }] }),
  glance: (config) => config.text,
  enter: (visit) => ({ leave: "done", verbs: [visit.say(visit.config.text, visit.config.voice)] }),
  examples: [
    {
      name: "a text is spoken",
      config: { text: "Welcome to Lakeside Billing." },
      verbs: [{ verb: "say", text: "Welcome to Lakeside Billing.", language: "en-US" }],
      outcome: "done",
    },
    {
      name: "a value is spoken digit by digit",
      config: { text: "Your reference is {{reference|digits}}.", voice: "Polly.Joanna-Neural" },
      variables: { reference: { type: "digits", sensitivity: "internal", value: "4071" } },
      verbs: [
        { verb: "say", text: "Your reference is 4 0 7 1.", language: "en-US", voice: "Polly.Joanna-Neural" },
      ],
      outcome: "done",
    },
  ],
});
