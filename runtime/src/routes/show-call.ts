/** Calls as people may see them: callers masked to the last four digits, PHI values left out. Pure. */
import type { OutcomeField, Session } from "@trunkline/schema/call";
import { type FlowDocument, type FlowNode, factsOf } from "@trunkline/schema/document";
import type { CallRow } from "../db/calls.ts";
import type { CallSummary, ShownValue } from "./shapes.ts";

export function toCallSummary(row: CallRow): CallSummary {
  const {
    id,
    flowId,
    flowName,
    version,
    to,
    startedAt,
    endedAt,
    status,
    reason,
    disposition,
    turns,
    visits,
  } = row;
  return {
    id,
    flowId,
    flowName,
    version,
    from: masked(row.from),
    to,
    startedAt,
    endedAt,
    status,
    reason,
    disposition,
    currentNode: row.node,
    turns,
    visits,
  };
}

/** `+15550199000` becomes `••• 9000`; a word for a withheld number stays. */
export function masked(party: string): string {
  const digits = party.replace(/\D/g, "");
  return digits.length < 4 ? (/^[A-Za-z ]+$/.test(party) ? party : "•••") : `••• ${digits.slice(-4)}`;
}

/** The main flow's values and those that all flows of the call share. */
export function shownValues(session: Session): ShownValue[] {
  const values = { ...session.shared, ...session.frames[0]?.values };
  return Object.entries(values).map(([name, { value, type, sensitivity, origin }]) => ({
    name,
    type,
    sensitivity,
    // A claim is about a patient whatever its variable says.
    value: sensitivity === "phi" || type === "claim" ? null : value,
    origin,
  }));
}

export function shownOutcome(row: { outcome: string; fields: readonly OutcomeField[]; recordedAt: number }) {
  const fields = row.fields.map(({ name, value, sensitivity }) => ({
    name,
    value: sensitivity === "phi" ? null : value,
    sensitivity,
  }));
  return { outcome: row.outcome, fields, recordedAt: row.recordedAt };
}

export interface ShownFlow {
  readonly frame: string;
  readonly hash: string;
  readonly name: string;
  readonly document: FlowDocument;
}

/**
 * The flows a call entered, by the path of nodes that led into each (a trace entry's `frame`). The paths come from the
 * trace; which flow lies behind a path is what the calling node says.
 */
export function shownFlows(
  root: FlowDocument,
  frames: readonly string[],
  flows: ReadonlyMap<string, FlowDocument>,
): ShownFlow[] {
  return frames.flatMap((frame) => {
    let document: FlowDocument | undefined = root;
    let hash: string | undefined;
    for (const id of frame.split("/")) {
      const node: FlowNode | undefined = document?.nodes[id];
      hash = node && factsOf(node).calls?.hash;
      document = hash === undefined ? undefined : flows.get(hash);
    }
    return document && hash !== undefined ? [{ frame, hash, name: document.name, document }] : [];
  });
}
