/** Flows and their drafts. */
import { catalogue, withCalledFlows } from "@trunkline/flows";
import { blankFlow, type FlowDocument, hashFlow, parseFlow } from "@trunkline/schema/document";
import { Hono } from "hono";
import { describeRoute } from "hono-openapi";
import { z } from "zod";
import type { Database, Drizzle } from "../db/database.ts";
import {
  archiveFlow,
  type Draft,
  type FlowRow,
  firstIdOf,
  insertFlow,
  insertVersion,
  listFlows,
  pointLive,
  readFlow,
  saveDraft,
} from "../db/flows.ts";
import { readOwnDocument } from "../db/published.ts";
import { refusal } from "../errors.ts";
import type { Clock } from "../ports/clock.ts";
import { makeId, type Random } from "../ports/random.ts";
import { type PolicyEnv, policy } from "./policy.ts";
import {
  accept,
  acceptPath,
  answers,
  type FlowDetail,
  flowDetail,
  flowPath,
  flowSummary,
  pageOf,
  pageQuery,
  savedDraft,
} from "./shapes.ts";

export interface FlowParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
}

export function flowRoutes({ database, clock, random }: FlowParts) {
  /** A flow that a template enters is published beside it, unless this very document is published already. */
  const publishOnce = async (
    tx: Drizzle,
    { clientId, document, at, by }: { clientId: number; document: FlowDocument; at: number; by: string },
  ) => {
    const draft = draftOf(document);
    const { hash } = draft;
    if ((await readOwnDocument(tx, clientId, hash)) !== null) return;
    const [flowId, id] = [makeId(random, at), makeId(random, at)];
    await insertFlow(tx, { clientId, id: flowId, draft, at });
    await insertVersion(tx, { clientId, id, flowId, hash, document, note: "From the catalogue.", at, by });
    await pointLive(tx, { clientId, flowId, versionId: id, at, by });
  };
  const detail = async (clientId: number, id: string) => {
    const found = await readFlow(database, clientId, id, today(clock));
    if (!found) throw refusal("flow-not-found");
    return toDetail(found);
  };
  return new Hono<PolicyEnv>()
    .get(
      "/flows",
      policy("member"),
      describeRoute({
        summary: "Flows, newest first",
        responses: answers(200, "A page", pageOf(flowSummary), [401]),
      }),
      accept("query", pageQuery),
      async (c) => {
        const { cursor = null, limit } = c.req.valid("query");
        const page = { before: cursor, limit: limit + 1, today: today(clock) };
        const rows = await listFlows(database, c.get("member").clientId, page);
        const items = rows.slice(0, limit).map(toSummary);
        return c.json({ items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null });
      },
    )
    .post(
      "/flows",
      policy("member"),
      describeRoute({
        summary: "A new flow, blank or from a template",
        responses: answers(201, "The flow", flowDetail, [400, 404]),
      }),
      accept(
        "json",
        z.strictObject({
          template: z.string().max(100).optional(),
          name: z.string().trim().min(1).max(80).optional(),
        }),
      ),
      async (c) => {
        const { template, name } = c.req.valid("json");
        const { clientId, userName: by } = c.get("member");
        const documents = templateOf(template);
        const called = documents.slice(0, -1);
        const document = { ...documents.at(-1)!, ...(name === undefined ? {} : { name }) }; // the flow itself comes last
        const at = clock.now();
        const id = makeId(random, at);
        await database.transaction(async (tx) => {
          for (const one of called) await publishOnce(tx, { clientId, document: one, at, by });
          await insertFlow(tx, { clientId, id, draft: draftOf(document), at });
        });
        return c.json(await detail(clientId, id), 201);
      },
    )
    .get(
      "/flows/:id",
      policy("member"),
      describeRoute({
        summary: "A flow with its draft",
        responses: answers(200, "The flow", flowDetail, [401, 404]),
      }),
      acceptPath(flowPath, "flow-not-found"),
      async (c) => c.json(await detail(c.get("member").clientId, c.req.valid("param").id)),
    )
    .put(
      "/flows/:id/draft",
      policy("member"),
      describeRoute({
        summary: "Save the draft, if nobody else did in the meantime",
        responses: answers(200, "Saved", savedDraft, [400, 401, 404, 409, 422]),
      }),
      acceptPath(flowPath, "flow-not-found"),
      accept("json", z.strictObject({ document: z.unknown(), revision: z.number().int().min(1) })),
      async (c) => {
        const { id } = c.req.valid("param");
        const { document, revision } = c.req.valid("json");
        const { clientId } = c.get("member");
        const parsed = parseFlow(document);
        if (!parsed.ok) throw refusal("document-invalid", { problems: parsed.problems });
        const at = clock.now();
        const draft = draftOf(parsed.flow);
        const saved = await saveDraft(database.drizzle, { clientId, id, revision }, draft, at);
        const current = await readFlow(database, clientId, id, today(clock));
        if (!current) throw refusal("flow-not-found");
        if (!saved) throw refusal("draft-changed", { current: toDetail(current) });
        const draftDiffers = draft.hash !== current.published?.hash;
        return c.json({ revision: revision + 1, savedAt: at, draftDiffers });
      },
    )
    .delete(
      "/flows/:id",
      policy("member"),
      describeRoute({
        summary: "Delete a flow no number rings",
        responses: answers(204, "Deleted", undefined, [401, 404, 409]),
      }),
      acceptPath(flowPath, "flow-not-found"),
      async (c) => {
        const { clientId } = c.get("member");
        const { id } = c.req.valid("param");
        const done = await database.transaction((tx) => archiveFlow(tx, clientId, id, clock.now()));
        if (done === "unknown") throw refusal("flow-not-found");
        if (done === "in-use") throw refusal("flow-in-use");
        return c.body(null, 204);
      },
    );
}

/**
 * A template by its id in the catalogue, behind the flows it enters; without one, a flow that takes a call and ends it
 * politely.
 */
function templateOf(id: string | undefined): readonly FlowDocument[] {
  if (id === undefined) return [blankFlow("New flow")];
  const entry = catalogue.find((one) => one.id === id);
  if (!entry) throw refusal("template-not-found");
  return withCalledFlows(entry);
}

function draftOf(document: FlowDocument): Draft {
  const { name, description = "" } = document;
  return { name, description, document, hash: hashFlow(document) };
}

function toSummary(row: FlowRow): z.infer<typeof flowSummary> {
  const { id, name, description, savedAt, revision, published, draftHash, callsToday } = row;
  return {
    id,
    name,
    description,
    updatedAt: savedAt,
    draftRevision: revision,
    publishedVersion: published?.version ?? null,
    draftDiffers: draftHash !== published?.hash,
    numbers: [...row.numbers],
    callsToday,
  };
}

function toDetail(row: FlowRow): FlowDetail {
  const { id, name, revision, savedAt, published, draftHash } = row;
  return {
    id,
    name,
    document: JSON.parse(row.draft), // stored only after parsing
    revision,
    savedAt,
    published: published && {
      version: published.version,
      hash: published.hash,
      publishedAt: published.publishedAt,
      note: published.note,
    },
    draftDiffers: draftHash !== published?.hash,
    numbers: [...row.numbers],
  };
}

/** Calls whose id sorts from here on began today (UTC). */
function today(clock: Clock): string {
  const day = 86_400_000;
  return firstIdOf(Math.floor(clock.now() / day) * day);
}
