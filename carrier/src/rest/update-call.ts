/** `POST Calls/{Sid}.json`: new TwiML for a call in progress, or its end (protocol 6). */

import { type Call, hasEnded } from "../calls/call.ts";
import { limits } from "../limits.ts";
import type { Plant } from "../plant.ts";
import { readSource } from "./create-call.ts";
import { isRestError, type RestError, restError } from "./errors.ts";
import { readAddress, wholeNumberOf } from "./form.ts";

/** Does what the form asks; null when it was done. */
export function updateCall(plant: Plant, call: Call, form: URLSearchParams): RestError | null {
  const status = form.get("Status");
  if (status !== null && status !== "canceled" && status !== "completed")
    return restError(20001, `Invalid Status: expected canceled or completed, found ${status}`);
  const source = readSource(form, 21205);
  if (source !== null && isRestError(source)) return source;
  if (hasEnded(call)) return restError(21220, "Call is not in-progress. Cannot redirect.");
  if (status !== null) {
    const unanswered = call.status === "queued" || call.status === "ringing";
    // `canceled` leaves a call in progress alone; `completed` ends any (an unanswered one is then canceled).
    if (status === "completed" || unanswered)
      plant.exchange.hangUp(call, unanswered ? "canceled" : "completed");
    return null;
  }
  const settings = updateSettings(plant, call, form);
  if (typeof settings === "object") return settings;
  if (source === null) return settings ? null : restError(20001, "expected Url, Twiml or Status");
  if (call.status !== "in-progress") return restError(21220, "Call is not in-progress. Cannot redirect.");
  plant.exchange.redirect(call, source);
  return null;
}

/** What stays for the rest of the call: where failures and its end are told, its longest length. False when nothing of it was given. */
function updateSettings(plant: Plant, call: Call, form: URLSearchParams): boolean | RestError {
  const fallback = readAddress(form, "FallbackUrl", "FallbackMethod", 21205);
  const told = readAddress(form, "StatusCallback", "StatusCallbackMethod", 21205);
  if (fallback && isRestError(fallback)) return fallback;
  if (told && isRestError(told)) return told;
  const seconds = form.get("TimeLimit") === null ? null : wholeNumberOf(form.get("TimeLimit") ?? "");
  if (form.get("TimeLimit") !== null && !seconds)
    return restError(20001, `Invalid TimeLimit: expected seconds from 1, found ${form.get("TimeLimit")}`);
  if (fallback) call.fallback = fallback;
  if (told) call.statusCallback = { ...told, events: call.statusCallback?.events ?? new Set(["completed"]) };
  if (seconds) plant.exchange.limit(call, Math.min(seconds, limits.callMs / 1000));
  return fallback !== null || told !== null || seconds !== null;
}
