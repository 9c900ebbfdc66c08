/** A call's value as people read it: texts of a list with commas, a claim by its fields. */
import type { Value } from "@trunkline/schema/call";

export function shownValue(value: Value): string {
  if (typeof value === "string") return value === "" ? "empty" : value;
  if (typeof value === "number") return String(value);
  if (isTexts(value)) return value.length === 0 ? "empty" : value.join(", ");
  const fields = Object.entries(value);
  return fields.length === 0 ? "empty" : fields.map(([field, held]) => `${field} ${held}`).join(", ");
}

function isTexts(value: Value): value is readonly string[] {
  return Array.isArray(value);
}
