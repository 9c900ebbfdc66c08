/** A fix changes what its pointers name and nothing else, or is refused. */
import { describe, expect, it } from "vitest";
import { sound } from "../testdata/sound-flow.ts";
import { applyFix } from "./index.ts";
import { parsed, soundFlow } from "./testing.ts";

describe("a fix", () => {
  const fix = (pointer: string, value: unknown) => ({
    title: "Change it",
    change: [{ op: "set" as const, pointer, value }],
  });

  it("adds, replaces and removes what its pointers name, escaped parts too", () => {
    const flow = parsed({
      ...sound,
      nodes: { ...sound.nodes, start: { ...sound.nodes.start, next: { "a/b~c": "bye" } } },
    });
    const change = [
      { op: "remove" as const, pointer: "/nodes/start/next/a~1b~0c" },
      { op: "set" as const, pointer: "/nodes/start/next/call", value: "bye" },
    ];
    expect(applyFix(flow, { title: "Wire it", change })).toEqual(soundFlow);
  });

  it("that does not fit the flow is refused", () => {
    expect(() => applyFix(soundFlow, fix("/nodes/gone/title", "New"))).toThrow("Expected an object");
    expect(() => applyFix(soundFlow, fix("/nodes/start/next/call/deep", "New"))).toThrow(
      "Expected an object",
    );
    expect(() => applyFix(soundFlow, fix("/nodes/start/next/call", "gone"))).toThrow(
      "does not fit this flow",
    );
  });
});
