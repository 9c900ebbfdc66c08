/** The alert log of an account and of a call as notifications, and every request about a call as events (Twilio, REST API of 2010-04-01). */
import type { Context, Hono } from "hono";
import type { Alert } from "../alerts.ts";
import type { Entry } from "../console/journal.ts";
import { rfc2822 } from "../ids.ts";
import type { Plant } from "../plant.ts";
import { alertsOf, alertText, exchangeOf, moreInfo, requestOf } from "./alerts.ts";
import { errorResponse, notFound, restError } from "./errors.ts";
import { matchesDate, queryOf, sidIn } from "./form.ts";
import { page } from "./paging.ts";

const base = "/2010-04-01/Accounts/:account";

export function notificationRoutes(app: Hono, plant: Plant): void {
  const { exchange, journal } = plant;
  const lost = (c: Context) => errorResponse(notFound(c.req.path));
  const list = (c: Context) => {
    const query = queryOf(c);
    const log = query.get("Log");
    if (log !== null && log !== "0" && log !== "1")
      return errorResponse(restError(20001, `Log: expected 0 (errors) or 1 (warnings), found ${log}`));
    const rows = alertsOf(plant, c.req.param("call"))
      .filter(
        (alert) => (log === null || logOf(alert) === log) && matchesDate(query, "MessageDate", alert.at),
      )
      .map((alert) => notificationResource(plant, alert, c.req.param("call")));
    return c.json(page("notifications", rows, c.req.path, query));
  };
  const one = (c: Context) => {
    const sid = sidIn(c);
    const alert = alertsOf(plant, c.req.param("call")).find((known) => known.sid === sid);
    if (!alert) return lost(c);
    return c.json({
      ...notificationResource(plant, alert, c.req.param("call")),
      ...exchangeOf(requestOf(plant, alert)),
    });
  };
  const known = (c: Context) => exchange.get(c.req.param("call") ?? "") !== undefined;
  app.get(`${base}/Notifications.json`, list);
  app.get(`${base}/Notifications/:file`, one);
  app.get(`${base}/Calls/:call/Notifications.json`, (c) => (known(c) ? list(c) : lost(c)));
  app.get(`${base}/Calls/:call/Notifications/:file`, (c) => (known(c) ? one(c) : lost(c)));
  app.get(`${base}/Calls/:call/Events.json`, (c) => {
    if (!known(c)) return lost(c);
    const rows = journal.list(c.req.param("call")).reverse().map(eventResource);
    return c.json(page("events", rows, c.req.path, queryOf(c)));
  });
}

const logOf = ({ level }: Alert) => (level === "error" ? "0" : "1");

function notificationResource(plant: Plant, alert: Alert, below: string | undefined) {
  const { sid, at, code, callSid, url } = alert;
  const path = below === undefined ? "" : `/Calls/${below}`;
  return {
    account_sid: plant.account.sid,
    api_version: "2010-04-01",
    // A message's or a conference's alerts are about no call.
    call_sid: callSid?.startsWith("CA") ? callSid : null,
    date_created: rfc2822(at),
    date_updated: rfc2822(at),
    error_code: code === null ? null : String(code),
    log: logOf(alert),
    message_date: rfc2822(at),
    message_text: alertText(alert),
    more_info: moreInfo(alert),
    request_method: requestOf(plant, alert)?.method ?? null,
    request_url: url ?? "",
    sid,
    uri: `/2010-04-01/Accounts/${plant.account.sid}${path}/Notifications/${sid}.json`,
  };
}

function eventResource({ method, url, parameters, status, contentType, body, tookMs, at }: Entry) {
  return {
    request: { method, url, parameters: Object.fromEntries(parameters) },
    response: {
      response_code: status,
      request_duration: tookMs,
      content_type: contentType,
      response_body: body,
      date_created: rfc2822(at + (tookMs ?? 0)),
    },
  };
}
