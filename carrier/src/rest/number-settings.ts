/** The settings of a number as a REST form gives them. */
import type { Applications } from "../account/applications.ts";
import type { NumberSettings } from "../account/numbers.ts";
import { isRestError, type RestError, restError } from "./errors.ts";
import { readFriendlyName, readHandling } from "./handling.ts";

const applicationSids = {
  VoiceApplicationSid: "voiceApplicationSid",
  SmsApplicationSid: "smsApplicationSid",
} as const;

/** Only what the form names; "" removes it. An application that is not there is 21218, our choice. */
export function readNumberSettings(
  form: URLSearchParams,
  applications: Applications,
): NumberSettings | RestError {
  const handling = readHandling(form);
  if (isRestError(handling)) return handling;
  const settings: NumberSettings = { ...handling };
  for (const [name, key] of Object.entries(applicationSids)) {
    const sid = form.get(name);
    if (sid === null) continue;
    if (sid !== "" && !applications.get(sid))
      return restError(21218, `Invalid ${name}: there is no application ${sid}`);
    settings[key] = sid;
  }
  const friendlyName = readFriendlyName(form);
  if (typeof friendlyName === "object") return friendlyName;
  return friendlyName === undefined ? settings : { ...settings, friendlyName };
}
