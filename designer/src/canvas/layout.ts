/**
 * Auto-layout: a simple layered drawing. Columns by the longest way from the entry (loops ignored), rows ordered by
 * the place of whoever leads there and by the outcome's row. Pure; 1,000 nodes take a few milliseconds.
 */
import type { FlowDocument } from "@trunkline/schema/document";
import { type Point, snap } from "../document/command.ts";
import { cardHeight, cardWidth, orderedOutcomes } from "./geometry.ts";

const columnGap = 80;
const rowGap = 32;

export function layoutFlow(flow: FlowDocument): { [id: string]: Point } {
  const targets = new Map(Object.keys(flow.nodes).map((id) => [id, targetsOf(flow, id)] as const));
  const columns = columnsOf(flow, targets);
  const last = Math.max(0, ...columns.values());
  const places: { [id: string]: Point } = {};
  const middles = new Map<string, number>();
  for (let column = 0; column <= last; column += 1) {
    const ids = [...columns].flatMap(([id, at]) => (at === column ? [id] : []));
    const wanted = new Map(ids.map((id) => [id, wantedMiddle(id, targets, middles)] as const));
    ids.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
    const heights = ids.map((id) => heightOf(flow, id));
    const total = heights.reduce((sum, height) => sum + height + rowGap, -rowGap);
    const pulled = ids.map((id) => wanted.get(id) ?? 0).filter((at) => at < 1e6);
    const mean = pulled.reduce((sum, at) => sum + at, 0) / Math.max(1, pulled.length);
    let y = column === 0 ? 0 : mean - total / 2;
    ids.forEach((id, row) => {
      const height = heights[row] ?? 0;
      places[id] = snap({ x: column * (cardWidth + columnGap), y });
      middles.set(id, y + height / 2);
      y += height + rowGap;
    });
  }
  return places;
}

function targetsOf(flow: FlowDocument, id: string): readonly string[] {
  const node = flow.nodes[id];
  if (!node) return [];
  return orderedOutcomes(node).flatMap((outcome) => node.next[outcome.name] ?? []);
}

function heightOf(flow: FlowDocument, id: string): number {
  const node = flow.nodes[id];
  return node ? cardHeight(node) : 0;
}

/** Depth-first from the entry; a wire back into the open path is a loop and pulls nothing. Strays come last. */
function columnsOf(flow: FlowDocument, targets: ReadonlyMap<string, readonly string[]>): Map<string, number> {
  const order: string[] = [];
  const state = new Map<string, "open" | "done">();
  const forward = new Map<string, string[]>();
  const roots = [flow.entry, ...(flow.onHangUp ? [flow.onHangUp] : []), ...targets.keys()];
  for (const root of roots) {
    if (state.has(root)) continue;
    const stack: { id: string; at: number }[] = [{ id: root, at: 0 }];
    state.set(root, "open");
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const to = targets.get(top.id)?.[top.at];
      top.at += 1;
      if (to === undefined) {
        state.set(top.id, "done");
        order.push(top.id);
        stack.pop();
        continue;
      }
      if (state.get(to) === "open") continue;
      forward.set(top.id, [...(forward.get(top.id) ?? []), to]);
      if (state.has(to)) continue;
      state.set(to, "open");
      stack.push({ id: to, at: 0 });
    }
  }
  const columns = new Map(order.map((id) => [id, 0]));
  for (const id of order.reverse()) {
    for (const to of forward.get(id) ?? [])
      columns.set(to, Math.max(columns.get(to) ?? 0, (columns.get(id) ?? 0) + 1));
  }
  return columns;
}

function wantedMiddle(
  id: string,
  targets: ReadonlyMap<string, readonly string[]>,
  middles: ReadonlyMap<string, number>,
) {
  const pulls = [...middles].flatMap(([source, middle]) => {
    const all = targets.get(source) ?? [];
    const row = all.indexOf(id);
    return row < 0 ? [] : [middle + (row - (all.length - 1) / 2) * 24];
  });
  return pulls.length === 0 ? 1e6 : pulls.reduce((sum, one) => sum + one, 0) / pulls.length;
}
