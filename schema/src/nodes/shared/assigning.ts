/** What a variable's value becomes by one assignment: pure, by the variable's type, or a sentence why it cannot be. */
import { type HeldValue, type Value, type VariableType, variableTypes } from "../../call/index.ts";
import { type Coerced, localTime } from "../../language/index.ts";
import type { Visit } from "../node.ts";
import { filledValue } from "./filled.ts";

export const hows = ["set", "add", "subtract", "append", "clear", "today", "now"] as const;
export type How = (typeof hows)[number];

/** The types of variable each way can change. */
export const assignable: { readonly [how in How]: readonly VariableType[] } = {
  set: variableTypes,
  add: ["number", "money", "date"],
  subtract: ["number", "money", "date"],
  append: ["text", "list"],
  clear: variableTypes,
  today: ["date", "text"],
  now: ["time", "date", "text"],
};

export interface Assignment {
  readonly variable: string;
  readonly to?: string;
  readonly how?: How;
  readonly zone?: string;
}

/** The new value, not yet held to the variable's type; null makes it blank. */
export type Assigned = { readonly ok: true; readonly value: Value | null } | Extract<Coerced, { ok: false }>;

export function assigned(
  visit: Visit<unknown>,
  { variable, to = "", how = "set", zone }: Assignment,
): Assigned {
  const type = visit.declared(variable)?.type;
  const before = visit.held(variable)?.value;
  switch (how) {
    case "set":
      return { ok: true, value: hasParts(type) ? (filledValue(visit, to) ?? "") : visit.text(to) };
    case "clear":
      return { ok: true, value: null };
    case "add":
      return sum(type, before, visit.text(to), 1);
    case "subtract":
      return sum(type, before, visit.text(to), -1);
    case "append":
      return appended(type, before, visit.text(to));
    case "today":
    case "now":
      return clock(type, how, visit.at, zone ?? "UTC");
  }
}

/** A list or a claim that is copied stays what it is; as a text it would come apart. */
function hasParts(type: VariableType | undefined): boolean {
  return type === "list" || type === "claim";
}

function refuse(expected: string, found: string): Assigned {
  return { ok: false, sentence: `Expected ${expected}, found ${found}.` };
}

/** A blank number counts as 0; a date moves by days and must be there. */
function sum(
  type: HeldValue["type"] | undefined,
  before: Value | undefined,
  text: string,
  sign: 1 | -1,
): Assigned {
  const by = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(by)) return refuse("a number to reckon with", "something else");
  if (type === "number" || type === "money")
    return { ok: true, value: inFigures(Number(before ?? 0) + sign * by) };
  if (type !== "date") return refuse("a number, an amount or a date to reckon with", type ?? "no variable");
  if (typeof before !== "string" || before === "") return refuse("a date to reckon from", "none");
  if (!Number.isInteger(by) || Math.abs(by) > mostDays) return refuse("whole days", "something else");
  return { ok: true, value: localTime(Date.parse(`${before}T00:00:00Z`) + sign * by * dayMs, "UTC").date };
}

/** A tenth and two tenths are three tenths: what a voice would read out is what people reckon. */
function inFigures(sum: number): number {
  return Number(sum.toPrecision(15));
}

const dayMs = 86_400_000;
/** A hundred years. */
const mostDays = 36_525;

/** A text goes on after a space; a list gets one element more. Nothing is nothing to append. */
function appended(type: HeldValue["type"] | undefined, before: Value | undefined, text: string): Assigned {
  if (type === "list") {
    const list = Array.isArray(before) ? (before as readonly string[]) : []; // a list's value is its texts
    return { ok: true, value: text === "" ? list : [...list, text] };
  }
  if (type !== "text") return refuse("a text or a list to append to", type ?? "no variable");
  return { ok: true, value: [String(before ?? ""), text].filter((part) => part !== "").join(" ") };
}

function clock(
  type: HeldValue["type"] | undefined,
  how: "today" | "now",
  at: number,
  zone: string,
): Assigned {
  const { date, time } = localTime(at, zone);
  if (type === "date") return { ok: true, value: date };
  if (how === "now" && type === "time") return { ok: true, value: time };
  if (type === "text") return { ok: true, value: how === "today" ? date : `${date} ${time}` };
  const fits = how === "today" ? "a date or a text" : "a time, a date or a text";
  return refuse(`${fits} to keep it in`, type ?? "no variable");
}
