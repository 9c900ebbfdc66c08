import { z } from "zod";
import type { Value } from "../call/index.ts";
import { parseTemplate } from "../language/index.ts";
import { prompt, variable } from "./fields.ts";
import { defineNode, noFacts } from "./node.ts";
import { type Assignment, assignable, assigned, type How, hows } from "./shared/assigning.ts";
import { zone } from "./shared/calendar.ts";

const assignment = z
  .strictObject({
    variable: variable("Variable", "The variable that gets the value."),
    to: prompt("Value", "A text, a number, or another variable as {{name}}.").max(1000).optional(),
    how: z.enum(hows).optional().meta({
      label: "How",
      help: "Set it; add to or take from a number, an amount or a date (days); append to a text or a list; make it blank; or take today's date or the time now.",
      widget: "choice",
    }),
    zone: zone.optional(),
  })
  .superRefine(({ to, how = "set", zone: clock }, context) => {
    if (to === undefined && takesValue(how)) {
      context.addIssue({ code: "custom", path: ["to"], message: "Expected a value." });
    }
    if (clock === undefined && (how === "today" || how === "now")) {
      const message = "Expected a time zone: whose clock counts?";
      context.addIssue({ code: "custom", path: ["zone"], message });
    }
  });

function takesValue(how: How): boolean {
  return how === "set" || changes(how);
}

/** Does the new value come from the one before? */
function changes(how: How): boolean {
  return how === "add" || how === "subtract" || how === "append";
}

/** Gives variables values, all or none: where one does not fit its type, nothing is set. */
export const set = defineNode({
  kind: "set",
  title: "Set",
  summary: "Give variables values.",
  group: "data",
  icon: "variable",
  config: z.strictObject({
    assignments: z
      .array(assignment)
      .min(1, "Expected at least one assignment.")
      .max(20)
      .meta({ label: "Assignments", help: "Done together, from what was known before.", widget: "list" }),
  }),
  initial: { assignments: [{ variable: "value", to: "" }] },
  outcomes: [
    { name: "done", label: "set" },
    { name: "invalid", label: "does not fit", failure: true },
  ],
  facts: (config) => ({
    ...noFacts,
    reads: config.assignments.flatMap(({ variable: name, to = "", how = "set" }) => {
      const parsed = parseTemplate(takesValue(how) ? to : "");
      return [...(changes(how) ? [name] : []), ...(parsed.ok ? parsed.template.reads : [])];
    }),
    writes: config.assignments.map((one) => one.variable),
    writesOn: ["done"],
    writesInto: Object.fromEntries(
      config.assignments.map(({ variable: name, how = "set" }) => [name, assignable[how]]),
    ),
  }),
  glance: (config) => config.assignments.map(described).join(", "),
  enter: (visit) => {
    const values = new Map<string, Value | null>();
    for (const one of visit.config.assignments) {
      const made = assigned(visit, one);
      const fitted = made.ok && made.value !== null ? visit.fits(one.variable, made.value) : made;
      if (!fitted.ok) return { leave: "invalid", value: { text: `${one.variable}: ${fitted.sentence}` } };
      values.set(one.variable, fitted.value);
    }
    const filled = [...values].flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
    const blank = [...values].flatMap(([name, value]) => (value === null ? [name] : []));
    return { leave: "done", set: Object.fromEntries(filled), ...(blank.length > 0 ? { clear: blank } : {}) };
  },
  examples: [
    {
      name: "a value from another variable",
      config: { assignments: [{ variable: "greeting", to: "Hello {{name}}" }] },
      variables: {
        name: { type: "text", sensitivity: "internal", value: "Ada" },
        greeting: { type: "text", sensitivity: "internal" },
      },
      outcome: "done",
      sets: { greeting: "Hello Ada" },
    },
    {
      name: "a text that is no number",
      config: { assignments: [{ variable: "count", to: "many" }] },
      variables: { count: { type: "number", sensitivity: "internal" } },
      outcome: "invalid",
      value: { text: "count: Expected a number, found something else." },
    },
    {
      name: "reckoned with: a counter, an amount and a date",
      config: {
        assignments: [
          { variable: "count", how: "add", to: "1" },
          { variable: "owed", how: "subtract", to: "{{paid}}" },
          { variable: "due", how: "add", to: "90" },
        ],
      },
      variables: {
        count: { type: "number", sensitivity: "public" },
        owed: { type: "money", sensitivity: "internal", value: 12_550 },
        paid: { type: "money", sensitivity: "internal", value: 2_550 },
        due: { type: "date", sensitivity: "internal", value: "2026-12-01" },
      },
      outcome: "done",
      sets: { count: 1, owed: 10_000, due: "2027-03-01" },
    },
    {
      name: "appended to a text and to a list",
      config: {
        assignments: [
          { variable: "notes", how: "append", to: "Denied." },
          { variable: "codes", how: "append", to: "CO-45" },
        ],
      },
      variables: {
        notes: { type: "text", sensitivity: "internal", value: "Called." },
        codes: { type: "list", sensitivity: "internal", value: ["PR-1"] },
      },
      outcome: "done",
      sets: { notes: "Called. Denied.", codes: ["PR-1", "CO-45"] },
    },
    {
      name: "today and now by a clock in New York, an hour before midnight",
      config: {
        assignments: [
          { variable: "day", how: "today", zone: "America/New_York" },
          { variable: "hour", how: "now", zone: "America/New_York" },
        ],
      },
      at: Date.UTC(2026, 2, 10, 3),
      variables: {
        day: { type: "date", sensitivity: "public" },
        hour: { type: "time", sensitivity: "public" },
      },
      outcome: "done",
      sets: { day: "2026-03-09", hour: "23:00" },
    },
    {
      name: "a number is made blank: what was known before is still read beside it",
      config: {
        assignments: [
          { variable: "count", how: "clear" },
          { variable: "told", to: "{{count}} times" },
        ],
      },
      variables: {
        count: { type: "number", sensitivity: "public", value: 3 },
        told: { type: "text", sensitivity: "public" },
      },
      outcome: "done",
      sets: { told: "3 times" },
    },
    {
      name: "nothing can be added to a text",
      config: { assignments: [{ variable: "notes", how: "add", to: "1" }] },
      variables: { notes: { type: "text", sensitivity: "internal", value: "Called." } },
      outcome: "invalid",
      value: { text: "notes: Expected a number, an amount or a date to reckon with, found text." },
    },
  ],
});

function described({ variable: name, to = "", how = "set" }: Assignment): string {
  switch (how) {
    case "set":
      return `${name} = ${to}`;
    case "add":
      return `${name} + ${to}`;
    case "subtract":
      return `${name} − ${to}`;
    case "append":
      return `${name} … ${to}`;
    case "clear":
      return `${name} blank`;
    default:
      return `${name} = ${how}`;
  }
}
