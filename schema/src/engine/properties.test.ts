/**
 * What holds for any parsed flow and any events: `step` returns (I26), changes nothing it was given, its trace is a
 * gapless walk (I2), its session survives JSON, and a line that is closed stays closed (I14, I16).
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CallEvent, Session, TraceEntry } from "../call/index.ts";
import { type FlowDocument, outcomesOf, parseFlow, parseFlowText } from "../document/index.ts";
import { compileFlow, limits, openSession, step } from "./index.ts";

const ids = ["start", "n1", "n2", "n3", "n4", "n5", "n6"] as const;
const target = fc.constantFrom(...ids.slice(1));
const names = ["name", "ref", "amount", "day"] as const;
const text = fc.constantFrom(
  "Hello.",
  "Hi {{name}}.",
  "{{ref|digits}}",
  "{{amount|money}} by {{day}}",
  "{{gone}}",
);
const key = fc.constantFrom("1", "2", "*", "#");
const asking = { timeoutSeconds: fc.integer({ min: 1, max: 30 }), tries: fc.integer({ min: 1, max: 3 }) };
const test = fc.oneof(
  fc.record({
    variable: fc.constantFrom(...names),
    is: fc.constantFrom("blank" as const, "not-blank" as const),
  }),
  fc.record({
    variable: fc.constantFrom(...names),
    is: fc.constantFrom("equals" as const, "less-than" as const),
    to: fc.constantFrom("1", 5),
  }),
);
const configs = {
  say: fc.record({ text }),
  menu: fc.record({
    prompt: text,
    options: fc.uniqueArray(fc.record({ key, label: fc.constant("x"), phrases: fc.constant(["claims"]) }), {
      minLength: 1,
      selector: (one) => one.key,
    }),
    ...asking,
  }),
  collect: fc.record({
    prompt: text,
    into: fc.constantFrom(...names, "gone"),
    answer: fc.constantFrom("keys", "speech"),
    minDigits: fc.constant(1),
    maxDigits: fc.integer({ min: 1, max: 9 }),
    ...asking,
  }),
  branch: fc.record({ rules: fc.tuple(fc.record({ name: fc.constant("rule"), when: test })) }),
  set: fc.record({
    assignments: fc.tuple(fc.record({ variable: fc.constantFrom(...names, "gone"), to: text })),
  }),
  pause: fc.record({ seconds: fc.integer({ min: 1, max: 60 }), endsOnKey: fc.boolean() }),
  "record-outcome": fc.record({
    outcome: fc.constant("noted"),
    fields: fc.constant([{ name: "ref", variable: "ref" }]),
  }),
  "hang-up": fc.record({ disposition: fc.constant("done") }),
};
const node = fc
  .constantFrom(...(Object.keys(configs) as (keyof typeof configs)[]))
  .chain((kind) =>
    fc.tuple(
      fc.constant(kind),
      configs[kind] as fc.Arbitrary<object>,
      fc.array(fc.option(target, { freq: 12 }), { minLength: 8, maxLength: 8 }),
    ),
  );

const flow = fc
  .tuple(fc.tuple(node, node, node, node, node, node), target, fc.option(target))
  .map(([nodes, first, onHangUp]) => {
    const made = Object.fromEntries(
      nodes.map(([kind, config, targets], index) => {
        const outcomes = outcomesOf({ kind, config } as FlowDocument["nodes"][string]);
        const next = Object.fromEntries(
          outcomes.flatMap(({ name }, at) => (targets[at] ? [[name, targets[at]]] : [])),
        );
        return [`n${index + 1}`, { kind, title: "T", config, next }];
      }),
    );
    const parsed = parseFlow({
      formatVersion: 1,
      name: "Any",
      settings: { language: "en-US", maxCallMinutes: 5, apology: "Sorry." },
      variables: {
        name: { type: "text", sensitivity: "internal" },
        ref: { type: "digits", sensitivity: "phi" },
        amount: { type: "money", sensitivity: "internal", initial: 100 },
        day: { type: "date", sensitivity: "internal" },
      },
      entry: "start",
      ...(onHangUp ? { onHangUp } : {}),
      nodes: { start: { kind: "start", title: "S", config: {}, next: { call: first } }, ...made },
      layout: { nodes: {} },
    });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    return parsed.flow;
  });

/** What may happen next, told relative to the session so that most of it fits. */
const happening = fc.record({
  what: fc.constantFrom(
    "input",
    "input",
    "speech",
    "no-input",
    "done",
    "poll",
    "timer",
    "limit",
    "effect",
    "failed",
    "ended",
    "again",
  ),
  digits: fc.constantFrom("1", "2", "9", "0417", "", "*"),
  turnOff: fc.constantFrom(0, 0, 0, 0, 0, -1, 1),
  seconds: fc.integer({ min: 0, max: 30 }),
});
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

function toEvent({ what, digits, turnOff }: Happening, session: Session, at: number): CallEvent {
  const turn = session.turn + turnOff;
  const effect = session.wait?.effects[0] ?? Object.keys(session.pending)[0] ?? "0.0";
  switch (what) {
    case "input":
      return { type: "input", at, turn, digits };
    case "speech":
      return { type: "input", at, turn, speech: { text: "my claims", confidence: 0.5 } };
    case "no-input":
    case "done":
    case "poll":
      return { type: what, at, turn };
    case "timer":
      return { type: "timer", at, id: session.wait?.timer ?? "none" };
    case "limit":
      return { type: "timer", at, id: turnOff === 0 ? "none" : "call-limit" };
    case "effect":
      return { type: "effect-done", at, id: effect, result: null };
    case "failed":
      return { type: "effect-failed", at, id: effect, error: "no" };
    case "ended":
      return { type: "call-ended", at, reason: "completed", seconds: 1 };
    default:
      return { type: "call-started", at, turn, direction: "inbound", from: "a", to: "b", seed: 1 };
  }
}

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) freeze(part);
  }
  return value;
}

/** Every entry follows from the one before by an edge of its outcome, or begins the path after a hang-up. */
function expectWalk(document: FlowDocument, trace: readonly TraceEntry[]): void {
  trace.forEach((entry, index) => {
    expect(entry.seq).toBe(index + 1);
    const before = trace[index - 1];
    if (!before) expect(entry.node).toBe(document.entry);
    else if (before.outcome === "caller-hung-up") expect(entry.node).toBe(document.onHangUp);
    else if (entry.outcome !== "caller-hung-up" || before.node !== entry.node) {
      const next = document.nodes[before.node]?.next[before.outcome];
      // Between two turns of a long text there is no open visit: the path after a hang-up may begin anywhere.
      expect([next, document.onHangUp]).toContain(entry.node);
    }
  });
}

describe("any flow, any events", () => {
  it("step is total, pure and walks", () => {
    fc.assert(
      fc.property(flow, fc.array(happening, { maxLength: 40 }), (document, happenings) => {
        const compiled = compileFlow(document);
        const flows = new Map([[compiled.hash, compiled]]);
        let at = 1000;
        let session = freeze(openSession(compiled));
        const trace: TraceEntry[] = [];
        let closed = false;
        const feed = (event: CallEvent) => {
          const result = step(flows, session, freeze(event));
          const copy = JSON.parse(JSON.stringify(result.session)) as Session;
          expect(copy).toEqual(result.session);
          expect(step(flows, session, event)).toEqual(result);
          if (result.verdict !== "applied") expect(result.session).toBe(session);
          if (closed) expect(result.reply?.verbs.every((verb) => verb.verb === "hang-up") ?? true).toBe(true);
          if (result.reply) {
            expect(["next", "hang-up"]).toContain(result.reply.verbs.at(-1)?.verb);
            expect(result.reply.verbs.filter((verb) => verb.verb === "next").length).toBeLessThanOrEqual(1);
          }
          expect(result.trace.length).toBeLessThanOrEqual(limits.visitsPerStep + 2);
          trace.push(...result.trace);
          closed ||= result.ended !== null || (event.type === "call-ended" && result.verdict === "applied");
          session = freeze(copy);
          // A call that has not ended always waits for something.
          expect(session.ended !== null || session.wait !== null).toBe(true);
        };
        feed({
          type: "call-started",
          at,
          turn: 0,
          direction: "inbound",
          from: "+15550100009",
          to: "+15550100001",
          seed: 1,
        });
        for (const one of happenings) {
          at += one.seconds * 1000;
          feed(toEvent(one, session, at));
        }
        expectWalk(document, trace);
        expect(new Set(trace.map((entry) => `${entry.node}#${entry.visit}`)).size).toBe(trace.length);
      }),
      { numRuns: 1500 },
    );
  });

  it("parsing never throws, whatever it is given", () => {
    const path = fc.array(
      fc.constantFrom("nodes", "n1", "config", "next", "entry", "settings", "variables", "0"),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(flow, path, fc.anything({ withBigInt: false }), (document, keys, junk) => {
        const broken = JSON.parse(JSON.stringify(document)) as { [key: string]: unknown };
        let at = broken;
        for (const name of keys.slice(0, -1)) {
          if (typeof at[name] !== "object" || at[name] === null) break;
          at = at[name] as { [key: string]: unknown };
        }
        at[keys.at(-1) ?? "nodes"] = junk;
        const parsed = parseFlow(broken);
        if (!parsed.ok) expect(parsed.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 1500 },
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (junk) => void parseFlowText(junk)),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.json(), (junk) => void parseFlowText(junk)),
      { numRuns: 500 },
    );
  });
});
