/** What a `POST Messages.json` asks for, checked field by field with Twilio's error codes (Twilio, Message resource). */

import { isE164 } from "../account/numbers.ts";
import type { Address } from "../calls/call.ts";
import { limits } from "../limits.ts";
import type { MessageRequest } from "../messaging/messages.ts";
import { senderFor } from "../messaging/services.ts";
import type { Plant } from "../plant.ts";
import { partyIn } from "./create-call.ts";
import { isRestError, type RestError, restError } from "./errors.ts";
import { isWebUrl, readAddress, wholeNumberOf } from "./form.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;

export function readMessage(plant: Plant, form: URLSearchParams): MessageRequest | RestError {
  const to = partyIn(form, "To");
  if (to === "") return restError(21604, "A 'To' phone number is required.");
  if (!isE164(to)) return restError(21211, `Invalid 'To' Phone Number: ${to}`);
  const sender = readSender(plant, form, to);
  if (isRestError(sender)) return sender;
  const { from, messagingServiceSid } = sender;
  if (to === from) return restError(21266, "'To' and 'From' number cannot be the same");
  const body = form.get("Body") ?? "";
  const mediaUrls = form.getAll("MediaUrl").filter((url) => url !== "");
  const wrong = checkContent(body, mediaUrls) ?? checkRecipient(plant, messagingServiceSid ?? from, to);
  if (wrong) return wrong;
  const statusCallback = readTold(plant, form);
  if (statusCallback && isRestError(statusCallback)) return statusCallback;
  const validity = wholeNumberOf(form.get("ValidityPeriod") || "36000");
  if (validity === null || validity < 1 || validity > 36_000)
    return restError(
      20001,
      `Invalid ValidityPeriod: expected 1 to 36000, found ${form.get("ValidityPeriod")}`,
    );
  const sendAt = readSendAt(plant, form, messagingServiceSid);
  if (typeof sendAt === "object") return sendAt;
  const { sid: accountSid } = plant.account;
  return { accountSid, to, from, body, mediaUrls, messagingServiceSid, statusCallback, sendAt };
}

/** `From` may also name the service. */
function readSender(
  { numbers, messagingServices }: Plant,
  form: URLSearchParams,
  to: string,
): { readonly from: string; readonly messagingServiceSid: string | null } | RestError {
  const given = partyIn(form, "From");
  const sid = form.get("MessagingServiceSid") || (given.startsWith("MG") ? given : "");
  const from = given.startsWith("MG") ? "" : given;
  if (from === "" && sid === "")
    return restError(21603, "A 'From' or 'MessagingServiceSid' parameter is required to send a message.");
  const service = sid === "" ? undefined : messagingServices.get(sid);
  if (sid !== "" && !service) return restError(21701, `The Messaging Service ${sid} does not exist.`);
  const chosen = from === "" && service ? senderFor(service, to) : from;
  if (chosen === undefined || (service && service.numbers.length === 0))
    return restError(21703, `The Messaging Service ${sid} has no phone number to send from.`);
  if (service && !service.numbers.includes(chosen))
    return restError(21712, `The 'From' number ${chosen} is not a sender of the Messaging Service ${sid}.`);
  if (!numbers.byNumber(chosen))
    return restError(21606, `The 'From' phone number provided (${chosen}) is not a number of this account.`);
  return { from: chosen, messagingServiceSid: service?.sid ?? null };
}

function checkContent(body: string, mediaUrls: readonly string[]): RestError | null {
  if (body === "" && mediaUrls.length === 0) return restError(21602, "Message body is required.");
  if ([...body].length > limits.messageCharacters)
    return restError(
      21617,
      `The concatenated message body exceeds the ${limits.messageCharacters} character limit.`,
    );
  if (mediaUrls.length > limits.messageMedia)
    return restError(21623, `Number of media files exceeds allowed limit of ${limits.messageMedia}`);
  const wrong = mediaUrls.find((url) => !isWebUrl(url));
  return wrong === undefined ? null : restError(21620, `Invalid media URL: ${wrong}`);
}

function checkRecipient({ optOuts, textFates }: Plant, sender: string, to: string): RestError | null {
  if (optOuts.hasStopped(sender, to))
    return restError(21610, `Attempt to send to unsubscribed recipient ${to}`);
  const fate = textFates.get(to);
  return fate !== undefined && fate < 30_000 ? restError(fate, `${to} cannot be sent messages`) : null;
}

/** An application's callback goes before the one of the form. */
function readTold({ applications }: Plant, form: URLSearchParams): Address | null | RestError {
  const sid = form.get("ApplicationSid");
  if (!sid) return readAddress(form, "StatusCallback", "StatusCallbackMethod", 21609);
  const application = applications.get(sid);
  if (!application) return restError(21218, `Invalid ApplicationSid: there is no application ${sid}`);
  const url = application.messageStatusCallback || application.smsStatusCallback;
  return url === "" ? null : { url, method: "POST" };
}

/** Twilio, Message Scheduling: by a service only, between 5 minutes and 35 days ahead. */
function readSendAt(
  { clock }: Plant,
  form: URLSearchParams,
  service: string | null,
): number | undefined | RestError {
  const [type, text] = [form.get("ScheduleType") || null, form.get("SendAt") || null];
  if (type === null && text === null) return undefined;
  if (type === null) return restError(35114, "ScheduleType is required with SendAt");
  if (type !== "fixed") return restError(35126, `The ScheduleType value provided is not supported: ${type}`);
  if (text === null) return restError(35111, "SendAt timestamp is missing");
  if (service === null) return restError(35118, "MessagingServiceSid is required to schedule a message");
  const at = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  const ahead = at - clock.now();
  if (!(ahead >= 5 * minuteMs && ahead <= 35 * dayMs))
    return restError(35115, `Scheduling does not support this timestamp: ${text}`);
  return at;
}
