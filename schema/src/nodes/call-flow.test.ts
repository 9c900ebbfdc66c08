import { expect, it } from "vitest";
import { callFlow } from "./call-flow.ts";

const flow = { id: "verify", name: "Verify", hash: "0".repeat(64) };
const named = { flow, inputs: [], outputs: [], ways: ["done"] };

// What is handed over is kept by name: of two, only the last would be.
it.each([
  [
    "an input given twice",
    { inputs: ["1", "2"].map((value) => ({ input: "member", value })) },
    "inputs/1/input",
  ],
  [
    "an output taken twice",
    { outputs: ["a", "b"].map((into) => ({ output: "status", into })) },
    "outputs/1/output",
  ],
  [
    "two outputs into one variable",
    { outputs: ["status", "paid"].map((output) => ({ output, into: "a" })) },
    "outputs/1/into",
  ],
  ["a way drawn twice", { ways: ["done", "done"] }, "ways/1"],
  ["a way that means something already", { ways: ["failed"] }, "ways/0"],
])("refuses %s", (_name, change, path) => {
  const parsed = callFlow.config.safeParse({ ...named, ...change });
  expect(parsed.error?.issues.map((issue) => issue.path.join("/"))).toEqual([path]);
});
