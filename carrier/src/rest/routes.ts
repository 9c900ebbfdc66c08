/**
 * Twilio's REST API of 2010-04-01, the part this carrier has: account, calls, numbers, recordings, messages (protocol 6).
 * Basic auth, forms in, JSON out, errors in Twilio's shape.
 */
import { type Context, Hono } from "hono";
import { isE164 } from "../numbers.ts";
import type { Plant } from "../plant.ts";
import { secretsEqual } from "../secrets.ts";
import { conferenceRoutes } from "./conferences.ts";
import { readCallRequest } from "./create-call.ts";
import { errorResponse, isRestError, notFound, restError } from "./errors.ts";
import { matches, readForm } from "./form.ts";
import { messageRoutes } from "./messages.ts";
import { readNumberSettings } from "./number-settings.ts";
import { page } from "./paging.ts";
import { queueRoutes } from "./queues.ts";
import { recordingMedia, recordingRoutes } from "./recordings.ts";
import { accountResource, callResource, numberResource } from "./resources.ts";
import { updateCall } from "./update-call.ts";

const base = "/2010-04-01/Accounts/:account";

export function restRoutes(plant: Plant): Hono {
  const app = new Hono();
  const { account } = plant;
  recordingMedia(app, plant);
  app.use("/2010-04-01/*", async (c, next) => {
    if (!authorized(c.req.header("authorization"), account.sid, account.authToken))
      return errorResponse(restError(20003, "Authenticate", 401));
    const [, , , named] = c.req.path.split("/");
    if (named?.replace(/\.json$/, "") !== account.sid) return errorResponse(notFound(c.req.path));
    await next();
  });
  app.get("/2010-04-01/Accounts/:file", (c) => c.json(accountResource(account)));
  callRoutes(app, plant);
  numberRoutes(app, plant);
  recordingRoutes(app, plant);
  messageRoutes(app, plant);
  conferenceRoutes(app, plant);
  queueRoutes(app, plant);
  app.all("/2010-04-01/*", (c) => errorResponse(notFound(c.req.path)));
  return app;
}

function callRoutes(app: Hono, plant: Plant): void {
  const find = (c: Context) => plant.exchange.get(sidIn(c));
  app.post(`${base}/Calls.json`, async (c) => {
    const form = await readForm(c);
    if (isRestError(form)) return errorResponse(form);
    const request = readCallRequest(plant, form);
    if (isRestError(request)) return errorResponse(request);
    const call = plant.exchange.place(request);
    if (!call) return errorResponse(restError(10004, "Call concurrency limit exceeded", 429));
    return c.json(callResource(call), 201);
  });
  app.get(`${base}/Calls.json`, (c) => {
    const query = new URL(c.req.url).searchParams;
    const rows = plant.exchange
      .list()
      .filter(
        (call) =>
          matches(query, "To", call.to) &&
          matches(query, "From", call.from) &&
          matches(query, "ParentCallSid", call.parentCallSid ?? "") &&
          matches(query, "Status", call.status),
      )
      .map(callResource);
    return c.json(page("calls", rows, c.req.path, query));
  });
  app.get(`${base}/Calls/:file`, (c) => {
    const call = find(c);
    return call ? c.json(callResource(call)) : errorResponse(notFound(c.req.path));
  });
  app.post(`${base}/Calls/:file`, async (c) => {
    const call = find(c);
    if (!call) return errorResponse(notFound(c.req.path));
    const form = await readForm(c);
    if (isRestError(form)) return errorResponse(form);
    const wrong = updateCall(plant, call, form);
    return wrong ? errorResponse(wrong) : c.json(callResource(call));
  });
}

function numberRoutes(app: Hono, plant: Plant): void {
  const { account, numbers } = plant;
  const find = (c: Context) => numbers.bySid(sidIn(c));
  app.get(`${base}/IncomingPhoneNumbers.json`, (c) => {
    const query = new URL(c.req.url).searchParams;
    const rows = numbers
      .list()
      .filter(
        (number) =>
          matches(query, "PhoneNumber", number.phoneNumber) &&
          matches(query, "FriendlyName", number.friendlyName),
      )
      .map((number) => numberResource(number, account.sid));
    return c.json(page("incoming_phone_numbers", rows, c.req.path, query));
  });
  app.post(`${base}/IncomingPhoneNumbers.json`, async (c) => {
    const form = await readForm(c);
    if (isRestError(form)) return errorResponse(form);
    const phoneNumber = form.get("PhoneNumber") ?? "";
    if (!isE164(phoneNumber))
      return errorResponse(restError(21421, `PhoneNumber is not valid: ${phoneNumber}`));
    if (numbers.byNumber(phoneNumber))
      return errorResponse(restError(21422, `${phoneNumber} is not available`));
    const settings = readNumberSettings(form);
    if (isRestError(settings)) return errorResponse(settings);
    return c.json(numberResource(numbers.add(phoneNumber, settings), account.sid), 201);
  });
  app.get(`${base}/IncomingPhoneNumbers/:file`, (c) => {
    const number = find(c);
    return number ? c.json(numberResource(number, account.sid)) : errorResponse(notFound(c.req.path));
  });
  app.post(`${base}/IncomingPhoneNumbers/:file`, async (c) => {
    const number = find(c);
    if (!number) return errorResponse(notFound(c.req.path));
    const form = await readForm(c);
    if (isRestError(form)) return errorResponse(form);
    const settings = readNumberSettings(form);
    if (isRestError(settings)) return errorResponse(settings);
    numbers.update(number, settings);
    return c.json(numberResource(number, account.sid));
  });
  app.delete(`${base}/IncomingPhoneNumbers/:file`, (c) =>
    numbers.remove(sidIn(c)) ? c.body(null, 204) : errorResponse(notFound(c.req.path)),
  );
}

/** `CA….json` in a path. */
const sidIn = (c: Context) => (c.req.param("file") ?? "").replace(/\.json$/, "");

function authorized(header: string | undefined, sid: string, token: string): boolean {
  const given = /^Basic (.+)$/i.exec(header ?? "")?.[1];
  return (
    given !== undefined && secretsEqual(Buffer.from(given, "base64").toString("utf8"), `${sid}:${token}`)
  );
}
