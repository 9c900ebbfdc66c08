/** Every comparison by every type, and what can be said of a condition before a call. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HeldValue, Value, VariableType } from "../call/index.ts";
import { coerce } from "./coerce.ts";
import { compare } from "./comparison.ts";
import {
  alwaysHolds,
  type Comparison,
  type Condition,
  comparisons,
  condition,
  describeCondition,
  holds,
  isContradiction,
  operandOf,
  operatorsFor,
  readsOf,
  type Test,
} from "./index.ts";

function held(type: VariableType, value: Value): HeldValue {
  return { type, value, sensitivity: "internal", origin: { source: "start", node: "s", turn: 0, event: 1 } };
}

const values: { [name: string]: HeldValue } = {
  heard: held("text", "One."),
  said: held("text", "The claim was paid, thank you!"),
  dots: held("text", "..."),
  npi: held("digits", "0417"),
  amount: held("money", 12550),
  paid: held("money", 12000),
  count: held("number", 10),
  none: held("number", 0),
  day: held("date", "2026-03-02"),
  due: held("date", "2026-04-01"),
  at: held("time", "16:30"),
  tel: held("phone", "+15550100001"),
  plan: held("choice", "Gold"),
  codes: held("list", ["CO-45", "PR-1"]),
  empty: held("list", []),
  wanted: held("text", "co-45"),
  claim: held("claim", { dob: "1980-01-05" }),
  bare: held("claim", {}),
};

describe("comparisons", () => {
  it.each<[string, Comparison, Test["to"], boolean]>([
    ["heard", "equals", "one", true],
    ["heard", "one-of", ["two", "one!"], true],
    ["heard", "not-one-of", ["one"], false],
    ["dots", "equals", "!!!", false],
    ["dots", "equals", "...", true],
    ["said", "ends-with", "you!", true],
    ["said", "ends-with", "you", false],
    ["said", "not-contains", "denied", true],
    ["said", "not-contains", "PAID", false],
    ["said", "not-starts-with", "the", false],
    ["said", "matches", "paid|denied", true],
    ["said", "not-matches", "^paid$", true],
    ["said", "matches", "(", false],
    ["said", "not-equals", "", true],
    ["missing", "not-contains", "x", false],
    ["missing", "not-one-of", ["x"], false],
    ["missing", "not-matches", "x", false],
    ["npi", "equals", 417, false],
    ["npi", "equals", "0417", true],
    ["npi", "ends-with", "17", true],
    ["amount", "at-least", 12550, true],
    ["amount", "at-most", 12549, false],
    ["amount", "between", [100, "12550"], true],
    ["amount", "between", [12551, 99999], false],
    ["amount", "not-equals", 12550, false],
    ["amount", "greater-than", { variable: "paid" }, true],
    ["amount", "equals", { variable: "missing" }, false],
    ["amount", "not-equals", { variable: "missing" }, false],
    ["none", "equals", " ", false],
    ["none", "equals", { variable: "empty" }, false],
    ["count", "between", ["many", 20], false],
    ["count", "at-least", "9.5", true],
    ["day", "before", "2026-03-03", true],
    ["day", "before", "2026-03-02", false],
    ["day", "after", "2025-12-31", true],
    ["day", "before", "tomorrow", false],
    ["day", "after", "a", false],
    ["day", "before", { variable: "due" }, true],
    ["day", "between", ["2026-03-02", "2026-03-02"], true],
    ["day", "less-than", "2026-10", true],
    ["at", "after", "09:00", true],
    ["at", "at-most", "16:30", true],
    ["at", "between", ["08:00", "16:00"], false],
    ["tel", "equals", "(555) 010-0001", true],
    ["tel", "one-of", ["1-555-010-0001"], true],
    ["tel", "not-equals", "5550100002", true],
    ["tel", "starts-with", "+1555", true],
    ["plan", "equals", " GOLD ", true],
    ["plan", "not-equals", "Gold.", true],
    ["codes", "contains", "co-45", true],
    ["codes", "contains", "co", false],
    ["codes", "not-contains", "OA-23", true],
    ["codes", "contains", { variable: "wanted" }, true],
    ["codes", "one-of", ["x", "PR-1"], true],
    ["codes", "not-one-of", ["x"], true],
    ["codes", "equals", "CO-45, PR-1", true],
    ["codes", "equals", "PR-1, CO-45", false],
    ["wanted", "one-of", { variable: "codes" }, true],
    ["empty", "blank", undefined, true],
    ["codes", "blank", undefined, false],
    ["claim", "not-blank", undefined, true],
    ["bare", "blank", undefined, true],
    ["claim", "equals", "1980-01-05", false],
  ])("%s %s %j is %j", (variable, is, to, wanted) => {
    const asked: Condition = to === undefined ? { variable, is } : { variable, is, to };
    if (to !== "(") expect(condition.safeParse(asked).error?.issues).toBeUndefined();
    expect(holds(asked, (name) => values[name])).toBe(wanted);
  });

  it.each<[Condition, RegExp]>([
    [{ variable: "a", is: "between", to: [1] }, /takes two values, found 1/],
    [{ variable: "a", is: "between", to: { variable: "b" } }, /does not compare with a variable/],
    [{ variable: "a", is: "blank", to: { variable: "b" } }, /does not compare with a variable/],
    [{ variable: "a", is: "matches", to: "(" }, /found a fault/],
    [{ variable: "a", is: "not-matches", to: "(?=a)" }, /look-ahead/],
  ])("%j is refused", (asked, sentence) => {
    expect(JSON.stringify(condition.safeParse(asked).error?.issues)).toMatch(sentence);
  });

  it("says and reads a comparison of two variables", () => {
    const asked: Condition = { variable: "paid", is: "at-most", to: { variable: "billed" } };
    expect(describeCondition(asked)).toBe("paid is at most {billed}");
    expect(describeCondition({ variable: "a", is: "between", to: [1, 5] })).toBe("a is between 1 and 5");
    expect(describeCondition({ variable: "a", is: "equals", to: "" })).toBe("a is");
    expect(readsOf(asked)).toEqual(["paid", "billed"]);
  });

  it("names comparisons for every type, each known", () => {
    const types: VariableType[] = [
      "text",
      "digits",
      "number",
      "money",
      "date",
      "time",
      "phone",
      "choice",
      "list",
      "claim",
    ];
    for (const type of types) {
      const fitting = operatorsFor(type);
      expect(new Set(fitting).size).toBe(fitting.length);
      expect(fitting).toContain("blank");
      for (const one of fitting) expect(comparisons[one]).toBeTruthy();
    }
    const used = new Set(types.flatMap(operatorsFor));
    expect([...Object.keys(comparisons)].filter((one) => !used.has(one as Comparison))).toEqual([]);
  });
});

const types = {
  n: { type: "number" },
  m: { type: "money" },
  t: { type: "text" },
  d: { type: "digits" },
  day: { type: "date" },
  at: { type: "time" },
  p: { type: "phone" },
  c: { type: "choice", choices: ["Yes", "No"] },
  l: { type: "list" },
} as const;

function test(variable: string, is: Comparison, to?: Test["to"]): Test {
  return to === undefined ? { variable, is } : { variable, is, to };
}

describe("what lint may say of a condition", () => {
  it.each<[Condition, "never" | "always" | "sometimes"]>([
    [{ all: [test("n", "equals", 1), test("n", "equals", 2)] }, "never"],
    [{ all: [test("n", "less-than", 3), test("n", "greater-than", 5)] }, "never"],
    [{ all: [test("n", "greater-than", 1), test("n", "less-than", 2)] }, "sometimes"],
    [{ all: [test("m", "greater-than", 1), test("m", "less-than", 2)] }, "never"],
    [{ all: [test("m", "greater-than", 1.5), test("m", "less-than", 2.5)] }, "sometimes"],
    [test("m", "less-than", 2.5), "sometimes"],
    [test("n", "less-than", "many"), "never"],
    [test("n", "equals", "many"), "never"],
    [test("n", "not-equals", "many"), "sometimes"],
    [test("n", "between", [5, 1]), "never"],
    [test("n", "one-of", ["a", "b"]), "never"],
    [test("n", "one-of", ["a", 1]), "sometimes"],
    [test("c", "equals", "maybe"), "never"],
    [test("c", "equals", "yes"), "sometimes"],
    [{ any: [test("c", "equals", "yes"), test("c", "equals", "no"), test("c", "blank")] }, "always"],
    [{ all: [test("t", "blank"), test("t", "equals", "x")] }, "never"],
    [{ all: [test("t", "blank"), test("t", "contains", "x")] }, "never"],
    [{ all: [test("t", "equals", "1"), test("t", "equals", "1.")] }, "sometimes"],
    [{ all: [test("t", "equals", "b"), test("t", "contains", "a")] }, "never"],
    [{ all: [test("t", "equals", "b"), test("t", "ends-with", ".")] }, "sometimes"],
    [{ all: [test("t", "contains", "a"), test("t", "not-contains", "a")] }, "sometimes"],
    [{ any: [test("t", "blank"), test("t", "not-blank")] }, "always"],
    [{ any: [test("n", "less-than", 5), test("n", "at-least", 5), test("n", "blank")] }, "always"],
    [{ any: [test("n", "less-than", 5), test("n", "at-least", 5)] }, "sometimes"],
    [{ not: { any: [test("t", "blank"), test("t", "not-blank")] } }, "never"],
    [{ all: [test("day", "before", "2026-01-02"), test("day", "after", "2026-01-01")] }, "never"],
    [{ all: [test("day", "before", "2026-01-03"), test("day", "after", "2026-01-01")] }, "sometimes"],
    [test("day", "before", "soon"), "never"],
    [test("day", "after", "2026-01-01"), "sometimes"],
    [test("day", "greater-than", "2026-10"), "sometimes"],
    [test("at", "before", "00:00"), "never"],
    [test("at", "after", "23:58"), "sometimes"],
    [test("d", "equals", "abc"), "never"],
    [test("p", "equals", "555-010-0001"), "sometimes"],
    [test("l", "contains", "x"), "sometimes"],
    [{ all: [test("l", "blank"), test("l", "contains", "x")] }, "never"],
    [test("n", "equals", { variable: "m" }), "sometimes"],
    [{ all: [test("n", "equals", 1), test("m", "equals", 1)] }, "sometimes"],
    [{ all: [test("n", "equals", 1), test("m", "equals", 1), test("n", "equals", 2)] }, "never"],
    [{ all: [test("unknown", "equals", 1), test("unknown", "equals", 2)] }, "sometimes"],
  ])("%j holds %s", (asked, wanted) => {
    const found = isContradiction(asked, types)
      ? "never"
      : alwaysHolds(asked, types)
        ? "always"
        : "sometimes";
    expect(found).toBe(wanted);
  });

  it("is never contradicted by a value", () => {
    const raw = fc.constantFrom<string | number>(
      "",
      " ",
      "1",
      "1.",
      2,
      2.5,
      "b",
      "2026-03-01",
      "2026-03-02",
      "2026-03",
      "08:00",
      "00:00",
      "yes",
      "5550100001",
      -1,
      1e17,
    );
    const single = fc
      .tuple(
        fc.constantFrom(...(Object.keys(types) as (keyof typeof types)[])),
        fc.constantFrom(...(Object.keys(comparisons) as Comparison[])),
        raw,
        raw,
      )
      .map(([variable, is, one, two]): Condition => {
        const wants = operandOf(is);
        return wants === "none"
          ? test(variable, is)
          : test(variable, is, wants === "list" ? [one, two] : one);
      });
    const asked: fc.Arbitrary<Condition> = fc.oneof(
      single,
      fc.array(single, { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
      fc.array(single, { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
      fc.array(single, { minLength: 1, maxLength: 3 }).map((all) => ({ not: { all } })),
    );
    const value = fc.oneof(
      raw,
      fc.constantFrom("2", "1!", "a1b", "2026-02-28", "16:00", 3, 0.5, "b?", "2026-03-03"),
      fc.integer({ min: -3, max: 4 }),
    );
    fc.assert(
      fc.property(
        asked,
        fc.array(fc.tuple(fc.constantFrom(...Object.keys(types)), value), { maxLength: 9 }),
        (one, given) => {
          const now = new Map<string, HeldValue>();
          for (const [name, from] of given) {
            const declared: { type: VariableType; choices?: readonly string[] } =
              types[name as keyof typeof types];
            const fitted = coerce(from, declared.type, declared.choices);
            if (fitted.ok) now.set(name, held(declared.type, fitted.value));
          }
          const really = holds(one, (name) => now.get(name));
          if (really) expect(isContradiction(one, types)).toBe(false);
          else expect(alwaysHolds(one, types)).toBe(false);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("compares anything with anything without throwing", () => {
    const any = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.double(),
      fc.array(fc.string()),
      fc.dictionary(fc.string(), fc.string()),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(comparisons) as Comparison[])),
        fc.constantFrom<VariableType>("text", "money", "date", "phone", "list", "claim"),
        any,
        any,
        (is, type, value, to) => {
          expect(typeof compare(is, held(type, value), to)).toBe("boolean");
        },
      ),
      { numRuns: 1000 },
    );
  });
});
