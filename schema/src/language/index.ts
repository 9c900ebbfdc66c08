/** The little languages a flow is written in: texts with placeholders, conditions, typed values. */
import "./no-code-from-text.ts";

export * from "./coerce.ts";
export * from "./condition.ts";
export * from "./filters.ts";
export * from "./template.ts";
