import { describe, expect, it } from "vitest";
import { smallFlow } from "../testdata/small-flow.ts";
import { renameNode } from "./commands/rename-node.ts";
import { joinWithinMs } from "./history.ts";
import { createStore } from "./store.ts";

/** Types one letter after another, `gapMs` apart, and says how many steps that made. */
function typed(texts: readonly string[], gapMs: number) {
  let now = 0;
  const flow = smallFlow();
  const store = createStore(flow, () => (now += gapMs));
  for (const title of texts) store.run(renameNode, { node: "greet", title });
  return { store, flow };
}

describe("history", () => {
  it("joins typing in one field", () => {
    const { store, flow } = typed(["W", "We", "Wel"], 100);
    expect(store.history().past).toHaveLength(1);
    expect(store.undo()).toBe("Rename Greet");
    expect(store.flow()).toBe(flow);
  });

  it("keeps apart what a pause lies between", () => {
    expect(typed(["W", "We"], joinWithinMs + 1).store.history().past).toHaveLength(2);
  });

  it("keeps apart typing in different fields", () => {
    const { store } = typed(["W"], 100);
    store.run(renameNode, { node: "goodbye", title: "Bye" });
    expect(store.history().past).toHaveLength(2);
  });

  it("forgets the future on a new edit", () => {
    const { store } = typed(["W"], 100);
    store.undo();
    store.run(renameNode, { node: "goodbye", title: "Bye" });
    expect(store.redo()).toBeNull();
  });

  it("types after a redo as a step of its own", () => {
    const { store } = typed(["W"], 100);
    store.undo();
    store.redo();
    store.run(renameNode, { node: "greet", title: "We" });
    expect(store.history().past).toHaveLength(2);
  });

  it("says nothing when nothing changes", () => {
    const { store } = typed([], 1);
    let calls = 0;
    store.subscribe(() => (calls += 1));
    store.run(renameNode, { node: "greet", title: "Greet" });
    expect([calls, store.undo(), store.redo()]).toEqual([0, null, null]);
  });
});
