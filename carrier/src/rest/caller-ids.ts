/** Verified numbers of others, by REST (Twilio, REST API: Outgoing Caller IDs): a POST to the list begins a verification. */
import type { Context, Hono } from "hono";
import type { CallerId } from "../account/caller-ids.ts";
import { isE164 } from "../account/numbers.ts";
import { beginVerification, type VerificationRequest } from "../account/verification.ts";
import { rfc2822 } from "../ids.ts";
import type { Plant } from "../plant.ts";
import { errorResponse, isRestError, notFound, type RestError, restError } from "./errors.ts";
import { matches, queryOf, readAddress, readForm, sidIn, wholeNumberOf } from "./form.ts";
import { readFriendlyName } from "./handling.ts";
import { page } from "./paging.ts";
import { formatted } from "./resources.ts";

const base = "/2010-04-01/Accounts/:account/OutgoingCallerIds";

export function callerIdRoutes(app: Hono, plant: Plant): void {
  const { account, callerIds } = plant;
  const find = (c: Context) => callerIds.get(sidIn(c));
  const lost = (c: Context) => errorResponse(notFound(c.req.path));
  const shown = (one: CallerId) => resource(one, account.sid);
  app.get(`${base}.json`, (c) => {
    const query = queryOf(c);
    const rows = callerIds
      .list()
      .filter(
        (one) =>
          matches(query, "PhoneNumber", one.phoneNumber) && matches(query, "FriendlyName", one.friendlyName),
      );
    return c.json(page("outgoing_caller_ids", rows.map(shown), c.req.path, query));
  });
  app.post(`${base}.json`, async (c) => {
    const form = await readForm(c);
    if (isRestError(form)) return errorResponse(form);
    const request = readRequest(plant, form);
    if (isRestError(request)) return errorResponse(request);
    const begun = beginVerification(plant, request);
    if (!begun) return errorResponse(restError(10004, "Call concurrency limit exceeded", 429));
    return c.json({
      account_sid: account.sid,
      call_sid: begun.call.sid,
      friendly_name: request.friendlyName,
      phone_number: request.phoneNumber,
      validation_code: begun.code,
    });
  });
  app.get(`${base}/:file`, (c) => {
    const one = find(c);
    return one ? c.json(shown(one)) : lost(c);
  });
  app.post(`${base}/:file`, async (c) => {
    const one = find(c);
    if (!one) return lost(c);
    const form = await readForm(c);
    if (isRestError(form)) return errorResponse(form);
    const friendlyName = readFriendlyName(form);
    if (typeof friendlyName === "object") return errorResponse(friendlyName);
    callerIds.rename(one, friendlyName ?? one.friendlyName);
    return c.json(shown(one));
  });
  app.delete(`${base}/:file`, (c) => (callerIds.remove(sidIn(c)) ? c.body(null, 204) : lost(c)));
}

function readRequest({ callerIds, numbers }: Plant, form: URLSearchParams): VerificationRequest | RestError {
  const phoneNumber = form.get("PhoneNumber") ?? "";
  if (!isE164(phoneNumber)) return restError(21401, `Invalid Phone Number: ${phoneNumber}`);
  if (callerIds.has(phoneNumber) || numbers.byNumber(phoneNumber))
    return restError(21450, `Phone number already verified for your account: ${phoneNumber}`);
  const delaySeconds = wholeNumberOf(form.get("CallDelay") ?? "0");
  if (delaySeconds === null || delaySeconds > 60)
    return restError(21454, `Invalid CallDelay: expected 0 to 60, found ${form.get("CallDelay")}`);
  const extension = form.get("Extension") || null;
  if (extension !== null && !/^[\dwW*#]{1,32}$/.test(extension))
    return restError(20001, `Invalid Extension: expected keys, found ${extension}`);
  const friendlyName = readFriendlyName(form);
  if (typeof friendlyName === "object") return friendlyName;
  const statusCallback = readAddress(form, "StatusCallback", "StatusCallbackMethod", 21205);
  if (statusCallback && isRestError(statusCallback)) return statusCallback;
  return {
    phoneNumber,
    delaySeconds,
    extension,
    statusCallback,
    friendlyName: friendlyName ?? formatted(phoneNumber),
  };
}

const resource = (one: CallerId, accountSid: string) => ({
  sid: one.sid,
  account_sid: accountSid,
  date_created: rfc2822(one.createdAt),
  date_updated: rfc2822(one.updatedAt),
  friendly_name: one.friendlyName,
  phone_number: one.phoneNumber,
  uri: `/2010-04-01/Accounts/${accountSid}/OutgoingCallerIds/${one.sid}.json`,
});
