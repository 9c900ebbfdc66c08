/** What the alert log and the journal know of one alert, as Twilio's Monitor API and its notifications show it. */
import type { Alert } from "../alerts.ts";
import type { Entry } from "../console/journal.ts";
import type { Plant } from "../plant.ts";
import { hideUserinfo } from "../userinfo.ts";

/** Alerts of one account, newest first: of its calls, and in the main account of everything that is about no call. */
export function alertsOf({ accounts, alerts, exchange }: Plant, callSid?: string): Alert[] {
  const isMain = accounts.main.exchange === exchange;
  return alerts
    .list(callSid)
    .filter(({ callSid: about }) =>
      about !== null && accounts.withCall(about) ? exchange.get(about) : isMain,
    )
    .reverse();
}

/** The request that the alert is about, if there was one and it is still remembered. */
export function requestOf({ journal }: Plant, { callSid, url, at }: Alert): Entry | undefined {
  if (callSid === null || url === null) return undefined;
  return journal.list(callSid).find((entry) => hideUserinfo(entry.document) === url && entry.at <= at);
}

/** How Twilio writes an alert's text: a form of its own. */
export function alertText({ code, level, message, url }: Alert): string {
  return new URLSearchParams({
    Msg: message,
    ...(code !== null && { ErrorCode: String(code) }),
    LogLevel: level === "error" ? "ERROR" : "WARN",
    ...(url !== null && { url }),
  }).toString();
}

export const moreInfo = ({ code }: Alert) =>
  code === null ? null : `https://www.twilio.com/docs/errors/${code}`;

/** What only a single alert shows: all of the request and its answer. */
export function exchangeOf(entry: Entry | undefined) {
  const variables = new URLSearchParams(entry?.parameters as [string, string][] | undefined);
  return {
    request_variables: variables.toString(),
    response_headers: entry?.contentType ? `Content-Type=${encodeURIComponent(entry.contentType)}` : "",
    response_body: entry?.body ?? "",
  };
}
