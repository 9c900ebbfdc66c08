/** What a variable becomes by each way of setting it, by its type. */
import { describe, expect, it } from "vitest";
import { playNode } from "../testdata/one-node.ts";
import { set } from "./set.ts";

/** Half past ten at night on the first of March in New York; the second in Europe. */
const at = Date.UTC(2026, 2, 2, 3, 30);
const zone = "America/New_York";

describe("set", () => {
  it.each<[string, string, unknown, object, unknown]>([
    ["adds to a number", "number", 2, { how: "add", to: "0.5" }, 2.5],
    ["adds tenths as people do", "number", 0.1, { how: "add", to: "0.2" }, 0.3],
    ["adds to a blank number", "number", undefined, { how: "add", to: "1" }, 1],
    ["takes from an amount", "money", 100, { how: "subtract", to: "250" }, -150],
    ["adds no half cents", "money", 100, { how: "add", to: "0.5" }, null],
    ["goes back over a leap day", "date", "2024-03-01", { how: "subtract", to: "1" }, "2024-02-29"],
    ["adds no half days", "date", "2024-03-01", { how: "add", to: "0.5" }, null],
    ["adds no more than a century", "date", "2024-03-01", { how: "add", to: "40000" }, null],
    ["leaves the calendar", "date", "9999-12-31", { how: "add", to: "1" }, null],
    ["adds to no blank date", "date", undefined, { how: "add", to: "1" }, null],
    ["adds no word", "number", 2, { how: "add", to: "two" }, null],
    ["adds nothing", "number", 2, { how: "add", to: "" }, null],
    ["adds to no digits", "digits", "007", { how: "add", to: "1" }, null],
    ["appends to a text", "text", "a", { how: "append", to: "b" }, "a b"],
    ["appends to a blank text", "text", undefined, { how: "append", to: "b" }, "b"],
    ["appends no text too long", "text", "a".repeat(1000), { how: "append", to: "b" }, null],
    ["appends one element, commas and all", "list", ["a"], { how: "append", to: "b, c" }, ["a", "b, c"]],
    ["appends nothing to a list", "list", ["a"], { how: "append", to: "" }, ["a"]],
    ["appends to no number", "number", 1, { how: "append", to: "2" }, null],
    ["clears a number", "number", 1, { how: "clear" }, undefined],
    ["clears a claim", "claim", { claim_number: "C1" }, { how: "clear" }, undefined],
    ["takes today's date there", "date", undefined, { how: "today", zone }, "2026-03-01"],
    ["takes today's date as a text", "text", undefined, { how: "today", zone }, "2026-03-01"],
    ["takes the time", "time", undefined, { how: "now", zone }, "22:30"],
    ["takes the moment as a text", "text", undefined, { how: "now", zone }, "2026-03-01 22:30"],
    ["takes no date for a number", "number", undefined, { how: "today", zone }, null],
    ["takes no date for a time", "time", undefined, { how: "today", zone }, null],
  ])("%s", (_name, type, initial, change, expected) => {
    for (const scope of ["flow", "call"]) {
      const variables = {
        it: { type, sensitivity: "internal", scope, ...(initial === undefined ? {} : { initial }) },
      };
      const config = { assignments: [{ variable: "it", ...change }] };
      const { outcome, value, values } = playNode("set", config, { at, variables });
      expect([outcome, values.it]).toEqual(expected === null ? ["invalid", initial] : ["done", expected]);
      if (expected === null) expect(value?.text).toMatch(/^it: Expected .*, found .*\.$/);
    }
  });

  it.each([
    ["a list, commas within its texts and all", "list", ["b, c", "d"]],
    ["a claim", "claim", { claim_number: "C1", billed_amount: 12_550 }],
  ])("copies %s", (_name, type, initial) => {
    const variables = {
      it: { type, sensitivity: "phi", initial },
      copy: { type, sensitivity: "phi" },
    };
    const config = { assignments: [{ variable: "copy", to: "{{it}}" }] };
    expect(playNode("set", config, { variables }).values.copy).toEqual(initial);
  });

  it("does all or nothing", () => {
    const variables = {
      one: { type: "number", sensitivity: "internal", initial: 1 },
      two: { type: "number", sensitivity: "internal", initial: 2 },
    };
    const assignments = [
      { variable: "one", how: "clear" },
      { variable: "two", to: "many" },
    ];
    expect(playNode("set", { assignments }, { variables }).values).toEqual({ one: 1, two: 2 });
  });

  it.each<[object, RegExp]>([
    [{ how: "add" }, /Expected a value/],
    [{}, /Expected a value/],
    [{ how: "now" }, /time zone/],
    [{ how: "today", zone: "Mars/Olympus" }, /time zone/],
  ])("refuses %j", (change, message) => {
    const parsed = set.config.safeParse({ assignments: [{ variable: "it", ...change }] });
    expect(parsed.error?.issues[0]?.message).toMatch(message);
  });
});
