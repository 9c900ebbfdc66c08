/** Flows as other flows call them: what each takes and gives back, and published documents by what they say. */
import { type FlowDocument, interfaceOf, parseFlowText } from "@trunkline/schema/document";
import { Hono } from "hono";
import { describeRoute } from "hono-openapi";
import { z } from "zod";
import type { Database } from "../db/database.ts";
import { listLive, readOwnDocument } from "../db/published.ts";
import { refusal } from "../errors.ts";
import { type PolicyEnv, policy } from "./policy.ts";
import { acceptPath, answers, calledFlow, publishedDocument } from "./shapes.ts";

/** Flows of one client that are listed. */
const mostFlows = 500;
const hashPath = z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) });

export function calledFlowRoutes({ database }: { readonly database: Database }) {
  return new Hono<PolicyEnv>()
    .get(
      "/called-flows",
      policy("member"),
      describeRoute({
        summary: "Every flow with a published version, as a flow that calls it sees it",
        responses: answers(200, "By name", z.object({ items: z.array(calledFlow) }), [401]),
      }),
      async (c) => {
        const rows = await listLive(database, c.get("member").clientId, mostFlows);
        const items = rows.map(({ flowId: id, name, version, hash, document }) => {
          const { inputs, outputs, ways } = interfaceOf(published(document));
          return { id, name, version, hash, inputs: [...inputs], outputs: [...outputs], ways: [...ways] };
        });
        return c.json({ items });
      },
    )
    .get(
      "/documents/:hash",
      policy("member"),
      describeRoute({
        summary: "A published document by its content hash",
        responses: answers(200, "The document", publishedDocument, [401, 404]),
      }),
      acceptPath(hashPath, "version-not-found"),
      async (c) => {
        const { hash } = c.req.valid("param");
        const text = await readOwnDocument(database.drizzle, c.get("member").clientId, hash);
        if (text === null) throw refusal("version-not-found");
        return c.json({ hash, document: published(text) });
      },
    );
}

function published(text: string): FlowDocument {
  const parsed = parseFlowText(text);
  if (!parsed.ok) throw new Error("Expected a published document to parse, found it does not.");
  return parsed.flow;
}
