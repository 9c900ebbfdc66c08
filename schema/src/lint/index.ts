/** Lint: what is wrong with a flow, said before a caller feels it, and how to put it right. */
export { applyFix, type Fix, type Operation, type Patch } from "./fix.ts";
export { type LintOptions, lint } from "./lint.ts";
export type { Finding, Flows, Report, Rule, Severity } from "./rule.ts";
export { rules } from "./rules/index.ts";
export { type Survey, surveyOf } from "./survey.ts";
