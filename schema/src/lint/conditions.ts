/** What a condition asks of values it can never get: a comparison or a value that does not fit the variable's type. */
import type { VariableType } from "../call/index.ts";
import { testsOf } from "../language/condition.ts";
import {
  type Comparison,
  coerce,
  comparisons,
  operatorsFor,
  type Test,
  type TypedVariables,
} from "../language/index.ts";
import { type Decision, declared, type Survey } from "./survey.ts";

/** Comparisons whose value is one of the variable's own type; the others take any text. */
const ofTheType: ReadonlySet<Comparison> = new Set([
  "equals",
  "not-equals",
  "one-of",
  "not-one-of",
  "less-than",
  "at-most",
  "greater-than",
  "at-least",
  "between",
  "before",
  "after",
] as const);

/** What follows “compares” in a sentence, for each test that does not fit. */
export function misfits(survey: Survey, { when }: Decision): string[] {
  return testsOf(when).flatMap((test) => misfit(survey, test) ?? []);
}

function misfit(survey: Survey, test: Test): string | null {
  const variable = declared(survey, test.variable);
  if (!variable) return null;
  const { type, choices } = variable;
  if (!operatorsFor(type).includes(test.is)) {
    return `“${test.variable}” by “${comparisons[test.is]}”, which does not fit a variable of type ${type}`;
  }
  if (typeof test.to === "object" && !Array.isArray(test.to)) {
    const other = declared(survey, test.to.variable);
    if (!other || comparable(type, other.type)) return null;
    return `“${test.variable}” of type ${type} with “${test.to.variable}” of type ${other.type}`;
  }
  if (test.to === undefined || type === "list" || !ofTheType.has(test.is)) return null;
  for (const operand of Array.isArray(test.to) ? test.to : [test.to]) {
    const fitted = coerce(operand, type, choices);
    if (!fitted.ok) return `“${test.variable}” with “${operand}”: ${fitted.sentence.replace(/\.$/, "")}`;
  }
  return null;
}

function comparable(one: VariableType, other: VariableType): boolean {
  const family = (type: VariableType) => {
    if (type === "number" || type === "money") return "size";
    return type === "date" || type === "time" || type === "list" || type === "claim" ? type : "words";
  };
  const [a, b] = [family(one), family(other)];
  return a === b || [a, b].every((each) => each === "words" || each === "size" || each === "list");
}

/** The types of everything a decision tests, claims' fields and facts of the call among it. */
export function typesIn(survey: Survey, { when }: Decision): TypedVariables {
  const types: { [name: string]: NonNullable<TypedVariables[string]> } = {};
  for (const { variable: reference } of testsOf(when)) {
    const variable = declared(survey, reference);
    if (variable) types[reference] = variable;
  }
  return types;
}
