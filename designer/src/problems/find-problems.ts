/** Everything that is wrong with the draft, from lint and from a source that does not parse. */
import type { FlowDocument, Problem } from "@trunkline/schema/document";
import type { Finding } from "@trunkline/schema/lint";
import { useEffect, useState } from "react";
import type { Badge } from "../canvas/graph.ts";
import { loadPatterns } from "../late/patterns.ts";

export interface SourceProblem extends Problem {
  readonly line: number;
}

/**
 * Lint findings a moment after the last edit; the rules are loaded with the first look. Flows that are called are looked
 * into; while one cannot be fetched, what needs it is not judged.
 */
export function useFindings(flow: FlowDocument): readonly Finding[] {
  const [findings, setFindings] = useState<readonly Finding[]>([]);
  useEffect(() => {
    let late = false;
    const timer = setTimeout(() => {
      void findProblems(flow).then((found) => !late && setFindings(found));
    }, 250);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [flow]);
  return findings;
}

/** What lint says now. */
export async function findProblems(flow: FlowDocument): Promise<readonly Finding[]> {
  const [{ lint }, { calledDocuments }] = await Promise.all([
    import("@trunkline/schema/lint"),
    import("../document/called-documents.ts"),
    loadPatterns(),
  ]);
  const { documents } = await calledDocuments(flow);
  return lint(flow, { flows: documents });
}

export function badgesOf(findings: readonly Finding[]): ReadonlyMap<string, Badge> {
  const badges = new Map<string, Badge>();
  for (const { node, severity } of findings)
    if (node && badges.get(node) !== "error") badges.set(node, severity);
  return badges;
}

/** The inspector's element for a pointer: `/nodes/a/config/options/0/key` → `field-options.0.key`, `/nodes/a/next/b` → `outcome-b`. */
export function fieldOf(pointer: string): string | null {
  const [, nodes, , part, ...rest] = pointer.split("/");
  if (nodes !== "nodes" || rest.length === 0) return null;
  if (part === "next") return `outcome-${rest[0]}`;
  return part === "config" ? `field-${rest.join(".")}` : null;
}
