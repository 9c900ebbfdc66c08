/** `<Connect>`, `<Start>` and `<Stop>` (protocol 5): sessions that hold the call up, and sessions beside it. */
import type {
  ConnectVerb,
  RecordingNoun,
  Reference,
  RelayNoun,
  StartVerb,
  StopVerb,
  StreamNoun,
} from "../twiml/document.ts";
import type { Parameters } from "../webhooks/signature.ts";
import type { Resolved } from "./background.ts";
import { hasEnded } from "./call.ts";
import type { CallDocument } from "./load-document.ts";
import type { Recording } from "./recordings.ts";
import { relay } from "./relay.ts";
import { hasPartials } from "./relay-ear.ts";
import {
  callbackAddress,
  goTo,
  type Next,
  nextVerb,
  reportUnperformed,
  resolve,
  type Stage,
} from "./stage.ts";

export async function performConnect(stage: Stage, document: CallDocument, verb: ConnectVerb): Promise<Next> {
  stage.answer();
  if (stage.stop.aborted) return nextVerb;
  const parameters =
    verb.relay === null
      ? await stream(stage, withUrl(document, resolved(stage, document, verb.stream!)))
      : await relayed(stage, document, verb.relay);
  if (verb.action === null) return nextVerb;
  const next = goTo(document, verb.action, verb.method, parameters);
  // After a redirect by REST nobody asks; after a hangup the action is asked all the same.
  if (hasEnded(stage.call) && next.go === "document") stage.askInVain(next.source);
  return next;
}

function relayed(stage: Stage, document: CallDocument, noun: RelayNoun): Promise<Parameters> {
  for (const name of noun.unperformed) reportUnperformed(stage, document, `<ConversationRelay ${name}>`);
  const recognisers = [noun, ...noun.languages].map(({ recogniser }) => recogniser);
  if (noun.partialPrompts && !recognisers.some(hasPartials)) {
    const message = "ConversationRelay: partialPrompts has an effect with Deepgram's flux alone";
    stage.alerts.add({ level: "warning", code: null, message, callSid: stage.call.sid, url: noun.url });
  }
  return relay(stage, noun);
}

/** A two-way stream, until it is over. What the action is told of it is not documented: a choice of ours. */
async function stream(stage: Stage, noun: Resolved<StreamNoun>): Promise<Parameters> {
  const { line, stop } = stage;
  const one = stage.backgrounds.stream(stage, { ...noun, track: "inbound_track" }, true);
  if (noun.track !== "inbound_track") {
    const message = `Stream - Invalid Track configuration: expected inbound_track in <Connect>, found ${noun.track}`;
    stage.alerts.add({ level: "warning", code: 31_941, message, callSid: stage.call.sid, url: noun.url });
  }
  const end = () => one.stop();
  stop.addEventListener("abort", end);
  if (stop.aborted) end();
  if (!one.stopped.aborted && !line.closed)
    line.person.listening({ input: ["dtmf", "speech"], numDigits: null, timeoutSeconds: 0, finishOnKey: "" });
  if (!one.stopped.aborted)
    await new Promise((resolve) => one.stopped.addEventListener("abort", resolve, { once: true }));
  stop.removeEventListener("abort", end);
  if (!line.closed) line.person.notListening();
  const { failure } = one;
  return [
    ["StreamSid", one.sid],
    ["StreamName", one.name],
    ...(failure === null ? [] : ([["StreamError", failure.message]] as const)),
  ];
}

/** A stream's URL may be relative (Twilio, <Stream>). */
function withUrl<Noun extends { readonly url: string }>(document: CallDocument, noun: Noun): Noun {
  const url = /^[a-z][\w+.-]*:/i.test(noun.url)
    ? noun.url
    : resolve(document, noun.url)?.replace(/^http/, "ws");
  return { ...noun, url: url ?? noun.url };
}

function resolved<Noun extends { readonly statusCallback: Reference | null }>(
  stage: Stage,
  document: CallDocument,
  noun: Noun,
) {
  return { ...noun, statusCallback: callbackAddress(stage, document, noun.statusCallback) };
}

export function performStart(stage: Stage, document: CallDocument, verb: StartVerb): Next {
  for (const name of verb.unperformed) reportUnperformed(stage, document, `<Start><${name}>`);
  stage.answer();
  if (stage.over.aborted) return nextVerb;
  for (const noun of verb.recordings) startRecording(stage, document, noun);
  for (const noun of verb.siprecs) stage.backgrounds.siprec(stage, resolved(stage, document, noun));
  for (const noun of verb.transcriptions)
    stage.backgrounds.transcribe(stage, resolved(stage, document, noun));
  for (const noun of verb.streams)
    stage.backgrounds.stream(stage, withUrl(document, resolved(stage, document, noun)));
  return nextVerb;
}

/** Until it is stopped, or the call is over. */
function startRecording(stage: Stage, document: CallDocument, noun: RecordingNoun): void {
  const { call, line, over, recordings } = stage;
  const address = callbackAddress(stage, document, noun.statusCallback);
  const statusCallback = address && { ...address, events: noun.statusCallback!.events };
  const tape = recordings.start({ ...noun, call, line, source: "StartCallRecordingTwiML", statusCallback });
  over.addEventListener("abort", () => tape.finish());
}

export function performStop(stage: Stage, document: CallDocument, verb: StopVerb): Next {
  for (const name of verb.unperformed) reportUnperformed(stage, document, `<Stop><${name}>`);
  for (const name of verb.recordings) {
    const runs = ({ status }: Recording) => status === "in-progress" || status === "paused";
    const one = stage.recordings
      .list()
      .find((each) => each.callSid === stage.call.sid && runs(each) && (name === null || each.name === name));
    if (one) stage.recordings.control(one, "stopped");
  }
  const find = (kind: "stream" | "transcription", name: string | null) =>
    stage.backgrounds.find(stage.call.sid, kind, name);
  for (const name of verb.transcriptions) find("transcription", name)?.stop();
  for (const name of verb.streams) find("stream", name)?.stop();
  return nextVerb;
}
