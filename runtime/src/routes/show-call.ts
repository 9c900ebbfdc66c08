/** Calls as people may see them: callers masked to the last four digits, PHI values left out. Pure. */
import type { OutcomeField, Session } from "@trunkline/schema/call";
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

export function shownValues(session: Session): ShownValue[] {
  const values = session.frames.at(-1)?.values ?? {};
  return Object.entries(values).map(([name, { value, type, sensitivity, origin }]) => ({
    name,
    type,
    sensitivity,
    value: sensitivity === "phi" ? null : value,
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
