/** `POST Calls/{Sid}.json`: new TwiML for a call in progress, or its end (protocol 6). */

import { type Call, hasEnded } from "../calls/call.ts";
import type { Plant } from "../plant.ts";
import { readSource } from "./create-call.ts";
import { isRestError, type RestError, restError } from "./errors.ts";

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
  if (source === null) return restError(20001, "expected Url, Twiml or Status");
  if (call.status !== "in-progress") return restError(21220, "Call is not in-progress. Cannot redirect.");
  plant.exchange.redirect(call, source);
  return null;
}
