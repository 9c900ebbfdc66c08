/**
 * What the window is fitted to when a call's path is shown: the whole of it, or, when that is too long to be read, its
 * end. Pure.
 */
import type { Walk } from "./walk.ts";

export interface PathCard {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Placed {
  readonly position: { readonly x: number; readonly y: number };
  readonly measured: { readonly width?: number; readonly height?: number };
}

/** The walked cards in the order in which the call last came to them. */
export function pathCards(walk: Walk | null, drawn: ReadonlyMap<string, Placed>): readonly PathCard[] {
  const last = [...(walk?.nodes ?? [])].map(([id, { orders }]) => ({ id, order: orders.at(-1) ?? 0 }));
  return last
    .sort((a, b) => a.order - b.order)
    .flatMap(({ id }) => {
      const card = drawn.get(id);
      if (!card) return [];
      const { width = 0, height = 0 } = card.measured;
      return [{ id, ...card.position, width, height }];
    });
}

/** As many cards from the path's end as fit into a box; the last one always does. */
export function lastThatFit(
  cards: readonly PathCard[],
  room: { readonly width: number; readonly height: number },
): readonly PathCard[] {
  let taken = 0;
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const card of cards.toReversed()) {
    box.left = Math.min(box.left, card.x);
    box.top = Math.min(box.top, card.y);
    box.right = Math.max(box.right, card.x + card.width);
    box.bottom = Math.max(box.bottom, card.y + card.height);
    if (taken > 0 && (box.right - box.left > room.width || box.bottom - box.top > room.height)) break;
    taken += 1;
  }
  return taken === 0 ? [] : cards.slice(-taken);
}
