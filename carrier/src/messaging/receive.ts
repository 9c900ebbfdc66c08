/**
 * A message has come in (Twilio, TwiML Messaging): the number's application is asked by a signed webhook, and what it answers is sent.
 * Keywords of opt-out are answered by the carrier itself; the application is asked about them all the same, but its answer reaches nobody
 * who has stopped.
 */

import { e164Of } from "../account/numbers.ts";
import type { AlertLog } from "../alerts.ts";
import type { Address } from "../calls/call.ts";
import { placeParameters } from "../calls/geography.ts";
import { limits } from "../limits.ts";
import type { Sender } from "../webhooks/send.ts";
import type { Parameters } from "../webhooks/signature.ts";
import type { Message, Messages } from "./messages.ts";
import { segmentsOf } from "./messages.ts";
import type { OptOuts } from "./opt-out.ts";
import { type MessageVerb, readReply } from "./read-reply.ts";

export interface ReceiveParts {
  readonly alerts: AlertLog;
  readonly sender: Sender;
  readonly messages: Messages;
  readonly optOuts: OptOuts;
  /** Whether this is a number of the account. */
  readonly owns: (phoneNumber: string) => boolean;
}

/** Whom to ask about a message to a number; null for nobody. */
export interface Asked {
  readonly address: Address | null;
  readonly fallback: Address | null;
}

export async function receive(
  parts: ReceiveParts,
  message: Message,
  { address, fallback }: Asked,
): Promise<void> {
  const { optOuts, messages } = parts;
  const own = optOuts.hear(message.messagingServiceSid ?? message.to, message.from, message.body);
  if (own !== null) messages.send({ ...replyTo(message), body: own, statusCallback: null });
  if (address === null) return;
  const failure = await answer(parts, message, address, []);
  if (failure === null || fallback === null) return;
  await answer(parts, message, fallback, [
    ["ErrorCode", String(failure.code)],
    ["ErrorUrl", address.url],
  ]);
}

const replyTo = ({ accountSid, from, to, messagingServiceSid }: Message) =>
  ({ accountSid, to: from, from: to, messagingServiceSid, direction: "outbound-reply" }) as const;

/** Asks, and performs what is answered, from document to document. What failed, or null. */
async function answer(
  parts: ReceiveParts,
  message: Message,
  first: Address,
  more: Parameters,
): Promise<{ readonly code: number } | null> {
  let address = first;
  for (let documents = 0; documents < limits.replyDocuments; documents++) {
    const asked = await ask(parts, message, address, more);
    if ("code" in asked) return asked;
    let next: Address | null = null;
    for (const verb of asked.verbs) {
      if (verb.kind === "redirect") {
        const url = URL.parse(verb.url, asked.url)?.href ?? asked.url;
        next = { url: verb.url === "" ? asked.url : url, method: verb.method };
        break;
      }
      reply(parts, message, verb, asked.url);
    }
    if (next === null) return null;
    address = next;
  }
  const text = `Document retrieval limit reached: ${limits.replyDocuments} for one message`;
  return fail(parts, message, 14106, text, address.url);
}

async function ask({ sender, ...parts }: ReceiveParts, message: Message, address: Address, more: Parameters) {
  const { sid: callSid } = message;
  const parameters = [...messageParameters(message), ...more];
  const got = await sender.send({ ...address, parameters, callSid, controlsCall: true });
  const bad = (code: number, text: string) => fail(parts, message, code, text, address.url);
  if (!got.ok) return bad(got.code, got.message);
  const { url, contentType, body } = got;
  // Nothing to say is an answer too.
  if (body.trim() === "") return { url, verbs: [] };
  if (contentType === "text/plain") return { url, verbs: [plain(body.trim())] };
  if (!["text/xml", "application/xml", "text/html"].includes(contentType))
    return bad(12300, `Invalid Content-Type: expected TwiML or text, found ${contentType || "none"}`);
  const reading = readReply(body);
  if (!reading.ok) return bad(reading.code, reading.message);
  for (const { code, message: text } of reading.warnings)
    parts.alerts.add({ level: "warning", code, message: text, callSid, url: address.url });
  return { url, verbs: reading.verbs };
}

const plain = (body: string): MessageVerb => ({
  kind: "message",
  body,
  mediaUrls: [],
  to: null,
  from: null,
  statusCallback: null,
});

function fail(
  { alerts }: Pick<ReceiveParts, "alerts">,
  { sid }: Message,
  code: number,
  message: string,
  url: string,
) {
  alerts.add({ level: "error", code, message, callSid: sid, url });
  return { code };
}

function reply(parts: ReceiveParts, message: Message, verb: MessageVerb, base: string): void {
  const { alerts, messages } = parts;
  const warn = (code: number, text: string) =>
    alerts.add({ level: "warning", code, message: text, callSid: message.sid, url: base });
  const given = replyTo(message);
  const to = e164Of(verb.to ?? given.to);
  const from = e164Of(verb.from ?? given.from);
  const problem = problemOf(parts, message, verb, to, from);
  if (problem !== null || to === null || from === null) {
    if (problem) warn(problem.code, problem.text);
    return;
  }
  const { statusCallback: told, body, mediaUrls } = verb;
  const url = told && URL.parse(told.url, base)?.href;
  if (told && !url) warn(14105, `Invalid statusCallback attribute: ${told.url}`);
  const statusCallback = told && url ? { url, method: told.method } : null;
  messages.send({ ...given, to, from, body, mediaUrls, statusCallback });
}

/** Why a reply is not sent, or null. */
function problemOf(
  { optOuts, owns }: ReceiveParts,
  message: Message,
  { body, mediaUrls, ...given }: MessageVerb,
  to: string | null,
  from: string | null,
): { readonly code: number; readonly text: string } | null {
  if (to === null) return { code: 14101, text: `Invalid "To" attribute: ${given.to}` };
  if (from === null || !owns(from))
    return {
      code: 14102,
      text: `Invalid "From" attribute: expected a number of the account, found ${given.from}`,
    };
  if (body === "" && mediaUrls.length === 0)
    return { code: 14103, text: "Invalid Body: expected words or media, found none" };
  if ([...body].length > limits.messageCharacters)
    return { code: 14103, text: `Invalid Body: at most ${limits.messageCharacters} characters` };
  if (optOuts.hasStopped(message.messagingServiceSid ?? from, to))
    return { code: 21610, text: `Attempt to send to unsubscribed recipient ${to}` };
  return null;
}

/** What an application is told of an incoming message (Twilio, request to the incoming message webhook). */
function messageParameters(message: Message): Parameters {
  const { sid, accountSid, from, to, body, media, messagingServiceSid } = message;
  const places = placeParameters(from, to).filter(([name]) => /^(From|To)/.test(name));
  return [
    ["AccountSid", accountSid],
    ["ApiVersion", "2010-04-01"],
    ["Body", body],
    ["From", from],
    ...places,
    ...media.flatMap(({ url, contentType }, at) => [
      [`MediaContentType${at}`, contentType] as const,
      [`MediaUrl${at}`, url] as const,
    ]),
    ["MessageSid", sid],
    ...(messagingServiceSid === null ? [] : ([["MessagingServiceSid", messagingServiceSid]] as const)),
    ["NumMedia", String(media.length)],
    ["NumSegments", String(segmentsOf(body))],
    ["SmsMessageSid", sid],
    ["SmsSid", sid],
    ["SmsStatus", "received"],
    ["To", to],
  ];
}
