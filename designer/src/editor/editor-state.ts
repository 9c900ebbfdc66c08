/**
 * What the open editor holds besides the document: selection, dock, sizes. Sizes and the open tab are remembered in
 * this browser.
 */
import { useCallback, useState } from "react";

export type DockTab = "problems" | "rehearsal" | "source" | "calls";

export interface DockState {
  readonly open: boolean;
  readonly tab: DockTab;
  readonly height: number;
  readonly width: number;
}

const key = "trunkline.editor";
const initial: DockState = { open: false, tab: "problems", height: 312, width: 360 };

export function useDock() {
  const [dock, setDock] = useState<DockState>(read);
  const change = useCallback((part: Partial<DockState>) => {
    setDock((before) => {
      const next = { ...before, ...part };
      localStorage.setItem(key, JSON.stringify(next));
      return next;
    });
  }, []);
  return [dock, change] as const;
}

function read(): DockState {
  try {
    const held: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    return typeof held === "object" && held !== null ? { ...initial, ...held } : initial;
  } catch {
    return initial;
  }
}
