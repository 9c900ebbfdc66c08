/** Sample values for previews: the variable's initial value, or one typical of its type. */
import type { Value, VariableType } from "@trunkline/schema/call";
import type { FlowDocument } from "@trunkline/schema/document";
import { parseTemplate, renderTemplate } from "@trunkline/schema/language";

const samples: Record<VariableType, Value> = {
  text: "Jordan Lee",
  digits: "40172",
  number: 3,
  money: 12_550,
  date: "2026-03-02",
};

/** The text with sample values in it; null when it does not parse or says nothing. */
export function callerHears(flow: FlowDocument, text: string): string | null {
  const parsed = parseTemplate(text);
  if (!parsed.ok) return null;
  const heard = renderTemplate(parsed.template, (name) => {
    const variable = flow.variables[name];
    return variable ? (variable.initial ?? samples[variable.type]) : undefined;
  });
  return heard === "" ? null : heard;
}
