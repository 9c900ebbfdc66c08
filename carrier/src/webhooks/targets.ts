/** Which hosts this carrier may send requests to: this machine, and what was allowed by name. Nothing is looked up in DNS to decide that. */

import { lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";

const loopback = /^(localhost|[a-z0-9-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/** The URL, or a Twilio error: 11100 for what is no http(s) URL, 11210 for a host that is not allowed. */
export function allowedTarget(
  text: string,
  allowedHosts: ReadonlySet<string>,
): { ok: true; url: URL } | { ok: false; code: number; message: string } {
  const url = URL.parse(text);
  if (!url || (url.protocol !== "http:" && url.protocol !== "https:"))
    return { ok: false, code: 11100, message: `expected an http or https URL, found ${text.slice(0, 200)}` };
  if (loopback.test(url.hostname) || allowedHosts.has(url.hostname.toLowerCase())) return { ok: true, url };
  return {
    ok: false,
    code: 11210,
    message: `host ${url.hostname} is not allowed: this carrier calls only this machine, unless started with --allow-host ${url.hostname}`,
  };
}

/** Addresses of a host: `*.localhost` is this machine (RFC 6761, 6.3) whatever the system's resolver knows. */
export const lookUp: LookupFunction = (host, options, done) => {
  if (isIP(host) || !/\.localhost$/i.test(host)) return lookup(host, options, done);
  if (options.all)
    return done(null, [
      { address: "127.0.0.1", family: 4 },
      { address: "::1", family: 6 },
    ]);
  done(null, "127.0.0.1", 4);
};
