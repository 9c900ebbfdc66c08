/**
 * The one place that holds the flow being edited. Created when an editor opens, thrown away when it closes.
 * Everything changes it through `run`, `undo` and `redo`; whoever shows it subscribes. Knows neither React nor the
 * network: autosave listens like everybody else.
 */
import type { FlowDocument } from "@trunkline/schema/document";
import type { Command } from "./command.ts";
import { type History, record, redo, startHistory, undo } from "./history.ts";

export type Ran =
  | { readonly select?: readonly string[]; readonly refused?: undefined }
  | { readonly refused: string };

export interface DocumentStore {
  flow(): FlowDocument;
  history(): History;
  run<Args>(command: Command<Args>, args: Args): Ran;
  undo(): string | null;
  redo(): string | null;
  /** Forget the history and begin anew, after the other side of a conflict was taken. */
  reset(flow: FlowDocument): void;
  subscribe(listener: () => void): () => void;
}

export function createStore(flow: FlowDocument, now: () => number = Date.now): DocumentStore {
  let history = startHistory(flow);
  const listeners = new Set<() => void>();
  const become = (next: History) => {
    if (next === history) return;
    history = next;
    for (const listener of listeners) listener();
  };
  return {
    flow: () => history.flow,
    history: () => history,
    run(command, args) {
      const edited = command.run(history.flow, args);
      if ("refused" in edited) return edited;
      const name = command.name(args, history.flow);
      become(record(history, edited.flow, { name, mark: command.mark?.(args) ?? null, at: now() }));
      return edited.select ? { select: edited.select } : {};
    },
    undo() {
      const name = history.past.at(-1)?.name ?? null;
      become(undo(history));
      return name;
    },
    redo() {
      const name = history.future[0]?.name ?? null;
      become(redo(history));
      return name;
    },
    reset: (next) => become(startHistory(next)),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
