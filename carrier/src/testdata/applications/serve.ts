/**
 * For tests: the little that applications by strangers have in common. They know Twilio's documents and nothing of this carrier.
 *
 * An application is a function of a world (account, its own public URL, REST as raw forms and as the official client, a timer) that
 * gives pages by path. Doorway: `serve`. Everything received is kept with what Twilio's own library says of its signature.
 * Must not: import anything of the carrier.
 */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { text } from "node:stream/consumers";
import twilio from "twilio";

/** A request as a page sees it: the form of a POST, the query of any. */
export interface Asked {
  readonly path: string;
  readonly form: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** TwiML as text or as a builder, a whole answer, or nothing: 204. */
export type Page = (asked: Asked) => Answered | Promise<Answered>;
export type Answered = string | { toString(): string } | Answer | undefined;

/** An element of JSON as Twilio documents it; tests look at few fields of it. */
export type Json = Readonly<Record<string, string>>;

export interface World {
  readonly accountSid: string;
  readonly authToken: string;
  /** The application's own public URL, without a slash at the end. */
  readonly url: string;
  /** The official client. */
  readonly client: twilio.Twilio;
  /** A REST request as raw form, by its path below the account; a list of pairs repeats names. Throws what Twilio refuses. */
  rest(path: string, form: Readonly<Record<string, string>> | readonly (readonly string[])[]): Promise<Json>;
  later(seconds: number, then: () => void): void;
}

export interface Application {
  pages(world: World): Readonly<Record<string, Page>>;
  /** Takes over a WebSocket's connection. */
  upgrade?(request: IncomingMessage, socket: Duplex): void;
}

export interface Received {
  /** `socket` for a WebSocket. */
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly signed: boolean;
}

export interface Served {
  readonly url: string;
  /** What went wrong within the application, REST refusals among it. */
  readonly problems: string[];
  /** Comes to rest when no REST request is under way. */
  rest(): Promise<void>;
  close(): Promise<void>;
}

export interface Settings {
  readonly accountSid: string;
  readonly authToken: string;
  /** Where api.twilio.com and taskrouter.twilio.com would be. */
  readonly api: () => string;
  readonly later: World["later"];
  readonly received: (one: Received) => void;
}

export async function serve(application: Application, settings: Settings): Promise<Served> {
  const { accountSid, authToken } = settings;
  const problems: string[] = [];
  const underWay = new Set<Promise<unknown>>();
  const hold = <T>(work: Promise<T>): Promise<T> => {
    const held: Promise<unknown> = work.then(
      () => underWay.delete(held),
      () => underWay.delete(held),
    );
    underWay.add(held);
    return work;
  };
  const served = (work: Promise<unknown>) =>
    void hold(work.catch((error: unknown) => problems.push(String(error))));
  let pages: Readonly<Record<string, Page>> = {};
  const server = createServer((request, response) =>
    served(
      (async () => {
        const base = `http://${request.headers.host}`;
        const url = new URL(request.url ?? "/", base);
        const form = Object.fromEntries(new URLSearchParams(await text(request)));
        const query = Object.fromEntries(url.searchParams);
        const given = request.headers["x-twilio-signature"];
        const path = `${url.pathname}${url.search}`;
        if (given !== undefined)
          settings.received({
            method: request.method ?? "",
            path,
            parameters: request.method === "GET" ? query : form,
            signed: twilio.validateRequest(authToken, String(given), base + request.url, form),
          });
        const page = pages[url.pathname];
        if (!page) return response.writeHead(404).end();
        try {
          const answered = await page({ path: url.pathname, form, query });
          if (answered === undefined) return response.writeHead(204).end();
          const whole = isAnswer(answered) ? answered : { body: String(answered) };
          const { status = 200, headers, body } = whole;
          return response.writeHead(status, { "content-type": "text/xml", ...headers }).end(body);
        } catch (error) {
          response.writeHead(500).end();
          throw error;
        }
      })(),
    ),
  );
  const { upgrade } = application;
  if (upgrade)
    server.on("upgrade", (request, socket) => {
      const given = String(request.headers["x-twilio-signature"]);
      const url = `ws://${request.headers.host}${request.url}`;
      const signed = twilio.validateRequest(authToken, given, url, {});
      settings.received({ method: "socket", path: request.url ?? "", parameters: {}, signed });
      upgrade(request, socket);
    });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // Listening on TCP: never a pipe name and never null.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  class Elsewhere extends twilio.RequestClient {
    override request<T>(options: Parameters<twilio.RequestClient["request"]>[0]) {
      const uri = options.uri.replace(/^https:\/\/(api|taskrouter)\.twilio\.com/, settings.api());
      // The base class takes the options of its own `request`.
      return hold(super.request<T>({ ...options, uri } as never));
    }
  }
  const rest: World["rest"] = async (path, form) => {
    const pairs = (Array.isArray(form) ? form : Object.entries(form)) as [string, string][];
    const answer = await fetch(`${settings.api()}/2010-04-01/Accounts/${accountSid}${path}`, {
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}` },
      body: new URLSearchParams(pairs),
    });
    const body = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${body}`);
    // Twilio's documented shape.
    return JSON.parse(body) as Json;
  };
  pages = application.pages({
    accountSid,
    authToken,
    url,
    client: twilio(accountSid, authToken, { httpClient: new Elsewhere() }),
    rest: (path, form) => hold(rest(path, form)),
    later: settings.later,
  });
  return {
    url,
    problems,
    async rest() {
      // Who has its answer may ask again at once.
      for (; underWay.size > 0; await new Promise(setImmediate)) await Promise.allSettled(underWay);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const isAnswer = (answered: Exclude<Answered, string | undefined>): answered is Answer =>
  Object.getPrototypeOf(answered) === Object.prototype;
