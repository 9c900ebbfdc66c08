/** What a collected answer is read as, and the limits of that form: fields for the config, options for the reader. */
import { z } from "zod";
import type { VariableType } from "../../call/index.ts";
import {
  type AnswerFormName,
  type AnswerOptions,
  answerForms,
  checkPattern,
  coerce,
  heldBy,
  keyedDates,
  localTime,
} from "../../language/index.ts";
import type { FieldMeta } from "../fields.ts";
import type { Visit } from "../node.ts";
import { zone } from "./calendar.ts";

function limit(label: string, help: string) {
  return z
    .string()
    .refine(
      (text) => text === "today" || coerce(text, "date").ok,
      "Expected a date such as 2026-12-25, or today.",
    )
    .optional()
    .meta({ label, help, widget: "date" } satisfies FieldMeta);
}

export const answerOptionFields = {
  expects: z
    // The registry's own names, so there is at least one.
    .enum(Object.keys(answerForms) as [AnswerFormName, ...AnswerFormName[]])
    .optional()
    .meta({
      label: "Expects",
      help: "What the answer is. Digits by keys, any words by speech, unless said.",
      widget: "choice",
    } satisfies FieldMeta),
  dateOrder: z.enum(keyedDates).optional().meta({
    label: "Order of a date",
    help: "How a date is keyed. Month, day and four figures of the year unless said.",
    widget: "choice",
  }),
  notBefore: limit("Date not before", "An earlier date is not accepted. A date, or today."),
  notAfter: limit("Date not after", "A later date is not accepted. A date, or today."),
  zone: zone.optional(),
  moneyKeys: z.enum(["cents", "star"]).optional().meta({
    label: "Keyed amounts",
    help: "In cents, or with the star key as the decimal point. In cents unless said.",
    widget: "choice",
  }),
  pattern: z
    .string()
    .max(200)
    .superRefine((source, context) => {
      const fault = checkPattern(source);
      if (fault !== null) context.addIssue({ code: "custom", message: fault });
    })
    .optional()
    .meta({
      label: "Member ID pattern",
      help: "A regular expression that a member ID must fit from end to end.",
      widget: "pattern",
    }),
};

export interface Expected {
  readonly into: string;
  readonly answer: "keys" | "speech" | "either";
  readonly expects?: AnswerFormName;
  readonly minDigits: number;
  readonly maxDigits: number;
  readonly dateOrder?: AnswerOptions["dateOrder"];
  readonly notBefore?: string;
  readonly notAfter?: string;
  readonly zone?: string;
  readonly moneyKeys?: AnswerOptions["moneyKeys"];
  readonly pattern?: string;
  readonly escapeKey?: string;
  readonly endKey?: string;
}

export function formNameOf({ expects, answer }: Pick<Expected, "expects" | "answer">): AnswerFormName {
  return expects ?? (answer === "speech" ? "text" : "digits");
}

/** The types of variable that can hold such an answer. */
export function answersInto(config: Pick<Expected, "expects" | "answer">): readonly VariableType[] {
  const form = formNameOf(config);
  return form === "yes-no" ? ["text", "choice", "list"] : heldBy[answerForms[form].type];
}

/** The options as they are at this moment: today is the date by the zone's clock, UTC's without one. */
export function optionsOf({ config, at, declared }: Visit<Expected>): AnswerOptions {
  const { minDigits, maxDigits, dateOrder, moneyKeys, pattern } = config;
  const today = (date: string | undefined) =>
    date === "today" ? localTime(at, config.zone ?? "UTC").date : date;
  return {
    ...(formNameOf(config) === "digits" ? { minLength: minDigits, maxLength: maxDigits } : {}),
    dateOrder,
    moneyKeys,
    pattern,
    notBefore: today(config.notBefore),
    notAfter: today(config.notAfter),
    choices: declared(config.into)?.choices,
  };
}

/** Problems of fields that cannot stand together. */
export function refuseUnfitOptions(context: z.RefinementCtx, config: Expected): void {
  const form = answerForms[formNameOf(config)];
  const refuse = (field: keyof Expected, message: string) =>
    context.addIssue({ code: "custom", path: [field], message });
  if (config.minDigits > config.maxDigits) {
    refuse("maxDigits", "Expected at least as many digits as the least allowed.");
  }
  const { notBefore = "", notAfter = "" } = config;
  if (notBefore !== "today" && notAfter !== "today" && notAfter !== "" && notAfter < notBefore) {
    refuse("notAfter", `Expected ${notBefore} or a later date, found an earlier one.`);
  }
  if (config.answer !== "speech" && !form.keys) {
    refuse("answer", `Expected an answer by speech: "${form.label}" cannot be keyed.`);
  }
  if (config.escapeKey === "*" && config.moneyKeys === "star") {
    refuse("escapeKey", "Expected another key: the star is the decimal point of an amount.");
  }
  if (config.endKey === "*" && (config.moneyKeys === "star" || config.expects === "number")) {
    refuse("endKey", "Expected another key: the star is the decimal point.");
  }
  if (config.endKey === "*" && config.escapeKey === "*") {
    refuse("endKey", "Expected another key than the one for help.");
  }
}
