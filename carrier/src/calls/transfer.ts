/**
 * A transfer that the called SIP telephone asks for while the two talk (Twilio, Inbound SIP REFER; `<Dial referUrl>`): the application is
 * asked at `referUrl`, with `ReferTransferTarget`, what to do with the caller.
 *
 * Without `answerOnBridge` the called telephone is out at once and the caller goes on with that document. With it the telephone stays until
 * the document has joined the caller with somebody; when it does not, or cannot be had, the two talk on. Without a `referUrl` nothing
 * happens (13802).
 */
import type { DialVerb } from "../twiml/document.ts";
import type { Leg } from "./leg.ts";
import type { CallDocument } from "./load-document.ts";
import { complain } from "./refused.ts";
import { goTo, type Next, type Stage } from "./stage.ts";

/** Where the caller's call goes on; null when the two talk on. */
export async function transfer(
  stage: Stage,
  document: CallDocument,
  verb: DialVerb,
  leg: Leg,
  target: string,
): Promise<Next | null> {
  if (verb.refer === null) {
    const message = `Dial: No referUrl attribute specified: ${leg.call.to} asked for ${target}`;
    complain(stage, document, { code: 13802, message });
    return null;
  }
  const next = goTo(document, verb.refer.url, verb.refer.method, [["ReferTransferTarget", `<${target}>`]]);
  if (next.go !== "document") {
    if (next.go === "fail") complain(stage, document, next);
    return null;
  }
  if (!verb.answerOnBridge) {
    leg.hangUp("application");
    return next;
  }
  let moved = false;
  const outcome = await stage.aside({
    within: "refer",
    source: next.source,
    stop: stage.stop,
    joined() {
      moved = true;
      leg.hangUp("application");
    },
  });
  if (!moved) return null;
  // The document has had its say: what it led to is what becomes of the call.
  return outcome.go === "refuse" ? outcome : { go: "hang-up" };
}
