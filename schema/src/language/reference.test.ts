/** Names in texts: a variable, a claim's field, a fact of the call; and what is none of them. */
import { describe, expect, it } from "vitest";
import type { HeldValue, Party, Value, VariableType } from "../call/index.ts";
import { baseOf, declaredAs, plainText, resolve } from "./index.ts";

const variables = {
  case: { type: "claim", sensitivity: "phi" },
  name: { type: "text", sensitivity: "public" },
  mood: { type: "choice", sensitivity: "internal", choices: ["glad"] },
} as const;
const party: Party = {
  direction: "outbound",
  from: "+15550100001",
  to: "+15550100009",
  humanEvidence: false,
};
const held = (value: Value, type: VariableType): HeldValue => ({
  value,
  type,
  sensitivity: "phi",
  origin: { source: "collected", node: "ask", turn: 3, event: 4 },
});
const values: { readonly [name: string]: HeldValue } = {
  case: held({ dob: "1980-01-05", billed_amount: 500 }, "claim"),
  name: held("Ada", "text"),
  parts: held(["a", "b"], "list"),
};
const read = (name: string) => (Object.hasOwn(values, name) ? values[name] : undefined);

describe("how a name is declared", () => {
  const fact = { type: "text", sensitivity: "internal" };
  it.each<[string, object | undefined]>([
    ["name", variables.name],
    ["mood", variables.mood],
    ["gone", undefined],
    ["constructor", undefined],
    ["case.dob", { type: "date", sensitivity: "phi" }],
    ["case.billed_amount", { type: "money", sensitivity: "phi" }],
    ["case.gone", undefined],
    ["case.constructor", undefined],
    ["name.dob", undefined],
    ["gone.dob", undefined],
    ["gone.from", undefined],
    ["call.from", fact],
    ["call.to", fact],
    ["call.direction", fact],
    ["call.answered_by", fact],
    ["call.gone", undefined],
    ["call.constructor", undefined],
    ["call", undefined],
  ])("%s", (reference, expected) => expect(declaredAs(variables, reference)).toEqual(expected));

  it("a variable named call hides the facts", () => {
    expect(declaredAs({ call: variables.name }, "call.from")).toBeUndefined();
    expect(resolve("call.from", () => held("x", "text"), party)).toBeUndefined();
  });
});

describe("what a name holds", () => {
  it.each<[string, Value | undefined]>([
    ["name", "Ada"],
    ["case.dob", "1980-01-05"],
    ["case.billed_amount", 500],
    ["case.member_id", undefined],
    ["case.gone", undefined],
    ["case.constructor", undefined],
    ["name.dob", undefined],
    ["name.length", undefined],
    ["parts.dob", undefined],
    ["parts.length", undefined],
    ["gone", undefined],
    ["gone.from", undefined],
    ["call.from", "+15550100001"],
    ["call.to", "+15550100009"],
    ["call.direction", "outbound"],
    ["call.answered_by", undefined],
    ["call.gone", undefined],
    ["call.constructor", undefined],
  ])("%s", (reference, value) => {
    const found = resolve(reference, read, party);
    expect(found?.value).toEqual(value);
    if (value === undefined) expect(found).toBeUndefined();
  });

  it("with where it comes from", () => {
    expect(resolve("case.dob", read, party)).toEqual({ ...values.case, value: "1980-01-05", type: "date" });
    expect(resolve("call.answered_by", read, { ...party, answered: { by: "fax" } })).toEqual({
      value: "fax",
      type: "text",
      sensitivity: "internal",
      origin: { source: "start", node: "", turn: 0, event: 1 },
    });
  });
});

it("the variable a name begins with", () => {
  expect(["name", "case.dob", ".dob"].map(baseOf)).toEqual(["name", "case", ""]);
});

it.each<[Value, string]>([
  ["a", "a"],
  [5, "5"],
  [["a", "b"], "a, b"],
  [{ dob: "1980-01-05" }, ""],
])("%j as text", (value, expected) => expect(plainText(value)).toBe(expected));
