/**
 * `<Sms>` (Twilio, TwiML Voice: Sms): a text message beside the call, to the other party from the application's side unless it says
 * otherwise. Sending does not answer the call. A wrong number is warned of and nothing is sent; the action is told so (`invalid`).
 */
import { e164Of } from "../account/numbers.ts";
import type { SmsVerb } from "../twiml/document.ts";
import type { CallDocument } from "./load-document.ts";
import { callbackAddress, goTo, type Next, nextVerb, type Stage } from "./stage.ts";

export function performSms(stage: Stage, document: CallDocument, verb: SmsVerb): Next {
  const sent = send(stage, document, verb);
  if (verb.action === null) return nextVerb;
  return goTo(document, verb.action, verb.method, [
    ...(sent === null ? [] : ([["SmsSid", sent]] as const)),
    ["SmsStatus", sent === null ? "invalid" : "sending"],
  ]);
}

/** The message's SID; null when it was wrong. */
function send(stage: Stage, document: CallDocument, verb: SmsVerb): string | null {
  const { call, alerts, messages } = stage;
  const incoming = call.direction === "inbound";
  const to = e164Of(verb.to ?? (incoming ? call.from : call.to));
  const from = e164Of(verb.from ?? (incoming ? call.to : call.from));
  const wrong = (code: number, message: string) => {
    alerts.add({ level: "warning", code, message, callSid: call.sid, url: document.origin?.url });
    return null;
  };
  if (to === null) return wrong(14101, `<Sms> to: expected a phone number, found ${verb.to ?? call.from}`);
  if (from === null || !stage.owns(from))
    return wrong(14102, `<Sms> from: expected a number of the account, found ${verb.from ?? call.to}`);
  const statusCallback = callbackAddress(
    stage,
    document,
    verb.statusCallback === null ? null : { url: verb.statusCallback, method: "POST" },
  );
  return messages.send({
    accountSid: call.accountSid,
    to,
    from,
    body: verb.body,
    statusCallback,
    direction: "outbound-call",
  }).sid;
}
