import { z } from "zod";
import type { DecidingValue, RecordingMade } from "../call/index.ts";
import { prompt, variable, wholeNumber, yesNo } from "./fields.ts";
import { defineNode, noFacts, type Visit, type VisitResult } from "./node.ts";
import { deliveryFields, refuseBadMarkup, spokenBy, spokenFacts } from "./shared/delivery.ts";

const config = z
  .strictObject({
    prompt: prompt("Prompt", "What the caller hears before the recording: say what to leave.").optional(),
    into: variable("Save the address as", "The text variable that gets the recording's address."),
    maxSeconds: wholeNumber("At most", "The recording ends after this long.", "seconds", 1, 3600),
    silenceSeconds: wholeNumber("Silence ends it", "So much silence ends the recording.", "seconds", 1, 60),
    finishOnKeys: z
      .string()
      .regex(/^[0-9*#]{0,12}$/, "Expected keys such as # or 1234567890*#.")
      .meta({
        label: "Keys end it",
        help: "Any of these keys ends the recording; none if empty.",
        widget: "keys",
      }),
    beep: yesNo("Beep", "A tone tells when the recording begins."),
    minSeconds: wholeNumber("At least", "A shorter recording counts as none.", "seconds", 1, 60).optional(),
    needsConsent: yesNo(
      "Only with consent",
      "Records nothing unless the caller agreed to it earlier in the call. On unless switched off.",
    ).optional(),
    ...deliveryFields,
  })
  .superRefine((recorded, context) => {
    if ((recorded.minSeconds ?? 0) > recorded.maxSeconds) {
      const message = "Expected no more than the recording may last.";
      context.addIssue({ code: "custom", path: ["minSeconds"], message });
    }
    refuseBadMarkup(context, recorded.markup, spokenFacts(recorded, { prompt: recorded.prompt }));
  });
type Config = z.infer<typeof config>;
type Name = "recorded" | "no-audio" | "no-consent";

/** Records what the far end says and keeps the recording's address. A hang-up ends a recording like a key does. */
export const record = defineNode({
  kind: "record",
  title: "Record",
  summary: "Record what the caller says and keep the recording's address.",
  group: "speak",
  icon: "microphone",
  config,
  initial: {
    prompt: "Please leave your message after the tone, then press pound.",
    into: "recording",
    maxSeconds: 120,
    silenceSeconds: 5,
    finishOnKeys: "#",
    beep: true,
  },
  outcomes: (config) => [
    { name: "recorded", label: "recorded" },
    { name: "no-audio", label: "nothing heard", failure: true },
    ...(config.needsConsent === false
      ? []
      : ([{ name: "no-consent", label: "no consent", failure: true }] as const)),
  ],
  facts: (config) => ({
    ...noFacts,
    waits: true,
    writes: [config.into],
    writesOn: ["recorded"],
    writesInto: { [config.into]: ["text", "list"] },
    speaks: spokenFacts(config, { prompt: config.prompt }),
    records: true,
  }),
  glance: (config) => `${config.into} ← up to ${config.maxSeconds} s`,
  enter: (visit) => {
    const {
      prompt: words,
      maxSeconds,
      silenceSeconds,
      finishOnKeys,
      beep,
      needsConsent = true,
    } = visit.config;
    if (needsConsent && !visit.established("recording-consent")) {
      return { leave: "no-consent", value: { text: "no consent to a recording", by: "rule" } };
    }
    return {
      wait: ["recording", "no-input"],
      verbs: [...spokenBy(visit, words), { verb: "record", maxSeconds, silenceSeconds, finishOnKeys, beep }],
    };
  },
  resume: (visit, event) =>
    event.type === "recording-made" ? kept(visit, event) : nothing({ by: "silence" }),
  examples: [
    {
      name: "a message is left",
      config: example(),
      established: ["recording-consent"],
      variables: { message: { type: "text", sensitivity: "phi" } },
      events: [{ recorded: "https://recordings.example.org/RE1", seconds: 12 }],
      verbs: [
        { verb: "say", text: "Leave a message.", language: "en-US" },
        { verb: "record", maxSeconds: 60, silenceSeconds: 5, finishOnKeys: "#", beep: true },
      ],
      outcome: "recorded",
      value: { variable: "message" },
      sets: { message: "https://recordings.example.org/RE1" },
    },
    {
      name: "the caller hangs up to end the message",
      config: example({ prompt: undefined, needsConsent: false }),
      variables: { message: { type: "text", sensitivity: "phi" } },
      events: [{ recorded: "https://recordings.example.org/RE2", seconds: 7, hungUp: true }],
      verbs: [{ verb: "record", maxSeconds: 60, silenceSeconds: 5, finishOnKeys: "#", beep: true }],
      outcome: "recorded",
      value: { variable: "message" },
      sets: { message: "https://recordings.example.org/RE2" },
    },
    {
      name: "nothing was heard",
      config: example({ needsConsent: false }),
      variables: { message: { type: "text", sensitivity: "phi" } },
      events: [{ silence: true }],
      verbs: [
        { verb: "say", text: "Leave a message.", language: "en-US" },
        { verb: "record", maxSeconds: 60, silenceSeconds: 5, finishOnKeys: "#", beep: true },
      ],
      outcome: "no-audio",
      value: { by: "silence" },
    },
    {
      name: "a recording too short to be a message",
      config: example({ minSeconds: 3 }),
      established: ["recording-consent"],
      variables: { message: { type: "text", sensitivity: "phi" } },
      events: [{ recorded: "https://recordings.example.org/RE3", seconds: 1 }],
      verbs: [
        { verb: "say", text: "Leave a message.", language: "en-US" },
        { verb: "record", maxSeconds: 60, silenceSeconds: 5, finishOnKeys: "#", beep: true },
      ],
      outcome: "no-audio",
      value: { text: "1 s, expected at least 3 s", by: "rule" },
    },
    {
      name: "nobody agreed to a recording",
      config: example(),
      variables: { message: { type: "text", sensitivity: "phi" } },
      outcome: "no-consent",
      value: { text: "no consent to a recording", by: "rule" },
    },
  ],
});

function example(change: Partial<Config> = {}): Config {
  return {
    prompt: "Leave a message.",
    into: "message",
    maxSeconds: 60,
    silenceSeconds: 5,
    finishOnKeys: "#",
    beep: true,
    ...change,
  };
}

function kept(visit: Visit<Config>, { recording, seconds }: RecordingMade): VisitResult<Name> {
  const { into, minSeconds = 1 } = visit.config;
  if (seconds < minSeconds) {
    return nothing({ text: `${seconds} s, expected at least ${minSeconds} s`, by: "rule" });
  }
  const fitted = visit.fits(into, recording);
  if (!fitted.ok) return nothing({ text: `${into}: ${fitted.sentence}`, by: "rule" });
  return { leave: "recorded", set: { [into]: fitted.value }, source: "collected", value: { variable: into } };
}

function nothing(value: DecidingValue): VisitResult<Name> {
  return { leave: "no-audio", value };
}
