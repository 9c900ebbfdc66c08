/** Cookies, kept per call: an application finds its session again in the next request about the same call (protocol 2). */
import { limits } from "../limits.ts";

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

export interface Cookies {
  /** What to send to this URL, or null. */
  headerFor(callSid: string, url: URL): string | null;
  keep(callSid: string, url: URL, setCookies: readonly string[], now: number): void;
}

export function createCookies(): Cookies {
  /** By call, then by host; oldest calls forgotten first. */
  const jars = new Map<string, Map<string, Cookie[]>>();
  return {
    headerFor(callSid, url) {
      const cookies = jars.get(callSid)?.get(url.host) ?? [];
      const sent = cookies.filter(({ path }) => isBelow(url.pathname, path));
      let header = "";
      for (const { name, value } of sent) {
        const longer = `${header}${header && "; "}${name}=${value}`;
        if (longer.length <= limits.cookieHeaderCharacters) header = longer;
      }
      return header || null;
    },
    keep(callSid, url, setCookies, now) {
      if (setCookies.length === 0) return;
      const jar = jars.get(callSid) ?? new Map<string, Cookie[]>();
      jars.set(callSid, jar);
      if (jars.size > limits.cookieJars) for (const [oldest] of jars) if (jars.delete(oldest)) break;
      for (const text of setCookies) {
        const cookie = readCookie(text, url, now);
        if (!cookie) continue;
        const others = (jar.get(url.host) ?? []).filter(
          ({ name, path }) => name !== cookie.name || path !== cookie.path,
        );
        jar.set(url.host, (cookie.over ? others : [...others, cookie]).slice(-limits.cookiesPerHost));
      }
    },
  };
}

/** `over` when it is to be forgotten. */
function readCookie(text: string, url: URL, now: number): (Cookie & { readonly over: boolean }) | null {
  const [pair = "", ...settings] = text.split(";").map((part) => part.trim());
  const at = pair.indexOf("=");
  if (at < 1 || pair.length > limits.cookieCharacters) return null;
  const setting = (name: string) =>
    settings.find((one) => one.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
  const path = setting("path");
  const age = setting("max-age");
  const until = Date.parse(setting("expires") ?? "");
  return {
    name: pair.slice(0, at).trim(),
    value: pair.slice(at + 1).trim(),
    path: path?.startsWith("/") ? path : url.pathname.replace(/\/[^/]*$/, "") || "/",
    over: age === undefined ? until <= now : Number(age) <= 0,
  };
}

const isBelow = (path: string, of: string) =>
  path === of || of === "/" || path.startsWith(of.endsWith("/") ? of : `${of}/`);
