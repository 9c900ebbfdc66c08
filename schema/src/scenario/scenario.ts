/**
 * A scenario: a scripted call. Who calls, what they hear and do, and what must have come of it. The same document is
 * played against `step` in virtual time and over the wire against a running system; the two must agree.
 */
import { z } from "zod";
import { type Problem, toPointer } from "../document/index.ts";

const act = z.union([
  /** What the caller must have heard since they last did something; upper and lower case count alike. */
  z.strictObject({ hears: z.string().min(1).max(300) }),
  z.strictObject({ press: z.string().regex(/^[0-9*#]{1,40}$/) }),
  z.strictObject({ speak: z.string().min(1).max(500), confidence: z.number().min(0).max(1).optional() }),
  z.strictObject({ silence: z.literal(true) }),
  z.strictObject({ hangUp: z.literal(true) }),
]);

export const scenario = z.strictObject({
  /** What happened, such as `hold-then-drop`. */
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/),
  about: z.string().max(500).optional(),
  caller: z.strictObject({ from: z.string().max(40).optional() }).optional(),
  /** What becomes of the effects the flow asks for; `done` unless said. */
  effects: z.enum(["done", "failed"]).optional(),
  steps: z.array(act).max(200),
  expect: z.strictObject({
    /** Each visit as `node:outcome`, in order. */
    path: z.array(z.string().max(120)).max(1000),
    disposition: z.string().max(40),
    values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    outcomes: z.array(z.string()).max(50).optional(),
  }),
});

export type Scenario = z.infer<typeof scenario>;
export type ScenarioStep = Scenario["steps"][number];

export type ParsedScenario =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly problems: readonly Problem[] };

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
