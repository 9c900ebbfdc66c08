/** The registry tests itself: every kind's examples run, every outcome is reached by one, every page is fresh. */
import { describe, expect, it } from "vitest";
import type { CallEvent, Session, TraceEntry, Verb } from "../call/index.ts";
import { definitionOf, type FlowDocument, parseFlow } from "../document/index.ts";
import type { Example, ExampleEvent } from "../nodes/index.ts";
import { kinds } from "../nodes/index.ts";
import { compileFlow, openSession, step } from "./index.ts";

/** A flow of the kind under test with every outcome leading to a hang-up. */
function flowAround(kind: string, example: Example<unknown>): FlowDocument {
  const outcomes = definitionOf(kind)
    .outcomes(example.config)
    .map((outcome) => outcome.name);
  const variables = Object.fromEntries(
    Object.entries(example.variables ?? {}).map(([name, { type, sensitivity, value }]) => [
      name,
      { type, sensitivity, ...(value === undefined ? {} : { initial: value }) },
    ]),
  );
  const next = Object.fromEntries(outcomes.map((name) => [name, "over"]));
  const subject = { kind, title: "Subject", config: example.config, next };
  const parsed = parseFlow({
    formatVersion: 1,
    name: "Example",
    settings: { language: "en-US", maxCallMinutes: 60, apology: "Sorry." },
    variables,
    entry: kind === "start" ? "subject" : "start",
    nodes: {
      ...(kind === "start"
        ? {}
        : { start: { kind: "start", title: "Start", config: {}, next: { call: "subject" } } }),
      subject,
      over: { kind: "hang-up", title: "Over", config: { disposition: "over" }, next: {} },
    },
    layout: { nodes: {} },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.flow;
}

function toEvent(told: ExampleEvent, at: number, session: Session): CallEvent {
  const turn = session.turn;
  if ("press" in told) return { type: "input", at, turn, digits: told.press };
  if ("speak" in told) {
    return { type: "input", at, turn, speech: { text: told.speak, confidence: told.confidence ?? null } };
  }
  if ("silence" in told) return { type: "no-input", at, turn };
  if ("comesBack" in told) return { type: session.wait?.effects.length ? "poll" : "done", at, turn };
  if ("timer" in told) return { type: "timer", at, id: session.wait?.timer ?? "none" };
  const id = session.wait?.effects[0] ?? "none";
  return told.effect === "done"
    ? { type: "effect-done", at, id, result: null }
    : { type: "effect-failed", at, id, error: "the effect failed" };
}

function play(kind: string, example: Example<unknown>) {
  const flow = compileFlow(flowAround(kind, example));
  const flows = new Map([[flow.hash, flow]]);
  let at = 1_000_000;
  let session = openSession(flow);
  const verbs: Verb[] = [];
  const trace: TraceEntry[] = [];
  const run = (event: CallEvent) => {
    const result = step(flows, session, event);
    expect(result.verdict, JSON.stringify(event)).toBe("applied");
    session = JSON.parse(JSON.stringify(result.session)) as Session;
    verbs.push(...(result.reply?.verbs ?? []));
    trace.push(...result.trace);
  };
  run({
    type: "call-started",
    at,
    turn: 0,
    direction: "inbound",
    from: "+15550100009",
    to: "+15550100001",
    seed: 1,
  });
  for (const told of example.events ?? []) {
    at += (told.waitSeconds ?? 0) * 1000;
    run(toEvent(told, at, session));
  }
  const entry = trace.find((one) => one.node === "subject");
  const spoken = verbs.filter((verb) => verb.verb !== "next");
  // The hang-up node that ends every example adds its own verb.
  return {
    entry,
    spoken: entry?.outcome === "end" ? spoken : spoken.slice(0, -1),
    values: session.frames[0]?.values,
  };
}

describe.each(kinds.map((definition) => [definition.kind, definition] as const))(
  "kind %s",
  (kind, definition) => {
    const examples = definition.examples as readonly Example<unknown>[];

    it.each(examples.map((example) => [example.name, example] as const))("example: %s", (_name, example) => {
      const { entry, spoken, values } = play(kind, example);
      expect(entry?.outcome).toBe(example.outcome);
      expect(entry?.value).toEqual(example.value ?? null);
      expect(spoken).toEqual(example.verbs ?? []);
      for (const [name, value] of Object.entries(example.sets ?? {}))
        expect(values?.[name]?.value).toBe(value);
    });

    it("reaches every outcome by an example", () => {
      const reached = new Set(examples.map((example) => example.outcome));
      for (const example of examples) {
        for (const { name } of definitionOf(kind).outcomes(example.config)) {
          const same = examples.filter((one) =>
            definitionOf(kind)
              .outcomes(one.config)
              .some((o) => o.name === name),
          );
          expect(
            same.some((one) => one.outcome === name),
            `${kind}: no example reaches "${name}"`,
          ).toBe(true);
        }
      }
      expect(reached.size).toBeGreaterThan(0);
    });

    it("has an initial config its own schema accepts", () => {
      expect(definition.config.safeParse(definition.initial).success).toBe(true);
    });
  },
);
