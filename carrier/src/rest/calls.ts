/** Calls by REST (protocol 6): create, read, list with filters, update, delete. */
import type { Context, Hono } from "hono";
import { hasEnded } from "../calls/call.ts";
import type { Plant } from "../plant.ts";
import { readCallRequest } from "./create-call.ts";
import { errorResponse, isRestError, notFound, restError } from "./errors.ts";
import { matches, matchesDate, queryOf, readForm, sidIn } from "./form.ts";
import { callAsOf } from "./lag.ts";
import { page } from "./paging.ts";
import { callResource, startOf } from "./resources.ts";
import { updateCall } from "./update-call.ts";

const base = "/2010-04-01/Accounts/:account/Calls";
/** Calls wait in the queue no longer than this, ms. Protocol 6: over it 22005. */
const longestQueueMs = 86_400_000;

export function callRoutes(app: Hono, plant: Plant): void {
  const { exchange } = plant;
  /** Until when reads have seen what happened. */
  const seen = () => plant.clock.now() - plant.restLagMs;
  const find = (c: Context) => exchange.get(sidIn(c));
  const lost = (c: Context) => errorResponse(notFound(c.req.path));
  app.post(`${base}.json`, async (c) => {
    const form = await readForm(c);
    if (isRestError(form)) return errorResponse(form);
    const request = readCallRequest(plant, form);
    if (isRestError(request)) return errorResponse(request);
    if (exchange.queueMs() > longestQueueMs) return errorResponse(restError(22005, "Call Queue Full", 429));
    const call = exchange.place(request);
    if (!call) return errorResponse(restError(10004, "Call concurrency limit exceeded", 429));
    return c.json(callResource(call), 201);
  });
  app.get(`${base}.json`, (c) => {
    const query = queryOf(c);
    const rows = exchange
      .list()
      .filter(({ createdAt }) => createdAt <= seen())
      .map((call) => callAsOf(call, seen()))
      .filter(
        (call) =>
          matches(query, "To", call.to) &&
          matches(query, "From", call.from) &&
          matches(query, "ParentCallSid", call.parentCallSid ?? "") &&
          matches(query, "Status", call.status) &&
          matchesDate(query, "StartTime", startOf(call)) &&
          matchesDate(query, "EndTime", call.endedAt),
      )
      .map(callResource);
    return c.json(page("calls", rows, c.req.path, query));
  });
  app.get(`${base}/:file`, (c) => {
    const call = find(c);
    return call ? c.json(callResource(callAsOf(call, seen()))) : lost(c);
  });
  app.post(`${base}/:file`, async (c) => {
    const call = find(c);
    if (!call) return lost(c);
    const form = await readForm(c);
    if (isRestError(form)) return errorResponse(form);
    const wrong = updateCall(plant, call, form);
    return wrong ? errorResponse(wrong) : c.json(callResource(call));
  });
  app.delete(`${base}/:file`, (c) => {
    const call = find(c);
    if (!call) return lost(c);
    if (!hasEnded(call))
      return errorResponse(restError(20009, "Cannot delete this resource before it is complete", 409));
    exchange.forget(call);
    return c.body(null, 204);
  });
}
