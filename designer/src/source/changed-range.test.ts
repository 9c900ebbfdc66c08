import { describe, expect, it } from "vitest";
import { changedRange, lineOf, lineOfSyntaxError } from "./changed-range.ts";

describe("changedRange", () => {
  it.each([
    ["abc", "abc"],
    ["abc", "abXc"],
    ["abXc", "abc"],
    ["", "abc"],
    ["abc", ""],
    ["aaa", "aa"],
    ["aa", "aaaa"],
    ["x1y", "x2y"],
  ])("%j → %j", (before, after) => {
    const change = changedRange(before, after);
    const made = change ? before.slice(0, change.from) + change.text + before.slice(change.to) : before;
    expect(made).toBe(after);
  });
});

describe("lines", () => {
  const text = JSON.stringify({ nodes: { a: { title: "A" }, b: { title: "B" } } }, null, 2);
  it.each([
    ["", 1],
    ["/nodes/a/title", 4],
    ["/nodes/b/title", 7],
    ["/nodes/c", 2],
  ])("%s", (pointer, line) => expect(lineOf(text, pointer)).toBe(line));
  it.each([
    ["Expected JSON (line 3 column 1)", 3],
    ["at position 4", 2],
    ["?", 1],
  ])("%s", (message, line) => expect(lineOfSyntaxError("ab\n{x}", message)).toBe(line));
});
