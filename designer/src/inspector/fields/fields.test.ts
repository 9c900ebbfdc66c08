import type { FlowDocument } from "@trunkline/schema/document";
import { condition, describeCondition } from "@trunkline/schema/language";
import { describe, expect, it } from "vitest";
import { smallFlow } from "../../testdata/small-flow.ts";
import { takeFlow } from "./called-flow.ts";
import { completionsAt } from "./completions.ts";
import { readTime } from "./read-time.ts";
import { callerHears } from "./sample.ts";
import { toldDay, weekOf } from "./week.ts";
import { withComparison } from "./with-comparison.ts";

const variables: FlowDocument["variables"] = {
  member_id: { type: "digits", sensitivity: "phi" },
  amount: { type: "money", sensitivity: "internal" },
};

describe("completionsAt", () => {
  const labels = (text: string, caret: number) =>
    completionsAt(text, caret, variables)?.options.map((one) => one.label) ?? null;

  it.each([
    ["Hello", 5, null],
    ["Hi {{me", 7, ["member_id"]],
    ["Hi {{amount|mon", 15, ["money", "money-words", "month-day"]],
    ["Hi {{member_id}} ", 17, null],
  ])("%j at %d", (text, caret, expected) => expect(labels(text, caret)).toEqual(expected));

  it("offers variables and facts of the call", () =>
    expect(labels("Hi {{", 5)).toEqual([
      "member_id",
      "amount",
      "call.from",
      "call.to",
      "call.direction",
      "call.answered_by",
    ]));

  it("offers the filters that take the value", () => {
    expect(labels("{{amount", 8)).toContain("amount|money-words");
    expect(labels("{{amount", 8)).not.toContain("amount|nato");
  });

  it("offers a claim by its fields", () => {
    const claims: FlowDocument["variables"] = { claim: { type: "claim", sensitivity: "phi" } };
    const offered = completionsAt("{{claim.do", 10, claims)?.options.map((one) => one.label);
    expect(offered).toEqual(["claim.dob", "claim.dos_from", "claim.dos_to"]);
  });

  it("replaces closing braces that are there already", () => {
    expect(completionsAt("{{me}}", 4, variables)).toMatchObject({
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

  it("says amounts in words, SSML without its tags, facts of the call", () => {
    const flow: FlowDocument = { ...smallFlow(), variables };
    expect(callerHears(flow, "{{amount}} for <emphasis>you</emphasis>.", { markup: true })).toBe(
      "125 dollars and 50 cents for you.",
    );
    expect(callerHears(flow, "From {{call.from}}")).toBe("From +15550100009");
  });
});

describe("readTime", () => {
  it.each([
    ["9", "09:00"],
    ["9:30", "09:30"],
    ["5 pm", "17:00"],
    ["12am", "00:00"],
    ["0930", "09:30"],
    ["24:00", "24:00"],
    ["25", "25"],
    ["24:30", "24:30"],
    ["13 pm", "13 pm"],
    ["noon", "noon"],
  ])("%j is %j", (text, time) => expect(readTime(text)).toBe(time));
});

describe("weekOf", () => {
  const days = ["mon", "tue", "wed"];
  const told = (hours: Parameters<typeof weekOf>[0]) => weekOf(hours, days).map(toldDay);

  it("joins spans that touch and leaves the rest closed", () =>
    expect(
      told([
        { days: ["mon"], from: "12:00", to: "17:00" },
        { days: ["mon"], from: "09:00", to: "12:00" },
      ]),
    ).toEqual(["09:00–17:00", "closed", "closed"]));
  it("carries a night into the next morning", () =>
    expect(told([{ days: ["wed"], from: "22:00", to: "06:00" }])).toEqual([
      "00:00–06:00",
      "closed",
      "22:00–24:00",
    ]));
});

describe("takeFlow", () => {
  it("gives every input a row, keeps what is there and takes what has the same name", () => {
    const called = {
      id: "f",
      name: "Verify",
      version: 5,
      hash: "0".repeat(64),
      inputs: [
        { name: "member_id", type: "digits" },
        { name: "dob", type: "date" },
      ],
      outputs: [
        { name: "amount", type: "money" },
        { name: "plan", type: "text" },
      ],
      ways: ["verified"],
    };
    const before = { inputs: [{ input: "dob", value: "{{claim.dob}}" }], outputs: [], ways: ["old"] };
    expect(takeFlow(before, called, ["member_id", "amount"])).toEqual({
      flow: { id: "f", name: "Verify", hash: "0".repeat(64), version: 5 },
      ways: ["verified"],
      inputs: [
        { input: "member_id", value: "{{member_id}}" },
        { input: "dob", value: "{{claim.dob}}" },
      ],
      outputs: [{ output: "amount", into: "amount" }],
    });
  });
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
      "a is less than",
    ],
  ] as const)("%j as %s", (test, is, expected, said) => {
    const changed = withComparison(structuredClone(test) as Parameters<typeof withComparison>[0], is);
    expect(changed).toEqual(expected);
    expect(condition.safeParse(changed).success).toBe(true);
    expect(describeCondition(changed)).toBe(said);
  });
});
