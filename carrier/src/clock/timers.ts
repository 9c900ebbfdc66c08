/**
 * Timers in a heap: the earliest first, of those due together the one set first.
 * A cancelled one is only marked; when most are, they are swept out, so that a call that set a timer of four hours leaves nothing behind.
 */
import type { Cancel } from "./clock.ts";

export interface Timers {
  /** `due` in ms, whatever they count from. */
  add(due: number, fn: () => void): Cancel;
  /** When the next one is due, or Infinity. */
  nextDue(): number;
  /** Takes the next one out; what is to be called. */
  take(): (() => void) | null;
  /** Kept at the moment, cancelled ones too. */
  size(): number;
}

interface Timer {
  readonly due: number;
  readonly order: number;
  fn: (() => void) | null;
}

/** Fewer cancelled ones than this are not worth a sweep. */
const sweptFrom = 256;

const earlier = (a: Timer, b: Timer) => a.due < b.due || (a.due === b.due && a.order < b.order);

export function createTimers(): Timers {
  let heap: Timer[] = [];
  let order = 0;
  let cancelled = 0;
  const sweep = () => {
    cancelled = 0;
    const live = heap.filter(({ fn }) => fn !== null);
    heap = [];
    for (const timer of live) push(heap, timer);
  };
  /** Drops cancelled timers from the top and shows the next live one. */
  const peek = () => {
    while (heap[0] && heap[0].fn === null) {
      cancelled--;
      pop(heap);
    }
    return heap[0];
  };
  return {
    size: () => heap.length,
    nextDue: () => peek()?.due ?? Number.POSITIVE_INFINITY,
    add(due, fn) {
      const timer: Timer = { due, order: order++, fn };
      push(heap, timer);
      return () => {
        if (timer.fn === null) return;
        timer.fn = null;
        if (++cancelled >= sweptFrom && cancelled * 2 > heap.length) sweep();
      };
    },
    take() {
      const next = peek();
      if (!next) return null;
      pop(heap);
      const { fn } = next;
      next.fn = null;
      return fn;
    },
  };
}

function push(heap: Timer[], timer: Timer): void {
  let at = heap.push(timer) - 1;
  while (at > 0) {
    const up = (at - 1) >> 1;
    const parent = heap[up]!;
    if (!earlier(timer, parent)) break;
    heap[at] = parent;
    at = up;
  }
  heap[at] = timer;
}

function pop(heap: Timer[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    const right = heap[child + 1];
    if (right && earlier(right, heap[child]!)) child++;
    const lower = heap[child];
    if (!lower || !earlier(lower, last)) break;
    heap[at] = lower;
    at = child;
  }
  heap[at] = last;
}
