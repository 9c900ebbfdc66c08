/**
 * What a caller would hear of a text, with sample values in it: the variable's initial value, or one typical of its
 * type, said by the same templates, filters and SSML as on a call. Pure.
 */
import type { ClaimRecord, Value, VariableType } from "@trunkline/schema/call";
import type { FlowDocument } from "@trunkline/schema/document";
import {
  claimFields,
  declaredAs,
  fillSpeech,
  parseSpeech,
  parseTemplate,
  plainText,
  renderTemplate,
  spoken,
  wordsOf,
} from "@trunkline/schema/language";

const samples: { readonly [type in Exclude<VariableType, "choice" | "claim">]: Value } = {
  text: "Jordan Lee",
  digits: "40172",
  number: 3,
  money: 12_550,
  date: "2026-03-02",
  time: "16:30",
  phone: "+15550100009",
  list: ["CO-45", "PR-1"],
};

/** Fields of the sample claim that need another value than their type's. */
const claimSamples: ClaimRecord = {
  claim_number: "CLM40172",
  member_id: "W123456789",
  patient_first: "Jordan",
  patient_last: "Lee",
  dob: "1980-01-05",
  billing_npi: "1234567893",
  rendering_npi: "1234567893",
  tin: "123456789",
  ptan: "A1B2C3",
  practice_name: "Lakeside Clinic",
  payer_name: "Sample Health",
};

const factSamples: { readonly [fact: string]: string } = {
  from: "+15550100009",
  to: "+15550100001",
  direction: "inbound",
  answered_by: "human",
};

/** A value for a reference (`amount`, `claim.dob`, `call.from`); undefined for one that nothing declares. */
function sampleOf(flow: FlowDocument, reference: string): Value | undefined {
  const declared = declaredAs(flow.variables, reference);
  if (!declared) return undefined;
  const [base = "", field] = reference.split(".");
  const variable = flow.variables[base];
  if (field !== undefined) {
    if (!variable) return factSamples[field];
    const { initial } = variable;
    const given = typeof initial === "object" && !Array.isArray(initial) ? initial[field] : undefined;
    return given ?? claimSamples[field] ?? ofType(claimFields[field]?.type ?? "text");
  }
  return variable?.initial ?? (declared.type === "choice" ? declared.choices?.[0] : ofType(declared.type));
}

function ofType(type: VariableType): Value {
  return type === "claim" ? claimSamples : type === "choice" ? "" : samples[type];
}

export interface Heard {
  /** The text's tags are SSML. */
  readonly markup?: boolean;
  readonly language?: string;
}

/** The words with sample values in them; null when the text does not parse or says nothing. */
export function callerHears(flow: FlowDocument, text: string, how: Heard = {}): string | null {
  const { markup = false, language = flow.settings.language } = how;
  const parsed = parseTemplate(text);
  if (!parsed.ok) return null;
  const said = (value: Value, reference: string) =>
    spoken(value, declaredAs(flow.variables, reference)?.type, language);
  const fill = (source: string) => {
    const part = parseTemplate(source);
    return part.ok ? renderTemplate(part.template, (name) => sampleOf(flow, name), said, language) : source;
  };
  const tree = markup ? parseSpeech(text) : null;
  if (tree && !tree.ok) return null;
  const words = tree ? wordsOf(fillSpeech(tree.parts, (source) => ` ${fill(source)} `)) : fill(text);
  return words.trim() === "" ? null : words.replace(/\s+([.,;:?!])/g, "$1");
}

/** A text that is not spoken, with sample values as they are stored; null when it has no placeholder or does not parse. */
export function becomes(flow: FlowDocument, text: string): string | null {
  const parsed = parseTemplate(text);
  if (!parsed.ok || parsed.template.reads.length === 0) return null;
  return renderTemplate(parsed.template, (name) => sampleOf(flow, name), plainText, flow.settings.language);
}
