import { useSyncExternalStore } from "react";

/** Read a tiny subscribe store in a component. The getter must give the same reference until something changed. */
export function useStore<T>(store: { subscribe(listener: () => void): () => void }, get: () => T): T {
  return useSyncExternalStore(store.subscribe, get);
}
