/** Lint: what is wrong with a flow, said before a caller feels it. */
export { lint, rules } from "./lint.ts";
export type { Finding, Report, Rule, Severity } from "./rule.ts";
