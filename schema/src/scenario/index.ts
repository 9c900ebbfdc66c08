/** Scenarios and rehearsals: a flow played without a phone. */
export * from "./play-scenario.ts";
export * from "./rehearsal.ts";
export * from "./rehearse.ts";
export * from "./scenario.ts";
export * from "./scenario-of.ts";
