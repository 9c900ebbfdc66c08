import { z } from "zod";
import type { InputEvent, Value } from "../call/index.ts";
import { answerForms } from "../language/index.ts";
import { prompt, timeoutSeconds, tries, variable, wholeNumber, yesNo } from "./fields.ts";
import {
  defineNode,
  noFacts,
  type ResumeEvent,
  type SpokenFact,
  type Visit,
  type VisitResult,
} from "./node.ts";
import {
  answerOptionFields,
  answersInto,
  formNameOf,
  optionsOf,
  refuseUnfitOptions,
} from "./shared/answer-options.ts";
import {
  type AnswerForm,
  ask,
  askAgain,
  attemptOf,
  evidence,
  gather,
  isUnclear,
  oneKey,
  questionFields,
  questionTexts,
  refuseNoPrompt,
} from "./shared/asking.ts";
import { refuseBadMarkup, spokenFacts } from "./shared/delivery.ts";
import { establishing } from "./shared/means.ts";
import { askWhether, type Candidate, candidateOf, readBackField, replyTo } from "./shared/read-back.ts";

/** Keys that neither confirm a read-back nor end an entry. */
const escapeKeys = ["0", "3", "4", "5", "6", "7", "8", "9", "*"] as const;

const config = z
  .strictObject({
    prompt: prompt("Prompt", "What the caller hears: say what to enter and how to finish.")
      .min(1, "Expected a prompt.")
      .optional(),
    into: variable("Save as", "The variable that gets the answer."),
    answer: z.enum(["keys", "speech", "either"]).meta({
      label: "Answer by",
      help: "The keypad, speech, or whichever the caller likes.",
      widget: "choice",
    }),
    minDigits: wholeNumber(
      "At least",
      "Fewer digits are not accepted. Only where digits are expected.",
      "digits",
      1,
      40,
    ),
    maxDigits: wholeNumber("At most", "The answer ends at once with this many digits.", "digits", 1, 40),
    timeoutSeconds,
    tries,
    invalidText: prompt("After a wrong answer", "Spoken before asking again.").optional(),
    silenceText: prompt("After silence", "Spoken before asking again.").optional(),
    ...answerOptionFields,
    readBack: readBackField,
    escapeKey: z.enum(escapeKeys).optional().meta({
      label: "Key for help",
      help: "Pressed alone, it leads out of the question by a way of its own.",
      widget: "choice",
    }),
    endKey: z.enum(["#", "*", "none"]).optional().meta({
      label: "Key that ends it",
      help: "Pressed after the last digit. The pound key unless said; without one, silence ends the entry.",
      widget: "choice",
    }),
    confirmsIdentity: yesNo(
      "Confirms who it is",
      "Whoever answers this is taken to be the person the call is about.",
    ).optional(),
    hints: z.array(z.string().min(1).max(100)).max(50).optional().meta({
      label: "Words to expect",
      help: "They help the recogniser; nothing else is refused.",
      widget: "phrases",
    }),
    ...questionFields,
  })
  .superRefine((asked, context) => {
    refuseNoPrompt(context, asked);
    refuseUnfitOptions(context, asked);
    refuseBadMarkup(context, asked.markup, textsOf(asked));
  });
type Config = z.infer<typeof config>;
type Name = "collected" | "escaped" | "invalid" | "silence";

const speechForm: AnswerForm = { input: ["speech"], hints: [], finishOnKey: "" };

/** Asks for an answer by keys or speech, reads it as what it is to be, and keeps it in a variable. */
export const collect = defineNode({
  kind: "collect",
  title: "Collect",
  summary: "Ask the caller for digits, a date, an amount, a member ID or free words, and keep the answer.",
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
  outcomes: (config) => [
    { name: "collected", label: "collected" },
    ...(config.escapeKey === undefined ? [] : ([{ name: "escaped", label: "asked for help" }] as const)),
    { name: "invalid", label: "not accepted", failure: true },
    { name: "silence", label: "silence", failure: true },
  ],
  facts: (config) => ({
    ...noFacts,
    waitsForCaller: true,
    waits: true,
    writes: [config.into],
    writesOn: ["collected"],
    writesInto: { [config.into]: answersInto(config) },
    speaks: textsOf(config),
    ...(config.confirmsIdentity ? establishing([{ outcome: "collected", means: "confirms-identity" }]) : {}),
    ...(config.pattern === undefined ? {} : { patterns: [{ text: config.pattern, field: "pattern" }] }),
  }),
  glance: (config) => `${config.into} ← ${config.prompt ?? config.promptAudio ?? ""}`,
  enter: (visit) => ask(visit, answerForm(visit)),
  resume: (visit, event) => {
    const { escapeKey } = visit.config;
    if (escapeKey !== undefined && event.type === "input" && event.digits === escapeKey) {
      return { leave: "escaped", value: { text: escapeKey, by: "keys" } };
    }
    const candidate = candidateOf(visit.memory);
    return candidate ? confirmed(visit, candidate, event) : answered(visit, event);
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
    {
      name: "a date of birth, one that lies ahead refused, read back, and confirmed by a word",
      config: example({
        answer: "either",
        expects: "date",
        notAfter: "today",
        zone: "America/New_York",
        readBack: { text: "I heard {{reference|date}}. Is that right?", tries: 2 },
        confirmsIdentity: true,
      }),
      at: Date.UTC(2026, 2, 9, 12),
      variables: { reference: { type: "date", sensitivity: "phi" } },
      events: [{ press: "03102026" }, { speak: "January fifth 1980", confidence: 0.9 }, { speak: "Yes." }],
      verbs: [
        asked("Enter it.", eitherForm(8)),
        asked("Enter it.", eitherForm(8)),
        asked("I heard January 5th, 1980. Is that right?", { ...oneKey, input: ["keys", "speech"] }),
      ],
      outcome: "collected",
      value: { variable: "reference", by: "speech", confidence: 0.9 },
      sets: { reference: "1980-01-05" },
    },
    {
      name: "read back, not right, and entered again",
      config: example({ readBack: { text: "{{reference|digits}}. Press 1 or 2.", tries: 2 } }),
      variables: { reference: { type: "digits", sensitivity: "internal" } },
      events: [{ press: "0417" }, { press: "2" }, { press: "0471" }, { silence: true }, { press: "1" }],
      verbs: [
        asked("Enter it.", keyForm(6)),
        asked("0 4 1 7. Press 1 or 2.", oneKey),
        asked("Enter it.", keyForm(6)),
        asked("0 4 7 1. Press 1 or 2.", oneKey),
        asked("0 4 7 1. Press 1 or 2.", oneKey),
      ],
      outcome: "collected",
      value: { variable: "reference", by: "keys" },
      sets: { reference: "0471" },
    },
    {
      name: "read back, and neither yes nor no comes",
      config: example({ readBack: { text: "{{reference|digits}}. Press 1 or 2.", tries: 1 } }),
      variables: { reference: { type: "digits", sensitivity: "internal" } },
      events: [{ press: "0417" }, { press: "7" }],
      verbs: [asked("Enter it.", keyForm(6)), asked("0 4 1 7. Press 1 or 2.", oneKey)],
      outcome: "invalid",
      value: { text: "neither yes nor no", by: "keys" },
    },
    {
      name: "silence after the read-back",
      config: example({ readBack: { text: "{{reference|digits}}. Press 1 or 2.", tries: 1 } }),
      variables: { reference: { type: "digits", sensitivity: "internal" } },
      events: [{ press: "0417" }, { silence: true }],
      verbs: [asked("Enter it.", keyForm(6)), asked("0 4 1 7. Press 1 or 2.", oneKey)],
      outcome: "silence",
      value: { by: "silence" },
    },
    {
      name: "an NPI with a wrong figure, told as such in the trace",
      config: example({ expects: "npi", tries: 1 }),
      variables: { reference: { type: "digits", sensitivity: "public" } },
      events: [{ press: "1234567890" }],
      verbs: [asked("Enter it.", keyForm(10))],
      outcome: "invalid",
      value: { text: "checksum", by: "keys" },
    },
    {
      name: "the caller asks for help",
      config: example({ answer: "speech", expects: "member-id", escapeKey: "0", hints: ["W"] }),
      variables: { reference: { type: "text", sensitivity: "phi" } },
      events: [{ press: "0" }],
      verbs: [asked("Enter it.", { ...oneKey, input: ["keys", "speech"], hints: ["W"] })],
      outcome: "escaped",
      value: { text: "0", by: "keys" },
    },
  ],
});

function keyForm(maxDigits: number): AnswerForm {
  return { input: ["keys"], hints: [], finishOnKey: "#", maxDigits };
}

function eitherForm(maxDigits: number): AnswerForm {
  return { ...keyForm(maxDigits), input: ["keys", "speech"] };
}

function answerForm(visit: Visit<Config>): AnswerForm {
  const { answer, hints = [], escapeKey, endKey = "#" } = visit.config;
  if (answer === "speech") {
    return escapeKey === undefined
      ? { ...speechForm, hints }
      : { ...oneKey, input: ["keys", "speech"], hints };
  }
  const maxDigits = answerForms[formNameOf(visit.config)].maxKeys(optionsOf(visit));
  const finishOnKey = endKey === "none" ? "" : endKey;
  const keyed: AnswerForm = { input: ["keys"], hints, finishOnKey, ...(maxDigits ? { maxDigits } : {}) };
  return answer === "keys" ? keyed : { ...keyed, input: ["keys", "speech"] };
}

/** The question was answered, or was not. */
function answered(visit: Visit<Config>, event: ResumeEvent): VisitResult<Name> {
  if (event.type !== "input") return askAgain(visit, answerForm(visit), "silence", { by: "silence" });
  const { into, expects, readBack } = visit.config;
  const given = evidence(event);
  const read = answerIn(visit, event);
  const fitted = read.ok ? visit.fits(into, read.value) : null;
  if (!fitted?.ok) {
    const why = expects === undefined || read.ok ? {} : { text: read.reason };
    return askAgain(visit, answerForm(visit), "invalid", { ...why, ...given });
  }
  return readBack
    ? askWhether(visit, { value: fitted.value, given, attempt: attemptOf(visit), round: 1 })
    : kept(into, fitted.value, given);
}

/** What was said to an answer that was read back. */
function confirmed(visit: Visit<Config>, candidate: Candidate, event: ResumeEvent): VisitResult<Name> {
  const { into, tries: most, readBack } = visit.config;
  const reply = replyTo(visit, event);
  if (reply === "yes") return kept(into, candidate.value, candidate.given);
  if (reply === "silence" || reply === "invalid") {
    if (candidate.round < (readBack?.tries ?? 1)) {
      return askWhether(visit, { ...candidate, round: candidate.round + 1 });
    }
    if (event.type !== "input") return { leave: "silence", value: { by: "silence" } };
    return { leave: "invalid", value: { text: "neither yes nor no", ...evidence(event) } };
  }
  if (candidate.attempt < most) return ask(visit, answerForm(visit), candidate.attempt + 1);
  return { leave: "invalid", value: { text: "not confirmed", ...candidate.given } };
}

function kept(into: string, value: Value, given: Candidate["given"]): VisitResult<Name> {
  return {
    leave: "collected",
    set: { [into]: value },
    source: "collected",
    value: { variable: into, ...given },
  };
}

/** What the caller answered, if it came a way that was asked for. */
function answerIn(visit: Visit<Config>, event: InputEvent) {
  const { config } = visit;
  const given = {
    keys: config.answer === "speech" ? undefined : event.digits,
    speech: config.answer === "keys" || event.digits !== undefined ? undefined : event.speech?.text,
  };
  if (isUnclear(config, event)) return { ok: false, reason: "unclear" } as const;
  return answerForms[formNameOf(config)].read(given, optionsOf(visit), config.language ?? visit.language);
}

function textsOf(config: Config): SpokenFact[] {
  return [...questionTexts(config), ...spokenFacts(config, { "readBack/text": config.readBack?.text })];
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
