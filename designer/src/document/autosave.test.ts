import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Answer, Fault, FlowDetail, Saved } from "../api.ts";
import { smallFlow } from "../testdata/small-flow.ts";
import { createAutosave } from "./autosave.ts";
import { renameNode } from "./commands/rename-node.ts";
import { createStore } from "./store.ts";

const fault = (status: number, code: string, current?: FlowDetail): Answer<Saved> => {
  const told: Fault = { status, code, sentence: `${code}.`, ...(current ? { current } : {}) };
  return { ok: false, fault: told };
};

/** An autosave whose server gives these answers in turn, then saves everything. */
function opened(answers: readonly Answer<Saved>[] = []) {
  const store = createStore(smallFlow());
  const left = [...answers];
  const put = vi.fn(
    async (_document: unknown, revision: number): Promise<Answer<Saved>> =>
      left.shift() ?? { ok: true, value: { revision: revision + 1, savedAt: 5, draftDiffers: true } },
  );
  const autosave = createAutosave(store, { revision: 3, savedAt: 1, draftDiffers: false }, put);
  return { store, autosave, put, rename: (title: string) => store.run(renameNode, { node: "greet", title }) };
}

const theirs = (): FlowDetail => ({
  id: "f",
  name: "Theirs",
  document: { ...smallFlow(), name: "Theirs" },
  revision: 9,
  savedAt: 7,
  published: null,
  draftDiffers: true,
  numbers: [],
});

describe("autosave", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("saves once after typing stops", async () => {
    const { autosave, put, rename } = opened();
    rename("A");
    rename("Ab");
    expect(autosave.state().is).toBe("waiting");
    await vi.advanceTimersByTimeAsync(1000);
    expect(put.mock.calls.map((call) => call[1])).toEqual([3]);
    expect(autosave.state()).toEqual({ is: "saved", at: 5 });
  });

  it("tries again while the server cannot be reached", async () => {
    const { autosave, put, rename } = opened([fault(0, "offline")]);
    rename("A");
    await vi.advanceTimersByTimeAsync(1000);
    expect(autosave.state()).toEqual({ is: "failed", sentence: "offline.", retries: true });
    await vi.advanceTimersByTimeAsync(5000);
    expect([autosave.state().is, put.mock.calls.length]).toEqual(["saved", 2]);
  });

  it("does not repeat what the server refuses", async () => {
    const { autosave, put, rename } = opened([fault(422, "document-invalid")]);
    rename("A");
    await vi.advanceTimersByTimeAsync(20_000);
    expect([autosave.state().is, put.mock.calls.length]).toEqual(["failed", 1]);
  });

  it("stops at a conflict, and mine can be kept", async () => {
    const { autosave, put, rename } = opened([fault(409, "draft-changed", theirs())]);
    rename("A");
    await vi.advanceTimersByTimeAsync(1000);
    rename("Ab");
    await vi.advanceTimersByTimeAsync(20_000);
    expect([autosave.state().is, put.mock.calls.length]).toEqual(["conflict", 1]);
    autosave.keepMine();
    await vi.advanceTimersByTimeAsync(100);
    expect(put.mock.calls.at(-1)?.[1]).toBe(9);
    expect(autosave.state().is).toBe("saved");
  });

  it("stops at a conflict, and theirs can be taken", async () => {
    const { store, autosave, rename } = opened([fault(409, "draft-changed", theirs())]);
    rename("A");
    await vi.advanceTimersByTimeAsync(1000);
    autosave.takeTheirs();
    expect(store.flow().name).toBe("Theirs");
    expect([autosave.state().is, autosave.saved().revision]).toEqual(["saved", 9]);
  });

  it("has nothing to save when an edit is undone before it is sent", async () => {
    const { store, autosave, put, rename } = opened();
    rename("A");
    store.undo();
    await vi.advanceTimersByTimeAsync(20_000);
    expect([autosave.state(), put.mock.calls.length]).toEqual([{ is: "saved", at: 1 }, 0]);
  });

  it("sends an edit's undoing when nobody knows whether the edit arrived", async () => {
    const { store, autosave, put, rename } = opened([fault(0, "offline")]);
    const before = store.flow();
    rename("A");
    await vi.advanceTimersByTimeAsync(1000);
    store.undo();
    await vi.advanceTimersByTimeAsync(20_000);
    expect([autosave.state().is, put.mock.calls.length]).toEqual(["saved", 2]);
    expect(put.mock.calls.at(-1)?.[0]).toBe(before);
  });

  it("flush waits until everything is saved", async () => {
    const { autosave, put, rename } = opened();
    rename("A");
    expect(await autosave.flush()).toBe(true);
    expect([autosave.state().is, put.mock.calls.length]).toEqual(["saved", 1]);
  });
});
