/** The doorway to the schema's little languages: templates with their filters, conditions, variable names. */
// biome-ignore lint/style/noRestrictedImports: @trunkline/schema has no "./language" export yet; use it here when it has
export * from "../../schema/src/language/index.ts";
