/**
 * Reading a flow document from anywhere. Never throws: the answer is the flow, or problems that say where and what.
 * Oversized, too deep, cyclic and hostile values (`__proto__`) are refused before any schema sees them.
 */
import { migrate } from "../migrations/index.ts";
import { type FlowDocument, flowDocument } from "./flow.ts";

export interface Problem {
  /** JSON pointer (RFC 6901) into the document; empty for the whole of it. */
  readonly pointer: string;
  readonly sentence: string;
}

export type ParsedFlow =
  | { readonly ok: true; readonly flow: FlowDocument }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Longest document, in UTF-16 code units. */
export const longestDocument = 2_000_000;
const deepest = 40;
const mostValues = 200_000;
const mostProblems = 100;

export function parseFlowText(text: string): ParsedFlow {
  if (text.length > longestDocument) {
    return refuse(`Expected at most ${longestDocument} characters, found ${text.length}.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : "it cannot be read";
    return refuse(`Expected JSON: ${why.slice(0, 200)}.`);
  }
  return parseFlow(value);
}

export function parseFlow(value: unknown): ParsedFlow {
  const hostile = findHostile(value);
  if (hostile) return { ok: false, problems: [hostile] };
  const migrated = migrate(value);
  if (!migrated.ok) return refuse(migrated.sentence, "/formatVersion");
  const parsed = flowDocument.safeParse(migrated.value);
  if (parsed.success) return { ok: true, flow: parsed.data };
  const problems = parsed.error.issues.slice(0, mostProblems).map((issue) => ({
    pointer: toPointer(issue.path),
    sentence: issue.message.endsWith(".") ? issue.message : `${issue.message}.`,
  }));
  return { ok: false, problems };
}

export function toPointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function refuse(sentence: string, pointer = ""): ParsedFlow {
  return { ok: false, problems: [{ pointer, sentence }] };
}

/** Walks the value without recursion, so that neither depth nor a cycle can hurt. */
function findHostile(root: unknown): Problem | null {
  const open: { value: unknown; path: readonly string[] }[] = [{ value: root, path: [] }];
  let seen = 0;
  for (let at = open.pop(); at; at = open.pop()) {
    seen += 1;
    if (seen > mostValues) return { pointer: "", sentence: `Expected at most ${mostValues} values.` };
    if (typeof at.value !== "object" || at.value === null) continue;
    if (at.path.length >= deepest) {
      return { pointer: toPointer(at.path), sentence: `Expected at most ${deepest} levels, found more.` };
    }
    for (const key of Object.keys(at.value)) {
      const path = [...at.path, key];
      if (key === "__proto__") return { pointer: toPointer(path), sentence: 'A key may not be "__proto__".' };
      open.push({ value: (at.value as Record<string, unknown>)[key], path }); // an object's own key, just listed
    }
  }
  return null;
}
