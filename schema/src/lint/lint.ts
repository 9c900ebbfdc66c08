/** All rules over one flow. Pure; a rule that crashes becomes a finding that says so. */
import type { FlowDocument } from "../document/index.ts";
import type { Finding, Rule } from "./rule.ts";
import { busyLoop } from "./rules/busy-loop.ts";
import { menuKeyTwice } from "./rules/menu-key-twice.ts";
import { neverSetVariable } from "./rules/never-set-variable.ts";
import { phiSpokenFirst } from "./rules/phi-spoken-first.ts";
import { promptTooLong } from "./rules/prompt-too-long.ts";
import { strayEdge } from "./rules/stray-edge.ts";
import { unknownVariable } from "./rules/unknown-variable.ts";
import { unreachableNode } from "./rules/unreachable-node.ts";
import { unusedVariable } from "./rules/unused-variable.ts";
import { unwiredOutcome } from "./rules/unwired-outcome.ts";

export const rules: readonly Rule[] = [
  unwiredOutcome,
  strayEdge,
  busyLoop,
  unknownVariable,
  menuKeyTwice,
  phiSpokenFirst,
  unreachableNode,
  neverSetVariable,
  unusedVariable,
  promptTooLong,
];

/** Findings, errors first, each rule in the order of the list. */
export function lint(flow: FlowDocument, list: readonly Rule[] = rules): readonly Finding[] {
  const findings = list.flatMap((rule) => run(rule, flow));
  return [
    ...findings.filter((one) => one.severity === "error"),
    ...findings.filter((one) => one.severity === "warning"),
  ];
}

function run(rule: Rule, flow: FlowDocument): Finding[] {
  try {
    return rule.check(flow).map((report) => ({ ...report, rule: rule.name, severity: rule.severity }));
  } catch {
    const sentence = `The rule “${rule.name}” could not look at this flow; that is a fault in Trunkline.`;
    return [{ rule: rule.name, severity: "warning", pointer: "", sentence }];
  }
}
