/** The little languages a flow is written in: texts with placeholders, conditions, typed values. */
export * from "./coerce.ts";
export * from "./condition.ts";
export * from "./filters.ts";
export * from "./template.ts";
