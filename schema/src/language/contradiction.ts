/**
 * Conditions that can never hold, or always do: for lint, before a call finds out. Sound and incomplete: what is
 * reported is so, much that is so is not reported.
 *
 * For one variable at a time, a handful of values stands for all the values it may have (each constant of the condition,
 * its neighbours, any other value, none). Every other variable may be anything. If the condition fails for each of these
 * values whatever the rest is, it fails always.
 */
import type { HeldValue, Value, VariableType } from "../call/values.ts";
import { coerce } from "./coerce.ts";
import { compare } from "./comparison.ts";
import { type Condition, type Test, testsOf } from "./condition.ts";

export interface TypedVariables {
  readonly [name: string]: { readonly type: VariableType; readonly choices?: readonly string[] } | undefined;
}

/** Larger conditions are not judged. */
const mostTests = 100;

/** `true`, `false`, or null: depends on what is not known here. */
type Verdict = boolean | null;

/** A value that stands for its like; `other` for all that are like no constant. */
type Candidate = { readonly value: Value } | "other" | "none";

/** It holds for no values at all. */
export function isContradiction(asked: Condition, types: TypedVariables): boolean {
  return decided(asked, types, false);
}

/** It holds whatever the values are. */
export function alwaysHolds(asked: Condition, types: TypedVariables): boolean {
  return decided(asked, types, true);
}

function decided(asked: Condition, types: TypedVariables, wanted: boolean): boolean {
  const tests = testsOf(asked);
  if (tests.length > mostTests) return false;
  return [...new Set(tests.map((test) => test.variable))].some((name) => {
    const declared = Object.hasOwn(types, name) ? types[name] : undefined;
    if (!declared) return false;
    const { type, choices } = declared;
    if (type === "choice" && !choices?.length) return false;
    const constants = tests.filter((test) => test.variable === name).flatMap(constantsOf);
    return candidatesOf(type, choices ?? [], constants).every(
      (candidate) =>
        judge(asked, (test) => (test.variable === name ? judgeTest(test, type, candidate) : null)) === wanted,
    );
  });
}

function constantsOf({ to }: Test): (string | number)[] {
  if (to === undefined) return [];
  if (Array.isArray(to)) return to;
  return typeof to === "object" ? [] : [to];
}

function candidatesOf(
  type: VariableType,
  choices: readonly string[],
  constants: readonly (string | number)[],
): Candidate[] {
  if (type === "list" || type === "claim") return ["none", "other"];
  const raw: readonly Value[] =
    type === "choice" ? choices : constants.flatMap((one) => [one, ...neighbours(one, type)]);
  const fitting = raw.flatMap((one) => {
    const fitted = coerce(one, type, choices);
    return fitted.ok && fitted.value !== "" ? [{ value: fitted.value }] : [];
  });
  if (type === "choice") return ["none", ...fitting];
  const any = anyOf[type];
  if (any === undefined) return ["none", "other", ...fitting];
  if (type === "number") fitting.push(...between(fitting.map((one) => Number(one.value))));
  return ["none", ...(fitting.length > 0 ? fitting : [{ value: any }])];
}

/** For the types with an order: the constants and their neighbours stand for all; without constants, any value does. */
const anyOf: { readonly [type in VariableType]?: Value } = {
  number: 0,
  money: 0,
  date: "2000-01-01",
  time: "12:00",
};

function neighbours(constant: string | number, type: VariableType): Value[] {
  const text = String(constant);
  if (type === "money") return [Math.ceil(Number(constant)) - 1, Math.floor(Number(constant)) + 1];
  if (type === "date" && coerce(text, "date").ok) return [shiftedDay(text, -1), shiftedDay(text, 1)];
  if (type === "time" && coerce(text, "time").ok) return [shiftedMinute(text, -1), shiftedMinute(text, 1)];
  return [];
}

function shiftedDay(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function shiftedMinute(time: string, minutes: number): string {
  const at = Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) + minutes;
  return `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`;
}

/** One number between each two of the constants, one below and one above all. */
function between(numbers: readonly number[]): { value: number }[] {
  const sorted = numbers.toSorted((a, b) => a - b);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const gaps = sorted.slice(1).map((one, index) => (one + (sorted[index] ?? one)) / 2);
  return [first - 1 - Math.abs(first), ...gaps, last + 1 + Math.abs(last)].map((value) => ({ value }));
}

function judge(asked: Condition, test: (one: Test) => Verdict): Verdict {
  if ("all" in asked) return joined(asked.all, test, false);
  if ("any" in asked) return joined(asked.any, test, true);
  if ("not" in asked) {
    const inner = judge(asked.not, test);
    return inner === null ? null : !inner;
  }
  return test(asked);
}

/** One part that is `enough` decides; else all must be known. */
function joined(parts: readonly Condition[], test: (one: Test) => Verdict, enough: boolean): Verdict {
  const verdicts = parts.map((part) => judge(part, test));
  if (verdicts.includes(enough)) return enough;
  return verdicts.includes(null) ? null : !enough;
}

const equality = new Set(["equals", "not-equals", "one-of", "not-one-of"]);
const sizes = new Set(["less-than", "at-most", "greater-than", "at-least", "between", "before", "after"]);

function judgeTest(test: Test, type: VariableType, candidate: Candidate): Verdict {
  const { is, to } = test;
  if (candidate === "none") return is === "blank";
  if (is === "blank" || is === "not-blank") return is === "not-blank";
  if (typeof to === "object" && !Array.isArray(to)) return null;
  if (candidate === "other") {
    if (type === "list" || type === "claim" || !equality.has(is)) return null;
    return is.startsWith("not-");
  }
  return representative(test, type) ? compare(is, heldAs(candidate.value, type), to) : null;
}

/** Does what holds for the candidate hold for every value it stands for? */
function representative(test: Test, type: VariableType): boolean {
  if (equality.has(test.is)) return true;
  if (sizes.has(test.is)) {
    if (type === "number" || type === "money") return true;
    if (type !== "date" && type !== "time") return false;
    // Only these two compare a date with what is none.
    const loose = test.is === "less-than" || test.is === "greater-than";
    return !loose || constantsOf(test).every((one) => coerce(one, type).ok);
  }
  if (anyOf[type] !== undefined) return false;
  if (type !== "text") return true;
  // Equal texts may differ in signs at their end.
  const plain = constantsOf(test).every((one) => /^[\p{L}\p{N}]+$/u.test(String(one)));
  return plain && /^(not-)?(contains|starts-with)$/.test(test.is);
}

function heldAs(value: Value, type: VariableType): HeldValue {
  return { value, type, sensitivity: "internal", origin: { source: "start", node: "", turn: 0, event: 0 } };
}
