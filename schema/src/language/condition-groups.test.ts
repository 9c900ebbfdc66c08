/** Conditions made of conditions: when a group holds, what it reads, how it is said, and where it is refused. */
import { describe, expect, it } from "vitest";
import type { HeldValue } from "../call/index.ts";
import { testsOf } from "./condition.ts";
import { type Condition, condition, describeCondition, holds, readsOf } from "./index.ts";

const origin = { source: "start", node: "s", turn: 0, event: 1 } as const;
const values: { readonly [name: string]: HeldValue } = {
  yes: { value: "x", type: "text", sensitivity: "internal", origin },
};
const read = (name: string) => values[name];
const yes: Condition = { variable: "yes", is: "equals", to: "x" };
const no: Condition = { variable: "no", is: "not-blank" };

describe("a group", () => {
  it.each<[Condition, boolean, string]>([
    [{ all: [yes, yes] }, true, "yes is x and yes is x"],
    [{ all: [yes, no] }, false, "yes is x and no is not blank"],
    [{ all: [no, yes] }, false, "no is not blank and yes is x"],
    [{ any: [no, yes] }, true, "no is not blank or yes is x"],
    [{ any: [yes, no] }, true, "yes is x or no is not blank"],
    [{ any: [no, no] }, false, "no is not blank or no is not blank"],
    [{ not: yes }, false, "not yes is x"],
    [{ not: { any: [no, no] } }, true, "not (no is not blank or no is not blank)"],
    [{ all: [yes, { any: [no, yes] }] }, true, "yes is x and (no is not blank or yes is x)"],
    [{ all: [yes, { not: { all: [yes, no] } }] }, true, "yes is x and not (yes is x and no is not blank)"],
  ])("%j", (asked, expected, said) => {
    expect(condition.safeParse(asked).success).toBe(true);
    expect(holds(asked, read)).toBe(expected);
    expect(describeCondition(asked)).toBe(said);
    expect(readsOf(asked)).toEqual(testsOf(asked).map((test) => test.variable));
  });

  it("compares with what another variable holds, never with nothing", () => {
    const asked: Condition = { all: [{ variable: "yes", is: "equals", to: { variable: "no" } }, no] };
    expect(readsOf(asked)).toEqual(["yes", "no", "no"]);
    expect(holds(asked, read)).toBe(false);
    expect(holds({ variable: "yes", is: "not-equals", to: { variable: "no" } }, read)).toBe(false);
    expect(holds({ variable: "yes", is: "equals", to: { variable: "yes" } }, read)).toBe(true);
  });
});

describe("is refused", () => {
  it.each<[unknown, (string | number)[], RegExp]>([
    [{ variable: "yes", is: "equals" }, ["to"], /"equals" takes one value, found no value/],
    [{ variable: "yes", is: "equals", to: ["a"] }, ["to"], /takes one value, found a list of values/],
    [{ variable: "yes", is: "blank", to: "a" }, ["to"], /"blank" takes no value, found one value/],
    [{ variable: "yes", is: "one-of", to: "a" }, ["to"], /takes a list of values, found one value/],
    [{ variable: "yes", is: "between", to: [1, 2, 3] }, ["to"], /takes two values, found 3/],
    [
      { variable: "yes", is: "blank", to: { variable: "no" } },
      ["to"],
      /"blank" does not compare with a variable/,
    ],
    [{ variable: "yes", is: "matches", to: { variable: "no" } }, ["to"], /"matches" does not compare/],
    [
      { variable: "yes", is: "not-matches", to: { variable: "no" } },
      ["to"],
      /"not-matches" does not compare/,
    ],
    [{ variable: "yes", is: "between", to: { variable: "no" } }, ["to"], /"between" does not compare/],
  ])("%j", (asked, path, sentence) => {
    const issues = JSON.stringify(condition.safeParse(asked).error?.issues ?? []);
    expect(issues.replaceAll('\\"', '"')).toMatch(sentence);
    expect(issues).toContain(`"code":"custom","path":${JSON.stringify(path)}`);
  });

  it.each([{ all: [] }, { any: [] }, { all: Array.from({ length: 21 }, () => yes) }])(
    "%#: too few or too many parts",
    (asked) => expect(condition.safeParse(asked).success).toBe(false),
  );
});
