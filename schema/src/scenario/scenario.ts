/**
 * A scenario: a scripted call. Who calls and when, what the far end hears and does, what outside parties answer, and what
 * must have come of it. The same document is played against `step` in virtual time and over the wire against a running
 * system; the two must agree.
 */
import { z } from "zod";
import { type Problem, toPointer } from "../document/index.ts";
import { referenceName } from "../language/index.ts";

const words = z.string().min(1).max(500);
const seconds = z.number().min(0).max(14_400);

const act = z.union([
  /** What the far end must have heard since it last did something; upper and lower case count alike. */
  z.strictObject({ hears: words }),
  /** What it must not have heard since then. */
  z.strictObject({ hearsNot: words }),
  z.strictObject({ press: z.string().regex(/^[0-9*#]{1,40}$/) }),
  z.strictObject({ speak: words, confidence: z.number().min(0).max(1).optional() }),
  z.strictObject({ silence: z.literal(true) }),
  z.strictObject({ hangUp: z.literal(true) }),
  z.strictObject({ record: words, end: z.enum(["silence", "key", "hang-up"]).optional() }),
  z.strictObject({
    dialled: z.enum(["completed", "busy", "no-answer", "failed", "canceled", "machine", "fax"]),
    seconds: seconds.optional(),
  }),
]);

const plain = z.union([z.string().max(1000), z.number().finite()]);
const value = z.union([plain, z.array(z.string().max(1000)).max(100), z.record(z.string().max(40), plain)]);
const party = z.string().min(1).max(40);

export const scenario = z.strictObject({
  /** What happened, such as `hold-then-drop`. */
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/),
  about: z.string().max(500).optional(),
  /** The two ends of the call; which of them is ours follows from the flow unless said. */
  caller: z
    .strictObject({
      direction: z.enum(["inbound", "outbound"]).optional(),
      from: party.optional(),
      to: party.optional(),
    })
    .optional(),
  /** When the call begins: a date and time with its offset from UTC. */
  when: z.iso.datetime({ offset: true }).optional(),
  /** Decides every share of chance. */
  seed: z.number().int().min(0).max(4_294_967_295).optional(),
  /** Values for the flow's input variables. */
  inputs: z.record(z.string(), value).optional(),
  /** What the carrier would judge about who answered; asked only when the start node wants it. */
  answered: z
    .strictObject({
      by: z.enum(["human", "machine", "fax", "unknown"]),
      greeting: z.enum(["begun", "beep", "silence", "other"]).optional(),
      afterSeconds: seconds.optional(),
    })
    .optional(),
  /** What web services and other outside parties answer, each to the next effect of its node. */
  answers: z
    .array(
      z.strictObject({
        node: z.string().max(60),
        status: z.number().int().min(100).max(599).optional(),
        json: z.json().optional(),
        /** It could not be done; a sentence that begins with `timeout` is one. */
        fails: z.string().max(200).optional(),
        afterSeconds: seconds.optional(),
      }),
    )
    .max(50)
    .optional(),
  /** What becomes of effects that no answer is given for; `done` unless said. */
  effects: z.enum(["done", "failed"]).optional(),
  steps: z.array(act).max(200),
  expect: z.strictObject({
    /** Each visit as `node:outcome`, in order; within a called flow as `caller/node:outcome`. */
    path: z.array(z.string().max(400)).max(1000),
    disposition: z.string().max(40),
    values: z.record(z.string().regex(referenceName), value).optional(),
    outcomes: z.array(z.string()).max(50).optional(),
    tags: z.array(z.string()).max(50).optional(),
    /** Texts of the messages sent, each as a part of it, in order. */
    messages: z.array(words).max(50).optional(),
    /** Addresses asked, each as a part of it, in order. */
    requests: z.array(words).max(50).optional(),
  }),
});

export type Scenario = z.infer<typeof scenario>;
export type ScenarioStep = Scenario["steps"][number];

export type ParsedScenario =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The JSON Schema of scenarios, for editors outside. */
export function scenarioJsonSchema(): object {
  return z.toJSONSchema(scenario, { io: "input", unrepresentable: "any" });
}

/** Never throws. */
export function parseScenario(value: unknown): ParsedScenario {
  const parsed = scenario.safeParse(value);
  if (parsed.success) return { ok: true, scenario: parsed.data };
  const problems = parsed.error.issues.map((issue) => ({
    pointer: toPointer(issue.path),
    sentence: issue.message,
  }));
  return { ok: false, problems };
}
