/**
 * What this carrier reads but has no means to do: payments, sessions with services of Twilio's. It is said in the
 * alert log, and the document goes on as Twilio documents for a failure: the action is asked with that result; without an action the
 * next verb runs. A Pay without an action asks the current document, as it does at Twilio.
 */
import type { PayVerb, SessionVerb, Warning } from "../twiml/document.ts";
import type { Parameters } from "../webhooks/signature.ts";
import type { CallDocument } from "./load-document.ts";
import { goTo, type Next, nextVerb, reportUnperformed, type Stage } from "./stage.ts";

/** Pay's own problem is in the alert log already: the reader has found it. */
export function refusePay(stage: Stage, document: CallDocument, verb: PayVerb): Next {
  stage.answer();
  reportUnperformed(stage, document, "<Pay>");
  const unavailable = { code: 64002, message: "Pay: Service unavailable: this carrier takes no payments" };
  const { code, message } = verb.problem ?? unavailable;
  return goTo(document, verb.action ?? "", "POST", [
    ["Result", verb.problem ? "validation-error" : "internal-error"],
    ["PaymentMethod", verb.paymentMethod],
    ["PayErrorCode", String(code)],
    ["PaymentError", message],
  ]);
}

/** What a session's action is told when it has failed (Twilio, VirtualAgent and ConversationRelay); other sessions tell nothing. */
const failures: Readonly<Record<string, Parameters>> = {
  VirtualAgent: [
    ["VirtualAgentStatus", "failed"],
    ["VirtualAgentError", "this carrier has no virtual agents"],
  ],
  Assistant: [["SessionStatus", "failed"]],
  AiSession: [["SessionStatus", "failed"]],
  ConversationRelaySession: [["SessionStatus", "failed"]],
};

export function refuseSession(stage: Stage, document: CallDocument, verb: SessionVerb): Next {
  stage.answer();
  reportUnperformed(stage, document, `<Connect><${verb.noun}>`);
  if (verb.action === null) return nextVerb;
  return goTo(document, verb.action, verb.method, failures[verb.noun] ?? []);
}

/** Into the alert log, as an error of Twilio's. */
export function complain(stage: Stage, document: CallDocument, { code, message }: Warning): void {
  const url = document.origin?.url;
  stage.alerts.add({ level: "error", code, message, callSid: stage.call.sid, url });
}
