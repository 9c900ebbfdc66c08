/**
 * A rehearsal in progress: the call as it was after every action, so that any turn can be gone back to. Flows that this
 * one calls are fetched by their hashes first, and those that they call.
 */
import { calledFlows, type FlowDocument } from "@trunkline/schema/document";
import { type CompiledFlow, compileFlow } from "@trunkline/schema/engine";
import {
  act,
  type Caller,
  type CallerAction,
  type Rehearsal,
  startRehearsal,
} from "@trunkline/schema/scenario";
import { useCallback, useEffect, useState } from "react";
import { api } from "../api.ts";
import type { Setup } from "./setup.ts";
import { toCaller } from "./setup.ts";

export interface Playing {
  readonly flow: FlowDocument;
  readonly caller: Caller;
  readonly turns: readonly Rehearsal[];
  readonly actions: readonly CallerAction[];
}

/** Flows a call may enter; more than that is a mistake. */
const mostFlows = 60;

const documents = new Map<string, FlowDocument>();

export function useRehearsal(flow: FlowDocument, setup: Setup) {
  const [playing, setPlaying] = useState<Playing | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const restart = useCallback(async (): Promise<Rehearsal | null> => {
    const called = await closure(flow);
    if (typeof called === "string") setFault(called);
    else setFault(null);
    const caller = toCaller(flow, setup);
    const first = startRehearsal(compileFlow(flow), caller, typeof called === "string" ? [] : called);
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

/** Every flow that may be entered, or a sentence why one is missing. */
async function closure(flow: FlowDocument): Promise<readonly CompiledFlow[] | string> {
  const open = calledFlows(flow);
  const found = new Map<string, CompiledFlow>();
  for (let hash = open.pop(); hash !== undefined; hash = open.pop()) {
    if (found.has(hash)) continue;
    if (found.size >= mostFlows) return `This flow calls more than ${mostFlows} others.`;
    const held = documents.get(hash);
    const answer = held ? null : await api.document(hash);
    if (answer && !answer.ok) return `A flow that this one calls cannot be played: ${answer.fault.sentence}`;
    const document = held ?? answer?.value.document;
    if (!document) continue;
    documents.set(hash, document);
    found.set(hash, compileFlow(document));
    open.push(...calledFlows(document));
  }
  return [...found.values()];
}
