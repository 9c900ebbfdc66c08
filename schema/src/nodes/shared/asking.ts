/**
 * Asking the caller something and asking again: what menu, collect and classify have in common. The number of the try
 * is the visit's memory; the outcomes `invalid` and `silence` end it when the tries are over.
 */
import { z } from "zod";
import type { DecidingValue, GatherVerb, InputEvent, PromptVerb } from "../../call/index.ts";
import { audio, prompt, yesNo } from "../fields.ts";
import type { SpokenFact, Stay, Visit, VisitResult } from "../node.ts";
import { type Delivered, deliveryFields, spokenBy, spokenFacts } from "./delivery.ts";

export interface Question extends Delivered {
  readonly prompt?: string;
  /** Played before the prompt, or instead of one. */
  readonly promptAudio?: string;
  readonly timeoutSeconds: number;
  readonly tries: number;
  readonly invalidText?: string;
  readonly silenceText?: string;
  /** Said at the first, second… time of asking again; beyond the list the single text is. */
  readonly invalidTexts?: readonly string[];
  readonly silenceTexts?: readonly string[];
  /** No: asking again is only the words for the failure, when there are any. */
  readonly repeatPrompt?: boolean;
  readonly bargeIn?: boolean;
  readonly minConfidence?: number;
}

/** How the answer may be given; the rest of the gather verb follows from the question. */
export type AnswerForm = Pick<GatherVerb, "input" | "hints" | "finishOnKey" | "maxDigits">;

export const oneKey: AnswerForm = { input: ["keys"], hints: [], finishOnKey: "", maxDigits: 1 };

function retryTexts(label: string) {
  return z
    .array(prompt("Text", "Spoken before asking again."))
    .max(4)
    .optional()
    .meta({ label, help: "Other words each time: the first is said at the first retry.", widget: "list" });
}

/** A number from 0 to 1. */
export function share(label: string, help: string) {
  return z.number().min(0).max(1).meta({ label, help, widget: "number", unit: "0 to 1" });
}

/** Fields a question may have beside its prompt, its time and its tries. */
export const questionFields = {
  promptAudio: audio("Audio", "An audio file played before the prompt, or instead of it.").optional(),
  invalidTexts: retryTexts("After wrong answers, one by one"),
  silenceTexts: retryTexts("After silences, one by one"),
  repeatPrompt: yesNo(
    "Repeat the prompt",
    "Say the whole prompt again at a retry. It is repeated unless switched off.",
  ).optional(),
  minConfidence: share(
    "Speech is clear from",
    "What the recogniser is less sure of counts as a wrong answer.",
  ).optional(),
  bargeIn: yesNo(
    "Words may interrupt",
    "Listen to speech while the prompt is spoken. Keys always interrupt it. On unless switched off.",
  ).optional(),
  ...deliveryFields,
};

export function ask(visit: Visit<Question>, form: AnswerForm, attempt = 1, apology?: string): Stay {
  return {
    wait: ["input", "no-input"],
    memory: { attempt },
    verbs: [asking(visit, form, asked(visit, apology))],
  };
}

/** The verb that speaks these prompts and listens as the question says. */
export function asking(
  { config, language: flowLanguage }: Visit<Question>,
  form: AnswerForm,
  prompts: readonly PromptVerb[],
): GatherVerb {
  const { timeoutSeconds, bargeIn = true, language = flowLanguage } = config;
  const listensFor = form.input.includes("speech") && language !== "en-US" ? { language } : {};
  return { ...gather(prompts, timeoutSeconds, form), bargeIn, ...listensFor };
}

function asked(visit: Visit<Question>, apology: string | undefined): readonly PromptVerb[] {
  const { prompt: words, promptAudio, repeatPrompt = true } = visit.config;
  if (apology && !repeatPrompt) return spokenBy(visit, apology);
  if (promptAudio === undefined) return spokenBy(visit, apology ? `${apology} ${words ?? ""}` : words);
  return [...spokenBy(visit, apology), ...spokenBy(visit, words, promptAudio)];
}

/** Ask once more after a wrong answer or silence, or leave by that failure when the tries are over. */
export function askAgain(
  visit: Visit<Question>,
  form: AnswerForm,
  failure: "invalid" | "silence",
  value: DecidingValue,
): VisitResult<"invalid" | "silence"> {
  const attempt = attemptOf(visit);
  if (attempt >= visit.config.tries) return { leave: failure, value };
  const { invalidText, invalidTexts = [], silenceText, silenceTexts = [] } = visit.config;
  const [one, each] = failure === "invalid" ? [invalidText, invalidTexts] : [silenceText, silenceTexts];
  return ask(visit, form, attempt + 1, each[attempt - 1] ?? one ?? each.at(-1));
}

export function gather(prompts: readonly PromptVerb[], timeoutSeconds: number, form: AnswerForm): GatherVerb {
  return { verb: "gather", prompts, timeoutSeconds, bargeIn: true, ...form };
}

/** How the caller answered, for the trace. */
export function evidence(event: InputEvent): Pick<DecidingValue, "by" | "confidence"> {
  if (event.digits !== undefined) return { by: "keys" };
  const confidence = event.speech?.confidence ?? undefined;
  return confidence === undefined ? { by: "speech" } : { by: "speech", confidence };
}

/** Was it speech that the recogniser itself was not sure enough of? One that gives no confidence is believed. */
export function isUnclear({ minConfidence = 0 }: Question, event: InputEvent): boolean {
  return event.digits === undefined && (event.speech?.confidence ?? 1) < minConfidence;
}

/** The texts of a question, for `facts`. */
export function questionTexts(question: Question): SpokenFact[] {
  const { prompt: words, invalidText, silenceText, invalidTexts = [], silenceTexts = [] } = question;
  return spokenFacts(question, {
    prompt: words,
    invalidText,
    silenceText,
    ...Object.fromEntries(invalidTexts.map((text, index) => [`invalidTexts/${index}`, text])),
    ...Object.fromEntries(silenceTexts.map((text, index) => [`silenceTexts/${index}`, text])),
  });
}

/** A problem when there is nothing to ask with. */
export function refuseNoPrompt(context: z.RefinementCtx, question: Question): void {
  if (question.prompt || question.promptAudio !== undefined) return;
  context.addIssue({ code: "custom", path: ["prompt"], message: "Expected a prompt." });
}

/** Which try this is, from 1. */
export function attemptOf({ memory }: Visit<Question>): number {
  return typeof memory === "object" && memory !== null && "attempt" in memory ? Number(memory.attempt) : 1;
}
