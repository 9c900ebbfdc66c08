/** Plays a scenario against `step` and says where the call went otherwise than expected. */
import type { Session, TraceEntry } from "../call/index.ts";
import type { CompiledFlow } from "../engine/index.ts";
import { resolve } from "../language/index.ts";
import type { Caller, Rehearsal } from "./rehearsal.ts";
import { act, startRehearsal } from "./rehearse.ts";
import type { Scenario } from "./scenario.ts";

export interface ScenarioResult {
  readonly ok: boolean;
  /** One sentence each, expected and found. */
  readonly failures: readonly string[];
  readonly rehearsal: Rehearsal;
}

/** `calledFlows` are the flows this one enters, and those they enter. */
export function playScenario(
  compiled: CompiledFlow,
  scenario: Scenario,
  calledFlows: readonly CompiledFlow[] = [],
): ScenarioResult {
  const failures: string[] = [];
  let rehearsal = startRehearsal(compiled, callerOf(scenario), calledFlows);
  let heardFrom = 0;
  scenario.steps.forEach((step, index) => {
    if ("hears" in step || "hearsNot" in step) {
      const lines = rehearsal.transcript.slice(heardFrom).filter((line) => line.who === "flow");
      const heard = lines.map((line) => line.text).join(" ");
      const [wanted, words] = "hears" in step ? [true, step.hears] : [false, step.hearsNot];
      if (heard.toLowerCase().includes(words.toLowerCase()) !== wanted) {
        failures.push(
          `Step ${index + 1}: expected ${wanted ? "" : "not "}to hear "${words}", heard "${heard}".`,
        );
      }
      return;
    }
    if (rehearsal.over) failures.push(`Step ${index + 1}: the call was over before the far end could act.`);
    heardFrom = rehearsal.transcript.length;
    rehearsal = act(rehearsal, step);
  });
  if (!rehearsal.over) failures.push("Expected the call to be over, found it waiting for the far end.");
  compare(rehearsal, scenario.expect, failures);
  return { ok: failures.length === 0, failures, rehearsal };
}

/** The far end and the outside parties of a scenario. */
export function callerOf(scenario: Scenario): Caller {
  const { caller = {}, when, seed, inputs, answered, answers, effects } = scenario;
  return {
    ...caller,
    at: when === undefined ? undefined : Date.parse(when),
    seed,
    inputs,
    answered,
    answers,
    effects,
  };
}

function compare(rehearsal: Rehearsal, expect: Scenario["expect"], failures: string[]): void {
  const differs = (what: string, wanted: unknown, found: unknown) => {
    const [a, b] = [JSON.stringify(wanted), JSON.stringify(found)];
    if (a !== b) failures.push(`Expected ${what} ${a}, found ${b}.`);
  };
  const { session } = rehearsal;
  differs("path", expect.path, pathOf(rehearsal.trace));
  differs("disposition", expect.disposition, session.disposition);
  for (const [name, wanted] of Object.entries(expect.values ?? {}))
    differs(name, wanted, valueIn(session, name));
  const outcomes = rehearsal.outcomes.map((one) => one.outcome);
  if (expect.outcomes) differs("outcomes", expect.outcomes, outcomes);
  if (expect.tags) differs("tags", expect.tags, session.tags ?? []);
  const messages = rehearsal.messages.map((one) => one.text);
  if (expect.messages) holdsParts("messages", expect.messages, messages, failures);
  const requests = rehearsal.requests.map((one) => one.url);
  if (expect.requests) holdsParts("requests", expect.requests, requests, failures);
}

function holdsParts(
  what: string,
  wanted: readonly string[],
  found: readonly string[],
  failures: string[],
): void {
  const fits = wanted.length === found.length && wanted.every((part, index) => found[index]?.includes(part));
  if (!fits)
    failures.push(`Expected ${what} with ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}.`);
}

/** A value the main flow knows when the call is over. */
export function valueIn(session: Session, reference: string) {
  const own = session.frames[0]?.values ?? {};
  const read = (name: string) => (Object.hasOwn(own, name) ? own[name] : session.shared?.[name]);
  return resolve(reference, read, session.party)?.value;
}

/** A trace as `node:outcome` words; a called flow's nodes stand behind the path that led to them. */
export function pathOf(trace: readonly Pick<TraceEntry, "frame" | "node" | "outcome">[]): string[] {
  return trace.map(({ frame, node, outcome }) => `${frame ? `${frame}/` : ""}${node}:${outcome}`);
}
