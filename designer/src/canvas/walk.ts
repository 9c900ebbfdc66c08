/** The path a call took, as the canvas shows it: which nodes and outcomes, in which order, and what decided. */
import type { DecidingValue, TraceEntry } from "@trunkline/schema/call";
import type { FlowDocument } from "@trunkline/schema/document";

export interface WalkedNode {
  /** From 1; the entry's number in the call, for each visit. */
  readonly orders: readonly number[];
  /** The way out last taken and what decided it; null while the call is here. */
  readonly left: {
    readonly outcome: string;
    readonly value: string;
    /** Milliseconds from the call's start. */
    readonly after: number;
  } | null;
}

export interface Walk {
  readonly nodes: ReadonlyMap<string, WalkedNode>;
  /** `node/outcome` of every way out taken. */
  readonly wires: ReadonlySet<string>;
  readonly current: string | null;
}

/**
 * `startedAt` is where the call's clock begins; without it, with the first entry. `frame` is the flow that is drawn: the
 * main one, or a called one by the path that led to it.
 */
export function walkOf(
  trace: readonly TraceEntry[],
  current: string | null,
  startedAt = trace[0]?.enteredAt ?? 0,
  frame = "",
): Walk {
  const nodes = new Map<string, WalkedNode>();
  const wires = new Set<string>();
  for (const entry of trace) {
    if (entry.frame !== frame) continue;
    const orders = [...(nodes.get(entry.node)?.orders ?? []), entry.seq];
    const after = Math.max(0, entry.leftAt - startedAt);
    const left = { outcome: entry.outcome, value: describeValue(entry.value), after };
    nodes.set(entry.node, { orders, left });
    wires.add(`${entry.node}/${entry.outcome}`);
  }
  if (current !== null) {
    const before = nodes.get(current);
    nodes.set(current, { orders: [...(before?.orders ?? []), trace.length + 1], left: null });
  }
  return { nodes, wires, current };
}

/**
 * Where a live call is: where its last entry led. What the runtime reports may be a moment older than the trace, so
 * it counts only while nothing was traced or the last way out leads nowhere.
 */
export function currentNode(
  flow: FlowDocument,
  trace: readonly TraceEntry[],
  reported: string | null,
): string | null {
  const last = trace.at(-1);
  if (reported === null || !last) return reported;
  // Within a called flow the call is at the node that called it.
  if (last.frame !== "") return last.frame.split("/")[0] ?? reported;
  return flow.nodes[last.node]?.next[last.outcome] ?? reported;
}

/** What decided a visit, in two or three words; empty when nothing did. PHI stands in no trace, so in none here. */
export function describeValue(value: DecidingValue | null): string {
  if (!value) return "";
  const sure = value.confidence === undefined ? "" : ` ${Math.round(value.confidence * 100)} %`;
  const text = value.text ?? (value.variable ? `{${value.variable}}` : "");
  switch (value.by) {
    case "keys":
      return value.variable ? text : `pressed ${text}`;
    case "speech":
      return (value.variable ? text : `said ${text}`) + sure;
    case "silence":
      return "silence";
    case "timer":
      return text || "time over";
    default:
      return text;
  }
}
