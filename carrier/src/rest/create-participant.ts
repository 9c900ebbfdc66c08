/** `POST Participants.json` (protocol 6): a call to somebody who enters a conference when the telephone is answered. */
import type { Conference, Member } from "../conferences/conference.ts";
import { limits } from "../limits.ts";
import type { Plant } from "../plant.ts";
import { type ConferenceNoun, conferenceEvents, type DialVerb } from "../twiml/document.ts";
import { isLabel, readWait } from "../twiml/read-conference.ts";
import { readDetection } from "./call-options.ts";
import { readCallRequest } from "./create-call.ts";
import { isRestError, type RestError, restError } from "./errors.ts";
import { flagOf, isWebUrl, methodOf, readAddress, wholeNumberOf, wordsIn } from "./form.ts";

/** What concerns the room; everything else is the call's. */
const ofTheRoom =
  /^(Label|Muted|Beep|StartConferenceOnEnter|EndConferenceOnExit|Wait\w+|EarlyMedia|MaxParticipants|Conference\w+|Coaching|CallSidToCoach|JitterBufferSize|Region|Amd\w+)$/;

export function createParticipant(
  plant: Plant,
  nameOrSid: string,
  form: URLSearchParams,
): { readonly conference: Conference; readonly member: Member } | RestError {
  const { conferences, exchange } = plant;
  const known = conferences.find(nameOrSid);
  if (/^CF[0-9a-f]{32}$/.test(nameOrSid) && (!known || known.status === "completed"))
    return restError(16022, "Conference does not exist or is completed");
  if (flagOf(form, "Coaching") && !form.get("CallSidToCoach"))
    plant.alerts.add({ level: "warning", code: null, message: "Coaching: expected CallSidToCoach with it" });
  const noun = readNoun(form, known?.name ?? nameOrSid);
  if (isRestError(noun)) return noun;
  if (noun.label !== null && known && conferences.participant(known, noun.label))
    return restError(16026, `Participant label is in use by another participant: ${noun.label}`);
  const callForm = new URLSearchParams([...form].filter(([name]) => !ofTheRoom.test(name)));
  callForm.set("Twiml", "<Response/>");
  const request = readCallRequest(plant, callForm);
  if (isRestError(request)) return request;
  const told = readAddress(form, "AmdStatusCallback", "AmdStatusCallbackMethod", 21205);
  if (told && isRestError(told)) return told;
  const detection = readDetection(callForm, () => {});
  if (detection && isRestError(detection)) return detection;
  const dial: DialVerb = { ...plainDial, conference: noun };
  const call = exchange.place({
    ...request,
    source: { kind: "verbs", verbs: [dial] },
    detection: detection && { ...detection, beside: true, callback: told },
  });
  if (!call) return restError(10004, "Call concurrency limit exceeded", 429);
  const now = plant.clock.now();
  const member: Member = {
    call,
    label: noun.label,
    startOnEnter: noun.startOnEnter,
    endOnExit: noun.endOnExit,
    muted: noun.muted,
    hold: false,
    coaches: noun.coach,
    since: now,
    updatedAt: now,
  };
  const conference = conferences.open(noun, plant.account.sid);
  const cancel = () => exchange.hangUp(call, call.answeredAt === null ? "canceled" : "completed");
  conferences.expect(conference, { ...member, cancel }, exchange.ended(call));
  return { conference, member };
}

/** A Dial without anything to dial. */
export const plainDial: DialVerb = {
  kind: "dial",
  action: null,
  method: "POST",
  timeoutSeconds: 30,
  limitSeconds: limits.callMs / 1000,
  callerId: null,
  hangupOnStar: false,
  answerOnBridge: false,
  sequential: false,
  record: null,
  targets: [],
  conference: null,
  queue: null,
  refer: null,
  unperformed: [],
};

/** The room as REST describes it. */
export function readNoun(form: URLSearchParams, name: string): ConferenceNoun | RestError {
  const label = form.get("Label") || null;
  if (label !== null && !isLabel(label))
    return restError(
      16024,
      "Invalid participant label: expected at most 128 characters, no / and no call's SID",
    );
  const beep = form.get("Beep") ?? "true";
  const method = methodOf(form.get("WaitMethod"));
  if (method === null) return restError(21209, `Invalid WaitMethod: expected GET or POST`);
  const waitUrl = form.get("WaitUrl");
  if (waitUrl && !isWebUrl(waitUrl)) return restError(21205, `WaitUrl is not a valid URL: ${waitUrl}`);
  const told = readAddress(form, "ConferenceStatusCallback", "ConferenceStatusCallbackMethod", 21205);
  if (told && isRestError(told)) return told;
  const taped = readAddress(
    form,
    "ConferenceRecordingStatusCallback",
    "ConferenceRecordingStatusCallbackMethod",
    21205,
  );
  if (taped && isRestError(taped)) return taped;
  const most = wholeNumberOf(form.get("MaxParticipants") || String(limits.conferenceParticipants));
  if (most === null || most < 2 || most > limits.conferenceParticipants)
    return restError(20001, `Invalid MaxParticipants: expected 2 to ${limits.conferenceParticipants}`);
  const asked = wordsIn(form, "ConferenceStatusCallbackEvent");
  const record = form.get("ConferenceRecord") ?? "false";
  return {
    name,
    label,
    muted: flagOf(form, "Muted") ?? false,
    beepOnEnter: beep === "true" || beep === "onEnter",
    beepOnExit: beep === "true" || beep === "onExit",
    startOnEnter: flagOf(form, "StartConferenceOnEnter") ?? true,
    endOnExit: flagOf(form, "EndConferenceOnExit") ?? false,
    wait: readWait(form.get("WaitUrl") ?? undefined, () => method),
    maxParticipants: most,
    coach: flagOf(form, "Coaching") === false ? null : form.get("CallSidToCoach") || null,
    region: form.get("Region"),
    record: ["true", "record-from-start"].includes(record)
      ? {
          trimsSilence: form.get("ConferenceTrim") !== "do-not-trim",
          statusCallback: taped && { ...taped, events: ["completed"] },
        }
      : null,
    statusCallback: told && { ...told, events: conferenceEvents.filter((event) => asked.includes(event)) },
    unperformed: [],
  };
}
