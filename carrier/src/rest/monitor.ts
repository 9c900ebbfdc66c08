/**
 * Twilio's Monitor API, the part about alerts: `GET /v1/Alerts` and `/v1/Alerts/{Sid}` (Twilio, Monitor REST API: Alerts), on the same port as
 * everything else; a client asks monitor.twilio.com, so it needs the same detour as for api.twilio.com.
 */
import type { Hono } from "hono";
import type { Alert } from "../alerts.ts";
import type { Plant } from "../plant.ts";
import { alertsOf, alertText, exchangeOf, moreInfo, requestOf } from "./alerts.ts";
import { enter } from "./door.ts";
import { errorResponse, isRestError, notFound, restError } from "./errors.ts";
import { queryOf } from "./form.ts";
import { metaPage } from "./paging.ts";

const levels = ["error", "warning", "notice", "debug"];

export function monitorRoutes(app: Hono, main: Plant): void {
  app.all("/v1/Alerts", (c) => {
    const plant = enter(c, main);
    if (isRestError(plant)) return errorResponse(plant);
    if (c.req.method !== "GET") return errorResponse(restError(20004, "Method not allowed", 405));
    const query = queryOf(c);
    const level = query.get("LogLevel")?.toLowerCase();
    if (level !== undefined && !levels.includes(level))
      return errorResponse(restError(20001, `LogLevel: expected ${levels.join(", ")}, found ${level}`));
    const since = timeOf(query.get("StartDate"), 0);
    const until = timeOf(query.get("EndDate"), Number.POSITIVE_INFINITY);
    if (since === null || until === null)
      return errorResponse(restError(20001, "StartDate and EndDate: expected dates of ISO 8601"));
    const rows = alertsOf(plant).filter(
      (alert) => (level === undefined || alert.level === level) && alert.at >= since && alert.at <= until,
    );
    const url = `${main.baseUrl}/v1/Alerts`;
    return c.json(metaPage("alerts", rows, url, query, (alert) => alertResource(plant, alert)));
  });
  app.all("/v1/Alerts/:sid", (c) => {
    const plant = enter(c, main);
    if (isRestError(plant)) return errorResponse(plant);
    if (c.req.method !== "GET") return errorResponse(restError(20004, "Method not allowed", 405));
    const alert = alertsOf(plant).find(({ sid }) => sid === c.req.param("sid"));
    if (!alert) return errorResponse(notFound(c.req.path));
    return c.json({
      ...alertResource(plant, alert),
      ...exchangeOf(requestOf(plant, alert)),
      request_headers: null,
    });
  });
  app.all("/v1/*", (c) => errorResponse(notFound(c.req.path)));
}

/** A day, or a time of day; `none` without one, null when it is neither. */
function timeOf(text: string | null, none: number): number | null {
  if (text === null || text === "") return none;
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(text)) return null;
  const ms = Date.parse(text.length > 10 && !/(Z|[+-]\d{2}:\d{2})$/.test(text) ? `${text}Z` : text);
  return Number.isNaN(ms) ? null : ms;
}

/** To the second, as this API writes dates. */
const iso8601 = (ms: number) => new Date(ms).toISOString().replace(/\.\d+/, "");

function alertResource(plant: Plant, alert: Alert) {
  const { sid, at, code, level, callSid, url } = alert;
  return {
    account_sid: plant.account.sid,
    alert_text: alertText(alert),
    api_version: "2010-04-01",
    date_created: iso8601(at),
    date_generated: iso8601(at),
    date_updated: iso8601(at),
    error_code: code === null ? null : String(code),
    log_level: level,
    more_info: moreInfo(alert),
    request_method: requestOf(plant, alert)?.method ?? null,
    request_url: url,
    resource_sid: callSid,
    service_sid: null,
    sid,
    url: `${plant.accounts.main.baseUrl}/v1/Alerts/${sid}`,
  };
}
