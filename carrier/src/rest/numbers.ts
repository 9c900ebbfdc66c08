/** The numbers an account owns, by REST: bought, listed, changed, released (protocol 6). */
import type { Context, Hono } from "hono";
import { isE164 } from "../numbers.ts";
import type { Plant } from "../plant.ts";
import { errorResponse, isRestError, notFound, restError } from "./errors.ts";
import { matches, queryOf, readForm, sidIn } from "./form.ts";
import { readNumberSettings } from "./number-settings.ts";
import { page } from "./paging.ts";
import { numberResource } from "./resources.ts";

const base = "/2010-04-01/Accounts/:account/IncomingPhoneNumbers";

export function numberRoutes(app: Hono, plant: Plant): void {
  const { account, numbers } = plant;
  const find = (c: Context) => numbers.bySid(sidIn(c));
  app.get(`${base}.json`, (c) => {
    const query = queryOf(c);
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
  app.post(`${base}.json`, async (c) => {
    const form = await readForm(c);
    if (isRestError(form)) return errorResponse(form);
    const phoneNumber = form.get("PhoneNumber") ?? "";
    if (!isE164(phoneNumber))
      return errorResponse(restError(21421, `PhoneNumber is not valid: ${phoneNumber}`));
    if (plant.accounts.ownerOf(phoneNumber))
      return errorResponse(restError(21422, `${phoneNumber} is not available`));
    const settings = readNumberSettings(form);
    if (isRestError(settings)) return errorResponse(settings);
    return c.json(numberResource(numbers.add(phoneNumber, settings), account.sid), 201);
  });
  app.get(`${base}/:file`, (c) => {
    const number = find(c);
    return number ? c.json(numberResource(number, account.sid)) : errorResponse(notFound(c.req.path));
  });
  app.post(`${base}/:file`, async (c) => {
    const number = find(c);
    if (!number) return errorResponse(notFound(c.req.path));
    const form = await readForm(c);
    if (isRestError(form)) return errorResponse(form);
    const settings = readNumberSettings(form);
    if (isRestError(settings)) return errorResponse(settings);
    numbers.update(number, settings);
    return c.json(numberResource(number, account.sid));
  });
  app.delete(`${base}/:file`, (c) =>
    numbers.remove(sidIn(c)) ? c.body(null, 204) : errorResponse(notFound(c.req.path)),
  );
}
