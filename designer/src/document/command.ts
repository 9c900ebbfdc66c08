/**
 * What an edit is: a pure function from a flow and its arguments to another flow, or a sentence that says why not.
 * Each command lies in a file of its own under `commands/`; nothing else changes a flow. A command never returns a
 * flow that would not parse, never touches what it was given, and returns the very same flow when nothing changes.
 */
import type { FlowDocument } from "@trunkline/schema/document";

export type Edited =
  | {
      readonly flow: FlowDocument;
      /** Nodes that should be selected afterwards; absent means as before. */
      readonly select?: readonly string[];
    }
  | { readonly refused: string };

export interface Command<Args> {
  /** The edit as a person says it: "Move 3 nodes". */
  name(args: Args, flow: FlowDocument): string;
  /** Edits in a row with the same mark become one step of the history (typing in one field); null never joins. */
  mark?(args: Args): string | null;
  run(flow: FlowDocument, args: Args): Edited;
}

/** A way out of a node, by names. */
export interface Wire {
  readonly node: string;
  readonly outcome: string;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The canvas grid. */
const grid = 8;

export function snap(point: Point): Point {
  return { x: Math.round(point.x / grid) * grid, y: Math.round(point.y / grid) * grid };
}

/** "1 node", "3 nodes". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
