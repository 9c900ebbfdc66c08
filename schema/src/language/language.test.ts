/** Texts, filters, conditions and typed values, as tables. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type HeldValue, type Value, type VariableType, variableTypes } from "../call/index.ts";
import {
  type Condition,
  coerce,
  condition,
  declaredAs,
  describeCondition,
  fillSpeech,
  filters,
  findFilter,
  holds,
  parseSpeech,
  parseTemplate,
  pickFrom,
  readsOf,
  renderTemplate,
  resolve,
  spoken,
  wordsOf,
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
    ["{{a|b}}", `There is no filter "b"; the filters are ${filters.map((one) => one.name).join(", ")}.`],
    [
      "{{a|constructor}}",
      `There is no filter "constructor"; the filters are ${filters.map((one) => one.name).join(", ")}.`,
    ],
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
    [{ variable: "a", is: "matches", to: "(a)\\1" }],
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
    ["number", "-0", 0],
    ["money", -0, 0],
    ["number", "Infinity", null],
    ["money", "12550", 12550],
    ["money", "125.50", null],
    ["date", "2024-02-29", "2024-02-29"],
    ["date", "2026-02-29", null],
    ["date", "2026-00-10", null],
    ["date", "2026-04-31", null],
    ["date", "today", null],
    ["date", "2000-02-29", "2000-02-29"],
    ["date", "1900-02-29", null],
    ["time", "16:30", "16:30"],
    ["time", "24:00", null],
    ["time", "9:00", null],
    ["phone", "(555) 010-0001", "+15550100001"],
    ["phone", "1 555 010 0001", "+15550100001"],
    ["phone", "+442079460000", "+442079460000"],
    ["phone", "555", null],
    ["phone", "+0550100001", null],
    ["choice", "x", null],
    ["text", ["a"], null],
  ])("%s from %j is %j", (type, raw, wanted) => {
    const fitted = coerce(raw, type);
    expect(fitted.ok ? fitted.value : null).toBe(wanted);
    if (!fitted.ok) expect(fitted.sentence).toMatch(/^Expected .*, found .*\.$/);
  });

  it.each<[VariableType, Value, Value | RegExp]>([
    ["choice", "gold", "Gold"],
    ["choice", "bronze", /one of Gold, Silver, found something else/],
    ["list", "a, b,,c ", ["a", "b", "c"]],
    ["list", [" a ", ""], ["a"]],
    ["list", "", []],
    ["list", Array.from({ length: 101 }, String), /at most 100 texts, found 101/],
    ["list", { dob: "1980-01-05" }, /found a claim/],
    [
      "claim",
      { dob: "1980-01-05", billed_amount: "12550", tin: "" },
      { dob: "1980-01-05", billed_amount: 12550 },
    ],
    ["claim", { dob: "soon" }, /Date of birth: Expected a date/],
    ["claim", { colour: "red" }, /found "colour"/],
    ["claim", "x", /named fields/],
  ])("a %s from %j is %j", (type, raw, wanted) => {
    const fitted = coerce(raw, type, ["Gold", "Silver"]);
    if (wanted instanceof RegExp) expect(fitted.ok ? "" : fitted.sentence).toMatch(wanted);
    else expect(fitted).toEqual({ ok: true, value: wanted });
  });

  it("none of the little languages throws at any text", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc
        .array(
          fc.constantFrom(
            "{{",
            "}}",
            "|",
            "a",
            "claim.dob",
            "<",
            ">",
            "/",
            "p",
            "break",
            " ",
            '="',
            "&lt;",
            "digits",
          ),
          { maxLength: 20 },
        )
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(...variableTypes), fc.jsonValue(), (source, type, json) => {
        expect(typeof parseTemplate(source).ok).toBe("boolean");
        const spokenParts = parseSpeech(source);
        if (spokenParts.ok) expect(typeof wordsOf(spokenParts.parts)).toBe("string");
        expect(typeof coerce(source, type).ok).toBe("boolean");
        expect(typeof condition.safeParse(json).success).toBe("boolean");
      }),
      { numRuns: 1000 },
    );
  });
});

describe("markup of a text", () => {
  it.each<[string, unknown]>([
    ["Hello", ["Hello"]],
    ["", []],
    ["a &lt; b &amp;c; &quot;", ['a < b &c; "']],
    [
      'one<break time="500ms"/>two',
      ["one", { tag: "break", attributes: { time: "500ms" }, parts: [] }, "two"],
    ],
    [
      "<p><s>Hi {{name}}</s></p>",
      [{ tag: "p", attributes: {}, parts: [{ tag: "s", attributes: {}, parts: ["Hi {{name}}"] }] }],
    ],
    [
      "<say-as interpret-as='digits'>12</say-as>",
      [{ tag: "say-as", attributes: { "interpret-as": "digits" }, parts: ["12"] }],
    ],
  ])("%j is a tree", (source, parts) => {
    expect(parseSpeech(source)).toEqual({ ok: true, parts });
  });

  it.each([
    ["a < b", 2, /no closing >/],
    ["<p>open", 0, /has no <\/p>/],
    ["</p>", 0, /Expected no closing element/],
    ["<p></s>", 3, /Expected <\/p>, found <\/s>/],
    ["<script>x</script>", 0, /no element <script>/],
    ['<p onclick="x">y</p>', 0, /takes these attributes: none/],
    ['<sub alias="{{name}}">x</sub>', 0, /cannot stand in an attribute/],
    ["<p>".repeat(9), 24, /at most 8 elements/],
  ])("%j is refused at %d", (source, at, sentence) => {
    const parsed = parseSpeech(source);
    expect(parsed.ok ? null : parsed.problem).toEqual({ at, sentence: expect.stringMatching(sentence) });
  });

  it("takes values as words only", () => {
    const parsed = parseSpeech('<p>Hi {{name}}</p><break time="1s"/>bye');
    const filled = parsed.ok ? fillSpeech(parsed.parts, (text) => text.replace("{{name}}", "<p>")) : [];
    expect(filled[0]).toEqual({ tag: "p", attributes: {}, parts: ["Hi <p>"] });
    expect(wordsOf(filled)).toBe("Hi <p> bye");
  });
});

describe("references", () => {
  const party = {
    direction: "outbound",
    from: "+15550100001",
    to: "+15550100002",
    humanEvidence: false,
  } as const;
  const claim = held("claim", { dob: "1980-01-05", billed_amount: 12550 });
  it.each<[string, Value | undefined]>([
    ["claim.dob", "1980-01-05"],
    ["claim.billed_amount", 12550],
    ["claim.tin", undefined],
    ["claim.constructor", undefined],
    ["call.from", "+15550100001"],
    ["call.direction", "outbound"],
    ["call.answered_by", undefined],
    ["call.humanEvidence", undefined],
    ["other", undefined],
    ["other.x", undefined],
  ])("%s is %j", (reference, wanted) => {
    expect(resolve(reference, (name) => (name === "claim" ? claim : undefined), party)?.value).toBe(wanted);
  });

  it.each([
    ["claim.dob", "date"],
    ["claim.colour", undefined],
    ["call.from", "text"],
    ["call.constructor", undefined],
    ["amount", "money"],
    ["amount.x", undefined],
    ["toString", undefined],
  ])("%s is declared as %s", (reference, type) => {
    const variables = {
      claim: { type: "claim", sensitivity: "phi" },
      amount: { type: "money", sensitivity: "internal" },
    } as const;
    expect(declaredAs(variables, reference)?.type).toBe(type);
  });

  it("picks single values out of an answer", () => {
    const answer = { a: { "b/c": [1, "x"] }, n: null, t: true };
    const pointers = {
      one: "/a/b~1c/1",
      all: "",
      list: "/a/b~1c",
      none: "/x/y",
      nil: "/n",
      yes: "/t",
      proto: "/constructor",
    };
    expect(pickFrom(answer, pointers)).toEqual({
      one: "x",
      all: null,
      list: null,
      none: null,
      nil: null,
      yes: true,
      proto: null,
    });
  });
});
