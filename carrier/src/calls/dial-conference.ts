/** `<Dial><Conference>` (protocol 5): the caller is in a room until it leaves, the room ends, or the time is up. */

import type { Participant, RoomSettings } from "../conferences/conference.ts";
import { leaveReason } from "../conferences/conferences.ts";
import type { ConferenceNoun, DialVerb, Reference } from "../twiml/document.ts";
import type { Parameters } from "../webhooks/signature.ts";
import type { CallDocument } from "./load-document.ts";
import { callbackAddress, reportUnperformed, type Stage } from "./stage.ts";

/** Comes back when the caller is out again, with what the Dial's action is told. */
export async function dialConference(
  stage: Stage,
  document: CallDocument,
  verb: DialVerb,
  noun: ConferenceNoun,
): Promise<Parameters> {
  for (const name of noun.unperformed) reportUnperformed(stage, document, `<Conference ${name}>`);
  stage.answer();
  if (stage.stop.aborted) return ended("canceled");
  const entered = stage.conferences.enter(stage, settingsOf(stage, document, noun));
  if ("code" in entered) {
    const { code, message } = entered;
    stage.alerts.add({ level: "error", code, message, callSid: stage.call.sid, url: document.origin?.url });
    return ended("failed");
  }
  await untilLeft(stage, verb, entered);
  return ended("answered");
}

/** Neither DialCallSid nor a duration: no call was made (protocol 5, Dial). */
const ended = (status: "answered" | "failed" | "canceled"): Parameters => [
  ["DialCallStatus", status],
  ["DialBridged", String(status === "answered")],
];

function settingsOf(stage: Stage, document: CallDocument, noun: ConferenceNoun): RoomSettings {
  const { wait, record, statusCallback } = noun;
  const resolve = (reference: Reference | null) => callbackAddress(stage, document, reference);
  const told = resolve(statusCallback);
  const taped = record && resolve(record.statusCallback);
  return {
    ...noun,
    wait: typeof wait === "string" ? wait : (resolve(wait) ?? "music"),
    statusCallback: told && { ...told, events: statusCallback!.events },
    record: record && {
      trimsSilence: record.trimsSilence,
      statusCallback: taped && { ...taped, events: record.statusCallback!.events },
    },
  };
}

function untilLeft(stage: Stage, verb: DialVerb, participant: Participant): Promise<void> {
  const { clock, line, stop, conferences } = stage;
  return new Promise((resolve) => {
    const leave = () => conferences.leave(participant, leaveReason(participant), false);
    /** Out of the room by its own key or its own time, and still on the line. */
    const hangUp = () => conferences.leave(participant, "participant_hung_up", false);
    const timeUp = clock.after(verb.limitSeconds * 1000, hangUp);
    const unlisten = line.listen({
      key: (key) => {
        if (verb.hangupOnStar && key === "*") hangUp();
      },
    });
    const over = () => {
      timeUp();
      unlisten();
      stop.removeEventListener("abort", leave);
      resolve();
    };
    stop.addEventListener("abort", leave);
    participant.left.signal.addEventListener("abort", over);
    if (participant.left.signal.aborted) over();
  });
}
