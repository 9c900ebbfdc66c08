import { z } from "zod";
import type { InputEvent } from "../call/index.ts";
import { type AnswerForm, ask, askAgain, evidence, gather, questionTexts } from "./asking.ts";
import { prompt, timeoutSeconds, tries, variable, wholeNumber } from "./fields.ts";
import { defineNode, noFacts } from "./node.ts";

const config = z
  .strictObject({
    prompt: prompt("Prompt", "What the caller hears: say what to enter and how to finish.").min(
      1,
      "Expected a prompt.",
    ),
    into: variable("Save as", "The variable that gets the answer."),
    answer: z
      .enum(["keys", "speech"])
      .meta({ label: "Answer by", help: "Digits on the keypad, or free speech.", widget: "choice" }),
    minDigits: wholeNumber("At least", "Fewer digits are not accepted.", "digits", 1, 40),
    maxDigits: wholeNumber("At most", "The answer ends at once with this many digits.", "digits", 1, 40),
    timeoutSeconds,
    tries,
    invalidText: prompt("After a wrong answer", "Spoken before asking again.").optional(),
    silenceText: prompt("After silence", "Spoken before asking again.").optional(),
  })
  .refine((c) => c.minDigits <= c.maxDigits, {
    path: ["maxDigits"],
    message: "Expected at least as many digits as the least allowed.",
  });
type Config = z.infer<typeof config>;

const speechForm: AnswerForm = { input: ["speech"], hints: [], finishOnKey: "" };

/** Asks for digits or a spoken answer and keeps it in a variable. */
export const collect = defineNode({
  kind: "collect",
  title: "Collect",
  summary: "Ask the caller for digits or a spoken answer and keep it.",
  group: "speak",
  icon: "forms",
  config,
  initial: {
    prompt: "Please enter your reference number, then press pound.",
    into: "value",
    answer: "keys",
    minDigits: 1,
    maxDigits: 10,
    timeoutSeconds: 5,
    tries: 3,
  },
  outcomes: [
    { name: "collected", label: "collected" },
    { name: "invalid", label: "not accepted", failure: true },
    { name: "silence", label: "silence", failure: true },
  ],
  facts: (config) => ({
    ...noFacts,
    waitsForCaller: true,
    waits: true,
    writes: [config.into],
    speaks: questionTexts(config),
  }),
  glance: (config) => `${config.into} ← ${config.prompt}`,
  enter: (visit) => ask(visit, answerForm(visit.config)),
  resume: (visit, event) => {
    const { config } = visit;
    const form = answerForm(config);
    if (event.type !== "input") return askAgain(visit, form, "silence", { by: "silence" });
    const answer = answerOf(config, event);
    const fitted = answer === null ? null : visit.fits(config.into, answer);
    if (!fitted?.ok) return askAgain(visit, form, "invalid", evidence(event));
    return {
      leave: "collected",
      set: { [config.into]: fitted.value },
      source: "input",
      value: { variable: config.into, ...evidence(event) },
    };
  },
  examples: [
    {
      name: "digits",
      config: example({ answer: "keys" }),
      variables: { reference: { type: "digits", sensitivity: "internal" } },
      events: [{ press: "0417" }],
      verbs: [asked("Enter it.", keyForm(6))],
      outcome: "collected",
      value: { variable: "reference", by: "keys" },
      sets: { reference: "0417" },
    },
    {
      name: "a spoken answer",
      config: example({ answer: "speech" }),
      variables: { reference: { type: "text", sensitivity: "phi" } },
      events: [{ speak: "Ada Lovelace", confidence: 0.9 }],
      verbs: [asked("Enter it.", speechForm)],
      outcome: "collected",
      value: { variable: "reference", by: "speech", confidence: 0.9 },
      sets: { reference: "Ada Lovelace" },
    },
    {
      name: "too few digits, twice",
      config: example({ answer: "keys", tries: 2, invalidText: "Too short." }),
      variables: { reference: { type: "digits", sensitivity: "internal" } },
      events: [{ press: "12" }, { press: "1" }],
      verbs: [asked("Enter it.", keyForm(6)), asked("Too short. Enter it.", keyForm(6))],
      outcome: "invalid",
      value: { by: "keys" },
    },
    {
      name: "silence",
      config: example({ answer: "keys", tries: 1 }),
      variables: { reference: { type: "digits", sensitivity: "internal" } },
      events: [{ silence: true }],
      verbs: [asked("Enter it.", keyForm(6))],
      outcome: "silence",
      value: { by: "silence" },
    },
  ],
});

function keyForm(maxDigits: number): AnswerForm {
  return { input: ["keys"], hints: [], finishOnKey: "#", maxDigits };
}

function answerForm(config: Config): AnswerForm {
  return config.answer === "keys" ? keyForm(config.maxDigits) : speechForm;
}

/** What the caller answered, if it came the way that was asked for and, keyed, in the right length. */
function answerOf(config: Config, event: InputEvent): string | null {
  if (config.answer === "speech") return event.speech?.text.trim() || null;
  const digits = event.digits ?? "";
  return /^\d+$/.test(digits) && digits.length >= config.minDigits && digits.length <= config.maxDigits
    ? digits
    : null;
}

function example(change: Partial<Config>): Config {
  const base = {
    prompt: "Enter it.",
    into: "reference",
    minDigits: 3,
    maxDigits: 6,
    timeoutSeconds: 5,
    tries: 3,
  };
  return { answer: "keys", ...base, ...change };
}

/** The verb an example expects. */
function asked(text: string, form: AnswerForm) {
  return gather([{ verb: "say", text, language: "en-US" }], 5, form);
}
