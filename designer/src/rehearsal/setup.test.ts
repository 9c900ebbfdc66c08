import type { FlowDocument } from "@trunkline/schema/document";
import { compileFlow } from "@trunkline/schema/engine";
import { act, parseScenario, scenarioOf, startRehearsal } from "@trunkline/schema/scenario";
import { describe, expect, it } from "vitest";
import { shownValue } from "../frame/shown-value.ts";
import { retyped } from "../inspector/variable-shape.ts";
import { smallFlow } from "../testdata/small-flow.ts";
import { asksFirst, freshSetup, toCaller, usedCaller } from "./setup.ts";

const flow: FlowDocument = {
  ...smallFlow(),
  variables: { member_id: { type: "digits", sensitivity: "phi", origin: "input" } },
};

describe("what a rehearsal begins with", () => {
  it("asks first when the flow needs values", () => {
    expect(asksFirst(flow)).toBe(true);
    expect(asksFirst(smallFlow())).toBe(false);
  });
  it("hands on inputs the flow has, and the moment", () => {
    const setup = { ...freshSetup(), when: "2026-03-09T13:00Z", inputs: { member_id: "007", gone: "x" } };
    expect(toCaller(flow, setup)).toEqual({ at: Date.UTC(2026, 2, 9, 13), inputs: { member_id: "007" } });
  });
  it("asks for no verdict on a call that comes in", () =>
    expect(toCaller(flow, { ...freshSetup(), answered: "beep" })).toEqual({}));
});

it("keeps a rehearsal as a scenario that parses", () => {
  const caller = toCaller(flow, { ...freshSetup(), inputs: { member_id: "007" } });
  const first = startRehearsal(compileFlow(flow), caller);
  const last = act(first, { hangUp: true });
  const played = {
    caller: usedCaller(caller, last),
    turns: [first, last],
    actions: [{ hangUp: true }] as const,
  };
  expect(parseScenario(scenarioOf("small", played))).toMatchObject({ ok: true });
});

describe("shownValue", () => {
  it.each([
    ["a", "a"],
    ["", "empty"],
    [12, "12"],
    [["CO-45", "PR-1"], "CO-45, PR-1"],
    [{ dob: "1980-01-05", billed_amount: 100 }, "dob 1980-01-05, billed_amount 100"],
  ])("%j", (value, shown) => expect(shownValue(value)).toBe(shown));
});

it("gives a choice its choices, and takes them from anything else", () => {
  const choice = retyped({ type: "text", sensitivity: "public", initial: "a" }, "choice");
  expect(choice).toEqual({ type: "choice", sensitivity: "public", choices: ["yes", "no"] });
  expect(retyped(choice, "text")).toEqual({ type: "text", sensitivity: "public" });
});
