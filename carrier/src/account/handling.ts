/** Whom the carrier asks when somebody calls or texts: the settings that numbers and applications share. */
import type { Address } from "../calls/call.ts";
import type { Method } from "../twiml/document.ts";

/** "" is no URL. */
export interface Handling {
  voiceUrl: string;
  voiceMethod: Method;
  voiceFallbackUrl: string;
  voiceFallbackMethod: Method;
  statusCallback: string;
  statusCallbackMethod: Method;
  smsUrl: string;
  smsMethod: Method;
  smsFallbackUrl: string;
  smsFallbackMethod: Method;
  /** Whether the caller's name is looked up. */
  voiceCallerIdLookup: boolean;
}

export const noHandling: Handling = {
  voiceUrl: "",
  voiceMethod: "POST",
  voiceFallbackUrl: "",
  voiceFallbackMethod: "POST",
  statusCallback: "",
  statusCallbackMethod: "POST",
  smsUrl: "",
  smsMethod: "POST",
  smsFallbackUrl: "",
  smsFallbackMethod: "POST",
  voiceCallerIdLookup: false,
};

/** Null where there is no URL. */
export const addressOf = (url: string, method: Method): Address | null =>
  url === "" ? null : { url, method };
