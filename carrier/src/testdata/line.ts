/**
 * For tests: a carrier on a virtual clock, and a small application on loopback that answers with TwiML and remembers
 * every request it got, judged by Twilio's own library.
 */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import twilio from "twilio";
import { type Carrier, startCarrier } from "../carrier.ts";
import { type VirtualClock, virtualClock } from "../clock/clock.ts";
import { seededRandom } from "../ids.ts";
import type { CarrierOptions } from "../options.ts";
import { judgeRequest } from "./judge-request.ts";

export const accountSid = `AC${"0".repeat(31)}1`;
export const authToken = "a-token-for-tests";
export const number = "+15550100001";
export const caller = "+15550199001";

export interface Received {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Everything sent, from the form or the query. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage["headers"];
  /** What `twilio.validateRequest` says. */
  readonly signed: boolean;
  /** Virtual time since the line was opened, s. */
  readonly at: number;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** TwiML as a string, or a whole reply. */
export type Handler = (request: Received) => string | Reply | Promise<string | Reply>;

export interface TestLine {
  readonly carrier: Carrier;
  readonly clock: VirtualClock;
  /** Base URL of the application. */
  readonly application: string;
  readonly received: Received[];
  /** Answers `path` (without query) from now on. */
  on(path: string, handler: Handler | string | Reply): void;
  /** Paths with their telling parameters, for tables. */
  log(...names: string[]): string[];
  close(): Promise<void>;
}

/** A form of a REST request; an array repeats its name, "" leaves it out. */
export type Form = Readonly<Record<string, string | readonly string[]>>;

/** A REST request as an application makes it, by its path below the account. */
export async function rest(line: Pick<TestLine, "carrier">, method: string, path: string, form?: Form) {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(form ?? {}))
    for (const one of [value].flat()) if (one !== "") body.append(name, one);
  return fetch(`${line.carrier.url}/2010-04-01/Accounts/${accountSid}${path}`, {
    method,
    headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}` },
    ...(form && { body }),
  });
}

/** An application calls `+15550150001`, unless the form says otherwise. */
export async function placeCall(line: TestLine, form: Form = {}) {
  const whole = { To: "+15550150001", From: number, Url: `${line.application}/voice`, ...form };
  // Twilio's documented shape.
  return (await (await rest(line, "POST", "/Calls.json", whole)).json()) as { sid: string; status: string };
}

export const twiml = (verbs: string) => `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs}</Response>`;

export async function openLine(options: CarrierOptions = {}): Promise<TestLine> {
  const clock = virtualClock();
  const opened = clock.now();
  const received: Received[] = [];
  const misshapen: string[] = [];
  const handlers = new Map<string, Handler>();
  const server = createServer((request, response) => {
    void (async () => {
      const body = await text(request);
      const base = `http://${request.headers.host}`;
      const url = new URL(request.url ?? "/", base);
      const form = Object.fromEntries(new URLSearchParams(body));
      const given = String(request.headers["x-twilio-signature"] ?? "");
      const one: Received = {
        method: request.method ?? "",
        path: `${url.pathname}${url.search}`,
        parameters: request.method === "GET" ? Object.fromEntries(url.searchParams) : form,
        headers: request.headers,
        signed: twilio.validateRequest(authToken, given, base + request.url, form),
        at: (clock.now() - opened) / 1000,
      };
      received.push(one);
      misshapen.push(...judgeRequest(one.parameters).map((sentence) => `${one.path}: ${sentence}`));
      const reply = (await handlers.get(url.pathname)?.(one)) ?? { status: 404 };
      const { status = 200, headers, body: out = "" } = typeof reply === "string" ? { body: reply } : reply;
      response.writeHead(status, { "content-type": "text/xml", ...headers }).end(out);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // Listening on TCP: never a pipe name and never null.
  const application = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const carrier = await startCarrier({
    accountSid,
    authToken,
    clock,
    random: seededRandom(7),
    callsPerSecond: 0,
    numbers: [{ phoneNumber: number, friendlyName: "Claims", voiceUrl: `${application}/voice` }],
    phoneToken: "phone-key",
    ...options,
  });
  return {
    carrier,
    clock,
    application,
    received,
    on: (path, handler) => handlers.set(path, typeof handler === "function" ? handler : () => handler),
    log: (...names) =>
      received.map(({ path, parameters }) =>
        [
          path,
          ...names.filter((name) => name in parameters).map((name) => `${name}=${parameters[name]}`),
        ].join(" "),
      ),
    async close() {
      await carrier.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      if (misshapen.length > 0)
        throw new Error(`requests that Twilio would not send:\n${[...new Set(misshapen)].join("\n")}`);
    },
  };
}
