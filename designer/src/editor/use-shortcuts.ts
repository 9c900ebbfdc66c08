import { useEffect, useRef } from "react";
import type { CanvasHandle } from "../canvas/canvas.tsx";
import { type Clip, clipOf, readClip, writeClip } from "../document/clip.ts";
import type { Wire } from "../document/command.ts";
import { deleteNodes } from "../document/commands/delete-nodes.ts";
import { disconnect } from "../document/commands/disconnect.ts";
import { moveNodes } from "../document/commands/move-nodes.ts";
import { pasteNodes } from "../document/commands/paste-nodes.ts";
import { placeOf } from "../document/nodes.ts";
import type { DocumentStore, Ran } from "../document/store.ts";
import { mention, refuse } from "../frame/notify.ts";
import { loadPatterns } from "../late/patterns.ts";

export interface ShortcutTargets {
  readonly store: DocumentStore;
  readonly nodes: readonly string[];
  readonly wires: readonly Wire[];
  readonly canvas: CanvasHandle | null;
  select(nodes: readonly string[]): void;
  openInspector(node: string): void;
  openHelp(): void;
  openSearch(): void;
  saveNow(): void;
}

const arrows: { readonly [key: string]: readonly [number, number] } = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The editor's keys. Fields, dialogs and Monaco keep their own; help-dialog.tsx lists these. */
export function useShortcuts(targets: ShortcutTargets) {
  const latest = useRef(targets);
  latest.current = targets;
  useEffect(() => {
    let own: Clip | null = null;
    const ran = (result: Ran) => {
      if (result.refused !== undefined) refuse(result.refused);
      else if (result.select) latest.current.select(result.select);
    };
    const duplicate = () => {
      const { store, nodes } = latest.current;
      if (nodes.length > 0)
        ran(
          store.run(pasteNodes, {
            clip: clipOf(store.flow(), nodes),
            by: { x: 40, y: 40 },
            name: "Duplicate",
          }),
        );
    };
    const step = (back: boolean) => {
      const name = back ? latest.current.store.undo() : latest.current.store.redo();
      if (name) mention(`${back ? "Undone" : "Done again"}: ${name}`);
    };
    const onKey = (event: KeyboardEvent) => {
      const { store, nodes, wires, canvas, select, openInspector, openHelp, openSearch, saveNow } =
        latest.current;
      const command = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      if (command && key === "k") {
        event.preventDefault();
        return openSearch();
      }
      if (command && key === "s") {
        event.preventDefault();
        return saveNow();
      }
      // A list one chooses from has nothing of its own to undo.
      const undoes = command && (key === "z" || key === "y") && event.target instanceof HTMLSelectElement;
      if (isBusy(event.target) && !(undoes && !inDialog())) return;
      if (command && key === "z") step(!event.shiftKey);
      else if (command && key === "y") step(false);
      else if (command && key === "d") duplicate();
      else if (command && key === "a") select(Object.keys(store.flow().nodes));
      else if (command || event.altKey) return;
      else if (event.key === "Delete" || event.key === "Backspace") {
        if (nodes.length > 0) ran(store.run(deleteNodes, { nodes, wires }));
        else if (wires.length > 0) ran(store.run(disconnect, { wires }));
        else return;
      } else if (event.key in arrows && nodes.length > 0) {
        const [x = 0, y = 0] = arrows[event.key] ?? [];
        const far = event.shiftKey ? 40 : 8;
        const places = Object.fromEntries(
          nodes.map((id) => {
            const at = placeOf(store.flow(), id);
            return [id, { x: at.x + x * far, y: at.y + y * far }];
          }),
        );
        ran(store.run(moveNodes, { places, mark: `arrows ${nodes.join()}` }));
      } else if (event.key === "/") canvas?.openPalette();
      else if (event.key === "?") openHelp();
      else if (event.key === "Escape") select([]);
      else if ((event.key === "Enter" || event.key === " ") && !onButton(event.target)) {
        const focused =
          event.target instanceof Element
            ? event.target.closest(".react-flow__node")?.getAttribute("data-id")
            : null;
        const id = focused ?? (nodes.length === 1 ? nodes[0] : null);
        if (!id) return;
        if (event.key === " ")
          select(nodes.includes(id) ? nodes.filter((one) => one !== id) : [...nodes, id]);
        else openInspector(id);
      } else return;
      event.preventDefault();
    };
    const onCopy = (event: ClipboardEvent) => {
      const { store, nodes } = latest.current;
      if (isBusy(event.target) || nodes.length === 0 || String(window.getSelection()) !== "") return;
      own = clipOf(store.flow(), nodes);
      event.clipboardData?.setData("text/plain", writeClip(own));
      event.preventDefault();
    };
    const onPaste = (event: ClipboardEvent) => {
      if (isBusy(event.target)) return;
      const text = event.clipboardData?.getData("text/plain") ?? "";
      event.preventDefault();
      void loadPatterns().then(() => {
        const clip = readClip(text) ?? own;
        if (clip) ran(latest.current.store.run(pasteNodes, { clip, by: { x: 40, y: 40 } }));
      });
    };
    window.addEventListener("keydown", onKey);
    document.addEventListener("copy", onCopy);
    document.addEventListener("paste", onPaste);
    return () => {
      window.removeEventListener("keydown", onKey);
      document.removeEventListener("copy", onCopy);
      document.removeEventListener("paste", onPaste);
    };
  }, []);
}

/** Is somebody typing, or is a dialog or a button in charge of the keys? */
function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest("input, textarea, select, [contenteditable], .monaco-editor")) return true;
  return target.closest('[role="menu"]') !== null || inDialog();
}

/** While a dialog is open the keys are its own. */
function inDialog(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}

/** Enter and space belong to a focused button or link. */
function onButton(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("button, a, [role='separator'], [role='tab']") !== null;
}
