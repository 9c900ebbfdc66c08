/**
 * Flows, their versions and the alias `live`. Every function takes the client, and finds nothing of another's.
 * Writes take a `Drizzle` that may be a transaction; reads with joins are hand-written.
 */
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database, Drizzle } from "./database.ts";
import { flowAliases, flows, flowVersions, numbers } from "./schema.ts";

export interface FlowRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** JSON text. */
  readonly draft: string;
  readonly draftHash: string;
  readonly revision: number;
  readonly savedAt: number;
  readonly published: VersionRow | null;
  readonly numbers: readonly string[];
  readonly callsToday: number;
}

export interface VersionRow {
  readonly id: string;
  readonly version: number;
  readonly hash: string;
  readonly note: string;
  readonly publishedAt: number;
  readonly publishedBy: string;
}

interface RawFlow {
  id: string;
  name: string;
  description: string;
  draft: string;
  draft_hash: string;
  revision: number;
  saved_at: number;
  version_id: string | null;
  version: number;
  hash: string;
  note: string;
  published_at: number;
  published_by: string;
  numbers: string | null;
  calls_today: number;
}

const selectFlow = (
  draft: string,
  where: string,
) => `select f.id::text as id, f.name, f.description, ${draft} as draft,
    f.draft_hash, f.revision, f.saved_at::float8 as saved_at, v.id::text as version_id, v.version, v.hash, v.note,
    v.published_at::float8 as published_at, v.published_by,
    (select string_agg(n.number, ' ' order by n.number) from numbers n where n.flow_id = f.id) as numbers,
    (select count(*)::int from calls c where c.flow_id = f.id and c.id >= $2::uuid) as calls_today
  from flows f
  left join flow_aliases a on a.flow_id = f.id and a.alias = 'live'
  left join flow_versions v on v.id = a.version_id
  where f.client_id = $1::int and f.archived_at is null and ${where}`;

const oneFlow = selectFlow("f.draft::text", "f.id = $3::uuid");
/** Newest first; ids sort by the time they were made. */
const manyFlows = selectFlow("''", "($3::uuid is null or f.id < $3::uuid) order by f.id desc limit $4::int");

/** `today` is an id no call of an earlier day sorts after (`firstIdOf`). */
export async function readFlow(
  database: Database,
  clientId: number,
  id: string,
  today: string,
): Promise<FlowRow | null> {
  const rows = await database.query<RawFlow>(oneFlow, [clientId, today, id]);
  return rows[0] ? flowRow(rows[0]) : null;
}

/** Without drafts. */
export async function listFlows(
  database: Database,
  clientId: number,
  page: { before: string | null; limit: number; today: string },
): Promise<FlowRow[]> {
  const rows = await database.query<RawFlow>(manyFlows, [clientId, page.today, page.before, page.limit]);
  return rows.map(flowRow);
}

function flowRow(row: RawFlow): FlowRow {
  const { id, name, description, draft, revision } = row;
  const published =
    row.version_id === null
      ? null
      : {
          id: row.version_id,
          version: row.version,
          hash: row.hash,
          note: row.note,
          publishedAt: row.published_at,
          publishedBy: row.published_by,
        };
  return {
    id,
    name,
    description,
    draft,
    draftHash: row.draft_hash,
    revision,
    savedAt: row.saved_at,
    published,
    numbers: row.numbers ? row.numbers.split(" ") : [],
    callsToday: row.calls_today,
  };
}

export interface Draft {
  readonly name: string;
  readonly description: string;
  readonly document: object;
  readonly hash: string;
}

export async function insertFlow(
  tx: Drizzle,
  row: { clientId: number; id: string; draft: Draft; at: number },
): Promise<void> {
  const { name, description, document, hash } = row.draft;
  await tx.insert(flows).values({
    clientId: row.clientId,
    id: row.id,
    name,
    description,
    draft: document,
    draftHash: hash,
    revision: 1,
    createdAt: row.at,
    savedAt: row.at,
  });
}

/** False when the draft has another revision by now, or the flow is not there. */
export async function saveDraft(
  tx: Drizzle,
  where: { clientId: number; id: string; revision: number },
  draft: Draft,
  at: number,
): Promise<boolean> {
  const { name, description, document, hash } = draft;
  const saved = await tx
    .update(flows)
    .set({ name, description, draft: document, draftHash: hash, revision: where.revision + 1, savedAt: at })
    .where(
      and(
        eq(flows.clientId, where.clientId),
        eq(flows.id, where.id),
        eq(flows.revision, where.revision),
        isNull(flows.archivedAt),
      ),
    )
    .returning({ id: flows.id });
  return saved.length === 1;
}

/** `in-use` when a number rings it. Versions stay: calls refer to them. */
export async function archiveFlow(
  tx: Drizzle,
  clientId: number,
  id: string,
  at: number,
): Promise<"archived" | "in-use" | "unknown"> {
  const [found] = await tx
    .select({ id: flows.id })
    .from(flows)
    .where(and(eq(flows.clientId, clientId), eq(flows.id, id), isNull(flows.archivedAt)))
    .for("update");
  if (!found) return "unknown";
  const used = await tx
    .select({ number: numbers.number })
    .from(numbers)
    .where(eq(numbers.flowId, id))
    .limit(1);
  if (used.length > 0) return "in-use";
  await tx.update(flows).set({ archivedAt: at }).where(eq(flows.id, id));
  return "archived";
}

/** The draft as it is now, locked until the transaction ends, so that two publications take turns. */
export async function lockDraft(
  tx: Drizzle,
  clientId: number,
  id: string,
): Promise<{ draft: unknown; revision: number } | null> {
  const [found] = await tx
    .select({ draft: flows.draft, revision: flows.revision })
    .from(flows)
    .where(and(eq(flows.clientId, clientId), eq(flows.id, id), isNull(flows.archivedAt)))
    .for("update");
  return found ?? null;
}

export async function liveHash(tx: Drizzle, flowId: string): Promise<string | null> {
  const [live] = await tx
    .select({ hash: flowVersions.hash })
    .from(flowAliases)
    .innerJoin(flowVersions, eq(flowVersions.id, flowAliases.versionId))
    .where(and(eq(flowAliases.flowId, flowId), eq(flowAliases.alias, "live")));
  return live?.hash ?? null;
}

/** The number of the new version. Call under `lockDraft`. */
export async function insertVersion(
  tx: Drizzle,
  row: {
    clientId: number;
    id: string;
    flowId: string;
    hash: string;
    document: object;
    note: string;
    at: number;
    by: string;
  },
): Promise<number> {
  const [newest] = await tx
    .select({ version: sql<number>`coalesce(max(${flowVersions.version}), 0)::int` })
    .from(flowVersions)
    .where(eq(flowVersions.flowId, row.flowId));
  const version = (newest?.version ?? 0) + 1;
  const { clientId, id, flowId, hash, document, note, at, by } = row;
  await tx
    .insert(flowVersions)
    .values({ clientId, id, flowId, version, hash, document, note, publishedAt: at, publishedBy: by });
  return version;
}

export async function pointLive(
  tx: Drizzle,
  row: { clientId: number; flowId: string; versionId: string; at: number; by: string },
): Promise<void> {
  const { clientId, flowId, versionId, at, by } = row;
  await tx
    .insert(flowAliases)
    .values({ clientId, flowId, alias: "live", versionId, movedAt: at, movedBy: by })
    .onConflictDoUpdate({
      target: [flowAliases.flowId, flowAliases.alias],
      set: { versionId, movedAt: at, movedBy: by },
    });
}

export interface ListedVersion extends VersionRow {
  readonly current: boolean;
  readonly calls: number;
}

/** Newest first. */
export async function listVersions(
  database: Database,
  clientId: number,
  flowId: string,
  page: { before: number | null; limit: number },
): Promise<ListedVersion[]> {
  const rows = await database.query<RawFlow & { current: boolean; calls: number }>(
    `select v.id::text as version_id, v.version, v.hash, v.note, v.published_at::float8 as published_at, v.published_by,
       exists (select 1 from flow_aliases a where a.flow_id = v.flow_id and a.alias = 'live' and a.version_id = v.id) as current,
       (select count(*)::int from calls c where c.flow_version_id = v.id) as calls
     from flow_versions v where v.client_id = $1::int and v.flow_id = $2::uuid and ($3::int is null or v.version < $3::int)
     order by v.version desc limit $4::int`,
    [clientId, flowId, page.before, page.limit],
  );
  return rows.map((row) => ({
    id: row.version_id ?? "",
    version: row.version,
    hash: row.hash,
    note: row.note,
    publishedAt: row.published_at,
    publishedBy: row.published_by,
    current: row.current,
    calls: row.calls,
  }));
}

export async function readVersion(
  tx: Drizzle,
  clientId: number,
  flowId: string,
  version: number,
): Promise<(VersionRow & { document: unknown }) | null> {
  const [found] = await tx
    .select()
    .from(flowVersions)
    .where(
      and(
        eq(flowVersions.clientId, clientId),
        eq(flowVersions.flowId, flowId),
        eq(flowVersions.version, version),
      ),
    );
  return found ?? null;
}

/** The smallest version-7 id of a moment: what was made later sorts after it. */
export function firstIdOf(at: number): string {
  const time = Math.trunc(at).toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}
