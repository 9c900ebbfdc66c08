/** The small verbs beside the great ones: Sms, Refer, Pay, and the sessions of Connect that are not held (Twilio's pages on each). */
import { limits } from "../limits.ts";
import { readMethod, type Warn } from "./attributes.ts";
import type { PayVerb, ReferVerb, SessionVerb, SmsVerb, Warning } from "./document.ts";
import { sipAddress } from "./read-address.ts";
import { type Element, elementsOf, textOf } from "./xml.ts";

/** Null without a body (14103): there is nothing to send. */
export function readSms(element: Element, warn: Warn): SmsVerb | null {
  const { to, from, action, statusCallback } = element.attributes;
  const body = textOf(element).trim();
  if (body === "" || [...body].length > limits.messageCharacters) {
    warn(14103, `<Sms>: expected 1 to ${limits.messageCharacters} characters, found ${[...body].length}`);
    return null;
  }
  return {
    kind: "sms",
    to: to || null,
    from: from || null,
    body,
    action: action ?? null,
    method: readMethod(element, "method"),
    statusCallback: statusCallback || null,
  };
}

export function readRefer(element: Element, warn: Warn): ReferVerb {
  const [sip] = elementsOf(element);
  if (!sip) warn(12200, "<Refer>: expected a <Sip>, found none");
  return {
    kind: "refer",
    target: sip ? sipAddress(sip, warn) : null,
    action: element.attributes.action ?? null,
    method: readMethod(element, "method"),
  };
}

const mostCharged = 1_000_000;

export function readPay(element: Element, warn: Warn): PayVerb {
  const { action, paymentMethod = "credit-card", bankAccountType, chargeAmount } = element.attributes;
  const problems: Warning[] = [];
  const wrong = (code: number, message: string) => {
    problems.push({ code, message });
    warn(code, message);
  };
  const amount = Number(chargeAmount?.replace("$", "") ?? 0);
  if (amount > mostCharged)
    wrong(64003, `<Pay> chargeAmount: expected at most ${mostCharged}, found ${amount}`);
  if (bankAccountType !== undefined && paymentMethod === "credit-card")
    wrong(64017, "<Pay> bankAccountType: expected none with a credit card, found one");
  const named = elementsOf(element).map(({ attributes }) => attributes.name);
  if (paymentMethod === "ach-debit" && !named.includes("AVSName"))
    wrong(64014, "<Pay>: expected a Parameter AVSName with ach-debit, found none");
  return { kind: "pay", action: action || null, paymentMethod, problem: problems[0] ?? null };
}

/** The session a Connect begins; null when it names none. */
export function readSession(element: Element): SessionVerb | null {
  const [noun] = elementsOf(element);
  return noun
    ? {
        kind: "session",
        noun: noun.name,
        action: element.attributes.action ?? null,
        method: readMethod(element, "method"),
      }
    : null;
}
