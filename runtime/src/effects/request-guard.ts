/**
 * Where a flow's request may go. The address is checked as it is written (`checkUrl`) and again as it is connected to
 * (`guardedLookup`): a name that points to the public one moment and inside the next reaches nothing.
 */
import { lookup as systemLookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import { isLoopback, isPublicAddress } from "./address.ts";

export interface RequestRules {
  /** Hosts that may be asked, lower-case; none means that nobody is. */
  readonly hosts: ReadonlySet<string>;
  /** Values of the Authorization header, by the name flows know them under. Secret. */
  readonly credentials: ReadonlyMap<string, string>;
  /** Plain http to this machine itself: for tests and the demo. */
  readonly allowLoopback: boolean;
  /** A host and the local service that answers in its place; only with `allowLoopback`. */
  readonly standIns?: ReadonlyMap<string, string>;
  /** For tests; the system's own in the process. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
}

export const noRequests: RequestRules = { hosts: new Set(), credentials: new Map(), allowLoopback: false };

export type CheckedUrl =
  | { readonly ok: true; readonly url: URL; readonly local: boolean }
  | { readonly ok: false; readonly sentence: string };

const longestUrl = 4000;

/** May this be asked? The sentence quotes nothing but the host. */
export function checkUrl(text: string, rules: RequestRules): CheckedUrl {
  if (text.length > longestUrl) return refuse("The address is too long.");
  // What a URL parser would mend, such as tabs, backslashes and a missing slash, is refused instead.
  if (!/^https?:\/\/[^\s\\/?#@]+([/?][^\s\\#]*)?$/.test(text) || !URL.canParse(text)) {
    return refuse("Expected an https address without a user, a fragment or spaces.");
  }
  const url = new URL(text);
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  if (url.protocol === "http:") {
    const here = host === "localhost" || isLoopback(host);
    return rules.allowLoopback && here
      ? { ok: true, url, local: true }
      : refuse("Expected an https address, found http.");
  }
  const standIn = rules.allowLoopback ? rules.standIns?.get(url.hostname) : undefined;
  if (standIn !== undefined) return standingIn(url, standIn);
  if (!rules.hosts.has(url.hostname)) return refuse("The host is not among those this installation may ask.");
  if (url.port !== "") return refuse("Expected port 443, found another.");
  if (isIP(host) && !isPublicAddress(host)) return refuse(blocked);
  return { ok: true, url, local: false };
}

/** The same path and query at the local service: joined part by part, because a path may look like a host. */
function standingIn({ pathname, search }: URL, standIn: string): CheckedUrl {
  const url = new URL(standIn);
  Object.assign(url, { pathname, search });
  const here = url.hostname === "localhost" || isLoopback(url.hostname.replace(/^\[(.*)\]$/, "$1"));
  return here ? { ok: true, url, local: true } : refuse(blocked);
}

function refuse(sentence: string): CheckedUrl {
  return { ok: false, sentence };
}

export const blocked = "The host's address is not a public one.";

/** Said when a name resolves to where nothing may be asked. */
export class BlockedAddressError extends Error {
  override name = "BlockedAddressError";
}

/** For an agent's `lookup`: all addresses of the name, or none if only one of them may not be reached. */
export function guardedLookup(local: boolean, rules: RequestRules): LookupFunction {
  const resolve =
    rules.resolve ??
    (async (host) => (await systemLookup(host, { all: true })).map(({ address }) => address));
  const allowed = local ? isLoopback : isPublicAddress;
  return (host, options, answer) => {
    resolve(host).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined || !addresses.every(allowed)) {
          answer(new BlockedAddressError(blocked), "");
        } else if (options.all) {
          answer(
            null,
            addresses.map((address) => ({ address, family: isIP(address) })),
          );
        } else {
          answer(null, first, isIP(first));
        }
      },
      (error: unknown) => answer(error instanceof Error ? error : new BlockedAddressError(blocked), ""),
    );
  };
}
