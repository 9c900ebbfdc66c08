/**
 * Verifying that somebody else's number may be shown: the carrier calls it and asks for the code that REST has given to the application
 * (Twilio, REST API: Outgoing Caller IDs). The right code makes the caller id; how it went is told to the status callback.
 */

import type { Address, Call } from "../calls/call.ts";
import type { Source } from "../calls/load-document.ts";
import type { Plant } from "../plant.ts";
import type { Parameters } from "../webhooks/signature.ts";
import type { CallerId } from "./caller-ids.ts";

export interface VerificationRequest {
  readonly phoneNumber: string;
  readonly friendlyName: string;
  readonly delaySeconds: number;
  /** Keys to reach an extension. */
  readonly extension: string | null;
  readonly statusCallback: Address | null;
}

/** Whom the called person sees: a number of ours from the range that is kept for fiction. */
const verifier = "+15550100000";
const attempts = 3;

/** The call and the code to be typed; null when the carrier is at its limit of calls. */
export function beginVerification(
  plant: Plant,
  request: VerificationRequest,
): { readonly call: Call; readonly code: string } | null {
  const { exchange, callerIds, random } = plant;
  const code = String(Math.floor(random() * 1_000_000)).padStart(6, "0");
  let made: CallerId | null = null;
  const heard = (digits: string | undefined, left: number): Source => {
    if (digits === code) {
      made = callerIds.add(request.phoneNumber, request.friendlyName);
      return { kind: "inline", twiml: spoken(made ? "Thank you. Your number is verified." : "Sorry.") };
    }
    return left > 0 ? ask(left) : { kind: "inline", twiml: spoken("Sorry, that is not the code. Goodbye.") };
  };
  const ask = (left: number): Source => ({
    kind: "inline",
    twiml:
      `<Response><Gather numDigits="6" timeout="10" actionOnEmptyResult="true">` +
      `<Say>Please enter your verification code of six digits.</Say></Gather></Response>`,
    next: (parameters) => heard(parameterOf(parameters, "Digits"), left - 1),
  });
  const call = exchange.place({
    call: {
      accountSid: plant.account.sid,
      from: verifier,
      to: request.phoneNumber,
      direction: "outbound-api",
      parentCallSid: null,
      phoneNumberSid: null,
      fallback: null,
      statusCallback: null,
    },
    source: ask(attempts),
    ringSeconds: 60,
    limitSeconds: 300,
    sendDigits: request.extension,
    detection: null,
    record: null,
    delaySeconds: request.delaySeconds,
  });
  if (!call) return null;
  void exchange.ended(call).then(() => tell(plant, call, request, made));
  return { call, code };
}

function tell(plant: Plant, call: Call, request: VerificationRequest, made: CallerId | null): void {
  const { phoneNumber, statusCallback: address } = request;
  if (address === null) return;
  const parameters: Parameters = [
    ["AccountSid", call.accountSid],
    ["CallSid", call.sid],
    ["Called", phoneNumber],
    ["To", phoneNumber],
    ["VerificationStatus", made ? "success" : "failed"],
    ...(made ? ([["OutgoingCallerIdSid", made.sid]] as const) : []),
  ];
  plant.inform({ about: "verification", sid: call.sid, address, parameters });
}

const spoken = (words: string) => `<Response><Say>${words}</Say><Hangup/></Response>`;
const parameterOf = (parameters: Parameters, name: string) => parameters.find(([one]) => one === name)?.[1];
