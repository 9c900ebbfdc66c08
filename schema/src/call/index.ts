/** The call's vocabulary: events in, verbs, effects and trace out, and the session between. Imports nothing. */
export * from "./effects.ts";
export * from "./events.ts";
export * from "./session.ts";
export * from "./trace.ts";
export * from "./values.ts";
export * from "./verbs.ts";
