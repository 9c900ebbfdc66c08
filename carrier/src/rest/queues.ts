/** Queues and their members by REST (protocol 6). `Front` names whoever is first. */
import type { Context, Hono } from "hono";
import { rfc2822 } from "../ids.ts";
import { limits } from "../limits.ts";
import type { Plant } from "../plant.ts";
import { averageSeconds, type Queue, type QueueMember, waitedSeconds } from "../queues/queue.ts";
import { readSource } from "./create-call.ts";
import { errorResponse, isRestError, notFound, type RestError, restError } from "./errors.ts";
import { queryOf, readForm, sidIn, wholeNumberOf } from "./form.ts";
import { page } from "./paging.ts";

const base = "/2010-04-01/Accounts/:account/Queues";
const lost = (c: Context) => errorResponse(notFound(c.req.path));

export function queueRoutes(app: Hono, plant: Plant): void {
  const { queues, clock } = plant;
  const shown = (queue: Queue) => queueResource(queue, clock.now());
  app.get(`${base}.json`, (c) => c.json(page("queues", queues.list().map(shown), c.req.path, queryOf(c))));
  app.post(`${base}.json`, async (c) => {
    const form = await readForm(c);
    if (isRestError(form)) return errorResponse(form);
    const settings = readSettings(plant, form, null);
    if (isRestError(settings)) return errorResponse(settings);
    if (settings.name === undefined) return errorResponse(restError(20001, "FriendlyName is required"));
    const queue = queues.open(settings.name, plant.account.sid, settings.maxSize);
    return queue ? c.json(shown(queue), 201) : errorResponse(restError(20001, "there are too many queues"));
  });
  app.get(`${base}/:file`, (c) => {
    const queue = queues.get(sidIn(c));
    return queue ? c.json(shown(queue)) : lost(c);
  });
  app.post(`${base}/:file`, async (c) => {
    const queue = queues.get(sidIn(c));
    if (!queue) return lost(c);
    const form = await readForm(c);
    if (isRestError(form)) return errorResponse(form);
    const settings = readSettings(plant, form, queue);
    if (isRestError(settings)) return errorResponse(settings);
    queues.change(queue, settings);
    return c.json(shown(queue));
  });
  app.delete(`${base}/:file`, (c) => {
    const queue = queues.get(sidIn(c));
    if (!queue) return lost(c);
    if (queues.remove(queue)) return c.body(null, 204);
    return errorResponse(restError(20001, "expected an empty queue: somebody waits in it"));
  });
  memberRoutes(app, plant);
}

function memberRoutes(app: Hono, { queues, clock, exchange }: Plant): void {
  const path = `${base}/:queue/Members`;
  const queueOf = (c: Context) => queues.get(c.req.param("queue") ?? "");
  const memberOf = (queue: Queue | undefined, key: string) =>
    key === "Front" ? queue?.members[0] : queue?.members.find(({ call }) => call.sid === key);
  app.get(`${path}.json`, (c) => {
    const queue = queueOf(c);
    if (!queue) return lost(c);
    const rows = queue.members.map((member) => memberResource(queue, member, clock.now()));
    return c.json(page("queue_members", rows, c.req.path, queryOf(c)));
  });
  app.get(`${path}/:file`, (c) => {
    const queue = queueOf(c);
    const member = memberOf(queue, sidIn(c));
    return queue && member ? c.json(memberResource(queue, member, clock.now())) : lost(c);
  });
  app.post(`${path}/:file`, async (c) => {
    const queue = queueOf(c);
    const form = await readForm(c);
    if (isRestError(form)) return errorResponse(form);
    const member = memberOf(queue, sidIn(c));
    if (!queue || !member) return lost(c);
    form.delete("Twiml");
    const source = readSource(form, 21205);
    if (source === null) return errorResponse(restError(21205, "Url parameter is required."));
    if (isRestError(source)) return errorResponse(source);
    const resource = memberResource(queue, member, clock.now());
    exchange.redirect(member.call, source);
    return c.json(resource);
  });
}

function readSettings(
  { queues }: Plant,
  form: URLSearchParams,
  queue: Queue | null,
): { readonly name?: string; readonly maxSize?: number } | RestError {
  const name = form.get("FriendlyName") ?? undefined;
  const most = limits.queueNameCharacters;
  if (name !== undefined && (name === "" || name.length > most))
    return restError(20001, `Invalid FriendlyName: expected 1 to ${most} characters, found ${name.length}`);
  const other = name === undefined ? undefined : queues.byName(name);
  if (other && other !== queue) return restError(20001, `Invalid FriendlyName: there is a queue ${name}`);
  const asked = form.get("MaxSize");
  if (asked === null) return { name };
  const maxSize = wholeNumberOf(asked);
  if (maxSize === null || maxSize < 1 || maxSize > limits.queueSizeMost)
    return restError(20001, `Invalid MaxSize: expected 1 to ${limits.queueSizeMost}, found ${asked}`);
  return { name, maxSize };
}

const uriOf = ({ accountSid, sid }: Queue) => `/2010-04-01/Accounts/${accountSid}/Queues/${sid}`;

const queueResource = (queue: Queue, now: number) => ({
  sid: queue.sid,
  account_sid: queue.accountSid,
  date_created: rfc2822(queue.createdAt),
  date_updated: rfc2822(queue.updatedAt),
  friendly_name: queue.name,
  current_size: queue.members.length,
  max_size: queue.maxSize,
  average_wait_time: averageSeconds(queue, now),
  uri: `${uriOf(queue)}.json`,
});

const memberResource = (queue: Queue, member: QueueMember, now: number) => ({
  call_sid: member.call.sid,
  queue_sid: queue.sid,
  date_enqueued: rfc2822(member.since),
  position: queue.members.indexOf(member) + 1,
  wait_time: waitedSeconds(member, now),
  uri: `${uriOf(queue)}/Members/${member.call.sid}.json`,
});
