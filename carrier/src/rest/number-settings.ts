/** The settings of a number as a REST form gives them. */
import type { NumberSettings } from "../numbers.ts";
import { type RestError, restError } from "./errors.ts";
import { isWebUrl, methodOf } from "./form.ts";

const urls = {
  VoiceUrl: "voiceUrl",
  VoiceFallbackUrl: "voiceFallbackUrl",
  StatusCallback: "statusCallback",
} as const;
const methods = {
  VoiceMethod: "voiceMethod",
  VoiceFallbackMethod: "voiceFallbackMethod",
  StatusCallbackMethod: "statusCallbackMethod",
} as const;

/** Only what the form names; an empty URL removes it. Codes for wrong URLs are 21205, our choice. */
export function readNumberSettings(form: URLSearchParams): NumberSettings | RestError {
  const settings: NumberSettings = {};
  for (const [name, key] of Object.entries(urls)) {
    const url = form.get(name);
    if (url === null) continue;
    if (url !== "" && !isWebUrl(url)) return restError(21205, `${name} is not a valid URL: ${url}`);
    settings[key] = url;
  }
  for (const [name, key] of Object.entries(methods)) {
    const given = form.get(name);
    if (given === null) continue;
    const method = methodOf(given);
    if (method === null) return restError(21209, `Invalid ${name}: expected GET or POST, found ${given}`);
    settings[key] = method;
  }
  const friendlyName = form.get("FriendlyName");
  if (friendlyName !== null && friendlyName.length > 64)
    return restError(20002, "Invalid FriendlyName: at most 64 characters");
  if (friendlyName !== null) settings.friendlyName = friendlyName;
  return settings;
}
