/**
 * Twilio's REST API of 2010-04-01, the part this carrier has (protocol 6): this file routes and keeps the door.
 * Basic auth (token or API key), forms in, JSON out, errors in Twilio's shape.
 */
import { type Context, Hono } from "hono";
import { isE164 } from "../numbers.ts";
import type { Plant } from "../plant.ts";
import { secretsEqual } from "../secrets.ts";
import { backgroundRoutes } from "./backgrounds.ts";
import { callRoutes } from "./calls.ts";
import { conferenceRoutes } from "./conferences.ts";
import { errorResponse, isRestError, notFound, restError } from "./errors.ts";
import { matches, readForm } from "./form.ts";
import { keyRoutes } from "./keys.ts";
import { messageRoutes } from "./messages.ts";
import { readNumberSettings } from "./number-settings.ts";
import { page } from "./paging.ts";
import { queueRoutes } from "./queues.ts";
import { recordingMedia, recordingRoutes } from "./recordings.ts";
import { accountResource, numberResource } from "./resources.ts";

const base = "/2010-04-01/Accounts/:account";

export function restRoutes(plant: Plant): Hono {
  const app = new Hono();
  const { account } = plant;
  recordingMedia(app, plant);
  app.use("/2010-04-01/*", async (c, next) => {
    if (!authorized(c.req.header("authorization"), plant))
      return errorResponse(restError(20003, "Authenticate", 401));
    const [, , , named] = c.req.path.split("/");
    if (c.req.path === "/2010-04-01/Accounts.json") return next();
    if (named?.replace(/\.json$/, "") !== account.sid) return errorResponse(notFound(c.req.path));
    await next();
  });
  app.get("/2010-04-01/Accounts.json", (c) => {
    const query = new URL(c.req.url).searchParams;
    const shown = matches(query, "FriendlyName", account.friendlyName) && matches(query, "Status", "active");
    return c.json(page("accounts", shown ? [accountResource(account)] : [], c.req.path, query));
  });
  app.get("/2010-04-01/Accounts/:file", (c) => c.json(accountResource(account)));
  callRoutes(app, plant);
  numberRoutes(app, plant);
  recordingRoutes(app, plant);
  messageRoutes(app, plant);
  conferenceRoutes(app, plant);
  queueRoutes(app, plant);
  keyRoutes(app, plant);
  backgroundRoutes(app, plant);
  app.all("/2010-04-01/*", (c) => errorResponse(notFound(c.req.path)));
  return app;
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

/** The account's token, or the secret of one of its keys. */
function authorized(header: string | undefined, { account, apiKeys }: Plant): boolean {
  const given = /^Basic (.+)$/i.exec(header ?? "")?.[1];
  if (given === undefined) return false;
  const [user = "", ...rest] = Buffer.from(given, "base64").toString("utf8").split(":");
  const secret = rest.join(":");
  return (user === account.sid && secretsEqual(secret, account.authToken)) || apiKeys.opens(user, secret);
}
