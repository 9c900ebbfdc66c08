import { expect, it } from "vitest";
import { type Value, type VariableType, variableTypes } from "../call/values.ts";
import { coerce, heldBy } from "./index.ts";

/** Values of each type, of which a variable must hold one at least. */
const values: { readonly [type in VariableType]: readonly Value[] } = {
  text: ["Ada", "4071", "+15550100001"],
  digits: ["4071", "5550100001"],
  number: [12, 12.5],
  money: [12_550],
  date: ["2026-03-02"],
  time: ["16:30"],
  phone: ["+15550100001"],
  choice: ["paid"],
  list: [["a", "b"], ["a"]],
  claim: [{ member_id: "A1" }],
};
const choices = ["Ada", "4071", "12", "12550", "paid"];

it.each(variableTypes)("knows which variables hold a value of type %s", (type) => {
  const holding = variableTypes.filter((into) => values[type].some((one) => coerce(one, into, choices).ok));
  // A choice is one of the variable's own words, and a list none but another list's or the text of one.
  const narrower: { readonly [one: string]: readonly VariableType[] } = {
    choice: ["choice"],
    list: ["list"],
  };
  expect(heldBy[type]).toEqual(narrower[type] ?? holding);
});
