/** The edges of comparing: dates that meet words, lists in order, numbers written differently. */
import { expect, it } from "vitest";
import type { HeldValue, Value, VariableType } from "../call/index.ts";
import { type Comparison, compare } from "./comparison.ts";

const held = (type: VariableType, value: Value): HeldValue => ({
  type,
  value,
  sensitivity: "internal",
  origin: { source: "start", node: "s", turn: 0, event: 1 },
});
const day = held("date", "2026-03-02");
const count = held("number", 10);
const codes = held("list", ["CO-45", "PR-1"]);
const text = held("text", "Paid in full");

it.each<[HeldValue, Comparison, Value | readonly Value[], boolean]>([
  // A date has no order against a word; published flows compare with less-than and greater-than without that.
  [day, "at-most", "tomorrow", false],
  [day, "at-least", "1st", false],
  [day, "before", "tomorrow", false],
  [day, "after", "1st", false],
  [day, "between", ["1st", "tomorrow"], false],
  [day, "between", ["2026-01-01", "tomorrow"], false],
  [day, "between", ["1st", "2026-12-31"], false],
  [day, "between", ["2026-03-02", "2026-03-02"], true],
  [day, "between", ["2026-03-02"], false],
  [day, "less-than", "tomorrow", true],
  [day, "greater-than", "1st", true],
  [count, "equals", "10.0", true],
  [count, "equals", "ten", false],
  [count, "at-most", "", false],
  [codes, "equals", ["co-45", "pr-1"], true],
  [codes, "equals", ["co-45", "pr-2"], false],
  [codes, "equals", ["co-45"], false],
  [codes, "equals", "CO-45, PR-1", true],
  [codes, "contains", "co-45.", true],
  [codes, "one-of", ["x", "PR-1"], true],
  [text, "starts-with", "PAID", true],
  [text, "not-starts-with", "paid", false],
  [text, "not-starts-with", "denied", true],
  [text, "ends-with", "Full", true],
  [held("text", "ß"), "equals", "SS", false],
  [held("phone", "+15550100001"), "equals", "(555) 010-0001", true],
  [held("phone", "+15550100001"), "equals", "the desk", false],
])("%j %s %j: %s", (value, is, to, expected) => expect(compare(is, value, to)).toBe(expected));
