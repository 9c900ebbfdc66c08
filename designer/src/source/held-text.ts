/**
 * What becomes of the text in the source pane. Text that does not parse, or that was begun on a document the canvas
 * has changed since, is held back: the document stays as it is until somebody decides. Pure.
 */
import { type FlowDocument, parseFlowText } from "@trunkline/schema/document";
import type { SourceProblem } from "../problems/find-problems.ts";
import { lineOf, lineOfSyntaxError } from "./changed-range.ts";

export interface HeldText {
  readonly text: string;
  /** The document the text was last in step with. */
  readonly base: FlowDocument;
}

export type Verdict =
  /** Take this document; it is the current one when nothing was changed. */
  | { readonly is: "good"; readonly flow: FlowDocument }
  /** It parses, but would overwrite what the canvas did meanwhile. */
  | { readonly is: "behind" }
  | { readonly is: "broken"; readonly problems: readonly SourceProblem[] };

export function judge({ text, base }: HeldText, current: FlowDocument): Verdict {
  const parsed = parseFlowText(text);
  if (!parsed.ok) {
    const problems = parsed.problems.map((one) => ({
      ...one,
      line: one.sentence.startsWith("Expected JSON")
        ? lineOfSyntaxError(text, one.sentence)
        : lineOf(text, one.pointer),
    }));
    return { is: "broken", problems };
  }
  if (sameDocument(parsed.flow, current)) return { is: "good", flow: current };
  return sameDocument(base, current) ? { is: "good", flow: parsed.flow } : { is: "behind" };
}

/** Did the document become another one since the text was in step with it? */
export function isBehind(held: HeldText | null, current: FlowDocument): boolean {
  return held !== null && !sameDocument(held.base, current);
}

export function textOf(flow: FlowDocument): string {
  return `${JSON.stringify(flow, null, 2)}\n`;
}

export function sameDocument(a: FlowDocument, b: FlowDocument): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
