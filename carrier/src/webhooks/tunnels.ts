/**
 * Public names that lead to servers on this machine, as the tunnels do with which applications are developed: TLS ends at the tunnel, the
 * server is asked in plain, told the public name in `Host` and `X-Forwarded-Proto`. URLs are signed as they are public.
 */
import { allowedTarget } from "./targets.ts";

/** By public host in lower case, with its port if it has one; the server's base URL. */
export type Tunnels = ReadonlyMap<string, URL>;

/** Throws a sentence about the first that leads nowhere or off this machine. */
export function readTunnels(
  given: Readonly<Record<string, string>>,
  allowedHosts: ReadonlySet<string>,
): Tunnels {
  return new Map(
    Object.entries(given).map(([host, address]) => {
      const target = allowedTarget(address, allowedHosts);
      if (!target.ok) throw new Error(`tunnel ${host}: ${target.message}`);
      if (target.url.protocol !== "http:")
        throw new Error(
          `tunnel ${host}: expected an http address such as http://127.0.0.1:3000, found ${address}`,
        );
      return [host.toLowerCase(), target.url];
    }),
  );
}

export interface Passage {
  readonly url: URL;
  /** To be sent besides the request's own. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Where a request really goes: to itself, or through a tunnel. */
export function passageOf(url: URL, tunnels: Tunnels): Passage {
  const end = tunnels.get(url.host.toLowerCase());
  if (!end) return { url, headers: {} };
  return {
    url: new URL(url.pathname + url.search, end),
    headers: {
      Host: url.host,
      "X-Forwarded-Host": url.host,
      "X-Forwarded-Proto": url.protocol.replace(":", ""),
      "X-Forwarded-For": "127.0.0.1",
    },
  };
}
