/** The URLs of a number or an application as a REST form gives them, and what else they have in common. */
import type { Handling } from "../account/handling.ts";
import { type RestError, restError } from "./errors.ts";
import { flagOf, isWebUrl, methodOf } from "./form.ts";

const urls = {
  VoiceUrl: "voiceUrl",
  VoiceFallbackUrl: "voiceFallbackUrl",
  StatusCallback: "statusCallback",
  SmsUrl: "smsUrl",
  SmsFallbackUrl: "smsFallbackUrl",
} as const;
const methods = {
  VoiceMethod: "voiceMethod",
  VoiceFallbackMethod: "voiceFallbackMethod",
  StatusCallbackMethod: "statusCallbackMethod",
  SmsMethod: "smsMethod",
  SmsFallbackMethod: "smsFallbackMethod",
} as const;

/** Only what the form names; an empty URL removes it. Codes for wrong URLs are 21205, our choice. */
export function readHandling(form: URLSearchParams): Partial<Handling> | RestError {
  const settings: Partial<Handling> = {};
  for (const [name, key] of Object.entries(urls)) {
    const url = readUrl(form, name);
    if (typeof url === "object") return url;
    if (url !== undefined) settings[key] = url;
  }
  for (const [name, key] of Object.entries(methods)) {
    const given = form.get(name);
    if (given === null) continue;
    const method = methodOf(given);
    if (method === null) return restError(21209, `Invalid ${name}: expected GET or POST, found ${given}`);
    settings[key] = method;
  }
  const lookup = flagOf(form, "VoiceCallerIdLookup");
  if (lookup !== undefined) settings.voiceCallerIdLookup = lookup;
  return settings;
}

/** A URL or "", undefined when it is not given. */
export function readUrl(form: URLSearchParams, name: string): string | undefined | RestError {
  const url = form.get(name);
  if (url === null) return undefined;
  return url === "" || isWebUrl(url) ? url : restError(21205, `${name} is not a valid URL: ${url}`);
}

/** At most 64 characters, as all friendly names. */
export function readFriendlyName(form: URLSearchParams): string | undefined | RestError {
  const name = form.get("FriendlyName") ?? undefined;
  return name !== undefined && name.length > 64
    ? restError(20002, "Invalid FriendlyName: at most 64 characters")
    : name;
}
