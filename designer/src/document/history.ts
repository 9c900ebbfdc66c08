/**
 * Undo and redo as values. Documents are immutable and share structure, so a step simply keeps the flow before and
 * after it; undoing gives back the identical object. Selection and viewport are no part of it.
 */
import type { FlowDocument } from "@trunkline/schema/document";

export interface Step {
  readonly name: string;
  readonly before: FlowDocument;
  readonly mark: string | null;
  /** Epoch milliseconds of the last edit that joined this step. */
  readonly at: number;
}

export interface History {
  readonly flow: FlowDocument;
  readonly past: readonly Step[];
  readonly future: readonly (Step & { readonly after: FlowDocument })[];
}

/** Edits with the same mark join while no more than this passes between them. */
export const joinWithinMs = 2000;
const longest = 200;

export function startHistory(flow: FlowDocument): History {
  return { flow, past: [], future: [] };
}

export function record(
  history: History,
  flow: FlowDocument,
  edit: { name: string; mark: string | null; at: number },
): History {
  if (flow === history.flow) return history;
  const last = history.past.at(-1);
  const joins =
    last !== undefined &&
    history.future.length === 0 &&
    edit.mark !== null &&
    last.mark === edit.mark &&
    edit.at - last.at <= joinWithinMs;
  const step: Step = joins ? { ...last, at: edit.at } : { ...edit, before: history.flow };
  const past = joins ? history.past.slice(0, -1) : history.past;
  return { flow, past: [...past, step].slice(-longest), future: [] };
}

export function undo(history: History): History {
  const last = history.past.at(-1);
  if (!last) return history;
  return {
    flow: last.before,
    past: history.past.slice(0, -1),
    future: [{ ...last, after: history.flow }, ...history.future],
  };
}

export function redo(history: History): History {
  const [next, ...future] = history.future;
  if (!next) return history;
  const { after, ...step } = next;
  // A redone step is closed: typing on afterwards is a step of its own.
  return { flow: after, past: [...history.past, { ...step, mark: null }], future };
}
