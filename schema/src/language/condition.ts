/**
 * Conditions as closed JSON: what a branch may ask of the call's values. No evaluator, no text that becomes code.
 * Comparison goes by the variable's declared type; a value not known yet is blank and fits nothing else.
 */
import "./no-code-from-text.ts";
import { z } from "zod";
import type { HeldValue, VariableType } from "../call/values.ts";
import { variableName } from "./template.ts";

export const comparisons = {
  equals: "is",
  "not-equals": "is not",
  contains: "contains",
  "starts-with": "starts with",
  "less-than": "is less than",
  "greater-than": "is greater than",
  "one-of": "is one of",
  blank: "is blank",
  "not-blank": "is not blank",
} as const;
export type Comparison = keyof typeof comparisons;

const name = z.string().regex(variableName).meta({ label: "Variable", widget: "variable" });
const operand = z.union([z.string().max(200), z.number().finite()]);

const comparison = z
  .strictObject({
    variable: name,
    is: z.enum(Object.keys(comparisons) as [Comparison, ...Comparison[]]).meta({ label: "Comparison" }),
    to: z
      .union([operand, z.array(operand).max(50)])
      .optional()
      .meta({ label: "Value" }),
  })
  .superRefine((test, context) => {
    const wants = operandOf(test.is);
    const found = test.to === undefined ? "none" : Array.isArray(test.to) ? "list" : "one";
    if (wants !== found) {
      const said = { none: "no value", one: "one value", list: "a list of values" };
      context.addIssue({
        code: "custom",
        path: ["to"],
        message: `"${test.is}" takes ${said[wants]}, found ${said[found]}.`,
      });
    }
  });

/** How many operands a comparison takes. */
export function operandOf(is: Comparison): "none" | "one" | "list" {
  if (is === "blank" || is === "not-blank") return "none";
  return is === "one-of" ? "list" : "one";
}

export type Test = z.infer<typeof comparison>;
export type Condition = Test | { all: Condition[] } | { any: Condition[] } | { not: Condition };

/** At most 20 parts a group; the document's own depth limit bounds the nesting. */
export const condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    comparison,
    z.strictObject({ all: z.array(condition).min(1).max(20) }),
    z.strictObject({ any: z.array(condition).min(1).max(20) }),
    z.strictObject({ not: condition }),
  ]),
);

export function holds(asked: Condition, read: (name: string) => HeldValue | undefined): boolean {
  if ("all" in asked) return asked.all.every((part) => holds(part, read));
  if ("any" in asked) return asked.any.some((part) => holds(part, read));
  if ("not" in asked) return !holds(asked.not, read);
  return compare(asked, read(asked.variable));
}

/** Variables a condition reads, with repeats. */
export function readsOf(asked: Condition): string[] {
  if ("all" in asked) return asked.all.flatMap(readsOf);
  if ("any" in asked) return asked.any.flatMap(readsOf);
  if ("not" in asked) return readsOf(asked.not);
  return [asked.variable];
}

function compare(test: Test, held: HeldValue | undefined): boolean {
  const blank = held === undefined || held.value === "";
  if (test.is === "blank") return blank;
  if (test.is === "not-blank") return !blank;
  if (blank || test.to === undefined) return false;
  if (Array.isArray(test.to)) return test.to.some((one) => same(held, one));
  switch (test.is) {
    case "equals":
      return same(held, test.to);
    case "not-equals":
      return !same(held, test.to);
    case "contains":
      return folded(held.value).includes(folded(test.to));
    case "starts-with":
      return folded(held.value).startsWith(folded(test.to));
    case "less-than":
      return order(held, test.to) < 0;
    case "greater-than":
      return order(held, test.to) > 0;
    default:
      return false;
  }
}

function folded(value: string | number): string {
  return String(value).trim().toLowerCase();
}

function isNumeric(type: VariableType): boolean {
  return type === "number" || type === "money";
}

function same(held: HeldValue, to: string | number): boolean {
  return isNumeric(held.type) ? Number(held.value) === Number(to) : folded(held.value) === folded(to);
}

/** Negative, zero or positive; `NaN` (and so no order at all) when a numeric value meets a word. */
function order(held: HeldValue, to: string | number): number {
  if (isNumeric(held.type)) return Number(held.value) - Number(to);
  const [a, b] = [folded(held.value), folded(to)];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A condition as a person says it, for cards and previews. */
export function describeCondition(asked: Condition): string {
  if ("all" in asked) return asked.all.map(grouped).join(" and ");
  if ("any" in asked) return asked.any.map(grouped).join(" or ");
  if ("not" in asked) return `not ${grouped(asked.not)}`;
  const to = asked.to === undefined ? "" : ` ${Array.isArray(asked.to) ? asked.to.join(", ") : asked.to}`;
  return `${asked.variable} ${comparisons[asked.is]}${to}`;
}

function grouped(asked: Condition): string {
  const text = describeCondition(asked);
  return "all" in asked || "any" in asked ? `(${text})` : text;
}
