import { condition, describeCondition } from "@trunkline/schema/language";
import { describe, expect, it } from "vitest";
import { smallFlow } from "../../testdata/small-flow.ts";
import { completionsAt } from "./completions.ts";
import { callerHears } from "./sample.ts";
import { withComparison } from "./with-comparison.ts";

describe("completionsAt", () => {
  it.each([
    ["Hello", 5, null],
    ["Hi {{", 5, ["member_id", "amount"]],
    ["Hi {{me", 7, ["member_id"]],
    ["Hi {{member_id", 14, ["member_id", "member_id|digits", "member_id|money", "member_id|date"]],
    ["Hi {{member_id|d", 16, ["digits", "date"]],
    ["Hi {{member_id}} ", 17, null],
  ])("%j at %d", (text, caret, expected) =>
    expect(
      completionsAt(text, caret, ["member_id", "amount"])?.options.map((one) => one.label) ?? null,
    ).toEqual(expected),
  );

  it("replaces closing braces that are there already", () => {
    expect(completionsAt("{{me}}", 4, ["member_id"])).toMatchObject({
      from: 2,
      to: 6,
      options: [{ insert: "member_id}}" }],
    });
  });
});

describe("callerHears", () => {
  it.each([
    ["Hello.", "Hello."],
    ["Your id is {{member_id|digits}}.", "Your id is 4 0 1 7 2."],
    ["{{oops", null],
    ["", null],
  ])("%j", (text, heard) => expect(callerHears(smallFlow(), text)).toBe(heard));
});

describe("withComparison", () => {
  it.each([
    [
      { variable: "a", is: "equals", to: "x" },
      "one-of",
      { variable: "a", is: "one-of", to: ["x"] },
      "a is one of x",
    ],
    [
      { variable: "a", is: "one-of", to: ["x", "y"] },
      "equals",
      { variable: "a", is: "equals", to: "x" },
      "a is x",
    ],
    [{ variable: "a", is: "equals", to: "x" }, "blank", { variable: "a", is: "blank" }, "a is blank"],
    [
      { variable: "a", is: "blank" },
      "less-than",
      { variable: "a", is: "less-than", to: "" },
      "a is less than ",
    ],
  ] as const)("%j as %s", (test, is, expected, said) => {
    const changed = withComparison(structuredClone(test) as Parameters<typeof withComparison>[0], is);
    expect(changed).toEqual(expected);
    expect(condition.safeParse(changed).success).toBe(true);
    expect(describeCondition(changed)).toBe(said);
  });
});
