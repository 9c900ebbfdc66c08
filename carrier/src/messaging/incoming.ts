/** Somebody texts one of the carrier's numbers: the message is kept, and the number's application, or its own URL, is asked. */
import { addressOf, type Handling } from "../account/handling.ts";
import { e164Of, type OwnNumber } from "../account/numbers.ts";
import type { Plant } from "../plant.ts";
import type { Message } from "./messages.ts";
import { receive } from "./receive.ts";

export interface Text {
  readonly from: string;
  readonly body: string;
  readonly mediaUrls?: readonly string[];
}

/** Null when the account is not active. Does not wait for the application. */
export function textNumber(
  plant: Plant,
  number: OwnNumber,
  { from: person, body, mediaUrls = [] }: Text,
): Message | null {
  const { account, alerts, messages, numbers, sender, optOuts, messagingServices, applications } = plant;
  if (account.status !== "active") {
    const message = `Account is not active: a message to ${number.phoneNumber} is dropped`;
    alerts.add({ level: "error", code: 10001, message });
    return null;
  }
  const messagingServiceSid = messagingServices.of(number.phoneNumber)?.sid ?? null;
  const { sid: accountSid } = account;
  const from = e164Of(person) ?? person;
  const { phoneNumber: to } = number;
  const message = messages.receive({ accountSid, from, to, body, mediaUrls, messagingServiceSid });
  const asked: Handling = applications.get(number.smsApplicationSid) ?? number;
  const owns = (phoneNumber: string) => numbers.byNumber(phoneNumber) !== undefined;
  void receive({ alerts, sender, messages, optOuts, owns }, message, {
    address: addressOf(asked.smsUrl, asked.smsMethod),
    fallback: addressOf(asked.smsFallbackUrl, asked.smsFallbackMethod),
  }).catch((error: unknown) => {
    const text = error instanceof Error ? error.stack : String(error);
    alerts.add({ level: "error", code: null, message: `carrier bug: ${text}`, callSid: message.sid });
  });
  return message;
}
