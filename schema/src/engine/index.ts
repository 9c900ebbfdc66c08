/** The engine: compile a flow once, then fold the call's events over it with `step`. */
export { type CompiledFlow, compileFlow } from "./compile.ts";
export { callLimitTimer, engineDispositions, limits } from "./limits.ts";
export { type Flows, openSession, type Reply, type StepResult, step } from "./step.ts";
