/** What a `POST Calls.json` asks for, checked field by field with Twilio's error codes (protocol 6). */

import { addressOf } from "../account/handling.ts";
import { e164Of, isE164 } from "../account/numbers.ts";
import type { Address } from "../calls/call.ts";
import { type Call, tokenParameters } from "../calls/call.ts";
import type { Source } from "../calls/load-document.ts";
import type { OutboundRequest } from "../calls/pick-up.ts";
import { limits } from "../limits.ts";
import type { Plant } from "../plant.ts";
import { type ProgressEvent, progressEvents } from "../twiml/document.ts";
import { readDetection, readRecording, readSendDigits } from "./call-options.ts";
import { isRestError, type RestError, restError } from "./errors.ts";
import { isWebUrl, methodOf, readAddress, wholeNumberOf, wordsIn } from "./form.ts";

/** The request, or the first thing wrong with it. */
export function readCallRequest(plant: Plant, form: URLSearchParams): OutboundRequest | RestError {
  const [to, from] = [partyIn(form, "To"), partyIn(form, "From")];
  const wrong =
    checkParties(plant, to, from, form.get("CallToken")) ?? checkCallerId(plant, form.get("CallerId"));
  if (wrong) return wrong;
  const asked = readAsked(plant, form);
  if (isRestError(asked)) return asked;
  const credentials = checkSipCredentials(form);
  if (credentials) return credentials;
  const ringSeconds = wholeNumberOf(form.get("Timeout") ?? String(limits.ringSeconds));
  if (ringSeconds === null || ringSeconds < 1 || ringSeconds > limits.ringSecondsMost)
    return restError(
      21208,
      `Invalid Timeout: expected 1 to ${limits.ringSecondsMost}, found ${form.get("Timeout")}`,
    );
  const most = limits.callMs / 1000;
  const asking = form.get("TimeLimit") || String(most);
  const limitSeconds = Math.min(most, wholeNumberOf(asking) ?? 0);
  if (limitSeconds < 1)
    return restError(20001, `Invalid TimeLimit: expected seconds from 1, found ${form.get("TimeLimit")}`);
  const complain = (code: number | null, message: string) =>
    plant.alerts.add({ level: "warning", code, message });
  if (form.get("Twiml") && form.get("Url")) complain(32019, "Both Url and Twiml are given: Twiml is ignored");
  const sendDigits = readSendDigits(form);
  if (typeof sendDigits === "object" && sendDigits !== null) return sendDigits;
  const record = readRecording(form);
  if (record && isRestError(record)) return record;
  const detection = readDetection(form, complain);
  if (detection && isRestError(detection)) return detection;
  return {
    call: {
      accountSid: plant.account.sid,
      from: form.get("CallerId") || from,
      to,
      direction: "outbound-api",
      parentCallSid: null,
      phoneNumberSid: plant.numbers.byNumber(from)?.sid ?? null,
      fallback: asked.fallback,
      statusCallback: asked.statusCallback && { ...asked.statusCallback, events: readEvents(form) },
    },
    source: asked.source,
    ringSeconds,
    limitSeconds,
    sendDigits,
    detection,
    record,
  };
}

interface Asked {
  readonly source: Source;
  readonly fallback: Address | null;
  readonly statusCallback: Address | null;
}

/** Who is asked about the call: an application, or the URLs of the form, which an application makes ineffective (Twilio, Calls: Method). */
function readAsked({ applications }: Plant, form: URLSearchParams): Asked | RestError {
  const sid = form.get("ApplicationSid");
  if (sid) {
    const application = applications.get(sid);
    if (!application) return restError(21218, `Invalid ApplicationSid: there is no application ${sid}`);
    const { voiceUrl, voiceMethod, voiceFallbackUrl, voiceFallbackMethod } = application;
    if (voiceUrl === "") return restError(21218, `Invalid ApplicationSid: ${sid} has no VoiceUrl`);
    return {
      source: { kind: "url", url: voiceUrl, method: voiceMethod, parameters: [] },
      fallback: addressOf(voiceFallbackUrl, voiceFallbackMethod),
      statusCallback: addressOf(application.statusCallback, application.statusCallbackMethod),
    };
  }
  const source = readSource(form, 21205);
  if (source === null) return restError(21205, "Url parameter is required.");
  if (isRestError(source)) return source;
  const fallback = readAddress(form, "FallbackUrl", "FallbackMethod", 21205);
  if (fallback && isRestError(fallback)) return fallback;
  const statusCallback = readAddress(form, "StatusCallback", "StatusCallbackMethod", 21205);
  if (statusCallback && isRestError(statusCallback)) return statusCallback;
  return { source, fallback, statusCallback };
}

/** Twilio's limits of SIP credentials; SIP addresses here ask for none. */
function checkSipCredentials(form: URLSearchParams): RestError | null {
  const user = form.get("SipAuthUsername") ?? "";
  const password = form.get("SipAuthPassword") ?? "";
  if (user.length >= 256) return restError(21221, "Invalid SipAuthUsername. Must be fewer than 256 chars");
  if (password.length >= 256)
    return restError(21223, "Invalid SipAuthPassword. Must be fewer than 256 chars");
  if (user !== "" && password === "")
    return restError(21225, "SipAuthPassword is required when providing SipAuthUsername");
  return null;
}

/** In E.164, if it is a number. */
export function partyIn(form: URLSearchParams, name: string): string {
  const given = form.get(name)?.trim() ?? "";
  return e164Of(given) ?? given;
}

/** A number of the account, one it has verified, or with its token that of somebody who has called. */
function mayShow({ numbers, callerIds, exchange }: Plant, from: string, token: string | null): boolean {
  if (numbers.byNumber(from) || callerIds.has(from)) return true;
  const isToken = (call: Call) => token !== null && tokenParameters(call)[0]?.[1] === token;
  return token !== null && exchange.list().some((call) => call.from === from && isToken(call));
}

function checkParties(plant: Plant, to: string, from: string, token: string | null): RestError | null {
  if (to === "") return restError(21201, "No 'To' number is specified");
  if (from === "") return restError(21213, "No 'From' number is specified");
  if (!isDiallable(to))
    return restError(21211, `The phone number you are attempting to call, ${to}, is not valid.`);
  if (to.startsWith("app:") && !plant.applications.get(to.slice(4)))
    return restError(21211, `The application you are attempting to call, ${to}, is not there.`);
  if (to === from) return restError(21211, "The 'To' number may not be the same as the 'From' number.");
  // Clients and SIP addresses may be called in the name of a client.
  if (!isE164(to) && /^client:\S+$/.test(from)) return null;
  if (!isE164(from)) return restError(21212, `The phone number provided as 'From', ${from}, is not valid.`);
  if (!mayShow(plant, from, token))
    return restError(
      21210,
      `The source phone number provided, ${from}, is not yet verified for your account.`,
    );
  return null;
}

/** What the called person sees instead of `From`: a number of the account, or one it has verified. */
function checkCallerId({ numbers, callerIds }: Plant, callerId: string | null): RestError | null {
  if (!callerId || numbers.byNumber(callerId) || callerIds.has(callerId) || /^(client|sip):/.test(callerId))
    return null;
  return restError(21210, `The CallerId provided, ${callerId}, is not yet verified for your account.`);
}

const isDiallable = (to: string) => isE164(to) || /^(client:|sip:|app:AP)\S+$/.test(to);

/** `Url` (wins) or `Twiml`; null when neither is given. */
export function readSource(form: URLSearchParams, urlCode: number): Source | RestError | null {
  const url = form.get("Url");
  const twiml = form.get("Twiml");
  if (url) {
    if (!isWebUrl(url)) return restError(urlCode, `Url is not a valid URL: ${url}`);
    const method = methodOf(form.get("Method"));
    if (method === null)
      return restError(21209, `Invalid Method: expected GET or POST, found ${form.get("Method")}`);
    return { kind: "url", url, method, parameters: [] };
  }
  if (!twiml) return null;
  if (twiml.length > limits.inlineTwimlCharacters)
    return restError(
      32018,
      `Twiml size exceeded maximum allowed value: ${twiml.length} characters, at most ${limits.inlineTwimlCharacters}`,
    );
  return { kind: "inline", twiml };
}

/** Repeated or space-separated; without any only `completed` (protocol 4). */
function readEvents(form: URLSearchParams): ReadonlySet<ProgressEvent> {
  const asked = wordsIn(form, "StatusCallbackEvent");
  const events = progressEvents.filter((event) => asked.includes(event));
  return new Set(events.length === 0 ? ["completed"] : events);
}
