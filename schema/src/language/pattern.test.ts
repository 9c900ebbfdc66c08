/** Patterns of a flow's author: what they find, what is refused, and that none can hang a call. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkPattern, findPattern, longestMatched } from "./index.ts";

describe("patterns", () => {
  it.each<[string, string, [number, number, ...(string | null)[]] | null]>([
    ["claim", "Your CLAIM is paid", [5, 10]],
    ["^paid$", "paid", [0, 4]],
    ["(\\d+)-(x)?", "ref 12-", [4, 7, "12", null]],
    ["[a-", "a", null],
    ["", "a", null],
    ["denied|paid", "nothing", null],
    ["\\bin process\\b", "It is in process now", [6, 16]],
    ["né", "NÉ", [0, 2]],
    ["z", `${"a".repeat(longestMatched)}z`, null],
  ])("%j in %j", (source, text, wanted) => {
    const found = findPattern(source, text);
    expect(found && [found.start, found.end, ...found.groups]).toEqual(wanted);
  });

  it("fits the whole text when asked", () => {
    expect(findPattern("\\d{4}", "12345", { wholeText: true })).toBeNull();
    expect(findPattern("\\d{4}", "1234", { wholeText: true })).toEqual({ start: 0, end: 4, groups: [] });
    expect(findPattern("a*", "a".repeat(longestMatched + 1), { wholeText: true })).toBeNull();
  });

  it.each([
    ["", /found nothing/],
    ["(", /found a fault/],
    ["a{2,1}", /found a fault/],
    ["(a)\\1", /without back-references/],
    ["(?=a)a", /without look-ahead/],
    ["(?<!a)a", /without look-ahead/],
    ["a".repeat(201), /at most 200 characters, found 201/],
    ["(((a{99}){99}){99}){99}", /found a fault/],
  ])("%j is refused", (source, sentence) => {
    expect(checkPattern(source)).toMatch(sentence);
  });

  it("gives a result where backtracking would not come back (S47)", () => {
    expect(checkPattern("^(a+)+$")).toBeNull();
    expect(findPattern("^(a+)+$", `${"a".repeat(30_000)}!`, { wholeText: true })).toBeNull();
    // Only what is looked at counts: its first 4000 letters are all a's.
    expect(findPattern("^(a+)+$", `${"a".repeat(30_000)}!`)?.end).toBe(longestMatched);
    expect(findPattern("^(a|a)*$", `${"a".repeat(3_999)}!`)).toBeNull();
  });

  it("is total, and keeps no more than it may", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (source, text) => {
        const fault = checkPattern(source);
        const found = findPattern(source, text);
        if (fault !== null) expect(found).toBeNull();
        if (found) expect(found.end).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 500 },
    );
  });
});
