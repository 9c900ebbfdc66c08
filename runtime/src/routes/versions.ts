/** Publishing: versions that never change, and which of them is live. */
import { type FlowDocument, factsOf, hashFlow, parseFlow } from "@trunkline/schema/document";
import { limits } from "@trunkline/schema/engine";
import { type Finding, lint } from "@trunkline/schema/lint";
import { Hono } from "hono";
import { describeRoute } from "hono-openapi";
import { z } from "zod";
import { closureOf, type FlowClosure } from "../calls/flow-closure.ts";
import type { Database } from "../db/database.ts";
import { insertVersion, listVersions, liveHash, lockDraft, pointLive, readVersion } from "../db/flows.ts";
import { readOwnDocument } from "../db/published.ts";
import { refusal } from "../errors.ts";
import type { Clock } from "../ports/clock.ts";
import { makeId, type Random } from "../ports/random.ts";
import { type PolicyEnv, policy } from "./policy.ts";
import {
  accept,
  acceptPath,
  answers,
  flowPath,
  pageOf,
  versionDetail,
  versionPath,
  versionSummary,
  versionsQuery,
} from "./shapes.ts";

export interface VersionParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
}

export function versionRoutes({ database, clock, random }: VersionParts) {
  return new Hono<PolicyEnv>()
    .get(
      "/flows/:id/versions",
      policy("member"),
      describeRoute({
        summary: "Published versions, newest first",
        responses: answers(200, "A page", pageOf(versionSummary), [401]),
      }),
      acceptPath(flowPath, "flow-not-found"),
      accept("query", versionsQuery),
      async (c) => {
        const { cursor = null, limit } = c.req.valid("query");
        const page = { before: cursor, limit: limit + 1 };
        const rows = await listVersions(database, c.get("member").clientId, c.req.valid("param").id, page);
        const items = rows.slice(0, limit).map(({ id: _own, ...shown }) => shown);
        return c.json({ items, next: rows.length > limit ? String(items.at(-1)?.version) : null });
      },
    )
    .get(
      "/flows/:id/versions/:version",
      policy("member"),
      describeRoute({
        summary: "One published version",
        responses: answers(200, "The version", versionDetail, [401, 404]),
      }),
      acceptPath(versionPath, "version-not-found"),
      async (c) => {
        const { id, version } = c.req.valid("param");
        const found = await readVersion(database.drizzle, c.get("member").clientId, id, version);
        if (!found) throw refusal("version-not-found");
        const { hash, note, publishedAt } = found;
        // Published only after parsing.
        return c.json({ version, hash, note, publishedAt, document: found.document as FlowDocument });
      },
    )
    .post(
      "/flows/:id/publish",
      policy("member"),
      describeRoute({
        summary: "Publish the draft and make it live",
        responses: answers(
          201,
          "Published",
          z.object({ version: z.number().int(), hash: z.string() }),
          [401, 404, 409, 422],
        ),
      }),
      acceptPath(flowPath, "flow-not-found"),
      accept("json", z.strictObject({ revision: z.number().int().min(1), note: z.string().max(2000) })),
      async (c) => {
        const { id: flowId } = c.req.valid("param");
        const { revision, note } = c.req.valid("json");
        const { clientId, userName: by } = c.get("member");
        const published = await database.transaction(async (tx) => {
          const found = await lockDraft(tx, clientId, flowId);
          if (!found) throw refusal("flow-not-found");
          if (found.revision !== revision) throw refusal("draft-changed");
          const parsed = parseFlow(found.draft);
          if (!parsed.ok) throw refusal("document-invalid", { problems: parsed.problems });
          const document = parsed.flow;
          const hash = hashFlow(document);
          if ((await liveHash(tx, flowId)) === hash) throw refusal("nothing-changed");
          const called = await closureOf(document, (hash) => readOwnDocument(tx, clientId, hash));
          const findings = [
            ...misfits(document, called),
            ...lint(document, { flows: called.flows }).filter((finding) => finding.severity === "error"),
          ];
          if (findings.length > 0) throw refusal("flow-has-errors", { findings });
          const at = clock.now();
          const versionId = makeId(random, at);
          const version = await insertVersion(tx, {
            clientId,
            id: versionId,
            flowId,
            hash,
            document,
            note,
            at,
            by,
          });
          await pointLive(tx, { clientId, flowId, versionId, at, by });
          return { version, hash };
        });
        return c.json(published, 201);
      },
    )
    .put(
      "/flows/:id/live",
      policy("member"),
      describeRoute({
        summary: "Make another published version live; calls under way keep theirs",
        responses: answers(200, "Live", z.object({ version: z.number().int() }), [401, 404]),
      }),
      acceptPath(flowPath, "flow-not-found"),
      accept("json", z.strictObject({ version: z.number().int().min(1) })),
      async (c) => {
        const { id: flowId } = c.req.valid("param");
        const { version } = c.req.valid("json");
        const { clientId, userName: by } = c.get("member");
        await database.transaction(async (tx) => {
          if (!(await lockDraft(tx, clientId, flowId))) throw refusal("flow-not-found");
          const found = await readVersion(tx, clientId, flowId, version);
          if (!found) throw refusal("version-not-found");
          await pointLive(tx, { clientId, flowId, versionId: found.id, at: clock.now(), by });
        });
        return c.json({ version });
      },
    );
}

/** What no call could enter: said here, because only here is known what is published. */
function misfits(flow: FlowDocument, { missing, tooMany }: FlowClosure): Finding[] {
  const error = (pointer: string, sentence: string, node?: string): Finding => ({
    rule: "sub-flow-missing",
    severity: "error",
    pointer,
    sentence,
    ...(node === undefined ? {} : { node }),
  });
  const found = Object.entries(flow.nodes).flatMap(([id, node]) => {
    const hash = factsOf(node).calls?.hash;
    if (hash === undefined || !missing.includes(hash)) return [];
    return error(`/nodes/${id}`, `“${node.title}” calls a flow that is not published here.`, id);
  });
  const within = missing.length > 0 && found.length === 0;
  return [
    ...found,
    ...(within ? [error("", "A flow that this one calls calls one that is not published here.")] : []),
    ...(tooMany ? [error("", `Expected flows at most ${limits.flowsDeep} deep, found more.`)] : []),
  ];
}
