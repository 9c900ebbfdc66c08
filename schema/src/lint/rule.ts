/**
 * What a lint rule is. One file each: why it exists, a wrong and a right example (both are run as its test and shown
 * on its page), and the check. A rule reads the survey of a parsed flow, never runs the engine and never throws; one
 * that does becomes a finding itself. Its work grows with the flow's nodes and edges, not with their square.
 */
import type { FlowDocument } from "../document/index.ts";
import type { Fix } from "./fix.ts";
import type { Survey } from "./survey.ts";

export type Severity = "error" | "warning";

/** A place in the flow and a sentence that says what was expected and what was found. */
export interface Report {
  readonly node?: string;
  readonly pointer: string;
  readonly sentence: string;
  /** A change that makes this finding go away, where there is one that needs no judgement. */
  readonly fix?: Fix;
}

export interface Finding extends Report {
  readonly rule: string;
  readonly severity: Severity;
}

/** Published flows by content hash: what a flow may call. */
export type Flows = ReadonlyMap<string, FlowDocument>;

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
  /** The other flows its examples call. */
  readonly flows?: () => Flows;
  readonly check: (survey: Survey) => readonly Report[];
}
