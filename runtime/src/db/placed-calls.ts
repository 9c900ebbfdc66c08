/**
 * Rows of calls we placed. States: `intended` (nothing asked yet, or nobody knows whether it was), `placed` (the
 * carrier took it), `ambiguous` (the carrier may have taken it), `refused`, `answered` (there is a call of the same id,
 * see turns.ts), `ended`. Each step is guarded by the state it leaves, so that no two take it.
 */
import type { EndReason, Value, Verdict } from "@trunkline/schema/call";
import type { Database } from "./database.ts";

export interface PlacedCall {
  readonly clientId: number;
  readonly id: string;
  readonly token: string;
  readonly provider: string;
  readonly flowId: string;
  readonly flowVersionId: string;
  readonly hash: string;
  readonly from: string;
  readonly to: string;
  readonly inputs: { readonly [variable: string]: Value };
  readonly state: "intended" | "placed" | "ambiguous" | "refused" | "answered" | "ended";
  readonly reason: EndReason | null;
  readonly code: string | null;
  readonly providerCallId: string | null;
  readonly verdict: Verdict | null;
  readonly createdAt: number;
  readonly checks: number;
}

/** Still waiting for an answer or an end. */
const open = "state in ('intended', 'ambiguous', 'placed')";

const columns = `client_id, id::text as id, token, provider, flow_id::text as flow_id, flow_version_id::text as flow_version_id,
  hash, "from", "to", inputs::text as inputs, state, reason, code, provider_call_id, verdict::text as verdict,
  created_at::float8 as created_at, checks`;

interface Row {
  client_id: number;
  id: string;
  token: string;
  provider: string;
  flow_id: string;
  flow_version_id: string;
  hash: string;
  from: string;
  to: string;
  inputs: string;
  state: PlacedCall["state"];
  reason: EndReason | null;
  code: string | null;
  provider_call_id: string | null;
  verdict: string | null;
  created_at: number;
  checks: number;
}

function placedCall(row: Row): PlacedCall {
  const { id, token, provider, hash, from, to, state, reason, code, checks } = row;
  return {
    clientId: row.client_id,
    id,
    token,
    provider,
    flowId: row.flow_id,
    flowVersionId: row.flow_version_id,
    hash,
    from,
    to,
    inputs: JSON.parse(row.inputs),
    state,
    reason,
    code,
    providerCallId: row.provider_call_id,
    verdict: row.verdict === null ? null : JSON.parse(row.verdict),
    createdAt: row.created_at,
    checks,
  };
}

type Intent = Omit<PlacedCall, "state" | "reason" | "code" | "providerCallId" | "verdict" | "checks">;

export async function insertIntent(database: Database, row: Intent, checkAt: number): Promise<void> {
  await database.query(
    `insert into placed_calls (client_id, id, token, provider, flow_id, flow_version_id, hash, "from", "to", inputs,
       state, created_at, check_at, checks)
     values ($1::int, $2::uuid, $3::text, $4::text, $5::uuid, $6::uuid, $7::text, $8::text, $9::text, $10::text::json,
       'intended', $11::bigint, $12::bigint, 0)`,
    [
      row.clientId,
      row.id,
      row.token,
      row.provider,
      row.flowId,
      row.flowVersionId,
      row.hash,
      row.from,
      row.to,
      JSON.stringify(row.inputs),
      row.createdAt,
      checkAt,
    ],
  );
}

export async function readPlaced(
  database: Database,
  key: { readonly token: string } | { readonly clientId: number; readonly id: string },
): Promise<PlacedCall | null> {
  const [row] =
    "token" in key
      ? await database.query<Row>(`select ${columns} from placed_calls where token = $1::text`, [key.token])
      : await database.query<Row>(
          `select ${columns} from placed_calls where client_id = $1::int and id = $2::uuid`,
          [key.clientId, key.id],
        );
  return row ? placedCall(row) : null;
}

/** The carrier took it, by this name. False when another call has the name, or the row is past that. */
export async function adopt(
  database: Database,
  id: string,
  providerCallId: string,
  checkAt: number,
): Promise<boolean> {
  const rows = await database.query(
    `update placed_calls p set state = 'placed', provider_call_id = $2::text, check_at = $3::bigint, checks = 0
     where id = $1::uuid and state in ('intended', 'ambiguous') and not exists (
       select 1 from placed_calls o where o.provider = p.provider and o.provider_call_id = $2::text) returning id`,
    [id, providerCallId, checkAt],
  );
  return rows.length === 1;
}

/**
 * A call came with the token of `id`: another one that the carrier's list took for it is given back, and is looked for
 * again at that moment.
 */
export async function giveBack(
  database: Database,
  { id, provider }: Pick<PlacedCall, "id" | "provider">,
  providerCallId: string,
  checkAt: number,
): Promise<void> {
  await database.query(
    `update placed_calls p set provider_call_id = null,
       state = case state when 'placed' then 'ambiguous' else state end,
       check_at = case state when 'placed' then $4::bigint end
     where provider = $2::text and provider_call_id = $3::text and id <> $1::uuid
       and not exists (select 1 from calls c where c.id = p.id)`,
    [id, provider, providerCallId, checkAt],
  );
}

/** Nobody knows whether the carrier took it. */
export async function noteAmbiguous(database: Database, id: string): Promise<void> {
  await database.query(
    "update placed_calls set state = 'ambiguous' where id = $1::uuid and state = 'intended'",
    [id],
  );
}

/** It was not placed: the carrier said so, or does not know it. */
export async function refusePlaced(database: Database, id: string, code: string): Promise<void> {
  await database.query(
    `update placed_calls set state = 'refused', reason = 'failed', code = $2::text, check_at = null
     where id = $1::uuid and state in ('intended', 'ambiguous')`,
    [id, code],
  );
}

/** It is over without having been answered. False when it was answered or over already. */
export async function endUnanswered(
  database: Database,
  id: string,
  end: { readonly reason: EndReason; readonly code: string | null; readonly providerCallId: string | null },
): Promise<boolean> {
  const rows = await database.query(
    `update placed_calls set state = 'ended', reason = $2::text, code = $3::text, check_at = null,
       provider_call_id = coalesce(provider_call_id, $4::text)
     where id = $1::uuid and ${open} returning id`,
    [id, end.reason, end.code, end.providerCallId],
  );
  return rows.length === 1;
}

/** A verdict that came before the call began. False when there is one, or the call has begun or is over. */
export async function keepVerdict(database: Database, id: string, verdict: Verdict): Promise<boolean> {
  const rows = await database.query(
    `update placed_calls set verdict = $2::text::json where id = $1::uuid and ${open} and verdict is null returning id`,
    [id, JSON.stringify(verdict)],
  );
  return rows.length === 1;
}

/** Those the carrier must be asked about now; nobody else gets them before `nextAt`. */
export async function takeDue(
  database: Database,
  now: number,
  nextAt: number,
  limit: number,
): Promise<PlacedCall[]> {
  const rows = await database.query<Row>(
    `update placed_calls set check_at = $2::bigint, checks = checks + 1 where id in (
       select id from placed_calls where check_at <= $1::bigint order by check_at limit $3::int for update skip locked)
     returning ${columns}`,
    [now, nextAt, limit],
  );
  return rows.map(placedCall);
}

export async function checkLater(database: Database, id: string, at: number): Promise<void> {
  await database.query(`update placed_calls set check_at = $2::bigint where id = $1::uuid and ${open}`, [
    id,
    at,
  ]);
}

export async function nextCheck(database: Database): Promise<number | null> {
  const [row] = await database.query<{ at: number | null }>(
    "select min(check_at)::float8 as at from placed_calls where check_at is not null",
    [],
  );
  return row?.at ?? null;
}

/** Placed calls that have not been answered and are not over. */
export async function openPlaced(database: Database): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    `select id::text as id from placed_calls where ${open} order by id`,
    [],
  );
  return rows.map(({ id }) => id);
}
