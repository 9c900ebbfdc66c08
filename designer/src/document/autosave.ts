/**
 * Keeps the draft on the server in step with the store: debounced, one request at a time, retried while offline.
 * Life: `createAutosave` → edits → `flush` before leaving → `close`. Never overwrites somebody else's draft: a 409
 * stops it until `takeTheirs` or `keepMine` decides. No React here.
 */
import type { FlowDocument } from "@trunkline/schema/document";
import type { Answer, FlowDetail, Saved } from "../api.ts";
import type { DocumentStore } from "./store.ts";

export type SaveState =
  | { readonly is: "saved"; readonly at: number }
  | { readonly is: "waiting" | "saving" }
  | { readonly is: "failed"; readonly sentence: string; readonly retries: boolean }
  | { readonly is: "conflict"; readonly theirs: FlowDetail };

export interface Autosave {
  state(): SaveState;
  saved(): Saved;
  subscribe(listener: () => void): () => void;
  /** Save now what is not saved; true when everything is. */
  flush(): Promise<boolean>;
  /** Another version went live: does the saved draft differ from it? */
  learn(draftDiffers: boolean): void;
  takeTheirs(): void;
  keepMine(): void;
  close(): void;
}

const debounceMs = 800;
const retryMs = 4000;

export function createAutosave(
  store: DocumentStore,
  opened: Saved,
  put: (document: FlowDocument, revision: number) => Promise<Answer<Saved>>,
): Autosave {
  let saved = opened;
  /** What the server holds; null while nobody knows, after an answer was lost. */
  let savedFlow: FlowDocument | null = store.flow();
  let state: SaveState = { is: "saved", at: opened.savedAt };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;
  const listeners = new Set<() => void>();

  const become = (next: SaveState) => {
    state = next;
    for (const listener of listeners) listener();
  };
  const later = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void save(), ms);
  };
  const save = async (): Promise<void> => {
    clearTimeout(timer);
    if (running) return running;
    if (state.is === "conflict" || store.flow() === savedFlow) return;
    const sent = store.flow();
    become({ is: "saving" });
    running = put(sent, saved.revision).then((answer) => {
      running = null;
      if (answer.ok) {
        saved = answer.value;
        savedFlow = sent;
        const rest = store.flow() !== sent;
        become(rest ? { is: "waiting" } : { is: "saved", at: saved.savedAt });
        if (rest) later(debounceMs);
        return;
      }
      const { fault } = answer;
      if (fault.code === "draft-changed" && fault.current)
        return become({ is: "conflict", theirs: fault.current });
      const retries = fault.status === 0 || fault.status >= 500;
      if (retries) savedFlow = null;
      become({ is: "failed", sentence: fault.sentence, retries });
      if (retries) later(retryMs);
    });
    return running;
  };
  const stop = store.subscribe(() => {
    if (state.is === "conflict") return;
    if (store.flow() === savedFlow) {
      if (running || state.is === "saved") return;
      // Undone before the server had it: nothing is left to save.
      clearTimeout(timer);
      return become({ is: "saved", at: saved.savedAt });
    }
    if (state.is !== "saving" && state.is !== "failed") become({ is: "waiting" });
    later(debounceMs);
  });

  return {
    state: () => state,
    saved: () => saved,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async flush() {
      while (store.flow() !== savedFlow) {
        await save();
        if (state.is === "failed" || state.is === "conflict") return false;
      }
      return true;
    },
    learn(draftDiffers) {
      saved = { ...saved, draftDiffers };
      become({ ...state });
    },
    takeTheirs() {
      if (state.is !== "conflict") return;
      const { theirs } = state;
      saved = { revision: theirs.revision, savedAt: theirs.savedAt, draftDiffers: theirs.draftDiffers };
      savedFlow = theirs.document;
      become({ is: "saved", at: theirs.savedAt });
      store.reset(theirs.document);
    },
    keepMine() {
      if (state.is !== "conflict") return;
      saved = { ...saved, revision: state.theirs.revision };
      become({ is: "waiting" });
      void save();
    },
    close() {
      stop();
      clearTimeout(timer);
      void save();
    },
  };
}
