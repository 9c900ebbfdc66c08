/** The forms of answer a flow can ask for. */
import { moneyAnswer, numberAnswer } from "./amounts.ts";
import { dateAnswer } from "./dates.ts";
import { digitsAnswer, npiAnswer, phoneAnswer, tinAnswer } from "./figures.ts";
import type { AnswerForm } from "./form.ts";
import { claimNumberAnswer, mbiAnswer, memberIdAnswer } from "./identifiers.ts";
import { timeAnswer } from "./times.ts";
import { choiceAnswer, textAnswer, yesNoAnswer } from "./words.ts";

export { isNpi } from "./figures.ts";
export * from "./form.ts";
export { isMbi } from "./identifiers.ts";

export const answerForms = {
  digits: digitsAnswer,
  number: numberAnswer,
  npi: npiAnswer,
  tin: tinAnswer,
  date: dateAnswer,
  time: timeAnswer,
  money: moneyAnswer,
  phone: phoneAnswer,
  "member-id": memberIdAnswer,
  mbi: mbiAnswer,
  "claim-number": claimNumberAnswer,
  text: textAnswer,
  "yes-no": yesNoAnswer,
  choice: choiceAnswer,
} as const satisfies { readonly [form: string]: AnswerForm };
export type AnswerFormName = keyof typeof answerForms;
