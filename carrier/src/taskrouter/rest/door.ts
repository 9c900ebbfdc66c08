/**
 * The door of TaskRouter's REST API, `/v1/Workspaces…` (at Twilio on taskrouter.twilio.com): the credentials of the API of 2010 say whose
 * workspaces are asked for. What Twilio has and this carrier has not is 501 and 20008, unknown parameters are reported; as there.
 */
import type { Context, Hono } from "hono";
import type { Plant } from "../../plant.ts";
import { enter } from "../../rest/door.ts";
import { errorResponse, isRestError, notFound, type RestError, restError } from "../../rest/errors.ts";
import { queryOf, readText } from "../../rest/form.ts";
import type { Ask, Handlers, Told } from "./ask.ts";
import { eventHandlers } from "./events.ts";
import { type Operation, operationsAt } from "./operations.ts";
import { queueHandlers } from "./queues.ts";
import { reservationHandlers } from "./reservations.ts";
import { statisticsHandlers } from "./statistics.ts";
import { taskHandlers } from "./tasks.ts";
import { workerHandlers } from "./workers.ts";
import { ofAccount, workspaceHandlers } from "./workspaces.ts";

const handlers: Handlers = {
  ...workspaceHandlers,
  ...workerHandlers,
  ...queueHandlers,
  ...taskHandlers,
  ...reservationHandlers,
  ...eventHandlers,
  ...statisticsHandlers,
};

export function taskRouterRoutes(app: Hono, main: Plant): void {
  const answered = async (c: Context) => {
    const plant = enter(c, main);
    const answer = isRestError(plant) ? plant : await answerTo(c, main, plant);
    if (isRestError(answer)) return errorResponse(answer);
    const { status, body, version } = answer;
    if (body === null) return c.body(null, 204);
    return c.json(body, status === 201 ? 201 : 200, version === undefined ? {} : { ETag: `"${version}"` });
  };
  for (const path of ["/v1/Workspaces", "/v1/Workspaces/*"]) app.all(path, answered);
}

async function answerTo(c: Context, main: Plant, plant: Plant): Promise<Told | RestError> {
  const { path } = c.req;
  const here = operationsAt(path);
  if (here.length === 0) return notFound(path);
  const method = c.req.method === "HEAD" ? "GET" : c.req.method;
  const operation = here.find((one) => one.method === method);
  if (!operation) return restError(20004, `Method not allowed: ${c.req.method}`, 405);
  const text = method === "POST" ? await readText(c.req.raw) : null;
  if (method === "POST" && text === null) return restError(20413, "Request Entity Too Large", 413);
  const warn = (message: string, code: number | null = null) =>
    plant.alerts.add({ level: "warning", code, message });
  const ask: Ask = {
    router: plant.taskRouter,
    accountSid: plant.account.sid,
    base: `${main.baseUrl}/v1`,
    path,
    sids: operation.match(path) ?? {},
    form: text === null ? queryOf(c) : new URLSearchParams(text),
    ifMatch: c.req.header("if-match") ?? null,
    warn,
    now: plant.clock.now(),
  };
  reportUnknown(plant, operation, ask.form);
  return perform(ask, plant, operation);
}

function perform(ask: Ask, plant: Plant, { name }: Operation): Told | RestError {
  if (Object.hasOwn(ofAccount, name)) return ofAccount[name]!(ask);
  if (!Object.hasOwn(handlers, name)) {
    const message = `TaskRouter's ${name} is not performed by this carrier`;
    plant.alerts.add({ level: "error", code: null, message });
    return restError(20008, message, 501);
  }
  const workspace = ask.router.workspaces.get(ask.sids.WorkspaceSid ?? ask.sids.Sid ?? "");
  return workspace ? handlers[name]!(ask, workspace) : notFound(ask.path);
}

function reportUnknown({ alerts }: Plant, operation: Operation, form: URLSearchParams): void {
  for (const name of new Set(form.keys()))
    if (!operation.parameters.includes(name)) {
      const message = `Unknown parameters: ${operation.name} has no ${name}`;
      alerts.add({ level: "warning", code: 20001, message });
    }
}
