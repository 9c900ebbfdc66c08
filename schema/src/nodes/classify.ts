import { z } from "zod";
import type { DecidingValue } from "../call/index.ts";
import { checkPattern, findPattern, plainText, scorePhrases, unmistaken } from "../language/index.ts";
import { prompt, slug, text, timeoutSeconds, tries, variable } from "./fields.ts";
import { defineNode, noFacts, type Outcome, type Visit, type VisitResult } from "./node.ts";
import {
  type AnswerForm,
  ask,
  askAgain,
  evidence,
  gather,
  isUnclear,
  questionFields,
  questionTexts,
  share,
} from "./shared/asking.ts";
import { refuseBadMarkup } from "./shared/delivery.ts";
import { refuseTakenNames } from "./shared/own-names.ts";

const pattern = z
  .string()
  .max(200)
  .superRefine((source, context) => {
    const fault = checkPattern(source);
    if (fault !== null) context.addIssue({ code: "custom", message: fault });
  })
  .meta({
    label: "Pattern",
    help: "A regular expression found anywhere in what was said.",
    widget: "pattern",
  });

/** With the most classes these are 500, as many hints as a recogniser takes (Twilio, <Gather>: hints). */
const mostPhrases = 25;
const mostClasses = 20;

const classOf = z.strictObject({
  name: slug("Name", "A short name for this way out."),
  label: text("Label", "What the class means, for people who read the flow.", 60).optional(),
  phrases: z
    .array(z.string().min(1).max(100))
    .max(mostPhrases)
    .meta({ label: "Phrases", help: "What people say who mean this.", widget: "phrases" }),
  patterns: z.array(pattern).max(10).optional().meta({
    label: "Patterns",
    help: "What is found by one of these is surely of this class.",
    widget: "list",
  }),
});

const config = z
  .strictObject({
    prompt: prompt("Prompt", "What the caller is asked, to answer in free words.").optional(),
    variable: variable("Text", "Sort a text that is known already instead of asking.").optional(),
    classes: z
      .array(classOf)
      .min(1, "Expected at least one class.")
      .max(mostClasses)
      .meta({ label: "Classes", help: "Each is a way out; the best match decides.", widget: "list" }),
    threshold: share(
      "Sure enough from",
      "How well a phrase must match, from 0 (not at all) to 1 (word for word).",
    ),
    fallback: slug(
      "When nothing fits",
      "The name of the class that is taken then; a way out of its own unless said.",
    ).optional(),
    timeoutSeconds: timeoutSeconds.optional(),
    tries: tries.optional(),
    invalidText: prompt("When not understood", "Spoken before asking again.").optional(),
    silenceText: prompt("After silence", "Spoken before asking again.").optional(),
    ...questionFields,
  })
  .superRefine((asked, context) => {
    if (asks(asked) === (asked.variable !== undefined)) {
      const found = asks(asked) ? "both" : "neither";
      const message = `Expected a prompt or a text that is known already, found ${found}.`;
      context.addIssue({ code: "custom", path: ["prompt"], message });
    }
    refuseBadMarkup(context, asked.markup, questionTexts(questionOf(asked)));
    refuseTakenNames(context, "classes", asked.classes, ["no-match", "silence"]);
    if (asked.fallback !== undefined && !asked.classes.some(({ name }) => name === asked.fallback)) {
      const message = `Expected the name of one of the classes, found "${asked.fallback}".`;
      context.addIssue({ code: "custom", path: ["fallback"], message });
    }
  });
type Config = z.infer<typeof config>;

/**
 * Sorts what somebody said, or a text that is known, into classes by phrases and patterns. The best class decides when
 * it is good enough and alone; two that are equally good are no match, unless one's phrase holds the other's. What is no
 * match goes the way of the fallback, where there is one.
 */
export const classify = defineNode({
  kind: "classify",
  title: "Classify",
  summary: "Go different ways by what somebody's own words mean.",
  group: "decide",
  icon: "category",
  config,
  initial: {
    prompt: "In a few words, how can I help you?",
    classes: [{ name: "claims", label: "Claims", phrases: ["claim", "claim status"] }],
    threshold: 0.7,
    timeoutSeconds: 5,
    tries: 2,
  },
  outcomes: (config): readonly Outcome[] => [
    ...config.classes.map(({ name, label }) => ({ name, label: label || name })),
    ...(config.fallback === undefined ? [{ name: "no-match", label: "no match", failure: true }] : []),
    ...(asks(config) ? [{ name: "silence", label: "silence", failure: true }] : []),
  ],
  facts: (config) => ({
    ...noFacts,
    waitsForCaller: asks(config),
    waits: asks(config),
    reads: config.variable === undefined ? [] : [config.variable],
    speaks: asks(config) ? questionTexts(questionOf(config)) : [],
    patterns: config.classes.flatMap(({ patterns = [] }, index) =>
      patterns.map((one, at) => ({ text: one, field: `classes/${index}/patterns/${at}` })),
    ),
  }),
  glance: (config) =>
    `${config.prompt ?? config.promptAudio ?? config.variable} → ${config.classes.map((one) => one.label || one.name).join(", ")}`,
  enter: (visit) => {
    const { config } = visit;
    if (config.variable === undefined) return ask(asking(visit), formOf(config));
    const found = sorted(config, plainText(visit.held(config.variable)?.value ?? ""));
    return { leave: found.name ?? unmatched(config), value: { ...told(found), by: "rule" } };
  },
  resume: (visit, event) => {
    const { config } = visit;
    if (event.type !== "input") return again(visit, "silence", { by: "silence" });
    const heard = evidence(event);
    if (isUnclear(questionOf(config), event)) {
      return again(visit, "invalid", { text: "unclear speech", ...heard });
    }
    const found = sorted(config, event.speech?.text ?? "");
    const value = { ...told(found), by: heard.by };
    return found.name === null ? again(visit, "invalid", value) : { leave: found.name, value };
  },
  examples: [
    {
      name: "a phrase in the caller's own words",
      config: example(),
      events: [{ speak: "It is about a claim status, please.", confidence: 0.8 }],
      verbs: [asked("How can I help?")],
      outcome: "claims",
      value: { text: "claims", by: "speech", confidence: 1 },
    },
    {
      name: "a pattern finds what no phrase lists",
      config: example(),
      events: [{ speak: "Invoice 4471 again" }],
      verbs: [asked("How can I help?")],
      outcome: "billing",
      value: { text: "billing", by: "speech", confidence: 1 },
    },
    {
      name: "two classes equally, told so, and the tries are over",
      config: example({ invalidText: "I did not understand." }),
      events: [{ speak: "My claim status and my bill." }, { speak: "My bill and my claim status." }],
      verbs: [asked("How can I help?"), asked("I did not understand. How can I help?")],
      outcome: "no-match",
      value: { text: "two classes equally", by: "speech", confidence: 1 },
    },
    {
      name: "speech that the recogniser is not sure of is not understood",
      config: example({ tries: 1, minConfidence: 0.5 }),
      events: [{ speak: "Claim status", confidence: 0.2 }],
      verbs: [asked("How can I help?")],
      outcome: "no-match",
      value: { text: "unclear speech", by: "speech", confidence: 0.2 },
    },
    {
      name: "nothing fits, and the class for all the rest is taken",
      config: rest(),
      events: [{ speak: "What is the weather?" }],
      verbs: [asked("How can I help?")],
      outcome: "other",
      value: { text: "no class", by: "speech", confidence: 0 },
    },
    {
      name: "silence",
      config: example({ tries: 1 }),
      events: [{ silence: true }],
      verbs: [asked("How can I help?")],
      outcome: "silence",
      value: { by: "silence" },
    },
    {
      name: "a text that is known: the first class",
      config: example({ prompt: undefined, variable: "reason" }),
      variables: { reason: { type: "text", sensitivity: "internal", value: "claim status" } },
      outcome: "claims",
      value: { text: "claims", by: "rule", confidence: 1 },
    },
    {
      name: "a text that is known: another class",
      config: example({ prompt: undefined, variable: "reason" }),
      variables: { reason: { type: "text", sensitivity: "phi", value: "Bill of Ada Lovelace" } },
      outcome: "billing",
      value: { text: "billing", by: "rule", confidence: 1 },
    },
    {
      name: "a text that is known is blank",
      config: example({ prompt: undefined, variable: "reason" }),
      variables: { reason: { type: "text", sensitivity: "internal" } },
      outcome: "no-match",
      value: { text: "no class", by: "rule", confidence: 0 },
    },
  ],
});

function example(change: Partial<Config> = {}): Config {
  return {
    prompt: "How can I help?",
    classes: [
      { name: "claims", label: "Claims", phrases: ["claim status"] },
      { name: "billing", phrases: ["bill"], patterns: ["invoice [0-9]+"] },
    ],
    threshold: 0.7,
    timeoutSeconds: 5,
    tries: 2,
    ...change,
  };
}

/** The example with a class for what no phrase lists. */
function rest(): Config {
  const classes = [...example().classes, { name: "other", phrases: [] }];
  return example({ classes, fallback: "other", tries: 1 });
}

/** The verb an example expects. */
function asked(text: string) {
  return gather([{ verb: "say", text, language: "en-US" }], 5, formOf(example()));
}

/** Is the caller asked? Else a text that is known already is sorted. */
function asks({ prompt: words, promptAudio }: Pick<Config, "prompt" | "promptAudio">): boolean {
  return words !== undefined || promptAudio !== undefined;
}

/** The question, with what is not said filled in. */
function questionOf<Asked extends Pick<Config, "timeoutSeconds" | "tries">>(config: Asked) {
  return { ...config, timeoutSeconds: config.timeoutSeconds ?? 5, tries: config.tries ?? 2 };
}

function asking(visit: Visit<Config>) {
  return { ...visit, config: questionOf(visit.config) };
}

function formOf(config: Config): AnswerForm {
  return { input: ["speech"], hints: config.classes.flatMap((one) => one.phrases), finishOnKey: "" };
}

/** Ask once more, or leave by the failure. */
function again(
  visit: Visit<Config>,
  failure: "invalid" | "silence",
  value: DecidingValue,
): VisitResult<string> {
  const result = askAgain(asking(visit), formOf(visit.config), failure, value);
  return "leave" in result && result.leave === "invalid"
    ? { ...result, leave: unmatched(visit.config) }
    : result;
}

/** The way out when no class is good enough. */
function unmatched({ fallback }: Config): string {
  return fallback ?? "no-match";
}

interface Sorted {
  /** The class; null when none is good enough or two are equally good. */
  readonly name: string | null;
  readonly tie: boolean;
  /** 0 to 1, in hundredths. */
  readonly score: number;
}

function sorted(config: Config, words: string): Sorted {
  const heard = config.classes.map((one) => ({ name: one.name, ...heardOf(one, words) }));
  const score = Math.max(0, ...heard.map((one) => one.score));
  if (score === 0 || score < config.threshold) return { name: null, tie: false, score };
  const best = heard.filter((one) => one.score === score);
  const [only, ...others] = unmistaken(best, ({ phrase }) => phrase);
  return { name: others.length === 0 ? (only?.name ?? null) : null, tie: others.length > 0, score };
}

/** How well a class fits, in hundredths, and its phrase that does; a pattern fits wholly and has none. */
function heardOf(one: Config["classes"][number], words: string): { score: number; phrase: string } {
  if ((one.patterns ?? []).some((source) => findPattern(source, words) !== null)) {
    return { score: 1, phrase: "" };
  }
  const { score = 0, phrase = "" } = scorePhrases(words, one.phrases) ?? {};
  return { score: Math.round(score * 100) / 100, phrase };
}

/** Free speech may hold anything, PHI too: only what it was taken for is shown. */
function told({ name, tie, score }: Sorted): DecidingValue {
  return { text: name ?? (tie ? "two classes equally" : "no class"), confidence: score };
}
