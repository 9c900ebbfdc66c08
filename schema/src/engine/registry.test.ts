/** The registry tests itself: every kind's examples run, every outcome is reached by one, every page is fresh. */
import { describe, expect, it } from "vitest";
import type { CallEvent, EffectOrder, Session, TraceEntry, Verb } from "../call/index.ts";
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
    Object.entries(example.variables ?? {}).map(([name, { value, ...declared }]) => [
      name,
      { ...declared, ...(value === undefined ? {} : { initial: value }) },
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
  if ("answeredBy" in told) {
    const { answeredBy: by, greeting, leg = "call" } = told;
    return { type: "answered-by", at, by, leg, ...(greeting ? { greeting } : {}) };
  }
  if ("recorded" in told) {
    const { recorded: recording, seconds, hungUp = false } = told;
    return { type: "recording-made", at, turn, recording, seconds, hungUp };
  }
  if ("dialEnded" in told) {
    return { type: "dial-ended", at, turn, status: told.dialEnded, seconds: told.seconds ?? null };
  }
  if ("silence" in told) return { type: "no-input", at, turn };
  if ("comesBack" in told) return { type: session.wait?.effects.length ? "poll" : "done", at, turn };
  if ("timer" in told) return { type: "timer", at, id: session.wait?.timer ?? "none" };
  const id = session.wait?.effects[0] ?? "none";
  return told.effect === "done"
    ? { type: "effect-done", at, id, result: told.result ?? null }
    : { type: "effect-failed", at, id, error: "the effect failed" };
}

/** The session as it is when the subject is entered: what an example takes for granted is put there. */
function prepared(session: Session, example: Example<unknown>): Session {
  const { established, tags } = example;
  const party = { ...session.party, ...(established ? { established } : {}) };
  return { ...session, party, ...(tags ? { tags } : {}) };
}

function play(kind: string, example: Example<unknown>) {
  const flow = compileFlow(flowAround(kind, example));
  const others = (example.flows ?? []).map((one) => {
    const parsed = parseFlow(one);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    return compileFlow(parsed.flow);
  });
  const flows = new Map([flow, ...others].map((one) => [one.hash, one]));
  let at = example.at ?? 1_000_000;
  let session = openSession(flow);
  const verbs: Verb[] = [];
  const trace: TraceEntry[] = [];
  const effects: EffectOrder[] = [];
  const run = (event: CallEvent) => {
    const result = step(flows, session, event);
    expect(result.verdict, JSON.stringify(event)).toBe("applied");
    session = JSON.parse(JSON.stringify(result.session)) as Session;
    verbs.push(...(result.reply?.verbs ?? []));
    trace.push(...result.trace);
    for (const { id: _id, ...order } of result.effects)
      if (order.effect !== "pull-call") effects.push(order as EffectOrder);
  };
  const { direction = "inbound", answered, seed = 1 } = example;
  const [from, to] = ["+15550100009", "+15550100001"];
  const early = prepared(session, example);
  const started = {
    type: "call-started",
    at,
    turn: 0,
    direction,
    from,
    to,
    seed,
    ...(answered ? { answered } : {}),
  } as const;
  session = early;
  run(started);
  for (const told of example.events ?? []) {
    at += (told.waitSeconds ?? 0) * 1000;
    run(toEvent(told, at, session));
  }
  const entry = trace.find((one) => one.node === "subject" && one.frame === "");
  const spoken = verbs.filter((verb) => verb.verb !== "next");
  const ended = session.ended !== null && entry?.outcome === "end";
  // The hang-up node that ends every example adds its own verb; after a hang-up nobody is told anything.
  const own = ended || session.hungUp ? spoken : spoken.slice(0, -1);
  return { entry, spoken: own, values: session.frames[0]?.values, effects, tags: session.tags ?? [] };
}

describe.each(kinds.map((definition) => [definition.kind, definition] as const))(
  "kind %s",
  (kind, definition) => {
    const examples = definition.examples as readonly Example<unknown>[];

    it.each(examples.map((example) => [example.name, example] as const))("example: %s", (_name, example) => {
      const { entry, spoken, values, effects, tags } = play(kind, example);
      expect(entry?.outcome).toBe(example.outcome);
      expect(entry?.value).toEqual(example.value ?? null);
      expect(spoken).toEqual(example.verbs ?? []);
      for (const [name, value] of Object.entries(example.sets ?? {}))
        expect(values?.[name]?.value).toEqual(value);
      if (example.effects) expect(effects).toEqual(example.effects);
      if (example.tagged) expect(tags).toEqual(expect.arrayContaining([...example.tagged]));
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
