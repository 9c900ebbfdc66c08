/** The little languages a flow is written in: texts with placeholders, conditions, typed values. */
import "./no-code-from-text.ts";

export {
  type AnswerForm,
  type AnswerFormName,
  type AnswerOptions,
  answerForms,
  type Given,
  isMbi,
  isNpi,
  type KeyedDate,
  keyedDates,
  type ReadAnswer,
  type UnfitReason,
} from "./answers/index.ts";
export * from "./claim.ts";
export * from "./clock.ts";
export * from "./coerce.ts";
export { type Comparison, comparisons, operandOf, operatorsFor } from "./comparison.ts";
export {
  type Condition,
  condition,
  describeCondition,
  holds,
  readsOf,
  type Test,
} from "./condition.ts";
export { alwaysHolds, isContradiction, type TypedVariables } from "./contradiction.ts";
export * from "./dialling.ts";
export * from "./encodings.ts";
export * from "./filters.ts";
export { heldBy } from "./held-by.ts";
export * from "./json-pointer.ts";
export { largestInWords, numberInWords } from "./number-words.ts";
export * from "./pattern.ts";
export { keySpoken, type PhraseMatch, scorePhrases, unmistaken } from "./phrases.ts";
export * from "./reference.ts";
export * from "./speech.ts";
export * from "./template.ts";
export * from "./voices.ts";
