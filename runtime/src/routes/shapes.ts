/**
 * What the API answers and accepts, as zod: the OpenAPI document and the types come from here. Times are epoch
 * milliseconds. Whole telephone numbers of callers and PHI values never leave by these shapes.
 */
import { type DecidingValue, type TraceEntry, variableTypes } from "@trunkline/schema/call";
import type { FlowDocument } from "@trunkline/schema/document";
import { resolver, validator } from "hono-openapi";
import { z } from "zod";
import { refusal } from "../errors.ts";

const time = z.number().int().meta({ description: "Epoch milliseconds" });

// Described by /docs and parsed by `parseFlow`, not by the API's own schemas: the type is what parsing gives.
const flowDocument = z
  .unknown()
  .meta({ description: "A flow document" }) as unknown as z.ZodType<FlowDocument>;

export const flowSummary = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  updatedAt: time,
  draftRevision: z.number().int(),
  publishedVersion: z.number().int().nullable(),
  draftDiffers: z.boolean(),
  numbers: z.array(z.string()),
  callsToday: z.number().int(),
});

export const flowDetail = z.object({
  id: z.string(),
  name: z.string(),
  document: flowDocument,
  revision: z.number().int(),
  savedAt: time,
  published: z
    .object({ version: z.number().int(), hash: z.string(), publishedAt: time, note: z.string() })
    .nullable(),
  draftDiffers: z.boolean(),
  numbers: z.array(z.string()),
});
export type FlowDetail = z.infer<typeof flowDetail>;

export const savedDraft = z.object({ revision: z.number().int(), savedAt: time, draftDiffers: z.boolean() });

export const versionSummary = z.object({
  version: z.number().int(),
  hash: z.string(),
  note: z.string(),
  publishedAt: time,
  publishedBy: z.string(),
  current: z.boolean(),
  calls: z.number().int(),
});

export const versionDetail = z.object({
  version: z.number().int(),
  hash: z.string(),
  note: z.string(),
  publishedAt: time,
  document: flowDocument,
});

export const numberItem = z.object({
  number: z.string(),
  label: z.string(),
  flowId: z.string().nullable(),
  flowName: z.string().nullable(),
  webhookOk: z.boolean(),
});
export type NumberItem = z.infer<typeof numberItem>;

export const sessionInfo = z.object({
  user: z.object({ name: z.string() }),
  client: z.object({ name: z.string() }),
  line: z.object({ kind: z.enum(["built-in", "twilio"]) }),
  numbers: z.array(numberItem.omit({ webhookOk: true })),
});

export const callSummary = z.object({
  id: z.string(),
  flowId: z.string(),
  flowName: z.string(),
  version: z.number().int(),
  from: z.string().meta({ description: "Masked to the last four digits" }),
  to: z.string(),
  startedAt: time,
  endedAt: time.nullable(),
  status: z.enum(["live", "ended"]),
  reason: z.string().nullable(),
  disposition: z.string().nullable(),
  currentNode: z.string().nullable(),
  turns: z.number().int(),
  visits: z.number().int(),
});
export type CallSummary = z.infer<typeof callSummary>;

/** A value of a call: texts and numbers, texts in order, or a claim's fields. */
export const givenValue = z.union([
  z.string().max(4000),
  z.number(),
  z.array(z.string().max(1000)).max(100).readonly(),
  z.record(z.string().max(40), z.union([z.string().max(1000), z.number()])),
]);
const value = givenValue.nullable();
export const heldValue = z.object({
  name: z.string(),
  type: z.string(),
  sensitivity: z.enum(["public", "internal", "phi"]),
  value: value.meta({ description: "Null when the value is PHI" }),
  origin: z.object({ source: z.string(), node: z.string(), turn: z.number().int(), event: z.number().int() }),
});
export type ShownValue = z.infer<typeof heldValue>;

export const callDetail = callSummary.extend({
  hash: z.string(),
  document: flowDocument,
  direction: z.enum(["inbound", "outbound"]),
  tags: z.array(z.string()),
  answeredBy: z
    .object({ by: z.string(), greeting: z.string().optional() })
    .nullable()
    .meta({ description: "The carrier's verdict on who answered" }),
  flows: z
    .array(z.object({ frame: z.string(), hash: z.string(), name: z.string(), document: flowDocument }))
    .meta({
      description: "The flows it entered, by the path of nodes that led into each, as the trace names it",
    }),
  values: z.array(heldValue),
  outcomes: z.array(
    z.object({
      outcome: z.string(),
      fields: z.array(z.object({ name: z.string(), value, sensitivity: heldValue.shape.sensitivity })),
      recordedAt: time,
    }),
  ),
});

/** A flow as one that calls it sees it. */
export const calledFlow = z.object({
  id: z.string(),
  name: z.string(),
  version: z.number().int(),
  hash: z.string(),
  inputs: z.array(z.object({ name: z.string(), type: z.enum(variableTypes), required: z.boolean() })),
  outputs: z.array(z.object({ name: z.string(), type: z.enum(variableTypes) })),
  ways: z.array(z.string()),
});

export const publishedDocument = z.object({ hash: z.string(), document: flowDocument });

export const placedCall = z.object({
  id: z.string().meta({ description: "Also the call's, once it is answered" }),
  flowId: z.string(),
  hash: z.string(),
  from: z.string(),
  to: z.string().meta({ description: "Masked to the last four digits" }),
  state: z.enum(["intended", "placed", "ambiguous", "refused", "answered", "ended"]),
  reason: z.enum(["completed", "busy", "no-answer", "failed", "canceled"]).nullable(),
  code: z
    .string()
    .nullable()
    .meta({ description: "Why it was refused: the carrier's code, or a word of ours" }),
  createdAt: time,
});

// The engine's own words; `schema/call` is where they are defined.
export const traceEntry = z.object({
  seq: z.number().int(),
  frame: z.string(),
  node: z.string(),
  kind: z.string(),
  visit: z.number().int(),
  enteredAt: time,
  leftAt: time,
  turn: z.number().int(),
  outcome: z.string(),
  value: (z.looseObject({}) as unknown as z.ZodType<DecidingValue>).nullable(),
}) satisfies z.ZodType<TraceEntry>;

/** A page of a list; `next` is what to send as the cursor for the page after, null on the last. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

const refusalBody = z.object({
  code: z.string(),
  sentence: z.string(),
  problems: z.array(z.object({ pointer: z.string(), sentence: z.string() })).optional(),
  findings: z.array(z.unknown()).optional(),
  current: z.unknown().optional(),
});

/** Responses of a route for its description: the good one, and the refusals it is known for. */
export function answers(
  status: number,
  description: string,
  schema?: z.ZodType,
  refused: readonly number[] = [],
) {
  const json = (one: z.ZodType) => ({ "application/json": { schema: resolver(one) } });
  const good = { description, ...(schema ? { content: json(schema) } : {}) };
  const bad = refused.map((code) => [code, { description: "Refused", content: json(refusalBody) }]);
  return { [status]: good, ...Object.fromEntries(bad) };
}

const positive = z.coerce.number().int().min(1).max(200);
export const uuid = z.uuid();
export const flowPath = z.object({ id: uuid });
export const versionPath = z.object({ id: uuid, version: z.coerce.number().int().min(1).max(1_000_000) });
export const pageQuery = z.object({ cursor: uuid.optional(), limit: positive.default(50) });
export const versionsQuery = z.object({
  cursor: z.coerce.number().int().min(1).optional(),
  limit: positive.default(50),
});
export const callsQuery = pageQuery.extend({ flow: uuid.optional() });
export const traceQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
});

/** The validators of a route; a misfit is refused without echoing what was sent. */
export function accept<Target extends "json" | "query", Schema extends z.ZodType>(
  target: Target,
  schema: Schema,
) {
  return validator(target, schema, (result) => {
    if (result.success) return;
    const problems = result.error.slice(0, 20).map((issue) => ({
      pointer: (issue.path ?? [])
        .map((part) => `/${String(typeof part === "object" ? part.key : part)}`)
        .join(""),
      sentence: issue.message,
    }));
    throw refusal("request-invalid", { problems });
  });
}

/** A path that fits no thing there could be is the same as a thing that is not there. */
export function acceptPath<Schema extends z.ZodType>(
  schema: Schema,
  code: "flow-not-found" | "version-not-found" | "call-not-found" | "number-not-found",
) {
  return validator("param", schema, (result) => {
    if (!result.success) throw refusal(code);
  });
}
