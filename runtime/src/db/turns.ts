/**
 * The hot path: one SELECT that knows everything a webhook needs, one statement that writes everything it decided.
 * Round trips decide (performance.md), so a turn is read once and written once, guarded by compare-and-set on the
 * call's revision; whoever loses the race reads again. The write of a turn is data (`TurnWrite`): committing several
 * in one statement later is a change of this file alone.
 */
import type { Effect, Session, TraceEntry } from "@trunkline/schema/call";
import type { Database, Parameter } from "./database.ts";

export interface StoredReply {
  readonly turn: number;
  readonly contentType: string;
  readonly body: string;
  readonly fetched: boolean;
}

/** A call as the turn finds it. */
export interface LoadedCall {
  readonly clientId: number;
  readonly id: string;
  readonly token: string;
  readonly providerCallId: string;
  readonly hash: string;
  /** JSON text. */
  readonly session: string;
  readonly revision: number;
  readonly status: "live" | "ended";
  readonly rank: number;
  readonly direction: string;
  readonly touchedAt: number;
  /** The reply of the turn that was asked about. */
  readonly reply: StoredReply | null;
  /** Has this inbox key been journalled? */
  readonly seen: boolean;
  /** Deadline of the timer that was asked about; null when there is none (any more). */
  readonly dueAt: number | null;
}

/** What rings: the number and the version it would start now. */
export interface LoadedNumber {
  readonly clientId: number;
  readonly number: string;
  readonly live: { readonly flowId: string; readonly versionId: string; readonly hash: string } | null;
  /** The call this webhook belongs to, if it has begun already. */
  readonly call: LoadedCall | null;
}

export type CallKey =
  | { readonly by: "token"; readonly token: string }
  /** With a timer, its deadline is read too (`dueAt`). */
  | { readonly by: "id"; readonly id: string; readonly timer?: string }
  | { readonly by: "provider"; readonly provider: string; readonly providerCallId: string };

export interface CallQuestion {
  readonly turn?: number;
  readonly inboxKey?: string;
}

/** A call that begins with this write. */
export interface NewCall {
  readonly clientId: number;
  readonly id: string;
  readonly token: string;
  readonly provider: string;
  readonly providerCallId: string;
  readonly number: string;
  readonly flowId: string;
  readonly flowVersionId: string;
  readonly hash: string;
  readonly direction: string;
  readonly from: string;
  readonly to: string;
  readonly startedAt: number;
  /** A call we placed: it opens only while its row still waits for it, and has (or has not) a verdict. */
  readonly placed: { readonly verdict: boolean } | null;
}

/** Everything one event changes, written whole or not at all. */
export interface TurnWrite {
  /** The call to open, or the call and the revision it must still have. */
  readonly call: { readonly open: NewCall } | { readonly id: string; readonly revision: number };
  readonly token: string;
  readonly clientId: number;
  /** Did we place this call? Then its end is also its placing's end. */
  readonly placed: boolean;
  readonly event: {
    readonly at: number;
    readonly type: string;
    readonly payload: string;
    readonly verdict: "applied" | "late" | "unexpected";
    readonly inboxKey: string;
  };
  /** Null when the event changed nothing. */
  readonly state: CallState | null;
  readonly rank: number;
  readonly trace: readonly TraceEntry[];
  readonly reply: StoredReply | null;
  readonly effects: readonly Effect[];
  readonly owner: string;
  readonly leaseUntil: number;
  /** The effect whose answer this event is. */
  readonly settles: { readonly id: string; readonly state: "done" | "failed" } | null;
  readonly timers: { readonly set: readonly { id: string; at: number }[]; readonly drop: readonly string[] };
}

export interface CallState {
  readonly session: string;
  readonly turn: number;
  readonly visits: number;
  readonly node: string | null;
  /** `gone`: nobody is there to be given orders. Stored in the session only. */
  readonly phone: Session["phone"];
  readonly ended: { readonly reason: string; readonly disposition: string; readonly at: number } | null;
}

export function callIdOf(write: TurnWrite): string {
  return "open" in write.call ? write.call.open.id : write.call.id;
}

const callColumns = `c.client_id, c.id::text as id, c.token, c.provider_call_id, c.hash, c.session::text as session,
  c.revision, c.status, c.rank, c.direction, c.touched_at::float8 as touched_at,
  r.turn as reply_turn, r.content_type, r.body, r.fetched, e.seq as seen`;

/** What is known of the call's turn, inbox key and timer: $1 is the turn and $2 the inbox key. */
const joins = `left join replies r on r.call_id = c.id and r.turn = $1::int
  left join call_events e on e.call_id = c.id and e.inbox_key = $2::text`;

const selectCall = (where: string) =>
  `select ${callColumns}, null as due_at from calls c ${joins} where ${where}`;

const callByToken = selectCall("c.token = $3::text");
const callById = selectCall("c.id = $3::uuid");
const callByProvider = selectCall("c.provider = $3::text and c.provider_call_id = $4::text");
const callByTimer = `select ${callColumns}, t.due_at::float8 as due_at from calls c ${joins}
  left join timers t on t.call_id = c.id and t.id = $4::text where c.id = $3::uuid`;

const selectNumber = `select n.client_id as number_client, n.number, n.flow_id::text as flow_id,
  v.id::text as version_id, v.hash as live_hash, ${callColumns}, null as due_at
  from numbers n
  left join flow_aliases a on a.flow_id = n.flow_id and a.alias = 'live'
  left join flow_versions v on v.id = a.version_id
  left join calls c on c.provider = $4::text and c.provider_call_id = $5::text and c.client_id = n.client_id
  ${joins} where n.hook_token = $3::text`;

interface CallRow {
  client_id: number;
  id: string | null;
  token: string;
  provider_call_id: string;
  hash: string;
  session: string;
  revision: number;
  status: "live" | "ended";
  rank: number;
  direction: string;
  touched_at: number;
  reply_turn: number | null;
  content_type: string;
  body: string;
  fetched: boolean;
  seen: number | null;
  due_at: number | null;
}

interface NumberRow extends CallRow {
  number_client: number;
  number: string;
  flow_id: string | null;
  version_id: string | null;
  live_hash: string;
}

function selectFor(key: CallKey): { text: string; named: readonly string[] } {
  if (key.by === "token") return { text: callByToken, named: [key.token] };
  if (key.by === "provider") return { text: callByProvider, named: [key.provider, key.providerCallId] };
  return key.timer === undefined
    ? { text: callById, named: [key.id] }
    : { text: callByTimer, named: [key.id, key.timer] };
}

export async function readCall(
  database: Database,
  key: CallKey,
  { turn = -1, inboxKey = "" }: CallQuestion,
): Promise<LoadedCall | null> {
  const { text, named } = selectFor(key);
  const [row] = await database.query<CallRow>(text, [turn, inboxKey, ...named]);
  return row ? loadedCall(row) : null;
}

export async function readNumber(
  database: Database,
  hookToken: string,
  provider: string,
  providerCallId: string,
  { turn = -1, inboxKey = "" }: CallQuestion,
): Promise<LoadedNumber | null> {
  const parameters = [turn, inboxKey, hookToken, provider, providerCallId];
  const [row] = await database.query<NumberRow>(selectNumber, parameters);
  if (!row) return null;
  const live =
    row.flow_id && row.version_id
      ? { flowId: row.flow_id, versionId: row.version_id, hash: row.live_hash }
      : null;
  return { clientId: row.number_client, number: row.number, live, call: loadedCall(row) };
}

function loadedCall(row: CallRow): LoadedCall | null {
  if (row.id === null) return null;
  const reply =
    row.reply_turn === null
      ? null
      : { turn: row.reply_turn, contentType: row.content_type, body: row.body, fetched: row.fetched };
  return {
    clientId: row.client_id,
    id: row.id,
    token: row.token,
    providerCallId: row.provider_call_id,
    hash: row.hash,
    session: row.session,
    revision: row.revision,
    status: row.status,
    rank: row.rank,
    direction: row.direction,
    touchedAt: row.touched_at,
    reply,
    seen: row.seen !== null,
    dueAt: row.due_at,
  };
}

/** True when written; false when somebody else was first: read again. Atomic: one statement. */
export async function commitTurn(database: Database, write: TurnWrite): Promise<boolean> {
  const { text, parameters } = statementOf(write);
  return (await database.query(text, parameters)).length === 1;
}

/** Adds a parameter and gives its place in the text. */
type Place = (value: Parameter, type: string) => string;

/**
 * The one statement of a turn: `moved` opens or advances the call, the rest hangs on its row and does nothing without
 * it. Only what the turn has is in it; writes of one shape have one text and share a prepared statement.
 */
function statementOf(write: TurnWrite): { text: string; parameters: readonly Parameter[] } {
  const parameters: Parameter[] = [];
  const put: Place = (value, type) => `$${parameters.push(value)}::${type}`;
  const { call } = write;
  const at = put(write.event.at, "bigint"); // one place: the call's time and the event's
  const moved = "open" in call ? openCall(put, write, call.open) : advanceCall(put, at, write, call);
  const parts = [`moved as (${moved})`];
  if ("open" in call && call.open.placed) parts.unshift(`claimed as (${claimPlaced(put, write, call.open)})`);
  else if (write.placed && write.state?.ended) parts.push(`over as (${endPlaced(put, write.state.ended)})`);
  parts.push(`event as (${insertEvent(put, at, write)})`);
  if (write.trace.length > 0) parts.push(`entries as (${insertTrace(put, write)})`);
  if (write.reply) parts.push(`answer as (${insertReply(put, write.reply)})`);
  if (write.settles) parts.push(`settled as (${settleEffect(put, write.settles)})`);
  if (write.effects.length > 0) parts.push(`ordered as (${insertEffects(put, write)})`);
  const { set, drop } = write.timers;
  const over = write.state?.ended != null;
  if (over || drop.length > 0) parts.push(`dropped as (${deleteTimers(put, over ? null : drop)})`);
  if (!over && set.length > 0) parts.push(`awaited as (${setTimers(put, set)})`);
  return { text: `with ${parts.join(", ")} select revision from moved`, parameters };
}

function advanceCall(
  put: Place,
  at: string,
  { state, rank }: TurnWrite,
  call: { id: string; revision: number },
): string {
  const changes = ["revision = revision + 1", `touched_at = greatest(touched_at, ${at})`];
  if (rank > 0) changes.push(`rank = greatest(rank, ${put(rank, "smallint")})`);
  if (state) {
    changes.push(
      `session = ${put(state.session, "text")}::json`,
      `turn = ${put(state.turn, "int")}`,
      `visits = ${put(state.visits, "int")}`,
      `node = ${put(state.node, "text")}`,
    );
  }
  if (state?.ended) {
    changes.push(
      "status = 'ended'",
      `reason = ${put(state.ended.reason, "text")}`,
      `disposition = ${put(state.ended.disposition, "text")}`,
      `ended_at = ${put(state.ended.at, "bigint")}`,
    );
  }
  const guard = `id = ${put(call.id, "uuid")} and revision = ${put(call.revision, "int")}`;
  return `update calls set ${changes.join(", ")} where ${guard} returning client_id, id, revision`;
}

function openCall(put: Place, { state, rank }: TurnWrite, call: NewCall): string {
  if (!state) throw new Error("Expected a new call to have a state, found none.");
  const { ended } = state;
  const row: [column: string, value: Parameter, type: string][] = [
    ["client_id", call.clientId, "int"],
    ["id", call.id, "uuid"],
    ["token", call.token, "text"],
    ["provider", call.provider, "text"],
    ["provider_call_id", call.providerCallId, "text"],
    ["number", call.number, "text"],
    ["flow_id", call.flowId, "uuid"],
    ["flow_version_id", call.flowVersionId, "uuid"],
    ["hash", call.hash, "text"],
    ["direction", call.direction, "text"],
    ['"from"', call.from, "text"],
    ['"to"', call.to, "text"],
    ["started_at", call.startedAt, "bigint"],
    ["touched_at", call.startedAt, "bigint"],
    ["session", state.session, "text::json"],
    ["revision", 1, "int"],
    ["turn", state.turn, "int"],
    ["visits", state.visits, "int"],
    ["node", state.node, "text"],
    ["rank", rank, "smallint"],
    ["status", ended ? "ended" : "live", "text"],
    ["reason", ended?.reason ?? null, "text"],
    ["disposition", ended?.disposition ?? null, "text"],
    ["ended_at", ended?.at ?? null, "bigint"],
  ];
  const columns = row.map(([column]) => column).join(", ");
  const values = row.map(([, value, type]) => put(value, type)).join(", ");
  const source = call.placed ? `select ${values} from claimed` : `values (${values})`;
  return `insert into calls (${columns}) ${source} on conflict do nothing returning client_id, id, revision`;
}

/** Takes the row of a placed call for the call that begins; none when it is over or a verdict came in between. */
function claimPlaced(put: Place, { state }: TurnWrite, { id, providerCallId, placed }: NewCall): string {
  const sid = put(providerCallId, "text");
  return `update placed_calls set state = ${put(state?.ended ? "ended" : "answered", "text")},
      reason = ${put(state?.ended?.reason ?? null, "text")}, provider_call_id = ${sid}, check_at = null
    where id = ${put(id, "uuid")} and state in ('intended', 'ambiguous', 'placed')
      and coalesce(provider_call_id, ${sid}) = ${sid}
      and not exists (select 1 from calls c where c.provider = placed_calls.provider and c.provider_call_id = ${sid})
      and (verdict is not null) = ${put(placed?.verdict ?? false, "bool")} returning id`;
}

function endPlaced(put: Place, { reason }: NonNullable<CallState["ended"]>): string {
  return `update placed_calls p set state = 'ended', reason = ${put(reason, "text")} from moved m
    where p.id = m.id and p.state = 'answered'`;
}

function insertEvent(put: Place, at: string, { event }: TurnWrite): string {
  return `insert into call_events (client_id, call_id, seq, at, type, payload, verdict, inbox_key)
    select client_id, id, revision, ${at}, ${put(event.type, "text")},
      ${put(event.payload, "text")}::json, ${put(event.verdict, "text")}, ${put(event.inboxKey, "text")} from moved`;
}

function insertTrace(put: Place, { trace }: TurnWrite): string {
  return `insert into trace (client_id, call_id, seq, frame, node, kind, visit, entered_at, left_at, turn, outcome, value)
    select m.client_id, m.id, t.seq, t.frame, t.node, t.kind, t.visit, t."enteredAt", t."leftAt", t.turn, t.outcome, t.value
    from moved m, json_to_recordset(${put(JSON.stringify(trace), "text")}::json) as t(seq int, frame text, node text,
      kind text, visit int, "enteredAt" bigint, "leftAt" bigint, turn int, outcome text, value json)`;
}

function insertReply(put: Place, reply: StoredReply): string {
  return `insert into replies (client_id, call_id, turn, content_type, body, fetched)
    select client_id, id, ${put(reply.turn, "int")}, ${put(reply.contentType, "text")}, ${put(reply.body, "text")},
      ${put(reply.fetched, "bool")} from moved`;
}

function settleEffect(put: Place, { id, state }: NonNullable<TurnWrite["settles"]>): string {
  return `update effects f set state = ${put(state, "text")} from moved m
    where f.call_id = m.id and f.id = ${put(id, "text")}`;
}

function insertEffects(put: Place, { effects, owner, leaseUntil }: TurnWrite): string {
  const ordered = effects.map(({ id, effect, ...order }) => ({ id, effect, payload: order }));
  return `insert into effects (client_id, call_id, id, effect, payload, state, attempts, owner, lease_until)
    select m.client_id, m.id, f.id, f.effect, f.payload, 'pending', 1, ${put(owner, "text")}, ${put(leaseUntil, "bigint")}
    from moved m, json_to_recordset(${put(JSON.stringify(ordered), "text")}::json) as f(id text, effect text, payload json)`;
}

/** These timers, or with null all of the call's. */
function deleteTimers(put: Place, drop: readonly string[] | null): string {
  const which =
    drop === null
      ? ""
      : ` and t.id in (select json_array_elements_text(${put(JSON.stringify(drop), "text")}::json))`;
  return `delete from timers t using moved m where t.call_id = m.id${which}`;
}

function setTimers(put: Place, set: TurnWrite["timers"]["set"]): string {
  return `insert into timers (client_id, call_id, id, due_at)
    select m.client_id, m.id, t.id, t.at from moved m,
      json_to_recordset(${put(JSON.stringify(set), "text")}::json) as t(id text, at bigint)
    on conflict (call_id, id) do update set due_at = excluded.due_at`;
}

/** A phone was given these bytes: a pull for them is needless now. */
export async function markFetched(database: Database, callId: string, turn: number): Promise<void> {
  await database.query(
    "update replies set fetched = true where call_id = $1::uuid and turn = $2::int and not fetched",
    [callId, turn],
  );
}

/** A published document by its hash; its text never changes. */
export async function readDocument(database: Database, hash: string): Promise<string | null> {
  const text = "select document::text as document from flow_versions where hash = $1::text limit 1";
  return (await database.query<{ document: string }>(text, [hash]))[0]?.document ?? null;
}
