/** Applications by REST (Twilio, REST API: Applications). */
import type { Context, Hono } from "hono";
import type { Application, ApplicationSettings } from "../account/applications.ts";
import { rfc2822 } from "../ids.ts";
import type { Plant } from "../plant.ts";
import { errorResponse, isRestError, notFound, type RestError, restError } from "./errors.ts";
import { matches, queryOf, readForm, sidIn } from "./form.ts";
import { readFriendlyName, readHandling, readUrl } from "./handling.ts";
import { page } from "./paging.ts";

const base = "/2010-04-01/Accounts/:account/Applications";

export function applicationRoutes(app: Hono, { account, applications }: Plant): void {
  const find = (c: Context) => applications.get(sidIn(c));
  const lost = (c: Context) => errorResponse(notFound(c.req.path));
  const shown = (one: Application) => resource(one, account.sid);
  app.get(`${base}.json`, (c) => {
    const query = queryOf(c);
    const rows = applications.list().filter((one) => matches(query, "FriendlyName", one.friendlyName));
    return c.json(page("applications", rows.map(shown), c.req.path, query));
  });
  app.post(`${base}.json`, async (c) => {
    const form = await readForm(c);
    if (isRestError(form)) return errorResponse(form);
    const settings = readSettings(form);
    if (isRestError(settings)) return errorResponse(settings);
    const made = applications.add(settings);
    if (!made) return errorResponse(restError(20403, "Forbidden: there are too many applications", 403));
    return c.json(shown(made), 201);
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
    const settings = readSettings(form);
    if (isRestError(settings)) return errorResponse(settings);
    applications.update(one, settings);
    return c.json(shown(one));
  });
  app.delete(`${base}/:file`, (c) => (applications.remove(sidIn(c)) ? c.body(null, 204) : lost(c)));
}

function readSettings(form: URLSearchParams): ApplicationSettings | RestError {
  const handling = readHandling(form);
  if (isRestError(handling)) return handling;
  const friendlyName = readFriendlyName(form);
  if (typeof friendlyName === "object") return friendlyName;
  const messageStatusCallback = readUrl(form, "MessageStatusCallback");
  if (typeof messageStatusCallback === "object") return messageStatusCallback;
  const smsStatusCallback = readUrl(form, "SmsStatusCallback");
  if (typeof smsStatusCallback === "object") return smsStatusCallback;
  const named = { friendlyName, messageStatusCallback, smsStatusCallback };
  const given = Object.entries(named).filter(([, value]) => value !== undefined);
  return { ...handling, ...Object.fromEntries(given) };
}

const resource = (one: Application, accountSid: string) => ({
  sid: one.sid,
  account_sid: accountSid,
  api_version: "2010-04-01",
  date_created: rfc2822(one.createdAt),
  date_updated: rfc2822(one.updatedAt),
  friendly_name: one.friendlyName || null,
  message_status_callback: one.messageStatusCallback || null,
  public_application_connect_enabled: false,
  sms_fallback_method: one.smsFallbackMethod,
  sms_fallback_url: one.smsFallbackUrl || null,
  sms_method: one.smsMethod,
  sms_status_callback: one.smsStatusCallback || null,
  sms_url: one.smsUrl || null,
  status_callback: one.statusCallback || null,
  status_callback_method: one.statusCallbackMethod,
  uri: `/2010-04-01/Accounts/${accountSid}/Applications/${one.sid}.json`,
  voice_caller_id_lookup: one.voiceCallerIdLookup,
  voice_fallback_method: one.voiceFallbackMethod,
  voice_fallback_url: one.voiceFallbackUrl || null,
  voice_method: one.voiceMethod,
  voice_url: one.voiceUrl || null,
});
