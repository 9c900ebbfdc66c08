/** Calls and what happened in them. */
import type { Session } from "@trunkline/schema/call";
import { type FlowDocument, parseFlowText } from "@trunkline/schema/document";
import { Hono } from "hono";
import { describeRoute } from "hono-openapi";
import { z } from "zod";
import { closureOf } from "../calls/flow-closure.ts";
import { listCalls, listFrames, listOutcomes, listTrace, readCallDetail } from "../db/calls.ts";
import type { Database } from "../db/database.ts";
import { readOwnDocument } from "../db/published.ts";
import { refusal } from "../errors.ts";
import { type PolicyEnv, policy } from "./policy.ts";
import {
  accept,
  acceptPath,
  answers,
  callDetail,
  callSummary,
  callsQuery,
  flowPath,
  pageOf,
  traceEntry,
  traceQuery,
} from "./shapes.ts";
import { shownFlows, shownOutcome, shownValues, toCallSummary } from "./show-call.ts";

export function callRoutes({ database }: { readonly database: Database }) {
  return new Hono<PolicyEnv>()
    .get(
      "/calls",
      policy("member"),
      describeRoute({
        summary: "Calls, newest first",
        responses: answers(200, "A page", pageOf(callSummary), [401]),
      }),
      accept("query", callsQuery),
      async (c) => {
        const { flow = null, cursor = null, limit } = c.req.valid("query");
        const page = { flowId: flow, before: cursor, limit: limit + 1 };
        const rows = await listCalls(database, c.get("member").clientId, page);
        const items = rows.slice(0, limit).map(toCallSummary);
        return c.json({ items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null });
      },
    )
    .get(
      "/calls/:id",
      policy("member"),
      describeRoute({
        summary: "A call with its flow as published, its values and outcomes",
        responses: answers(200, "The call", callDetail, [401, 404]),
      }),
      acceptPath(flowPath, "call-not-found"),
      async (c) => {
        const { clientId } = c.get("member");
        const { id } = c.req.valid("param");
        const row = await readCallDetail(database, clientId, id);
        if (!row) throw refusal("call-not-found");
        const document = published(row.document);
        const session: Session = JSON.parse(row.session); // stored by the engine
        const outcomes = (await listOutcomes(database, clientId, id)).map(shownOutcome);
        const frames = await listFrames(database, clientId, id);
        for (const { path } of session.frames) if (path !== "" && !frames.includes(path)) frames.push(path);
        const read = (hash: string) => readOwnDocument(database.drizzle, clientId, hash);
        const called = frames.length > 0 ? (await closureOf(document, read)).flows : new Map();
        const { direction, answered } = session.party;
        return c.json({
          ...toCallSummary(row),
          hash: row.hash,
          document,
          direction,
          tags: [...(session.tags ?? [])],
          answeredBy: answered ?? null,
          values: shownValues(session),
          outcomes,
          flows: shownFlows(document, frames, called),
        });
      },
    )
    .get(
      "/calls/:id/trace",
      policy("member"),
      describeRoute({
        summary: "The visits of a call, in order",
        responses: answers(
          200,
          "A page",
          z.object({ items: z.array(traceEntry), next: z.number().int().nullable() }),
          [401],
        ),
      }),
      acceptPath(flowPath, "call-not-found"),
      accept("query", traceQuery),
      async (c) => {
        const { after, limit } = c.req.valid("query");
        const page = { after, limit: limit + 1 };
        const rows = await listTrace(database, c.get("member").clientId, c.req.valid("param").id, page);
        const items = rows.slice(0, limit);
        return c.json({ items, next: rows.length > limit ? (items.at(-1)?.seq ?? null) : null });
      },
    );
}

/** As a flow document of today: an older format is migrated on reading. */
function published(text: string): FlowDocument {
  const parsed = parseFlowText(text);
  if (!parsed.ok) throw new Error("Expected a published document to parse, found it does not.");
  return parsed.flow;
}
