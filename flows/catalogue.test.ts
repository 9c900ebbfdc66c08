/** Every shipped flow is lint-clean, every scenario goes where it says, and together they visit every node. */
import { compileFlow } from "@trunkline/schema/engine";
import { lint } from "@trunkline/schema/lint";
import { playScenario } from "@trunkline/schema/scenario";
import { describe, expect, it } from "vitest";
import { catalogue } from "./index.ts";

describe.each(catalogue.map((entry) => [entry.id, entry] as const))("flow %s", (_id, entry) => {
  it("has no findings", () => {
    expect(lint(entry.document)).toEqual([]);
  });

  it.each(entry.scenarios.map((scenario) => [scenario.name, scenario] as const))(
    "scenario %s",
    (_name, scenario) => {
      expect(playScenario(compileFlow(entry.document), scenario).failures).toEqual([]);
    },
  );

  it("is visited everywhere by its scenarios", () => {
    const visited = new Set(
      entry.scenarios.flatMap((one) => one.expect.path.map((step) => step.split(":")[0])),
    );
    expect(Object.keys(entry.document.nodes).filter((id) => !visited.has(id))).toEqual([]);
  });

  it("has a scenario file of the scenario's own name for each", () => {
    expect(new Set(entry.scenarios.map((one) => one.name)).size).toBe(entry.scenarios.length);
  });
});
