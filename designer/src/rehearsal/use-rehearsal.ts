/**
 * A rehearsal in progress: the call as it was after every action, so that any turn can be gone back to. Flows that this
 * one calls are fetched by their hashes first, and those that they call.
 */
import type { FlowDocument } from "@trunkline/schema/document";
import { compileFlow } from "@trunkline/schema/engine";
import {
  act,
  type Caller,
  type CallerAction,
  type Rehearsal,
  startRehearsal,
} from "@trunkline/schema/scenario";
import { useCallback, useEffect, useState } from "react";
import { calledDocuments } from "../document/called-documents.ts";
import type { Setup } from "./setup.ts";
import { toCaller } from "./setup.ts";

export interface Playing {
  readonly flow: FlowDocument;
  readonly caller: Caller;
  readonly turns: readonly Rehearsal[];
  readonly actions: readonly CallerAction[];
}

export function useRehearsal(flow: FlowDocument, setup: Setup) {
  const [playing, setPlaying] = useState<Playing | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const restart = useCallback(async (): Promise<Rehearsal | null> => {
    const { documents, missing } = await calledDocuments(flow);
    setFault(missing && `A flow that this one calls cannot be played: ${missing}`);
    const caller = toCaller(flow, setup);
    const called = [...documents.values()].map((one) => compileFlow(one));
    const first = startRehearsal(compileFlow(flow), caller, called);
    setPlaying({ flow, caller, turns: [first], actions: [] });
    return first;
  }, [flow, setup]);
  // The first one begins by itself; after that it is restarted by hand.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => void restart(), []);
  const perform = useCallback(
    (action: CallerAction): Rehearsal | null => {
      const now = playing?.turns.at(-1);
      if (!playing || !now || now.over) return null;
      const next = act(now, action);
      setPlaying({ ...playing, turns: [...playing.turns, next], actions: [...playing.actions, action] });
      return next;
    },
    [playing],
  );
  /** Back to how it was after so many actions. */
  const rewind = (actions: number) =>
    playing &&
    setPlaying({
      ...playing,
      turns: playing.turns.slice(0, actions + 1),
      actions: playing.actions.slice(0, actions),
    });
  return { playing, fault, restart, perform, rewind };
}
