/**
 * What a lint rule is. One file each: why it exists, a wrong and a right example (both are run as its test and shown
 * on its page), and the check. A rule reads a parsed flow, never runs the engine and never throws; one that does
 * becomes a finding itself.
 */
import type { FlowDocument } from "../document/index.ts";

export type Severity = "error" | "warning";

/** A place in the flow and a sentence that says what was expected and what was found. */
export interface Report {
  readonly node?: string;
  readonly pointer: string;
  readonly sentence: string;
}

export interface Finding extends Report {
  readonly rule: string;
  readonly severity: Severity;
}

export interface Rule {
  readonly name: string;
  /** Errors block publishing, warnings ask. */
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  /** What to do instead, in one sentence. */
  readonly advice: string;
  /** Turns a sound flow into one this rule reports. */
  readonly wrong: (sound: FlowDocument) => FlowDocument;
  /** Turns a sound flow into one that does the same the right way. */
  readonly right: (sound: FlowDocument) => FlowDocument;
  readonly check: (flow: FlowDocument) => readonly Report[];
}

/** Replaces, adds or removes parts of a node in an example. */
export function withNode(flow: FlowDocument, id: string, node: unknown): FlowDocument {
  // Examples break rules, not the schema: the rules' test parses each one before it is used.
  return { ...flow, nodes: { ...flow.nodes, [id]: node as FlowDocument["nodes"][string] } };
}
