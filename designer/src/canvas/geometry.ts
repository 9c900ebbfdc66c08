/**
 * The measures of a node card, known before anything is drawn: edges, minimap and layout need no browser, and cards
 * outside the window need no element. node-card.module.css draws by the same numbers.
 */
import { type FlowNode, glanceOf, outcomesOf } from "@trunkline/schema/document";
import type { Outcome } from "@trunkline/schema/nodes";

export const cardWidth = 240;
const headerHeight = 36;
const glanceLine = 18;
const rowHeight = 24;
const padding = 8;
/** About how many characters of the glance stand in one line. */
const lineLength = 34;

/** Successes before failures, otherwise in the kind's order. */
export function orderedOutcomes(node: FlowNode): readonly Outcome[] {
  const all = outcomesOf(node);
  return [...all.filter((one) => !one.failure), ...all.filter((one) => one.failure)];
}

export function glanceLines(node: FlowNode): 0 | 1 | 2 {
  const { length } = glanceOf(node);
  return length === 0 ? 0 : length <= lineLength ? 1 : 2;
}

function bodyHeight(node: FlowNode): number {
  const lines = glanceLines(node);
  return lines === 0 ? 0 : lines * glanceLine + padding;
}

export function cardHeight(node: FlowNode): number {
  return headerHeight + bodyHeight(node) + outcomesOf(node).length * rowHeight + padding;
}

/** Where the handles sit, from the card's top left corner. */
export function handleOffsets(node: FlowNode) {
  const first = headerHeight + bodyHeight(node) + rowHeight / 2;
  return {
    target: headerHeight / 2,
    sources: orderedOutcomes(node).map((outcome, row) => ({
      outcome: outcome.name,
      y: first + row * rowHeight,
    })),
  };
}
