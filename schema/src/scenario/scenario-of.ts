/** A rehearsal kept as a scenario: what was done becomes its steps, what came of it its expectations. Pure. */

import { pathOf } from "./play-scenario.ts";
import type { Caller, CallerAction, Rehearsal } from "./rehearsal.ts";
import type { Scenario, ScenarioStep } from "./scenario.ts";

export interface Played {
  readonly caller: Caller;
  /** The rehearsal as it began and after each action. */
  readonly turns: readonly Rehearsal[];
  readonly actions: readonly CallerAction[];
}

/** Longest part of a spoken line that a step expects to hear; enough to tell which it was. */
const longestHeard = 80;

/** `name` is the scenario's own, lower-case words with dashes. */
export function scenarioOf(name: string, { caller, turns, actions }: Played): Scenario {
  const last = turns.at(-1);
  if (!last) throw new Error("Expected a rehearsal that has begun, found none.");
  const { session } = last;
  const { direction, from, to, at, seed, inputs, answered, answers, effects } = caller;
  const ends = { ...(direction ? { direction } : {}), ...(from ? { from } : {}), ...(to ? { to } : {}) };
  const steps = turns.flatMap((turn, index): ScenarioStep[] => {
    const heard = heardIn(turn, turns[index - 1]);
    const action = actions[index];
    return [...(heard ? [{ hears: heard }] : []), ...(action ? [action] : [])];
  });
  const values = Object.entries({ ...session.frames[0]?.values, ...session.shared }).map(
    ([variable, held]) => [variable, held.value] as const,
  );
  const kept = {
    name,
    ...(Object.keys(ends).length > 0 ? { caller: ends } : {}),
    ...(at === undefined ? {} : { when: new Date(at).toISOString() }),
    ...(seed === undefined ? {} : { seed }),
    ...(inputs ? { inputs } : {}),
    ...(answered ? { answered } : {}),
    ...(answers && answers.length > 0 ? { answers } : {}),
    ...(effects ? { effects } : {}),
    steps,
    expect: {
      path: pathOf(last.trace),
      disposition: session.disposition ?? "",
      ...(values.length > 0 ? { values: Object.fromEntries(values) } : {}),
      outcomes: last.outcomes.map((one) => one.outcome),
      ...(session.tags ? { tags: session.tags } : {}),
      ...(last.messages.length > 0 ? { messages: last.messages.map((one) => one.text.slice(0, 500)) } : {}),
      ...(last.requests.length > 0 ? { requests: last.requests.map((one) => one.url.slice(0, 500)) } : {}),
    },
  };
  // Read-only lists and a JSON answer of unknown shape: what it was given as, it is written as.
  return JSON.parse(JSON.stringify(kept)) as Scenario;
}

/** The end of what was heard since the turn before, cut at a word. */
function heardIn(turn: Rehearsal, before: Rehearsal | undefined): string | null {
  const lines = turn.transcript.slice(before?.transcript.length ?? 0).filter((line) => line.who === "flow");
  const text = lines.at(-1)?.text ?? "";
  if (text.length <= longestHeard) return text || null;
  const cut = text.slice(0, longestHeard);
  return cut.slice(0, cut.lastIndexOf(" ") + 1).trim() || cut;
}
