/** All rules over one flow. Pure; a rule that crashes becomes a finding that says so. */
import type { FlowDocument } from "../document/index.ts";
import type { Finding, Flows, Rule } from "./rule.ts";
import { rules } from "./rules/index.ts";
import { type Survey, surveyOf } from "./survey.ts";

export interface LintOptions {
  /** The flows this one may call, by content hash; what needs them is not judged when absent. */
  readonly flows?: Flows;
  /** Other rules than all. */
  readonly rules?: readonly Rule[];
}

/** Findings, errors first, each rule in the order of the list. */
export function lint(flow: FlowDocument, options: LintOptions = {}): readonly Finding[] {
  const survey = surveyOf(flow, options.flows ?? null);
  const findings = (options.rules ?? rules).flatMap((rule) => run(rule, survey));
  return [
    ...findings.filter((one) => one.severity === "error"),
    ...findings.filter((one) => one.severity === "warning"),
  ];
}

function run(rule: Rule, survey: Survey): Finding[] {
  try {
    return rule.check(survey).map((report) => ({ ...report, rule: rule.name, severity: rule.severity }));
  } catch {
    const sentence = `The rule “${rule.name}” could not look at this flow; that is a fault in Trunkline.`;
    return [{ rule: rule.name, severity: "warning", pointer: "", sentence }];
  }
}
