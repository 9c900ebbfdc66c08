/**
 * Asking the caller something and asking again: what menu and collect have in common. The number of the try is the
 * visit's memory; the outcomes `invalid` and `silence` end it when the tries are over.
 */
import type { DecidingValue, GatherVerb, InputEvent, SayVerb } from "../call/index.ts";
import type { Stay, Visit, VisitResult } from "./node.ts";

export interface Question {
  readonly prompt: string;
  readonly timeoutSeconds: number;
  readonly tries: number;
  readonly invalidText?: string;
  readonly silenceText?: string;
}

/** How the answer may be given; the rest of the gather verb follows from the question. */
export type AnswerForm = Pick<GatherVerb, "input" | "hints" | "finishOnKey" | "maxDigits">;

export const oneKey: AnswerForm = { input: ["keys"], hints: [], finishOnKey: "", maxDigits: 1 };

export function ask(visit: Visit<Question>, form: AnswerForm, attempt = 1, apology?: string): Stay {
  const { prompt, timeoutSeconds } = visit.config;
  const spoken = visit.say(apology ? `${apology} ${prompt}` : prompt);
  return {
    wait: ["input", "no-input"],
    memory: { attempt },
    verbs: [gather([spoken], timeoutSeconds, form)],
  };
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
  const { invalidText, silenceText } = visit.config;
  return ask(visit, form, attempt + 1, failure === "invalid" ? invalidText : silenceText);
}

export function gather(prompts: readonly SayVerb[], timeoutSeconds: number, form: AnswerForm): GatherVerb {
  return { verb: "gather", prompts, timeoutSeconds, bargeIn: true, ...form };
}

/** How the caller answered, for the trace. */
export function evidence(event: InputEvent): Pick<DecidingValue, "by" | "confidence"> {
  if (event.digits !== undefined) return { by: "keys" };
  const confidence = event.speech?.confidence ?? undefined;
  return confidence === undefined ? { by: "speech" } : { by: "speech", confidence };
}

/** The texts of a question, for `facts`. */
export function questionTexts(question: Question) {
  const { prompt, invalidText, silenceText } = question;
  return Object.entries({ prompt, invalidText, silenceText }).flatMap(([field, text]) =>
    text ? [{ text, field }] : [],
  );
}

function attemptOf(visit: Visit<Question>): number {
  const { memory } = visit;
  return typeof memory === "object" && memory !== null && "attempt" in memory ? Number(memory.attempt) : 1;
}
