/**
 * What becomes of a call that is not picked up: its status, and the SIP code the last callback tells.
 * 486, 487 and 404 are documented (protocol 4). That a telephone which declines (603) leaves `busy` is what Twilio's own telephones show
 * (twilio/voice-quickstart-ios, issue 238), and that one which is switched off (480) leaves `failed` is what applications prepare for
 * (target/goalert, its Twilio voice callbacks).
 */
import type { Refusal } from "../people/person.ts";
import type { FinalStatus } from "./call.ts";
import type { End, LiveCall } from "./live-call.ts";

const refusals: Readonly<Record<Refusal, { readonly status: FinalStatus; readonly sipCode: string }>> = {
  busy: { status: "busy", sipCode: "486" },
  rejected: { status: "busy", sipCode: "603" },
  "no-answer": { status: "no-answer", sipCode: "487" },
  unavailable: { status: "failed", sipCode: "480" },
  unauthorized: { status: "failed", sipCode: "401" },
  failed: { status: "failed", sipCode: "404" },
};

export function refuse(one: LiveCall, how: Refusal, end: End): void {
  const { status, sipCode } = refusals[how];
  one.call.sipCode = sipCode;
  end(one, status, "callee");
}
