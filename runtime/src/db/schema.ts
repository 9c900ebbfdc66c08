/**
 * The tables. Every row of every table carries `client_id`, from the first migration on.
 *
 * - clients, users: who owns the data and who works with it.
 * - sign_in_links, sign_ins: one-time links and browser sessions; only SHA-256 hashes of their secrets.
 * - flows: what is being drawn (the draft). flow_versions: what was published, immutable (a trigger refuses UPDATE,
 *   DELETE and TRUNCATE). flow_aliases: which version is `live`.
 * - numbers: telephone numbers, the flow each one rings, the unguessable part of its webhook address.
 * - calls: one row per call: the session and what lists show. `revision` counts the journalled events and is what
 *   writes compare-and-set. No column that changes per webhook is indexed, so updates stay in place (HOT).
 * - call_events: the journal: everything that reached a call, with the verdict. Session = fold of the applied ones.
 *   (call_id, inbox_key) is what makes "exactly once" true.
 * - trace: one row per finished visit. replies: the bytes that belong to a turn, for ever.
 * - placed_calls: calls we placed, from the intent on; a row becomes the call of the same id when it is answered.
 * - effects: asked of the runtime, with a lease while somebody performs them. timers: pending deadlines only.
 * - call_outcomes: what calls found out; idempotent by (call, effect).
 *
 * Times are epoch milliseconds. Hot tables have no foreign keys: their rows come only from one statement that has the
 * call row in hand. After a change here: `pnpm exec drizzle-kit generate` in runtime/; a released migration is never edited.
 */
import type { DecidingValue, OutcomeField, Value, Verdict } from "@trunkline/schema/call";
import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  json,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

const clientId = () => integer("client_id").notNull();
const time = (name: string) => bigint(name, { mode: "number" });

export const clients = pgTable("clients", {
  clientId: integer("client_id").primaryKey(),
  name: text("name").notNull(),
  createdAt: time("created_at").notNull(),
});

export const users = pgTable(
  "users",
  {
    clientId: clientId(),
    id: uuid("id").primaryKey(),
    name: text("name").notNull(),
    createdAt: time("created_at").notNull(),
    disabledAt: time("disabled_at"),
  },
  (t) => [foreignKey({ columns: [t.clientId], foreignColumns: [clients.clientId] })],
);

export const signInLinks = pgTable(
  "sign_in_links",
  {
    clientId: clientId(),
    tokenHash: text("token_hash").primaryKey(),
    userId: uuid("user_id").notNull(),
    createdAt: time("created_at").notNull(),
    expiresAt: time("expires_at").notNull(),
    usedAt: time("used_at"),
  },
  (t) => [foreignKey({ columns: [t.userId], foreignColumns: [users.id] })],
);

export const signIns = pgTable(
  "sign_ins",
  {
    clientId: clientId(),
    tokenHash: text("token_hash").primaryKey(),
    userId: uuid("user_id").notNull(),
    createdAt: time("created_at").notNull(),
    seenAt: time("seen_at").notNull(),
    expiresAt: time("expires_at").notNull(),
    endedAt: time("ended_at"),
  },
  (t) => [foreignKey({ columns: [t.userId], foreignColumns: [users.id] })],
);

export const flows = pgTable(
  "flows",
  {
    clientId: clientId(),
    id: uuid("id").primaryKey(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    /** The document being drawn, in `json` and not `jsonb`: the order of its keys is the analyst's. */
    draft: json("draft").notNull(),
    draftHash: text("draft_hash").notNull(),
    revision: integer("revision").notNull(),
    createdAt: time("created_at").notNull(),
    savedAt: time("saved_at").notNull(),
    /** A deleted flow leaves the lists; its versions stay while calls refer to them. */
    archivedAt: time("archived_at"),
  },
  (t) => [
    foreignKey({ columns: [t.clientId], foreignColumns: [clients.clientId] }),
    index("flows_by_client").on(t.clientId, t.id),
  ],
);

export const flowVersions = pgTable(
  "flow_versions",
  {
    clientId: clientId(),
    id: uuid("id").primaryKey(),
    flowId: uuid("flow_id").notNull(),
    version: integer("version").notNull(),
    hash: text("hash").notNull(),
    document: json("document").notNull(),
    note: text("note").notNull(),
    publishedAt: time("published_at").notNull(),
    publishedBy: text("published_by").notNull(),
  },
  (t) => [
    foreignKey({ columns: [t.flowId], foreignColumns: [flows.id] }),
    uniqueIndex("flow_versions_number").on(t.flowId, t.version),
    index("flow_versions_hash").on(t.hash),
  ],
);

export const flowAliases = pgTable(
  "flow_aliases",
  {
    clientId: clientId(),
    flowId: uuid("flow_id").notNull(),
    alias: text("alias").notNull(),
    versionId: uuid("version_id").notNull(),
    movedAt: time("moved_at").notNull(),
    movedBy: text("moved_by").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.flowId, t.alias] }),
    foreignKey({ columns: [t.versionId], foreignColumns: [flowVersions.id] }),
  ],
);

export const numbers = pgTable(
  "numbers",
  {
    clientId: clientId(),
    number: text("number").primaryKey(),
    label: text("label").notNull(),
    hookToken: text("hook_token").notNull(),
    flowId: uuid("flow_id"),
    /** Whether the carrier accepted the webhook addresses when they were last configured. */
    webhookOk: boolean("webhook_ok").notNull().default(false),
  },
  (t) => [
    uniqueIndex("numbers_hook_token").on(t.hookToken),
    foreignKey({ columns: [t.flowId], foreignColumns: [flows.id] }),
  ],
);

export const calls = pgTable(
  "calls",
  {
    clientId: clientId(),
    id: uuid("id").primaryKey(),
    token: text("token").notNull(),
    provider: text("provider").notNull(),
    providerCallId: text("provider_call_id").notNull(),
    number: text("number").notNull(),
    flowId: uuid("flow_id").notNull(),
    flowVersionId: uuid("flow_version_id").notNull(),
    hash: text("hash").notNull(),
    direction: text("direction").notNull(),
    /** Whole numbers: PHI, shown masked only. */
    from: text("from").notNull(),
    to: text("to").notNull(),
    startedAt: time("started_at").notNull(),
    /** Everything below changes per event and is never indexed. */
    session: json("session").notNull(),
    /** How many events are journalled; the next one gets this plus one as its `seq`. */
    revision: integer("revision").notNull(),
    turn: integer("turn").notNull(),
    visits: integer("visits").notNull(),
    node: text("node"),
    status: text("status").notNull(),
    /** The carrier's status as a rank that only grows: queued 0, initiated 1, ringing 2, in-progress 3, over 4. */
    rank: smallint("rank").notNull(),
    reason: text("reason"),
    disposition: text("disposition"),
    endedAt: time("ended_at"),
    /** Time of the newest event; the next event's time is never before it. */
    touchedAt: time("touched_at").notNull(),
  },
  (t) => [
    uniqueIndex("calls_token").on(t.token),
    uniqueIndex("calls_provider_call").on(t.provider, t.providerCallId),
    index("calls_by_client").on(t.clientId, t.id),
    index("calls_by_flow").on(t.flowId, t.id),
    index("calls_by_version").on(t.flowVersionId),
  ],
);

export const placedCalls = pgTable(
  "placed_calls",
  {
    clientId: clientId(),
    /** Also the id of the call, once it is answered; likewise the token. */
    id: uuid("id").primaryKey(),
    token: text("token").notNull(),
    provider: text("provider").notNull(),
    flowId: uuid("flow_id").notNull(),
    flowVersionId: uuid("flow_version_id").notNull(),
    hash: text("hash").notNull(),
    from: text("from").notNull(),
    /** A whole number: PHI, shown masked only. */
    to: text("to").notNull(),
    inputs: json("inputs").$type<{ readonly [variable: string]: Value }>().notNull(),
    /** `intended`, then `placed`, `ambiguous` or `refused`; `answered` while there is a call; `ended`. */
    state: text("state").notNull(),
    /** Set with `refused` and `ended`: completed, busy, no-answer, failed or canceled. */
    reason: text("reason"),
    /** Why it was refused: the carrier's code, or a word of ours. */
    code: text("code"),
    providerCallId: text("provider_call_id"),
    /** Who answered, when the carrier knew before it asked for orders. */
    verdict: json("verdict").$type<Verdict>(),
    createdAt: time("created_at").notNull(),
    /** When to ask the carrier what became of it; null when nothing is open. */
    checkAt: time("check_at"),
    checks: integer("checks").notNull(),
  },
  (t) => [
    uniqueIndex("placed_calls_token").on(t.token),
    uniqueIndex("placed_calls_provider_call").on(t.provider, t.providerCallId),
    index("placed_calls_by_client").on(t.clientId, t.id),
    index("placed_calls_due").on(t.checkAt).where(sql`check_at is not null`),
  ],
);

export const callEvents = pgTable(
  "call_events",
  {
    clientId: clientId(),
    callId: uuid("call_id").notNull(),
    seq: integer("seq").notNull(),
    at: time("at").notNull(),
    type: text("type").notNull(),
    payload: json("payload").notNull(),
    verdict: text("verdict").notNull(),
    inboxKey: text("inbox_key").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.callId, t.seq] }),
    uniqueIndex("call_events_inbox").on(t.callId, t.inboxKey),
  ],
);

export const trace = pgTable(
  "trace",
  {
    clientId: clientId(),
    callId: uuid("call_id").notNull(),
    seq: integer("seq").notNull(),
    frame: text("frame").notNull(),
    node: text("node").notNull(),
    kind: text("kind").notNull(),
    visit: integer("visit").notNull(),
    enteredAt: time("entered_at").notNull(),
    leftAt: time("left_at").notNull(),
    turn: integer("turn").notNull(),
    outcome: text("outcome").notNull(),
    value: json("value").$type<DecidingValue>(),
  },
  (t) => [primaryKey({ columns: [t.callId, t.seq] })],
);

export const replies = pgTable(
  "replies",
  {
    clientId: clientId(),
    callId: uuid("call_id").notNull(),
    turn: integer("turn").notNull(),
    contentType: text("content_type").notNull(),
    body: text("body").notNull(),
    /** Has a phone been given these bytes? A pull for them is then needless. */
    fetched: boolean("fetched").notNull(),
  },
  (t) => [primaryKey({ columns: [t.callId, t.turn] })],
);

export const effects = pgTable(
  "effects",
  {
    clientId: clientId(),
    callId: uuid("call_id").notNull(),
    id: text("id").notNull(),
    effect: text("effect").notNull(),
    payload: json("payload").notNull(),
    /** `pending`, then `done` or `failed` in the same statement that journals the answer. */
    state: text("state").notNull(),
    attempts: integer("attempts").notNull(),
    /** Which process performs it, and until when nobody else may try. */
    owner: text("owner").notNull(),
    leaseUntil: time("lease_until").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.callId, t.id] }),
    index("effects_pending").on(t.leaseUntil).where(sql`state = 'pending'`),
  ],
);

export const timers = pgTable(
  "timers",
  {
    clientId: clientId(),
    callId: uuid("call_id").notNull(),
    id: text("id").notNull(),
    dueAt: time("due_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.callId, t.id] }), index("timers_due").on(t.dueAt)],
);

export const callOutcomes = pgTable(
  "call_outcomes",
  {
    clientId: clientId(),
    callId: uuid("call_id").notNull(),
    effectId: text("effect_id").notNull(),
    outcome: text("outcome").notNull(),
    fields: json("fields").$type<readonly OutcomeField[]>().notNull(),
    recordedAt: time("recorded_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.callId, t.effectId] })],
);
