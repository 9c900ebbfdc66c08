/**
 * `<Refer>` (Twilio, TwiML Voice: Refer): the SIP telephone at the other end is asked to call somebody else in Twilio's place. It always
 * agrees (202) and says how that went: 200, or 404 where calls fail. Other telephones cannot be asked (13801).
 *
 * The action is told; without one the next verb runs. A SIP telephone that has been connected hangs up here when the document is over.
 */
import type { ReferVerb } from "../twiml/document.ts";
import type { Parameters } from "../webhooks/signature.ts";
import { hasEnded } from "./call.ts";
import type { CallDocument } from "./load-document.ts";
import { complain } from "./refused.ts";
import { goTo, type Next, nextVerb, type Stage } from "./stage.ts";

/** Between asking and the answer of the one who is called, ms. An estimate of ours. */
const transferMs = 2000;

export async function performRefer(stage: Stage, document: CallDocument, verb: ReferVerb): Promise<Next> {
  stage.answer();
  if (stage.stop.aborted) return nextVerb;
  const parameters = await refer(stage, document, verb.target);
  if (verb.action === null) return nextVerb;
  const next = goTo(document, verb.action, verb.method, parameters);
  if (hasEnded(stage.call) && next.go === "document") stage.askInVain(next.source);
  return next;
}

async function refer(stage: Stage, document: CallDocument, target: string | null): Promise<Parameters> {
  const { call, line, stop } = stage;
  const party = call.direction === "inbound" ? call.from : call.to;
  if (!/^sips?:/i.test(party)) {
    const message = `Refer not allowed on non-SIP call legs: expected a sip: party, found ${party}`;
    complain(stage, document, { code: 13801, message });
    return [["ReferCallStatus", "failed"]];
  }
  if (target === null) return [["ReferCallStatus", "failed"]];
  line.person.referred?.(target);
  await line.wait(transferMs, stop);
  const [status, code] = hasEnded(call)
    ? (["canceled", "180"] as const)
    : stage.reaches(target)
      ? (["in-progress", "200"] as const)
      : (["failed", "404"] as const);
  return [
    ["ReferCallStatus", status],
    ["ReferSipResponseCode", "202"],
    ["NotifySipResponseCode", code],
  ];
}
