/** Published documents: a flow's live one, all live ones of a client, and any by what it says. */
import { and, eq, sql } from "drizzle-orm";
import type { Database, Drizzle } from "./database.ts";
import { flowVersions } from "./schema.ts";

export interface LiveVersion {
  readonly versionId: string;
  readonly version: number;
  readonly hash: string;
  /** JSON text. */
  readonly document: string;
}

/** What a flow's calls begin with now; `unknown` when there is no such flow, null when it was never published. */
export async function readLive(
  database: Database,
  clientId: number,
  flowId: string,
): Promise<LiveVersion | null | "unknown"> {
  const [row] = await database.query<{
    version_id: string | null;
    version: number;
    hash: string;
    document: string;
  }>(
    `select v.id::text as version_id, v.version, v.hash, v.document::text as document from flows f
     left join flow_aliases a on a.flow_id = f.id and a.alias = 'live'
     left join flow_versions v on v.id = a.version_id
     where f.client_id = $1::int and f.id = $2::uuid and f.archived_at is null`,
    [clientId, flowId],
  );
  if (!row) return "unknown";
  const { version, hash, document } = row;
  return row.version_id === null ? null : { versionId: row.version_id, version, hash, document };
}

/** Every flow that has a live version, by name. */
export async function listLive(
  database: Database,
  clientId: number,
  limit: number,
): Promise<(LiveVersion & { readonly flowId: string; readonly name: string })[]> {
  const rows = await database.query<{
    flow_id: string;
    name: string;
    version_id: string;
    version: number;
    hash: string;
    document: string;
  }>(
    `select f.id::text as flow_id, f.name, v.id::text as version_id, v.version, v.hash, v.document::text as document
     from flows f join flow_aliases a on a.flow_id = f.id and a.alias = 'live' join flow_versions v on v.id = a.version_id
     where f.client_id = $1::int and f.archived_at is null order by f.name, f.id limit $2::int`,
    [clientId, limit],
  );
  return rows.map(({ flow_id, version_id, ...row }) => ({ ...row, flowId: flow_id, versionId: version_id }));
}

/** Text of a client's own published document, by what it says. */
export async function readOwnDocument(tx: Drizzle, clientId: number, hash: string): Promise<string | null> {
  const [found] = await tx
    .select({ document: sql<string>`${flowVersions.document}::text` })
    .from(flowVersions)
    .where(and(eq(flowVersions.clientId, clientId), eq(flowVersions.hash, hash)))
    .limit(1);
  return found?.document ?? null;
}
