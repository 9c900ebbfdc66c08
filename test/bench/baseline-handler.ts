/**
 * What a good engineer would write by hand for this one flow, as fast as is honest: Hono and postgres.js, the same
 * signature check, the same tables. `classic` locks the row and writes statement by statement; `two-trips` reads once
 * and writes once. Per webhook both read what ours reads (the call by its token, the turn's reply, the inbox key) and
 * write what ours writes: the call with a session of the same length, compare-and-set, one event with its payload, two
 * trace rows, one reply.
 *
 * Left out, because this one flow can do without: the reply is a fixed text and the session is not parsed, stepped or
 * made into JSON again; the form is not checked field by field nor its length limited; there is no budget of time and
 * no limit of webhooks at once, no second chance while the database is away, no apology, no news to open browsers. Only
 * the columns it uses are read, and each trace row has its place in the text instead of coming as a JSON list.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { type Context, Hono } from "hono";
import postgres, { type Sql } from "postgres";
import webhooks from "twilio/lib/webhooks/webhooks.js";
import { account, benchNumber, hookToken, publicBaseUrl } from "./account.ts";

export type Variant = "classic" | "two-trips";

interface CallRow {
  readonly id: string;
  readonly session: string;
  readonly revision: number;
  readonly turn: number;
  readonly provider_call_id: string;
  readonly answered: string | null;
  readonly seen: number | null;
}

/** The write of one turn. */
interface Write {
  readonly call: CallRow;
  readonly turn: number;
  readonly at: number;
  readonly payload: string;
  readonly body: string;
}

/** As long as what the engine keeps of such a call, so that both write as much: see `session bytes` of the breakdown. */
const sessionBytes = 520;
const session = JSON.stringify({ version: 1, frames: [], padding: "x".repeat(sessionBytes - 39) });

export interface Baseline {
  readonly app: Hono;
  close(): Promise<void>;
}

export function createBaseline(url: string, variant: Variant): Baseline {
  const sql = postgres(url, { max: 8, onnotice: () => {} });
  const answer = variant === "classic" ? classic : twoTrips;
  const app = new Hono();
  app.post("/hooks/:token/voice", async (c) => {
    const form = await verified(c);
    if (!form || c.req.param("token") !== hookToken) return c.body(null, 403);
    return twiml(c, await open(sql, form.CallSid ?? ""));
  });
  app.post("/t/:token/:turn/:kind", async (c) => {
    const form = await verified(c);
    if (!form) return c.body(null, 403);
    const turn = Number(c.req.param("turn"));
    const token = c.req.param("token");
    const body = await answer(sql, token, turn, form);
    return body === null ? c.body(null, 403) : twiml(c, body);
  });
  return { app, close: () => sql.end() };
}

/** The form, or null when the signature does not fit. */
async function verified(c: Context): Promise<Record<string, string> | null> {
  const form = Object.fromEntries(new URLSearchParams(await c.req.text()));
  const signature = c.req.header("x-twilio-signature") ?? "";
  const target = c.req.url.slice(c.req.url.indexOf("/", 8));
  return webhooks.validateRequest(account.authToken, signature, publicBaseUrl + target, form) ? form : null;
}

function twiml(c: Context, body: string): Response {
  return c.body(body, 200, { "content-type": "text/xml; charset=utf-8" });
}

function reply(token: string, turn: number): string {
  const action = `${publicBaseUrl}/t/${token}/${turn + 1}`;
  return `<?xml version="1.0" encoding="UTF-8"?><Response><Say language="en-US">You have chosen claims. One moment, please.</Say><Gather input="dtmf" timeout="5" numDigits="1" finishOnKey="" action="${action}/input" method="POST"><Say language="en-US">Thank you for calling. Press 1 for claims, or 2 for documents.</Say></Gather><Redirect method="POST">${action}/no-input</Redirect></Response>`;
}

async function open(sql: Sql, callSid: string): Promise<string> {
  const token = randomBytes(24).toString("base64url");
  const at = Date.now();
  const [flow] = await sql<{ flow_id: string; id: string; hash: string }[]>`
    select v.flow_id, v.id, v.hash from numbers n join flow_aliases a on a.flow_id = n.flow_id
    join flow_versions v on v.id = a.version_id where n.hook_token = ${hookToken}`;
  if (!flow) throw new Error("Expected the seeded number, found none.");
  await sql`insert into calls (client_id, id, token, provider, provider_call_id, number, flow_id, flow_version_id, hash,
      direction, "from", "to", started_at, session, revision, turn, visits, node, status, rank, touched_at)
    values (1, ${randomUUID()}, ${token}, 'twilio', ${callSid}, ${benchNumber}, ${flow.flow_id}, ${flow.id},
      ${flow.hash}, 'inbound', '+15550199042', ${benchNumber}, ${at}, ${session}::text::json, 1, 1, 1, 'ask', 'live', 2, ${at})`;
  return reply(token, 0);
}

async function classic(
  sql: Sql,
  token: string,
  turn: number,
  form: Record<string, string>,
): Promise<string | null> {
  const result = await sql.begin(async (tx) => {
    const [call] = await tx<CallRow[]>`
      select c.id, c.session::text as session, c.revision, c.turn, c.provider_call_id, r.body as answered, e.seq as seen
      from calls c left join replies r on r.call_id = c.id and r.turn = ${turn}
      left join call_events e on e.call_id = c.id and e.inbox_key = ${`${turn}/input`} where c.token = ${token} for update of c`;
    if (!call || call.provider_call_id !== form.CallSid) return null;
    if (call.answered !== null || call.seen !== null) return call.answered;
    const { at, payload, body } = writeOf(call, token, turn, form);
    await tx`update calls set revision = revision + 1, touched_at = ${at}, session = ${call.session}::text::json,
      turn = ${turn + 1}, visits = visits + 2, node = 'ask' where id = ${call.id}`;
    await tx`insert into call_events (client_id, call_id, seq, at, type, payload, verdict, inbox_key)
      values (1, ${call.id}, ${call.revision + 1}, ${at}, 'input', ${payload}::text::json, 'applied', ${`${turn}/input`})`;
    await tx`insert into trace (client_id, call_id, seq, frame, node, kind, visit, entered_at, left_at, turn, outcome, value)
      values (1, ${call.id}, ${turn * 2}, '', 'ask', 'menu', ${turn}, ${at}, ${at}, ${turn}, 'key-1', ${'{"text":"1","by":"keys"}'}::text::json),
        (1, ${call.id}, ${turn * 2 + 1}, '', 'told', 'say', ${turn}, ${at}, ${at}, ${turn}, 'done', null)`;
    await tx`insert into replies (client_id, call_id, turn, content_type, body, fetched)
      values (1, ${call.id}, ${turn}, 'text/xml; charset=utf-8', ${body}, true)`;
    return body;
  });
  return result;
}

async function twoTrips(
  sql: Sql,
  token: string,
  turn: number,
  form: Record<string, string>,
): Promise<string | null> {
  for (;;) {
    const [call] = await sql<CallRow[]>`
      select c.id, c.session::text as session, c.revision, c.turn, c.provider_call_id, r.body as answered, e.seq as seen
      from calls c left join replies r on r.call_id = c.id and r.turn = ${turn}
      left join call_events e on e.call_id = c.id and e.inbox_key = ${`${turn}/input`} where c.token = ${token}`;
    if (!call || call.provider_call_id !== form.CallSid) return null;
    if (call.answered !== null || call.seen !== null) return call.answered;
    const { at, payload, body } = writeOf(call, token, turn, form);
    const written = await sql`with moved as (
        update calls set revision = revision + 1, touched_at = ${at}, session = ${call.session}::text::json,
          turn = ${turn + 1}, visits = visits + 2, node = 'ask'
        where id = ${call.id} and revision = ${call.revision} returning id, revision
      ), event as (
        insert into call_events (client_id, call_id, seq, at, type, payload, verdict, inbox_key)
        select 1, id, revision, ${at}, 'input', ${payload}::text::json, 'applied', ${`${turn}/input`} from moved
      ), entries as (
        insert into trace (client_id, call_id, seq, frame, node, kind, visit, entered_at, left_at, turn, outcome, value)
        select 1, id, ${turn * 2}::int, '', 'ask', 'menu', ${turn}::int, ${at}::bigint, ${at}::bigint, ${turn}::int, 'key-1', ${'{"text":"1","by":"keys"}'}::text::json from moved
        union all
        select 1, id, ${turn * 2 + 1}::int, '', 'told', 'say', ${turn}::int, ${at}::bigint, ${at}::bigint, ${turn}::int, 'done', null from moved
      ), answer as (
        insert into replies (client_id, call_id, turn, content_type, body, fetched)
        select 1, id, ${turn}, 'text/xml; charset=utf-8', ${body}, true from moved
      ) select revision from moved`;
    if (written.length === 1) return body;
  }
}

function writeOf(call: CallRow, token: string, turn: number, form: Record<string, string>): Write {
  const at = Date.now();
  const payload = JSON.stringify({ type: "input", at, turn, digits: form.Digits ?? "" });
  return { call, turn, at, payload, body: reply(token, turn) };
}
