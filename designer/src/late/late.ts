/**
 * Parts of a page that come after its first paint. `late` gives a component that loads when it is first drawn, together
 * with the pattern engine; `fetchLater` loads all of them when the browser has nothing better to do, so that a click
 * finds them there.
 */
import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import { loadPatterns } from "./patterns.ts";

const parts: (() => Promise<unknown>)[] = [];

export function late<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  parts.push(load);
  return lazy(async () => {
    const [part] = await Promise.all([load(), loadPatterns()]);
    return { default: part };
  });
}

/** Begin to load what is late, one after the other. What fails here is tried again when it is drawn. */
export function fetchLater(): void {
  const idle = window.requestIdleCallback ?? ((go: () => void) => setTimeout(go, 200));
  const [next, ...rest] = parts.splice(0);
  if (!next) return;
  parts.push(...rest);
  idle(
    () =>
      void Promise.all([next(), loadPatterns()])
        .finally(fetchLater)
        .catch(() => {}),
  );
}
