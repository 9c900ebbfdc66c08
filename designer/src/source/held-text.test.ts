import { describe, expect, it } from "vitest";
import { renameNode } from "../document/commands/rename-node.ts";
import { smallFlow } from "../testdata/small-flow.ts";
import { isBehind, judge, sameDocument, textOf } from "./held-text.ts";

const base = smallFlow();
const edited = { ...base, name: "Edited in the source" };
const renamed = renameNode.run(base, { node: "greet", title: "Renamed on the canvas" });
const moved = "flow" in renamed ? renamed.flow : base;

describe("judge", () => {
  it("takes text that parses and began on the current document", () => {
    const verdict = judge({ text: textOf(edited), base }, base);
    expect(verdict.is === "good" && verdict.flow.name).toBe("Edited in the source");
  });
  it("holds back text that does not parse, and says where", () => {
    const verdict = judge({ text: textOf(base).replace('"entry":', '"entry"'), base }, base);
    expect(verdict.is === "broken" && verdict.problems.length).toBe(1);
  });
  it("never overwrites what the canvas did meanwhile", () =>
    expect(judge({ text: textOf(edited), base }, moved)).toEqual({ is: "behind" }));
  it("takes it once somebody chose to keep the text", () =>
    expect(judge({ text: textOf(edited), base: moved }, moved).is).toBe("good"));
  it("has nothing to decide when both say the same", () =>
    expect(judge({ text: textOf(moved), base }, moved)).toEqual({ is: "good", flow: moved }));
});

describe("isBehind", () => {
  it.each([
    ["nothing is held", null, moved, false],
    ["the document is as it was", { text: "{", base }, smallFlow(), false],
    ["the canvas changed it", { text: "{", base }, moved, true],
  ] as const)("%s", (_name, held, current, expected) => expect(isBehind(held, current)).toBe(expected));
});

it("tells documents apart by what they say", () => {
  expect(sameDocument(base, smallFlow())).toBe(true);
  expect(sameDocument(base, moved)).toBe(false);
});
