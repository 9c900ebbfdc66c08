import { z } from "zod";
import { audio, prompt, wholeNumber } from "./fields.ts";
import { defineNode, noFacts } from "./node.ts";
import { deliveryFields, refuseBadMarkup, spokenBy, spokenFacts } from "./shared/delivery.ts";

const config = z
  .strictObject({
    text: prompt("Text", "What the caller hears. Put a variable in with {{name}}.")
      .min(1, "Expected a text to say.")
      .optional(),
    audio: audio("Audio", "An audio file that is played, before the text if there is one too.").optional(),
    times: wholeNumber(
      "Play",
      "How often the audio file is played; the text, where there is no file.",
      "times",
      1,
      10,
    ).optional(),
    ...deliveryFields,
  })
  .superRefine((said, context) => {
    if (said.text === undefined && said.audio === undefined) {
      context.addIssue({
        code: "custom",
        path: ["text"],
        message: "Expected a text to say or an audio file.",
      });
    }
    refuseBadMarkup(context, said.markup, spokenFacts(said, { text: said.text }));
  });

/** Speaks a text or plays a file and goes on; what follows is told to the phone in the same breath. */
export const say = defineNode({
  kind: "say",
  title: "Say",
  summary: "Speak a text or play an audio file to the caller, then go on.",
  group: "speak",
  icon: "message-2",
  config,
  initial: { text: "Thank you for calling." },
  outcomes: [{ name: "done", label: "said" }],
  facts: (config) => ({ ...noFacts, speaks: spokenFacts(config, { text: config.text }) }),
  glance: (config) => config.text ?? config.audio ?? "",
  enter: (visit) => {
    const { text, audio: file, times } = visit.config;
    const once = spokenBy(visit, text, file, times);
    const repeated = file === undefined && times !== undefined;
    return { leave: "done", verbs: repeated ? Array.from({ length: times }, () => once).flat() : once };
  },
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
    {
      name: "a file is played twice, then the text in another language",
      config: {
        audio: "https://files.example.org/chime.mp3",
        times: 2,
        text: "Gracias.",
        language: "es-MX",
      },
      verbs: [
        { verb: "play", url: "https://files.example.org/chime.mp3", times: 2 },
        { verb: "say", text: "Gracias.", language: "es-MX" },
      ],
      outcome: "done",
    },
    {
      name: "a text is spoken twice",
      config: { text: "Your code is on its way.", times: 2 },
      verbs: [
        { verb: "say", text: "Your code is on its way.", language: "en-US" },
        { verb: "say", text: "Your code is on its way.", language: "en-US" },
      ],
      outcome: "done",
    },
    {
      name: "the author's own delivery; the value stays plain words",
      config: { text: 'One moment. <break time="1s"/> {{name}}, thank you.', markup: true },
      variables: { name: { type: "text", sensitivity: "internal", value: "<b>Ada</b>" } },
      verbs: [
        {
          verb: "say",
          text: "One moment. <b>Ada</b>, thank you.",
          language: "en-US",
          speech: [
            "One moment. ",
            { tag: "break", attributes: { time: "1s" }, parts: [] },
            " <b>Ada</b>, thank you.",
          ],
        },
      ],
      outcome: "done",
    },
  ],
});
