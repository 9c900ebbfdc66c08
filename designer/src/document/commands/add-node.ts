import { definitionOf, type FlowDocument, type FlowNode, findDefinition } from "@trunkline/schema/document";
import { type Command, type Point, snap, type Wire } from "../command.ts";
import { freeId, freeTitle, slugOf } from "../ids.ts";
import { kindOf, placeOf, withNode } from "../nodes.ts";

export interface AddNode {
  readonly kind: string;
  readonly at: Point;
  /** Lead this way out to the new node. */
  readonly from?: Wire;
}

/** A new node of a kind with its initial config, wired from a pulled outcome if there is one. */
export const addNode: Command<AddNode> = {
  name: ({ kind }) => `Add ${definitionOf(kind).title}`,
  run(flow, { kind, at, from }) {
    const definition = findDefinition(kind);
    if (!definition) return { refused: `There is no node kind "${kind}".` };
    if (kind === "start") return { refused: "A flow has exactly one start." };
    const titles = new Set(Object.values(flow.nodes).map((node) => node.title));
    const title = freeTitle(definition.title, (one) => titles.has(one));
    const id = freeId(slugOf(title), (one) => Object.hasOwn(flow.nodes, one));
    const node: FlowNode = {
      kind: kindOf(definition),
      title,
      config: definition.initial as object,
      next: {},
    };
    const added = {
      ...flow,
      nodes: { ...flow.nodes, [id]: node },
      layout: { nodes: { ...flow.layout.nodes, [id]: besideOthers(flow, snap(at)) } },
    };
    const source = from && flow.nodes[from.node];
    if (!from || !source) return { flow: added, select: [id] };
    return {
      flow: withNode(added, from.node, { ...source, next: { ...source.next, [from.outcome]: id } }),
      select: [id],
    };
  },
};

/** How far a card moves aside, right and down, from one that lies at the very same place. */
const aside = 32;

/** The place itself, or the next along the diagonal where no other card lies exactly. Ends: every step leaves one card behind. */
function besideOthers(flow: FlowDocument, at: Point): Point {
  const taken = new Set(Object.keys(flow.nodes).map((id) => key(placeOf(flow, id))));
  let place = at;
  while (taken.has(key(place))) place = { x: place.x + aside, y: place.y + aside };
  return place;
}

const key = ({ x, y }: Point) => `${x} ${y}`;
