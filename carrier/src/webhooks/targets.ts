/** Which hosts this carrier may send requests to: this machine, and what was allowed by name. Nothing is looked up in DNS. */

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
