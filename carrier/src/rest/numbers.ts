/** The numbers an account owns, by REST: bought, listed, changed, released (Twilio, REST API: Incoming Phone Numbers). */
import type { Context, Hono } from "hono";
import { findAvailable } from "../account/available-numbers.ts";
import { isE164, type NumberType, numberTypeOf, type OwnNumber } from "../account/numbers.ts";
import type { Plant } from "../plant.ts";
import { errorResponse, isRestError, notFound, type RestError, restError } from "./errors.ts";
import { matches, queryOf, readForm, sidIn } from "./form.ts";
import { readNumberSettings } from "./number-settings.ts";
import { page } from "./paging.ts";
import { numberResource } from "./resources.ts";

const base = "/2010-04-01/Accounts/:account/IncomingPhoneNumbers";
const folders = { "/Local": "local", "/Mobile": "mobile", "/TollFree": "toll-free" } as const;

export function numberRoutes(app: Hono, plant: Plant): void {
  const { account, numbers, applications } = plant;
  const find = (c: Context) => numbers.bySid(sidIn(c));
  const shown = (number: OwnNumber) => numberResource(number, account.sid);
  for (const [folder, type] of [["", null] as const, ...Object.entries(folders)]) {
    const shownIn = (number: OwnNumber) => {
      const { type: ofNumber, ...rest } = shown(number);
      // Where the type is asked for it is not told (Twilio's OpenAPI description).
      return type === null ? { ...rest, type: ofNumber } : rest;
    };
    app.get(`${base}${folder}.json`, (c) => {
      const query = queryOf(c);
      const rows = numbers.list().filter((number) => isWanted(number, type, query));
      return c.json(page("incoming_phone_numbers", rows.map(shownIn), c.req.path, query));
    });
    app.post(`${base}${folder}.json`, async (c) => {
      const form = await readForm(c);
      if (isRestError(form)) return errorResponse(form);
      const phoneNumber = choose(plant, form, type);
      if (typeof phoneNumber === "object") return errorResponse(phoneNumber);
      const settings = readNumberSettings(form, applications);
      if (isRestError(settings)) return errorResponse(settings);
      return c.json(shownIn(numbers.add(phoneNumber, settings)), 201);
    });
  }
  app.get(`${base}/:file`, (c) => {
    const number = find(c);
    return number ? c.json(shown(number)) : errorResponse(notFound(c.req.path));
  });
  app.post(`${base}/:file`, async (c) => {
    const number = find(c);
    if (!number) return errorResponse(notFound(c.req.path));
    const form = await readForm(c);
    if (isRestError(form)) return errorResponse(form);
    const settings = readNumberSettings(form, applications);
    if (isRestError(settings)) return errorResponse(settings);
    numbers.update(number, settings);
    return c.json(shown(number));
  });
  app.delete(`${base}/:file`, (c) =>
    numbers.remove(sidIn(c)) ? c.body(null, 204) : errorResponse(notFound(c.req.path)),
  );
}

/** Twilio: PhoneNumber is exact or a pattern in which `*` is any digit; a part of a number is found too. All here are Twilio's, none is new. */
function isWanted(number: OwnNumber, type: NumberType | null, query: URLSearchParams): boolean {
  const part = query.get("PhoneNumber");
  const pattern = part && new RegExp(part.replace(/[^\d*]/g, "").replaceAll("*", "\\d"));
  return (
    (type === null || numberTypeOf(number.phoneNumber) === type) &&
    (!pattern || pattern.test(number.phoneNumber)) &&
    matches(query, "FriendlyName", number.friendlyName) &&
    matches(query, "Origin", "twilio") &&
    matches(query, "Beta", "false")
  );
}

/** The number that is asked for, or one of an area code. Any number that nobody has can be bought, a choice of ours. */
function choose({ accounts }: Plant, form: URLSearchParams, type: NumberType | null): string | RestError {
  const phoneNumber = form.get("PhoneNumber") ?? "";
  const areaCode = form.get("AreaCode") ?? "";
  const taken = (one: string) => accounts.ownerOf(one) !== undefined;
  if (phoneNumber === "" && areaCode !== "") {
    if (!/^[2-9]\d\d$/.test(areaCode))
      return restError(21451, `Invalid AreaCode: expected three digits, found ${areaCode}`);
    const search = { areaCode, region: null, locality: null, contains: null };
    const [first] = findAvailable("US", "local", search, taken) ?? [];
    return first?.phoneNumber ?? restError(21452, `No phone numbers found in area code ${areaCode}`);
  }
  if (!isE164(phoneNumber)) return restError(21421, `PhoneNumber is not valid: ${phoneNumber}`);
  if (taken(phoneNumber) || (type !== null && numberTypeOf(phoneNumber) !== type))
    return restError(21422, `${phoneNumber} is not available`);
  return phoneNumber;
}
