/**
 * The measures of a node card, known before anything is drawn: edges, minimap and layout need no browser, and cards
 * outside the window need no element. node-card.module.css draws by the same numbers.
 */
import { type FlowNode, factsOf, glanceOf, outcomesOf } from "@trunkline/schema/document";
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

/** Words for people, not a step of the call: drawn as paper, read as a whole. */
export function isNote(node: FlowNode): boolean {
  return factsOf(node).annotation === true;
}

/** The ways out that have a row on the card: a note has one only when it is wired. */
export function drawnOutcomes(node: FlowNode): readonly Outcome[] {
  return isNote(node) && Object.keys(node.next).length === 0 ? [] : orderedOutcomes(node);
}

/** Most lines of a note that stand on its card. */
const longestNote = 14;

export function glanceLines(node: FlowNode): number {
  const glance = glanceOf(node);
  if (glance.length === 0) return 0;
  if (!isNote(node)) return glance.length <= lineLength ? 1 : 2;
  const lines = glance
    .split("\n")
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / lineLength)), 0);
  return Math.min(longestNote, lines);
}

function bodyHeight(node: FlowNode): number {
  const lines = glanceLines(node);
  return lines === 0 ? 0 : lines * glanceLine + padding;
}

export function cardHeight(node: FlowNode): number {
  return headerHeight + bodyHeight(node) + drawnOutcomes(node).length * rowHeight + padding;
}

/** Where the handles sit, from the card's top left corner. */
export function handleOffsets(node: FlowNode) {
  const first = headerHeight + bodyHeight(node) + rowHeight / 2;
  return {
    target: headerHeight / 2,
    sources: drawnOutcomes(node).map((outcome, row) => ({
      outcome: outcome.name,
      y: first + row * rowHeight,
    })),
  };
}
