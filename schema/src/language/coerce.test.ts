/** The edges of what fits a type: longest texts, fullest lists, blank fields. */
import { describe, expect, it } from "vitest";
import type { Value, VariableType } from "../call/index.ts";
import { coerce, longestList, longestText } from "./coerce.ts";

const words = (count: number) => Array.from({ length: count }, (_unused, index) => `w${index}`);

describe("fits", () => {
  it.each<[VariableType, Value, Value]>([
    ["text", "x".repeat(longestText), "x".repeat(longestText)],
    ["text", 5, "5"],
    ["digits", "0".repeat(40), "0".repeat(40)],
    ["number", " -2.5 ", -2.5],
    ["money", "12550", 12_550],
    ["list", words(longestList), words(longestList)],
    ["list", ["x".repeat(longestText)], ["x".repeat(longestText)]],
    ["list", "a,, b ,", ["a", "b"]],
    ["list", 5, ["5"]],
    ["claim", { dob: "1980-01-05", member_id: "  " }, { dob: "1980-01-05" }],
    ["claim", {}, {}],
  ])("%s %j", (type, raw, value) => expect(coerce(raw, type)).toEqual({ ok: true, value }));
});

describe("does not fit, and the sentence says what was expected and what was found", () => {
  it.each<[VariableType, Value, RegExp]>([
    ["text", "x".repeat(longestText + 1), /at most 1000 characters, found 1001 characters/],
    ["text", ["a"], /Expected one value, found several/],
    ["text", { dob: "1980-01-05" }, /Expected one value, found several/],
    ["digits", "0".repeat(41), /1 to 40 digits, found something else/],
    ["number", "", /a number/],
    ["money", "", /a whole number of cents, found something else/],
    ["money", "1.5", /cents/],
    ["date", "2026-02-30", /a date such as 2026-03-02, found something else/],
    ["time", "24:00", /a time of day such as 16:30, found something else/],
    ["list", words(longestList + 1), /at most 100 texts, found 101/],
    ["list", ["a", "x".repeat(longestText + 1)], /texts of at most 1000 characters, found a longer one/],
    ["list", { dob: "1980-01-05" }, /a list of texts, found a claim/],
    ["claim", "x", /a claim with named fields, found something else/],
    ["claim", ["a"], /a claim with named fields/],
    ["claim", { shoe_size: "9" }, /a claim's fields, found "shoe_size"/],
    ["claim", { constructor: "9" } as unknown as Value, /a claim's fields, found "constructor"/], // a name every object has
    ["claim", { dob: "tomorrow" }, /: Expected a date/],
  ])("%s %j", (type, raw, sentence) => {
    const fitted = coerce(raw, type);
    expect(fitted.ok ? "it fits" : fitted.sentence).toMatch(sentence);
  });
});
