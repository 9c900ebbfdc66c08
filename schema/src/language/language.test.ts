/** Texts, filters, conditions and typed values, as tables. */
import { describe, expect, it } from "vitest";
import type { HeldValue, Value, VariableType } from "../call/index.ts";
import {
  type Condition,
  coerce,
  condition,
  describeCondition,
  filters,
  findFilter,
  holds,
  parseTemplate,
  readsOf,
  renderTemplate,
  spoken,
} from "./index.ts";

describe("templates", () => {
  it.each([
    ["Hello.", "Hello."],
    ["Hello {{name}}.", "Hello Ada."],
    ["Hello {{ name }}!", "Hello Ada!"],
    ["{{number|digits}}", "0 4 1 7"],
    ["You owe {{amount|money}}.", "You owe 125 dollars and 50 cents."],
    ["Paid {{missing}} today.", "Paid today."],
    ["{{name}}{{name}}", "AdaAda"],
    ["{{evil}}", "{{name}}"],
    ["A single { and } stay.", "A single { and } stay."],
    ["", ""],
  ])("%j is spoken as %j", (source, wanted) => {
    const values: { [name: string]: Value } = {
      name: "Ada",
      number: "0417",
      amount: 12550,
      evil: "{{name}}",
    };
    const parsed = parseTemplate(source);
    expect(parsed.ok && renderTemplate(parsed.template, (name) => values[name])).toBe(wanted);
  });

  it.each([
    ["{{", "This {{ has no closing }}."],
    ["Hi {{name", "This {{ has no closing }}."],
    ["{{}}", 'Expected a variable\'s name between {{ and }}, found "".'],
    ["{{1a}}", 'Expected a variable\'s name between {{ and }}, found "1a".'],
    ["{{constructor.name}}", 'Expected a variable\'s name between {{ and }}, found "constructor.name".'],
    ["{{__proto__}}", 'Expected a variable\'s name between {{ and }}, found "__proto__".'],
    ["{{a|b}}", 'There is no filter "b"; the filters are digits, money, date.'],
    ["{{a|constructor}}", 'There is no filter "constructor"; the filters are digits, money, date.'],
    ["{{a|digits|money}}", "{{a}} may have one filter, found 2."],
    ["{{a}} {{ {{b}} }}", 'Expected a variable\'s name between {{ and }}, found "{{b".'],
  ])("%j is refused", (source, sentence) => {
    const parsed = parseTemplate(source);
    expect(parsed.ok ? null : parsed.problem.sentence).toBe(sentence);
  });

  it("lists each name it reads once", () => {
    const parsed = parseTemplate("{{b}} {{a}} {{b|digits}}");
    expect(parsed.ok && parsed.template.reads).toEqual(["b", "a"]);
  });
});

describe("filters", () => {
  it.each(filters.map((filter) => [filter.name, filter] as const))("%s says its example", (_name, filter) => {
    expect(filter.apply(filter.example.from)).toBe(filter.example.spoken);
  });

  it.each<[string, Value, string]>([
    ["money", 100, "1 dollar"],
    ["money", 101, "1 dollar and 1 cent"],
    ["money", 0, "0 dollars"],
    ["money", -250, "minus 2 dollars and 50 cents"],
    ["money", "much", "much"],
    ["date", "2026-11-11", "November 11th, 2026"],
    ["date", "2026-01-01", "January 1st, 2026"],
    ["date", "2026-01-23", "January 23rd, 2026"],
    ["date", "2026-13-01", "2026-13-01"],
    ["date", "soon", "soon"],
    ["digits", "A 12", "A 1 2"],
  ])("%s of %j is %j", (name, value, wanted) => {
    expect(findFilter(name)?.apply(value)).toBe(wanted);
  });

  it.each<[VariableType, Value, string]>([
    ["money", 12550, "125 dollars and 50 cents"],
    ["date", "2026-03-02", "March 2nd, 2026"],
    ["digits", "0417", "0417"],
    ["number", 7, "7"],
  ])("a %s without a filter is said as words where it needs to be", (type, value, wanted) => {
    expect(spoken(value, type)).toBe(wanted);
  });
});

function held(type: VariableType, value: Value): HeldValue {
  return {
    type,
    value,
    sensitivity: "internal",
    origin: { source: "start", node: "start", turn: 0, event: 1 },
  };
}

describe("conditions", () => {
  const values: { [name: string]: HeldValue } = {
    name: held("text", "Ada Lovelace"),
    code: held("digits", "0417"),
    amount: held("money", 12550),
    count: held("number", 10),
    day: held("date", "2026-03-02"),
    empty: held("text", ""),
  };
  it.each<[Condition, boolean]>([
    [{ variable: "name", is: "equals", to: "ada lovelace" }, true],
    [{ variable: "name", is: "not-equals", to: "Ada" }, true],
    [{ variable: "name", is: "contains", to: "LOVE" }, true],
    [{ variable: "code", is: "starts-with", to: "04" }, true],
    [{ variable: "code", is: "equals", to: "417" }, false],
    [{ variable: "amount", is: "greater-than", to: 9999 }, true],
    [{ variable: "count", is: "less-than", to: "9" }, false],
    [{ variable: "count", is: "greater-than", to: "9" }, true],
    [{ variable: "count", is: "less-than", to: "many" }, false],
    [{ variable: "count", is: "greater-than", to: "many" }, false],
    [{ variable: "day", is: "less-than", to: "2026-10-01" }, true],
    [{ variable: "day", is: "greater-than", to: "2026-03-02" }, false],
    [{ variable: "name", is: "one-of", to: ["Bob", "Ada Lovelace"] }, true],
    [{ variable: "count", is: "one-of", to: ["10"] }, true],
    [{ variable: "name", is: "one-of", to: [] }, false],
    [{ variable: "empty", is: "blank" }, true],
    [{ variable: "unknown", is: "blank" }, true],
    [{ variable: "name", is: "blank" }, false],
    [{ variable: "name", is: "not-blank" }, true],
    [{ variable: "unknown", is: "equals", to: "x" }, false],
    [{ variable: "unknown", is: "not-equals", to: "x" }, false],
    [{ not: { variable: "unknown", is: "equals", to: "x" } }, true],
    [
      {
        all: [
          { variable: "count", is: "equals", to: 10 },
          { variable: "name", is: "blank" },
        ],
      },
      false,
    ],
    [
      {
        any: [
          { variable: "count", is: "equals", to: 10 },
          { variable: "name", is: "blank" },
        ],
      },
      true,
    ],
  ])("%j is %j", (asked, wanted) => {
    expect(condition.safeParse(asked).success).toBe(true);
    expect(holds(asked, (name) => values[name])).toBe(wanted);
  });

  it.each([
    [{ variable: "a", is: "equals" }],
    [{ variable: "a", is: "blank", to: "x" }],
    [{ variable: "a", is: "one-of", to: "x" }],
    [{ variable: "a", is: "equals", to: ["x"] }],
    [{ variable: "a", is: "matches", to: "(a+)+" }],
    [{ variable: "constructor.constructor", is: "blank" }],
    [{ all: [] }],
    [{ code: "return true" }],
    ["true"],
  ])("%j is refused", (asked) => {
    expect(condition.safeParse(asked).success).toBe(false);
  });

  it("says itself as a person would", () => {
    const asked: Condition = {
      all: [
        { variable: "a", is: "equals", to: 1 },
        { any: [{ variable: "b", is: "blank" }, { not: { variable: "c", is: "one-of", to: ["x", "y"] } }] },
      ],
    };
    expect(describeCondition(asked)).toBe("a is 1 and (b is blank or not c is one of x, y)");
    expect(readsOf(asked)).toEqual(["a", "b", "c"]);
  });
});

describe("typed values", () => {
  it.each<[VariableType, Value, Value | null]>([
    ["text", "  Ada ", "Ada"],
    ["text", "x".repeat(1001), null],
    ["digits", "0417", "0417"],
    ["digits", "04-17", null],
    ["digits", "", null],
    ["number", "3.5", 3.5],
    ["number", "", null],
    ["number", "many", null],
    ["number", "Infinity", null],
    ["money", "12550", 12550],
    ["money", "125.50", null],
    ["date", "2024-02-29", "2024-02-29"],
    ["date", "2026-02-29", null],
    ["date", "2026-00-10", null],
    ["date", "2026-04-31", null],
    ["date", "today", null],
  ])("%s from %j is %j", (type, raw, wanted) => {
    const fitted = coerce(raw, type);
    expect(fitted.ok ? fitted.value : null).toBe(wanted);
    if (!fitted.ok) expect(fitted.sentence).toMatch(/^Expected .*, found .*\.$/);
  });
});
