/**
 * Lets an application written for Twilio run unchanged: `CARRIER_URL=http://127.0.0.1:8400 node --import …/preload.ts app.js` sends every
 * request for a host of twilio.com to the carrier instead, whatever library makes it. To be loaded before the application; imports nothing.
 * It fails at once when CARRIER_URL is missing or no http URL.
 */
import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from "node:http";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";

const address = process.env.CARRIER_URL ?? "";
const given = URL.canParse(address) ? new URL(address) : null;
if (given?.protocol !== "http:")
  throw new Error(`expected CARRIER_URL to be the carrier's address, such as http://127.0.0.1:8400`);
const carrier = given;

const isTwilio = (host: string | null | undefined) => /(^|\.)twilio\.com$/i.test(host ?? "");

type Answered = (answer: IncomingMessage) => void;
type Arguments = readonly [string | URL | RequestOptions, (RequestOptions | Answered)?, Answered?];

/** The carrier's twin of a request for Twilio, null for any other. The three forms of Node's `request`. */
function redirected([first, second, third]: Arguments): [RequestOptions, Answered | undefined] | null {
  const answered = typeof second === "function" ? second : third;
  const options: RequestOptions = typeof second === "object" ? { ...second } : {};
  if (typeof first === "string" || first instanceof URL) {
    const { hostname, pathname, search, username, password } = new URL(first);
    Object.assign(options, {
      hostname: options.hostname ?? hostname,
      path: options.path ?? pathname + search,
    });
    if (username) options.auth ??= `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  } else Object.assign(options, first);
  if (!isTwilio(options.hostname ?? options.host?.replace(/:\d+$/, ""))) return null;
  // An agent for https speaks no http; the carrier has no name but its address.
  const { agent, host, servername, ...rest } = options as RequestOptions & { servername?: string };
  const to = { protocol: "http:", hostname: carrier.hostname, port: carrier.port || 80 };
  return [{ ...rest, ...to }, answered];
}

const request = https.request as (...all: Arguments) => ClientRequest;
const instead = (...all: Arguments): ClientRequest => {
  const twin = redirected(all);
  return twin ? http.request(...(twin as [RequestOptions, Answered])) : request(...all);
};
https.request = instead as typeof https.request;
https.get = ((...all: Arguments) => {
  const asked = instead(...all);
  asked.end();
  return asked;
}) as typeof https.get;
syncBuiltinESMExports();

const fetchAny = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  if (!isTwilio(url.hostname)) return fetchAny(input, init);
  const twin = new URL(url.pathname + url.search, carrier);
  return fetchAny(input instanceof Request ? new Request(twin, input) : twin, init);
};
