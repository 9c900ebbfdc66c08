/** `<Connect>`, `<Start>` and `<Stop>` (protocol 5): sessions that hold the call up, and sessions beside it. */
import type { ConnectVerb, Reference, StartVerb, StopVerb } from "../twiml/document.ts";
import { hasEnded } from "./call.ts";
import type { CallDocument } from "./load-document.ts";
import { relay } from "./relay.ts";
import { callbackAddress, goTo, type Next, nextVerb, reportUnperformed, type Stage } from "./stage.ts";

export async function performConnect(stage: Stage, document: CallDocument, verb: ConnectVerb): Promise<Next> {
  for (const name of verb.relay.unperformed)
    reportUnperformed(stage, document, `<ConversationRelay ${name}>`);
  stage.answer();
  if (stage.stop.aborted) return nextVerb;
  const parameters = await relay(stage, verb.relay);
  if (verb.action === null) return nextVerb;
  const next = goTo(document, verb.action, verb.method, parameters);
  // After a redirect by REST nobody asks; after a hangup the action is asked all the same.
  if (hasEnded(stage.call) && next.go === "document") stage.askInVain(next.source);
  return next;
}

export function performStart(stage: Stage, document: CallDocument, verb: StartVerb): Next {
  for (const name of verb.unperformed) reportUnperformed(stage, document, `<Start><${name}>`);
  const resolved = <Noun extends { readonly statusCallback: Reference | null }>(noun: Noun) => ({
    ...noun,
    statusCallback: callbackAddress(stage, document, noun.statusCallback),
  });
  stage.answer();
  if (stage.over.aborted) return nextVerb;
  for (const noun of verb.transcriptions) stage.backgrounds.transcribe(stage, resolved(noun));
  for (const noun of verb.streams) stage.backgrounds.stream(stage, resolved(noun));
  return nextVerb;
}

export function performStop(stage: Stage, document: CallDocument, verb: StopVerb): Next {
  for (const name of verb.unperformed) reportUnperformed(stage, document, `<Stop><${name}>`);
  const find = (kind: "stream" | "transcription", name: string | null) =>
    stage.backgrounds.find(stage.call.sid, kind, name);
  for (const name of verb.transcriptions) find("transcription", name)?.stop();
  for (const name of verb.streams) find("stream", name)?.stop();
  return nextVerb;
}
