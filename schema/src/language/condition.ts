/**
 * Conditions as closed JSON: what a branch may ask of the call's values. No evaluator, no text that becomes code.
 * Comparison goes by the variable's declared type (comparison.ts); a value not known yet is blank and fits nothing else.
 */
import "./no-code-from-text.ts";
import { z } from "zod";
import type { HeldValue, Value } from "../call/values.ts";
import { type Comparison, compare, comparisons, isBlank, operandOf } from "./comparison.ts";
import { checkPattern } from "./pattern.ts";
import { referenceName } from "./reference.ts";

const name = z.string().regex(referenceName).meta({ label: "Variable", widget: "variable" });
const operand = z.union([z.string().max(200), z.number().finite()]);
/** The value of another variable, as it is when the condition is asked. */
const otherVariable = z.strictObject({ variable: name });

const comparison = z
  .strictObject({
    variable: name,
    is: z.enum(Object.keys(comparisons) as [Comparison, ...Comparison[]]).meta({ label: "Comparison" }),
    to: z
      .union([operand, z.array(operand).max(50), otherVariable])
      .optional()
      .meta({ label: "Value" }),
  })
  .superRefine((test, context) => {
    const message = operandFault(test.is, test.to);
    if (message) context.addIssue({ code: "custom", path: ["to"], message });
  });

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

function operandFault(is: Comparison, to: Test["to"]): string | null {
  const wants = operandOf(is);
  const said = { none: "no value", one: "one value", list: "a list of values" };
  if (isReference(to)) {
    const compares = wants !== "none" && !["between", "matches", "not-matches"].includes(is);
    return compares ? null : `"${is}" does not compare with a variable.`;
  }
  const found = to === undefined ? "none" : Array.isArray(to) ? "list" : "one";
  if (wants !== found) return `"${is}" takes ${said[wants]}, found ${said[found]}.`;
  if (is === "between" && Array.isArray(to) && to.length !== 2) {
    return `"between" takes two values, found ${to.length}.`;
  }
  return is === "matches" || is === "not-matches" ? checkPattern(String(to)) : null;
}

function isReference(to: Test["to"]): to is { variable: string } {
  return typeof to === "object" && !Array.isArray(to);
}

export function holds(asked: Condition, read: (name: string) => HeldValue | undefined): boolean {
  if ("all" in asked) return asked.all.every((part) => holds(part, read));
  if ("any" in asked) return asked.any.some((part) => holds(part, read));
  if ("not" in asked) return !holds(asked.not, read);
  return compare(
    asked.is,
    read(asked.variable),
    isReference(asked.to) ? present(read(asked.to.variable)) : asked.to,
  );
}

function present(held: HeldValue | undefined): Value | undefined {
  return held && !isBlank(held.value) ? held.value : undefined;
}

/** Variables a condition reads, with repeats. */
export function readsOf(asked: Condition): string[] {
  return testsOf(asked).flatMap((test) =>
    isReference(test.to) ? [test.variable, test.to.variable] : [test.variable],
  );
}

/** The single tests of a condition, in order. */
export function testsOf(asked: Condition): Test[] {
  if ("all" in asked) return asked.all.flatMap(testsOf);
  if ("any" in asked) return asked.any.flatMap(testsOf);
  if ("not" in asked) return testsOf(asked.not);
  return [asked];
}

/** A condition as a person says it, for cards and previews. */
export function describeCondition(asked: Condition): string {
  if ("all" in asked) return asked.all.map(grouped).join(" and ");
  if ("any" in asked) return asked.any.map(grouped).join(" or ");
  if ("not" in asked) return `not ${grouped(asked.not)}`;
  const to = describeOperand(asked);
  return `${asked.variable} ${comparisons[asked.is]}${to === "" ? "" : ` ${to}`}`;
}

function describeOperand({ is, to }: Test): string {
  if (to === undefined) return "";
  if (isReference(to)) return `{${to.variable}}`;
  return Array.isArray(to) ? to.join(is === "between" ? " and " : ", ") : String(to);
}

function grouped(asked: Condition): string {
  const text = describeCondition(asked);
  return "all" in asked || "any" in asked ? `(${text})` : text;
}
