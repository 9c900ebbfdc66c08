/** `test`: plays the scenarios beside each flow, and says which ways out of which nodes none of them takes. */
import { outcomesOf } from "@trunkline/schema/document";
import { compileFlow } from "@trunkline/schema/engine";
import { playScenario } from "@trunkline/schema/scenario";
import { atLeastOne, formatOf, put } from "./output.ts";
import { type ReadFlow, readCalledFlows, readFlow, readScenarios } from "./read-flow.ts";
import { junit, type Suite } from "./reports.ts";
import type { ExitCode, Terminal } from "./terminal.ts";
import type { Options } from "./trunkline.ts";

interface Played extends Suite {
  /** Ways out that no scenario takes, as `node:outcome`. */
  readonly untried: readonly string[];
  readonly ways: number;
}

export async function testCommand(
  flows: readonly string[],
  options: Options,
  terminal: Terminal,
): Promise<ExitCode> {
  atLeastOne(flows, "test");
  const format = formatOf(options.format, ["text", "junit"]);
  const played: Played[] = [];
  for (const name of flows) played.push(await playAll(await readFlow(name, terminal)));
  await put(format === "junit" ? junit(played) : played.map(textOf).join("\n"), options.out, terminal);
  const sound = played.every(
    (one) => one.cases.length > 0 && one.cases.every((each) => each.failures.length === 0),
  );
  return sound ? 0 : 1;
}

async function playAll(flow: ReadFlow): Promise<Played> {
  const compiled = compileFlow(flow.flow);
  const called = await readCalledFlows(flow);
  const taken = new Set<string>();
  const scenarios = await readScenarios(flow);
  const cases = scenarios.map(({ file, scenario, problems }) => {
    if (!scenario) return { name: file, failures: problems.map((one) => `${one.pointer}: ${one.sentence}`) };
    const { failures, rehearsal } = playScenario(compiled, scenario, called);
    for (const entry of rehearsal.trace) if (entry.frame === "") taken.add(`${entry.node}:${entry.outcome}`);
    return { name: scenario.name, failures };
  });
  const ways = Object.entries(flow.flow.nodes).flatMap(([id, node]) =>
    outcomesOf(node).map((outcome) => `${id}:${outcome.name}`),
  );
  return { name: flow.name, cases, ways: ways.length, untried: ways.filter((way) => !taken.has(way)) };
}

function textOf({ name, cases, untried, ways }: Played): string {
  const lines = cases.map((one) =>
    one.failures.length === 0
      ? `ok     ${one.name}\n`
      : `FAILED ${one.name}\n${one.failures.map((f) => `         ${f}\n`).join("")}`,
  );
  const passed = cases.filter((one) => one.failures.length === 0).length;
  const none = cases.length === 0 ? "There are no scenarios (*.scenario.json) beside this flow.\n" : "";
  const missing = untried.length > 0 ? `Not taken: ${untried.join(", ")}\n` : "";
  return `${name}\n${lines.join("")}${none}${passed} of ${cases.length} scenarios passed; ${ways - untried.length} of ${ways} ways out taken\n${missing}`;
}
