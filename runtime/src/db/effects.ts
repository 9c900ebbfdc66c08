/** Rows of effects and timers, read by whoever performs and fires them. Written by the turn itself (turns.ts). */
import type { Effect } from "@trunkline/schema/call";
import type { Database } from "./database.ts";

export interface OrderedEffect {
  readonly callId: string;
  readonly clientId: number;
  readonly token: string;
  readonly providerCallId: string;
  readonly effect: Effect;
  readonly attempts: number;
}

/** What is needed to perform an effect, besides the effect. */
export type CallAddress = Pick<OrderedEffect, "callId" | "clientId" | "token" | "providerCallId">;

const claimText = `update effects f set owner = $1::text, attempts = attempts + 1,
    lease_until = $2::bigint + coalesce((f.payload->>'timeoutSeconds')::int, 0) * 1000
  from calls c where c.id = f.call_id and (f.call_id, f.id) in (
    select call_id, id from effects where state = 'pending' and (lease_until <= $3::bigint or ($4::bool and owner <> $1::text))
    order by lease_until limit $5::int for update skip locked)
  returning f.call_id::text as call_id, f.client_id, f.id, f.effect, f.payload::text as payload, f.attempts,
    c.token, c.provider_call_id`;

/**
 * Takes over effects nobody performs: those whose lease is over, and, when this process is the only one there can be,
 * those of any other. Two takers never get the same one.
 */
export async function claimEffects(
  database: Database,
  claim: { owner: string; now: number; leaseUntil: number; soleOwner: boolean; limit: number },
): Promise<OrderedEffect[]> {
  const { owner, now, leaseUntil, soleOwner, limit } = claim;
  const rows = await database.query<{
    call_id: string;
    client_id: number;
    id: string;
    effect: string;
    payload: string;
    attempts: number;
    token: string;
    provider_call_id: string;
  }>(claimText, [owner, leaseUntil, now, soleOwner, limit]);
  return rows.map((row) => ({
    callId: row.call_id,
    clientId: row.client_id,
    token: row.token,
    providerCallId: row.provider_call_id,
    // The columns hold the parts of an `Effect` that `commitTurn` took apart.
    effect: { ...JSON.parse(row.payload), effect: row.effect, id: row.id } as Effect,
    attempts: row.attempts,
  }));
}

/** For an effect whose answer nobody waits for. */
export async function closeEffect(database: Database, callId: string, id: string): Promise<void> {
  const text =
    "update effects set state = 'done' where call_id = $1::uuid and id = $2::text and state = 'pending'";
  await database.query(text, [callId, id]);
}

export interface DueTimer {
  readonly callId: string;
  readonly id: string;
  readonly dueAt: number;
}

export async function dueTimers(database: Database, now: number, limit: number): Promise<DueTimer[]> {
  const rows = await database.query<{ call_id: string; id: string; due_at: number }>(
    `select call_id::text as call_id, id, due_at::float8 as due_at from timers where due_at <= $1::bigint
     order by due_at limit $2::int`,
    [now, limit],
  );
  return rows.map((row) => ({ callId: row.call_id, id: row.id, dueAt: row.due_at }));
}

/** Takes away a timer that is not to fire, if it still has this deadline. */
export async function dropTimer(
  database: Database,
  callId: string,
  id: string,
  dueAt: number,
): Promise<void> {
  const text = "delete from timers where call_id = $1::uuid and id = $2::text and due_at = $3::bigint";
  await database.query(text, [callId, id, dueAt]);
}

/** The number a message goes out from: the one asked for if it is the client's, else the call's own. */
export async function sendingNumber(
  database: Database,
  clientId: number,
  callId: string,
  asked: string | null,
): Promise<string | null> {
  const text = `select n.number from numbers n where n.client_id = $1::int and n.number = coalesce($3::text,
    (select c.number from calls c where c.id = $2::uuid))`;
  return (await database.query<{ number: string }>(text, [clientId, callId, asked]))[0]?.number ?? null;
}

/** The next deadline of all calls after this moment, or null. */
export async function nextDeadline(database: Database, now: number): Promise<number | null> {
  const rows = await database.query<{ due_at: number | null }>(
    "select min(due_at)::float8 as due_at from timers where due_at > $1::bigint",
    [now],
  );
  return rows[0]?.due_at ?? null;
}

/** Has a phone been given the reply of this turn? Null when there is none. */
export async function isFetched(database: Database, callId: string, turn: number): Promise<boolean | null> {
  const text = "select fetched from replies where call_id = $1::uuid and turn = $2::int";
  return (await database.query<{ fetched: boolean }>(text, [callId, turn]))[0]?.fetched ?? null;
}

/** Idempotent by call and effect. */
export async function insertOutcome(
  database: Database,
  row: { clientId: number; callId: string; effectId: string; outcome: string; fields: string; at: number },
): Promise<void> {
  await database.query(
    `insert into call_outcomes (client_id, call_id, effect_id, outcome, fields, recorded_at)
     values ($1::int, $2::uuid, $3::text, $4::text, $5::text::json, $6::bigint) on conflict do nothing`,
    [row.clientId, row.callId, row.effectId, row.outcome, row.fields, row.at],
  );
}
