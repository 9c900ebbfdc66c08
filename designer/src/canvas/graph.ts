/** From a flow to what React Flow draws. Reuses every object that did not change, so that only changed cards draw. */
import type { FlowDocument, FlowNode } from "@trunkline/schema/document";
import { type Edge, MarkerType, type Node, type NodeHandle, Position } from "@xyflow/react";
import { placeOf } from "../document/nodes.ts";
import { cardHeight, cardWidth, handleOffsets } from "./geometry.ts";
import { touchesPhi } from "./phi.ts";
import type { Walk, WalkedNode } from "./walk.ts";

export type Badge = "error" | "warning";
export type CardState = "plain" | "walked" | "current" | "faded";

export interface CardData extends Record<string, unknown> {
  readonly node: FlowNode;
  readonly badge: Badge | null;
  /** It reads, sets or says protected health information. */
  readonly phi: boolean;
  readonly state: CardState;
  readonly walked: WalkedNode | null;
  readonly fixed: boolean;
}
export type CardNode = Node<CardData, "card">;

export interface WireData extends Record<string, unknown> {
  readonly node: string;
  readonly outcome: string;
  readonly back: boolean;
  readonly state: CardState;
}
export type WireEdge = Edge<WireData, "wire">;

export interface Overlay {
  readonly badges: ReadonlyMap<string, Badge>;
  readonly walk: Walk | null;
  readonly fixed: boolean;
}

const handleSize = 10;

function handlesOf(node: FlowNode): NodeHandle[] {
  const { target, sources } = handleOffsets(node);
  const box = { width: handleSize, height: handleSize };
  const half = handleSize / 2;
  const left: NodeHandle[] =
    node.kind === "start"
      ? []
      : [{ id: "in", type: "target", position: Position.Left, x: -half, y: target - half, ...box }];
  return left.concat(
    sources.map(({ outcome, y }) => ({
      id: outcome,
      type: "source",
      position: Position.Right,
      x: cardWidth - half,
      y: y - half,
      ...box,
    })),
  );
}

export function toNodes(flow: FlowDocument, overlay: Overlay, before: readonly CardNode[]): CardNode[] {
  const former = new Map(before.map((node) => [node.id, node]));
  return Object.entries(flow.nodes).map(([id, node]) => {
    const walked = overlay.walk?.nodes.get(id) ?? null;
    const state: CardState = !overlay.walk
      ? "plain"
      : overlay.walk.current === id
        ? "current"
        : walked
          ? "walked"
          : "faded";
    const badge = overlay.badges.get(id) ?? null;
    const place = placeOf(flow, id);
    const phi = touchesPhi(flow, node);
    const was = former.get(id);
    const sameData =
      was &&
      was.data.node === node &&
      was.data.badge === badge &&
      was.data.phi === phi &&
      was.data.state === state &&
      was.data.fixed === overlay.fixed &&
      sameWalked(was.data.walked, walked);
    if (sameData && was.position.x === place.x && was.position.y === place.y) return was;
    const size = { width: cardWidth, height: cardHeight(node) };
    return {
      ...was,
      id,
      type: "card",
      position: place,
      data: sameData ? was.data : { node, badge, phi, state, walked, fixed: overlay.fixed },
      ...size,
      measured: size,
      handles: handlesOf(node),
      draggable: !overlay.fixed,
      connectable: !overlay.fixed,
      ariaLabel: `${node.title}, ${node.kind}`,
    };
  });
}

function sameWalked(a: WalkedNode | null, b: WalkedNode | null): boolean {
  return (
    a === b ||
    (a !== null &&
      b !== null &&
      a.orders.join() === b.orders.join() &&
      a.left?.value === b.left?.value &&
      a.left?.after === b.left?.after &&
      a.left?.outcome === b.left?.outcome)
  );
}

export function toEdges(flow: FlowDocument, overlay: Overlay, before: readonly WireEdge[]): WireEdge[] {
  const former = new Map(before.map((edge) => [edge.id, edge]));
  return Object.entries(flow.nodes).flatMap(([id, node]) => {
    const known = new Set(handleOffsets(node).sources.map((one) => one.outcome));
    return Object.entries(node.next).flatMap(([outcome, target]) => {
      if (!known.has(outcome)) return [];
      const edgeId = `${id}/${outcome}`;
      const back = placeOf(flow, target).x <= placeOf(flow, id).x;
      const state: CardState = !overlay.walk ? "plain" : overlay.walk.wires.has(edgeId) ? "walked" : "faded";
      const was = former.get(edgeId);
      if (was && was.target === target && was.data?.back === back && was.data.state === state) return was;
      return {
        ...was,
        id: edgeId,
        type: "wire",
        source: id,
        sourceHandle: outcome,
        target,
        targetHandle: "in",
        data: { node: id, outcome, back, state },
        markerEnd: {
          type: MarkerType.ArrowClosed,
          width: 14,
          height: 14,
          color: `var(--${state === "walked" ? "accent" : "edge"})`,
        },
        ariaLabel: `${node.title}, ${outcome}, leads to ${flow.nodes[target]?.title ?? target}`,
        reconnectable: !overlay.fixed,
      } satisfies WireEdge;
    });
  });
}
