/**
 * `<Record>` (protocol 5): a beep, then the person is recorded until a key, silence, the greatest length or the end of the call.
 * What follows in the document is unreachable, with one exception: an empty recording asks no action and the next verb runs
 * (Twilio, <Record>, "action"; protocol 5 does not mention it).
 */
import type { Cancel } from "../clock/clock.ts";
import type { RecordVerb } from "../twiml/document.ts";
import type { Parameters } from "../webhooks/signature.ts";
import { hasEnded } from "./call.ts";
import { speechMs } from "./line.ts";
import type { CallDocument } from "./load-document.ts";
import { type Recording, type Recordings, recordedSeconds } from "./recordings.ts";
import { callbackAddress, goTo, type Next, nextVerb, reportUnperformed, type Stage } from "./stage.ts";
import { noteWords } from "./transcriptions.ts";

export async function performRecord(stage: Stage, document: CallDocument, verb: RecordVerb): Promise<Next> {
  for (const name of verb.unperformed) reportUnperformed(stage, document, `<Record ${name}>`);
  if (verb.playBeep) await stage.line.beep(stage.stop);
  if (stage.stop.aborted) return nextVerb;
  const address = callbackAddress(stage, document, verb.statusCallback);
  const tape = stage.recordings.start({
    call: stage.call,
    line: stage.line,
    source: "RecordVerb",
    channels: 1,
    track: "inbound",
    trimsSilence: verb.trimsSilence,
    statusCallback: address && { ...address, events: verb.statusCallback!.events },
  });
  const words = verb.transcribe && noteWords(stage.line);
  const key = await recorded(stage, verb);
  const said = words?.() ?? [];
  if (!tape.finish()) return nextVerb;
  if (verb.transcribe) {
    const callback = callbackAddress(stage, document, verb.transcribe.callback);
    stage.transcriptions.begin(stage.call, tape.recording, said, callback);
  }
  const parameters: Parameters = [
    ...recordingParameters(stage.recordings, tape.recording),
    ...(key === null ? [] : ([["Digits", key]] as const)),
  ];
  const next = goTo(
    document,
    verb.action ?? "",
    verb.method,
    parameters,
    verb.action === null ? 11100 : 15004,
  );
  // After a redirect by REST nobody asks; after a hangup the action is asked all the same.
  if (hasEnded(stage.call) && next.go === "document") stage.askInVain(next.source);
  return next;
}

/** What an action is told of a recording. */
export const recordingParameters = (recordings: Recordings, recording: Recording): Parameters => [
  ["RecordingUrl", recordings.urlOf(recording)],
  ["RecordingSid", recording.sid],
  ["RecordingDuration", String(recordedSeconds(recording))],
];

/** Comes back when the recording is over: with the key that ended it, `hangup` when `stop` fired, or null. */
function recorded({ clock, line, stop }: Stage, verb: RecordVerb): Promise<string | null> {
  return new Promise((resolve) => {
    let silence: Cancel = () => {};
    const finish = (key: string | null) => {
      silence();
      longest();
      unlisten();
      stop.removeEventListener("abort", stopped);
      if (!line.closed) line.person.notListening();
      resolve(key);
    };
    const stopped = () => finish("hangup");
    const longest = clock.after(verb.maxSeconds * 1000, () => finish(null));
    /** The silence that ends it begins when this sound is over. */
    const sounded = (ms: number) => {
      silence();
      if (verb.timeoutSeconds > 0) silence = clock.after(ms + verb.timeoutSeconds * 1000, () => finish(null));
    };
    const unlisten = line.listen({
      key: (pressed) => (verb.finishOnKeys.includes(pressed) ? finish(pressed) : sounded(0)),
      speech: (input) => sounded(speechMs(input)),
      tone: (_tone, ms) => sounded(ms),
    });
    stop.addEventListener("abort", stopped);
    sounded(line.saying()?.leftMs ?? 0);
    line.person.listening({
      input: ["dtmf", "speech"],
      numDigits: null,
      timeoutSeconds: verb.timeoutSeconds,
      finishOnKey: verb.finishOnKeys,
    });
    // Heard when it is over: who speaks at the beep is recorded.
    if (verb.playBeep && !line.closed) line.person.beeps?.("beep");
  });
}
