/**
 * Arbitrary flows and arbitrary events for property tests: every kind in the registry with its initial config and those of
 * its examples, wired at random, some outcomes left unwired; one flow may enter the other. A new kind is in here at once.
 */
import fc from "fast-check";
import type { CallEvent, Session } from "../call/index.ts";
import { type FlowDocument, hashFlow, outcomesOf, parseFlow } from "../document/index.ts";
import { type Example, kinds } from "../nodes/index.ts";

const text = fc.constantFrom(
  "Hello.",
  "Hi {{name}}.",
  "{{ref|digits}}",
  "{{amount|money}} by {{day}}",
  "{{case.member_id}} {{call.from}}",
  "{{gone}}",
);
const names = ["name", "ref", "amount", "day"] as const;
const test = fc.oneof(
  fc.record({
    variable: fc.constantFrom(...names, "call.from", "case.dob"),
    is: fc.constantFrom("blank" as const, "not-blank" as const),
  }),
  fc.record({
    variable: fc.constantFrom(...names),
    is: fc.constantFrom("equals" as const, "less-than" as const, "contains" as const),
    to: fc.constantFrom("1", 5),
  }),
);

/** Configs beyond the examples, where much depends on them. */
const furtherConfigs: { readonly [kind: string]: fc.Arbitrary<object> } = {
  say: fc.record({ text }),
  collect: fc.record({
    prompt: text,
    into: fc.constantFrom(...names, "gone"),
    answer: fc.constantFrom("keys", "speech"),
    minDigits: fc.constant(1),
    maxDigits: fc.integer({ min: 1, max: 9 }),
    timeoutSeconds: fc.integer({ min: 1, max: 30 }),
    tries: fc.integer({ min: 1, max: 3 }),
  }),
  branch: fc.record({ rules: fc.tuple(fc.record({ name: fc.constant("rule"), when: test })) }),
  set: fc.record({
    assignments: fc.tuple(fc.record({ variable: fc.constantFrom(...names, "gone"), to: text })),
  }),
  pause: fc.record({ seconds: fc.integer({ min: 1, max: 60 }), endsOnKey: fc.boolean() }),
};

const ids = ["start", "n1", "n2", "n3", "n4", "n5", "n6"] as const;
const target = fc.constantFrom(...ids.slice(1));
/** Ways out of one node that may be wired. */
const mostWays = 12;

const node = fc
  .constantFrom(...kinds.filter((one) => one.kind !== "start"))
  .chain(({ kind, initial, examples }) => {
    const configs = [
      initial,
      ...(examples as readonly Example<unknown>[]).map((one) => one.config),
    ] as object[];
    const further = furtherConfigs[kind];
    const config = further ? fc.oneof(fc.constantFrom(...configs), further) : fc.constantFrom(...configs);
    const targets = fc.array(fc.option(target, { freq: 12 }), { minLength: mostWays, maxLength: mostWays });
    return fc.tuple(fc.constant(kind), config, targets);
  });

/** What the examples declare, and some names of every type. */
const variables = {
  ...Object.fromEntries(
    kinds.flatMap((one) =>
      (one.examples as readonly Example<unknown>[]).flatMap((example) =>
        Object.entries(example.variables ?? {}).map(([name, { value, ...declared }]) => [
          name,
          { ...declared, ...(value === undefined ? {} : { initial: value }) },
        ]),
      ),
    ),
  ),
  name: { type: "text", sensitivity: "internal", origin: "input" },
  ref: { type: "digits", sensitivity: "phi", scope: "call" },
  amount: { type: "money", sensitivity: "internal", initial: 100, output: true },
  day: { type: "date", sensitivity: "internal" },
  case: { type: "claim", sensitivity: "phi", initial: { member_id: "A1", dob: "1980-01-05" } },
};

/** A flow; `inner` is the hash its call-flow nodes lead to, when it has any. */
function oneFlow(inner: string | null): fc.Arbitrary<FlowDocument> {
  return fc
    .tuple(fc.tuple(node, node, node, node, node, node), target, fc.option(target))
    .map(([nodes, first, onHangUp]) => {
      const made = Object.fromEntries(
        nodes.map(([kind, drawn, targets], index) => {
          const config =
            kind === "call-flow" && inner && "flow" in drawn
              ? { ...drawn, flow: { ...(drawn.flow as object), hash: inner } } // the kind's own shape
              : drawn;
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
        variables,
        entry: "start",
        ...(onHangUp ? { onHangUp } : {}),
        nodes: { start: { kind: "start", title: "S", config: {}, next: { call: first } }, ...made },
        layout: { nodes: {} },
      });
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
      return parsed.flow;
    });
}

export const anyFlow = oneFlow(null);

/** A flow and one that it may enter. */
export const anyFlows = anyFlow.chain((inner) =>
  oneFlow(hashFlow(inner)).map((main) => ({ main, inner }) as const),
);

/** What may happen next, told relative to the session so that most of it fits. */
export const happening = fc.record({
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
    "verdict",
    "dialled-verdict",
    "recording",
    "dial",
  ),
  digits: fc.constantFrom("1", "2", "9", "0417", "", "*", "1234567893"),
  speech: fc.constantFrom("my claims", "one", "January 5th 1980", "125 dollars", "yes", "\ud800"),
  turnOff: fc.constantFrom(0, 0, 0, 0, 0, -1, 1),
  seconds: fc.integer({ min: 0, max: 30 }),
});
export type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

export function toEvent(one: Happening, session: Session, at: number): CallEvent {
  const { what, digits, speech, turnOff, seconds } = one;
  const turn = session.turn + turnOff;
  const effect = session.wait?.effects[0] ?? Object.keys(session.pending)[0] ?? "0.0";
  switch (what) {
    case "input":
      return { type: "input", at, turn, digits };
    case "speech":
      return { type: "input", at, turn, speech: { text: speech, confidence: seconds / 30 } };
    case "no-input":
    case "done":
    case "poll":
      return { type: what, at, turn };
    case "timer":
      return { type: "timer", at, id: session.wait?.timer ?? "none" };
    case "limit":
      return { type: "timer", at, id: turnOff === 0 ? "none" : "call-limit" };
    case "effect": {
      const picked = { status: "paid", amount: 12, "0": null };
      return {
        type: "effect-done",
        at,
        id: effect,
        result: seconds % 3 === 0 ? null : { status: 190 + seconds * 10, picked },
      };
    }
    case "failed":
      return { type: "effect-failed", at, id: effect, error: turnOff === 0 ? "no" : "timeout: no answer" };
    case "ended":
      return { type: "call-ended", at, reason: "completed", seconds: 1 };
    case "verdict":
      return {
        type: "answered-by",
        at,
        leg: "call",
        by: seconds % 2 ? "machine" : "human",
        greeting: "beep",
      };
    case "dialled-verdict":
      return { type: "answered-by", at, leg: "dialled", by: seconds % 2 ? "machine" : "unknown" };
    case "recording":
      return {
        type: "recording-made",
        at,
        turn,
        recording: "https://r.example/1",
        seconds,
        hungUp: seconds % 4 === 0,
      };
    case "dial": {
      const status =
        (["completed", "busy", "no-answer", "failed", "canceled"] as const)[seconds % 5] ?? "failed";
      return { type: "dial-ended", at, turn, status, seconds };
    }
    default:
      return { type: "call-started", at, turn, direction: "inbound", from: "a", to: "b", seed: 1 };
  }
}

export function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) freeze(part);
  }
  return value;
}
