/** The flow document: its shape, its reading, its hash, its graph. */
export * from "./blank-flow.ts";
export * from "./flow.ts";
export * from "./graph.ts";
export * from "./hash.ts";
export * from "./parse.ts";
