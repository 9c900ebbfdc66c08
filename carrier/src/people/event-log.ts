/** A numbered list of what happened, kept so that a connection that broke can go on from any number without loss. */
import { limits } from "../limits.ts";

export interface Numbered<Event> {
  /** From 1, without gaps. */
  readonly id: number;
  readonly event: Event;
}

export interface EventLog<Event> {
  emit(event: Event): void;
  /** Kept events after `lastId`. */
  since(lastId: number): Numbered<Event>[];
  /** Called after every new event. The answer stops it. */
  watch(tell: () => void): () => void;
}

export function createEventLog<Event>(): EventLog<Event> {
  let events: Numbered<Event>[] = [];
  let lastId = 0;
  const watchers = new Set<() => void>();
  return {
    emit(event) {
      events.push({ id: ++lastId, event });
      if (events.length > limits.phoneEvents * 2) events = events.slice(-limits.phoneEvents);
      for (const tell of watchers) tell();
    },
    since: (id) => events.filter((one) => one.id > id),
    watch(tell) {
      watchers.add(tell);
      return () => void watchers.delete(tell);
    },
  };
}
