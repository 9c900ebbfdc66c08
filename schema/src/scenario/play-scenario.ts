/** Plays a scenario against `step` and says where the call went otherwise than expected. */
import type { CompiledFlow } from "../engine/index.ts";
import { act, type Rehearsal, startRehearsal } from "./rehearse.ts";
import type { Scenario } from "./scenario.ts";

export interface ScenarioResult {
  readonly ok: boolean;
  /** One sentence each, expected and found. */
  readonly failures: readonly string[];
  readonly rehearsal: Rehearsal;
}

export function playScenario(compiled: CompiledFlow, scenario: Scenario): ScenarioResult {
  const failures: string[] = [];
  let rehearsal = startRehearsal(compiled, { from: scenario.caller?.from, effects: scenario.effects });
  let heardFrom = 0;
  scenario.steps.forEach((step, index) => {
    if (!("hears" in step)) {
      if (rehearsal.over) failures.push(`Step ${index + 1}: the call was over before the caller could act.`);
      heardFrom = rehearsal.transcript.length;
      rehearsal = act(rehearsal, step);
      return;
    }
    const lines = rehearsal.transcript.slice(heardFrom).filter((line) => line.who === "flow");
    const heard = lines.map((line) => line.text).join(" ");
    if (!heard.toLowerCase().includes(step.hears.toLowerCase())) {
      failures.push(`Step ${index + 1}: expected to hear "${step.hears}", heard "${heard}".`);
    }
  });
  if (!rehearsal.over) failures.push("Expected the call to be over, found it waiting for the caller.");
  return finish(rehearsal, scenario, failures);
}

function finish(rehearsal: Rehearsal, scenario: Scenario, failures: string[]): ScenarioResult {
  const { expect } = scenario;
  const differs = (what: string, wanted: unknown, found: unknown) => {
    const [a, b] = [JSON.stringify(wanted), JSON.stringify(found)];
    if (a !== b) failures.push(`Expected ${what} ${a}, found ${b}.`);
  };
  differs("path", expect.path, pathOf(rehearsal.trace));
  differs("disposition", expect.disposition, rehearsal.session.disposition);
  const values = rehearsal.session.frames[0]?.values ?? {};
  for (const [name, wanted] of Object.entries(expect.values ?? {}))
    differs(name, wanted, values[name]?.value);
  if (expect.outcomes) {
    differs(
      "outcomes",
      expect.outcomes,
      rehearsal.outcomes.map((one) => one.outcome),
    );
  }
  return { ok: failures.length === 0, failures, rehearsal };
}

/** A trace as `node:outcome` words. */
export function pathOf(trace: readonly { readonly node: string; readonly outcome: string }[]): string[] {
  return trace.map((entry) => `${entry.node}:${entry.outcome}`);
}
