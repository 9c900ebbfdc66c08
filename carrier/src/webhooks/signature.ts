/**
 * X-Twilio-Signature (protocol 9), computed from the rules and not with the official library, which is its judge in tests.
 */
import { createHmac } from "node:crypto";

/** Names and values in sending order; a name may repeat. */
export type Parameters = readonly (readonly [name: string, value: string])[];

/**
 * Base64 HMAC-SHA1 over the URL and the POST parameters, names sorted by byte value, repeated names with their distinct
 * values sorted. A GET is signed with no parameters: they stand in the URL.
 */
export function signature(authToken: string, url: string, parameters: Parameters): string {
  return createHmac("sha1", authToken).update(signedText(url, parameters), "utf8").digest("base64");
}

/** What is signed, as one text. */
export function signedText(url: string, parameters: Parameters): string {
  const values = new Map<string, Set<string>>();
  for (const [name, value] of parameters) {
    const known = values.get(name);
    if (known) known.add(value);
    else values.set(name, new Set([value]));
  }
  let message = signedUrl(url);
  for (const name of [...values.keys()].sort(byBytes))
    for (const value of [...values.get(name)!].sort(byBytes)) message += name + value;
  return message;
}

/** The URL as it is signed: no fragment, no userinfo, and no port for https (kept for http). Path and query stay byte for byte. */
export function signedUrl(url: string): string {
  const bare = url.replace(/#.*$/s, "").replace(/^([a-z]+:\/\/)[^/?@]*@/i, "$1");
  return bare.replace(/^(https:\/\/(?:\[[^\]]*\]|[^/?:]*)):\d+/i, "$1");
}

const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
