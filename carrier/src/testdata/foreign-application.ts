/**
 * For tests: an application as a stranger writes it from Twilio's documents, knowing nothing of this carrier.
 *
 * It forwards a caller: the caller waits in a conference while the destination is called by REST with asynchronous machine
 * detection. A person who presses 1 joins; a person who presses 2, a machine, a fax, a busy or silent number leaves the caller
 * with words of regret. Whoever is left when the other hangs up is told so.
 * Doorway: `startForwarder`. Must not: import anything of the carrier.
 * Facts from Twilio, "Conference", "Answering Machine Detection", "Modify calls in progress" and "StatusCallback".
 */
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface ForwarderSettings {
  readonly accountSid: string;
  readonly authToken: string;
  /** Where api.twilio.com would be, without a slash at the end; read when the first call comes. */
  readonly api: () => string;
  readonly destination: string;
}

export interface Forwarder {
  readonly url: string;
  /** What REST refused, status and body. Empty when all is well. */
  readonly refused: string[];
  close(): Promise<void>;
}

interface Pair {
  readonly room: string;
  readonly caller: string;
  callee: string | null;
  joined: boolean;
  /** The caller has gone, or is being told why nobody comes. */
  over: boolean;
  /** The destination has hung up, or is being told that the caller has. */
  calleeOver: boolean;
}

const bodyLimit = 65_536;

const say = (words: string) => `<Say>${words}</Say>`;
const farewell = `<Response><Say>The other party has left. Goodbye.</Say><Hangup/></Response>`;
const xml = (inside: string) => `<?xml version="1.0" encoding="UTF-8"?>\n<Response>\n${inside}\n</Response>`;

function readForm(text: string): Map<string, string> {
  const form = new Map<string, string>();
  for (const part of text.split("&")) {
    const at = part.indexOf("=");
    if (at > 0) form.set(decode(part.slice(0, at)), decode(part.slice(at + 1)));
  }
  return form;
}

const decode = (text: string) => decodeURIComponent(text.replaceAll("+", " "));
const encode = (form: Readonly<Record<string, string>>) =>
  Object.entries(form)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join("&");

async function readBody(request: IncomingMessage): Promise<string> {
  request.setEncoding("utf8");
  let body = "";
  for await (const piece of request) {
    body += piece;
    if (body.length > bodyLimit) throw new Error("expected a form of at most 64 kB");
  }
  return body;
}

export async function startForwarder(settings: ForwarderSettings): Promise<Forwarder> {
  const pairs = new Map<string, Pair>();
  const refused: string[] = [];
  let base = "";

  const rest = (path: string, form: Readonly<Record<string, string>>): Promise<string> =>
    new Promise((resolve, reject) => {
      const outgoing = httpRequest(
        `${settings.api()}/2010-04-01/Accounts/${settings.accountSid}${path}`,
        {
          method: "POST",
          auth: `${settings.accountSid}:${settings.authToken}`,
          headers: { "Content-Type": "application/x-www-form-urlencoded" },
        },
        (answer) => {
          readBody(answer).then((body) => {
            if ((answer.statusCode ?? 500) >= 400) refused.push(`${answer.statusCode} ${body}`);
            resolve(body);
          }, reject);
        },
      );
      outgoing.on("error", reject);
      outgoing.end(encode(form));
    });

  /** The caller, in the room, hears why nobody comes. */
  const regret = async (pair: Pair, words: string) => {
    if (pair.over) return;
    pair.over = true;
    await rest(`/Calls/${pair.caller}.json`, { Twiml: xml(`${say(words)}<Hangup/>`) });
  };
  const place = async (pair: Pair): Promise<void> => {
    const answer = await rest("/Calls.json", {
      To: settings.destination,
      From: "+15550100001",
      Url: `${base}/screen?room=${pair.room}`,
      Timeout: "20",
      MachineDetection: "Enable",
      AsyncAmd: "true",
      AsyncAmdStatusCallback: `${base}/amd?room=${pair.room}`,
      StatusCallback: `${base}/callee?room=${pair.room}`,
    });
    pair.callee = /"sid":\s*"(CA[0-9a-f]{32})"/.exec(answer)?.[1] ?? null;
  };
  const roomTwiml = (pair: Pair, whose: "caller" | "callee") =>
    xml(
      (whose === "caller" ? say("One moment, please.") : say("Connecting.")) +
        `<Dial action="${base}/left?room=${pair.room}">` +
        `<Conference endConferenceOnExit="true" beep="false" ` +
        `startConferenceOnEnter="${whose === "callee"}">${pair.room}</Conference></Dial>`,
    );

  const pages: Record<string, (pair: Pair, form: Map<string, string>) => string | Promise<string>> = {
    "/screen": (pair) =>
      xml(
        `<Gather numDigits="1" timeout="10" action="${base}/choice?room=${pair.room}">` +
          `${say("A caller is waiting. Press 1 to talk, 2 to decline.")}</Gather><Hangup/>`,
      ),
    "/choice"(pair, form) {
      if (form.get("Digits") !== "1" || pair.over) return xml(`${say("Goodbye.")}<Hangup/>`);
      pair.joined = true;
      return roomTwiml(pair, "callee");
    },
    /** Out of the room, and still on the line: the other one is gone. */
    "/left"(pair, form) {
      if (form.get("CallSid") === pair.callee) pair.calleeOver = true;
      return farewell;
    },
    async "/amd"(pair, form) {
      const by = form.get("AnsweredBy") ?? "";
      if (pair.joined || (!by.startsWith("machine") && by !== "fax")) return "";
      await rest(`/Calls/${pair.callee}.json`, { Status: "completed" });
      await regret(pair, by === "fax" ? "That is a fax machine." : "Only a machine answers.");
      return "";
    },
    async "/callee"(pair, form) {
      pair.calleeOver = true;
      const why: Record<string, string> = { busy: "The line is busy.", "no-answer": "Nobody answers." };
      const status = form.get("CallStatus") ?? "";
      if (!pair.joined) await regret(pair, why[status] ?? "Nobody can take your call.");
      return "";
    },
    async "/caller"(pair, form) {
      if (form.get("CallStatus") !== "completed") return "";
      pair.over = true;
      if (pair.callee === null || pair.calleeOver) return "";
      pair.calleeOver = true;
      // Perhaps on its way into the room, where it would then be alone.
      const end: Record<string, string> = pair.joined ? { Twiml: farewell } : { Status: "completed" };
      await rest(`/Calls/${pair.callee}.json`, end);
      return "";
    },
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const [path = "", query = ""] = (request.url ?? "").split("?");
      const form = readForm(await readBody(request));
      response.setHeader("Content-Type", "text/xml");
      if (path === "/incoming") {
        const caller = form.get("CallSid") ?? "";
        const pair: Pair = {
          room: `room-${caller}`,
          caller,
          callee: null,
          joined: false,
          over: false,
          calleeOver: false,
        };
        pairs.set(pair.room, pair);
        await place(pair);
        response.end(
          pair.callee === null
            ? xml(`${say("Your call cannot be forwarded.")}<Hangup/>`)
            : roomTwiml(pair, "caller"),
        );
        return;
      }
      const room = readForm(query).get("room") ?? `room-${form.get("CallSid")}`;
      const pair = pairs.get(room);
      const page = pages[path];
      if (!pair || !page) response.writeHead(404).end();
      else response.end(await page(pair, form));
    } catch (error) {
      refused.push(String(error));
      if (!response.headersSent) response.writeHead(500);
      response.end();
    }
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // Listening on TCP: never a pipe name and never null.
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: base,
    refused,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
