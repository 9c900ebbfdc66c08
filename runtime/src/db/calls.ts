/** Calls, traces and outcomes as people read them. The hot path writes them (turns.ts). */
import type { DecidingValue, OutcomeField, TraceEntry } from "@trunkline/schema/call";
import type { Database } from "./database.ts";

export interface CallRow {
  readonly id: string;
  readonly flowId: string;
  readonly flowName: string;
  readonly version: number;
  readonly hash: string;
  readonly from: string;
  readonly to: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly status: "live" | "ended";
  readonly reason: string | null;
  readonly disposition: string | null;
  readonly node: string | null;
  readonly turns: number;
  readonly visits: number;
}

interface RawCall {
  id: string;
  flow_id: string;
  flow_name: string;
  version: number;
  hash: string;
  from: string;
  to: string;
  started_at: number;
  ended_at: number | null;
  status: "live" | "ended";
  reason: string | null;
  disposition: string | null;
  node: string | null;
  turn: number;
  visits: number;
  session: string;
  document: string;
}

const columns = `c.id::text as id, c.flow_id::text as flow_id, f.name as flow_name, v.version, c.hash, c."from", c."to",
  c.started_at::float8 as started_at, c.ended_at::float8 as ended_at, c.status, c.reason, c.disposition, c.node, c.turn, c.visits`;
const tables = `calls c join flows f on f.id = c.flow_id join flow_versions v on v.id = c.flow_version_id`;

/** Newest first; `before` is the id of the last call of the page before. */
export async function listCalls(
  database: Database,
  clientId: number,
  page: { flowId: string | null; before: string | null; limit: number },
): Promise<CallRow[]> {
  const rows = await database.query<RawCall>(
    `select ${columns} from ${tables} where c.client_id = $1::int and ($2::uuid is null or c.flow_id = $2::uuid)
       and ($3::uuid is null or c.id < $3::uuid) order by c.id desc limit $4::int`,
    [clientId, page.flowId, page.before, page.limit],
  );
  return rows.map(callRow);
}

export async function readCallRow(database: Database, clientId: number, id: string): Promise<CallRow | null> {
  const text = `select ${columns} from ${tables} where c.client_id = $1::int and c.id = $2::uuid`;
  const rows = await database.query<RawCall>(text, [clientId, id]);
  return rows[0] ? callRow(rows[0]) : null;
}

/** The row with the session and the version's document, both JSON text. */
export async function readCallDetail(
  database: Database,
  clientId: number,
  id: string,
): Promise<(CallRow & { session: string; document: string }) | null> {
  const text = `select ${columns}, c.session::text as session, v.document::text as document from ${tables}
    where c.client_id = $1::int and c.id = $2::uuid`;
  const [row] = await database.query<RawCall>(text, [clientId, id]);
  return row ? { ...callRow(row), session: row.session, document: row.document } : null;
}

function callRow(row: RawCall): CallRow {
  const { id, version, hash, from, to, status, reason, disposition, node, visits } = row;
  return {
    id,
    flowId: row.flow_id,
    flowName: row.flow_name,
    version,
    hash,
    from,
    to,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    status,
    reason,
    disposition,
    node,
    turns: row.turn,
    visits,
  };
}

export async function listTrace(
  database: Database,
  clientId: number,
  callId: string,
  page: { after: number; limit: number },
): Promise<TraceEntry[]> {
  const rows = await database.query<{
    seq: number;
    frame: string;
    node: string;
    kind: string;
    visit: number;
    entered_at: number;
    left_at: number;
    turn: number;
    outcome: string;
    value: string | null;
  }>(
    `select seq, frame, node, kind, visit, entered_at::float8 as entered_at, left_at::float8 as left_at, turn, outcome,
       value::text as value
     from trace where client_id = $1::int and call_id = $2::uuid and seq > $3::int order by seq limit $4::int`,
    [clientId, callId, page.after, page.limit],
  );
  return rows.map(({ entered_at, left_at, value, ...entry }) => ({
    ...entry,
    enteredAt: entered_at,
    leftAt: left_at,
    value: value === null ? null : (JSON.parse(value) as DecidingValue), // what the engine traced
  }));
}

/** Paths of the sub-flows a call has left nodes of, in the order they were entered. */
export async function listFrames(database: Database, clientId: number, callId: string): Promise<string[]> {
  const rows = await database.query<{ frame: string }>(
    `select frame from trace where client_id = $1::int and call_id = $2::uuid and frame <> ''
     group by frame order by min(seq) limit 200`,
    [clientId, callId],
  );
  return rows.map(({ frame }) => frame);
}

export async function listOutcomes(
  database: Database,
  clientId: number,
  callId: string,
): Promise<{ outcome: string; fields: readonly OutcomeField[]; recordedAt: number }[]> {
  const rows = await database.query<{ outcome: string; fields: string; recorded_at: number }>(
    `select outcome, fields::text as fields, recorded_at::float8 as recorded_at from call_outcomes
     where client_id = $1::int and call_id = $2::uuid order by recorded_at, effect_id`,
    [clientId, callId],
  );
  return rows.map((row) => ({
    outcome: row.outcome,
    fields: JSON.parse(row.fields),
    recordedAt: row.recorded_at,
  }));
}

/** Calls that have not ended. */
export async function liveCallIds(database: Database): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    "select id::text as id from calls where status = 'live' order by id",
    [],
  );
  return rows.map((row) => row.id);
}
