/** The nouns of Dial and Enqueue: whom a call can be connected with. */
import { limits } from "../../limits.ts";
import { callEvents, element, recordingCallback, statusCallback, type Table, trim } from "./element.ts";
import { anyText, flag, keys, matching, method, url, whole, word } from "./values.ts";

const whisper = (code?: number) => ({ method: method(code), url: anyText });
const detection = {
  amdStatusCallback: anyText,
  amdStatusCallbackMethod: method(21263),
  machineDetection: word("Enable DetectMessageEnd", 21263),
  machineDetectionSilenceTimeout: whole(2000, 21263, 10_000),
  machineDetectionSpeechEndThreshold: whole(500, 21263, 5000),
  machineDetectionSpeechThreshold: whole(1000, 21263, 6000),
  machineDetectionTimeout: whole(3, 21263, 60),
};
const credentials = { password: anyText, username: anyText };
const noLabel = /\/|^CA[0-9a-fA-F]{32}$/;

export const nouns: Table = {
  Application: element("Dial", "text", {
    copyParentTo: flag(),
    customerId: matching(/^.{0,256}$/s, "at most 256 characters"),
    ...whisper(),
    ...statusCallback(callEvents),
  }),
  ApplicationSid: element("Application", "text"),
  Client: element("Dial", "text", { ...whisper(), ...statusCallback(callEvents) }),
  Conference: element("Dial", "text", {
    beep: word("true false onEnter onExit", 13235),
    coach: matching(/^\s*(CA[0-9a-fA-F]{32})?\s*$/, "a call's SID", 16002),
    endConferenceOnExit: flag(13231),
    eventCallbackUrl: url(16002),
    jitterBufferSize: word("large medium small off", 16002),
    maxParticipants: whole(2, 16002, limits.conferenceParticipants),
    muted: flag(13230),
    participantLabel: {
      code: 16023,
      expected: "at most 128 characters, no / and no call's SID",
      read: (value) => (value.length <= limits.labelCharacters && !noLabel.test(value) ? value : null),
    },
    record: word("do-not-record record-from-start", 16002, {
      true: "record-from-start",
      false: "do-not-record",
    }),
    recordingConfigurationId: anyText,
    ...recordingCallback(16002, 16002, 16002),
    region: word("us1 us2 ie1 sg1 br1 au1 jp1 de1", 16002),
    startConferenceOnEnter: flag(13232),
    ...statusCallback("start end join leave mute hold modify speaker announcement", 16002),
    trim: trim(13239),
    waitMethod: method(13234),
    waitUrl: url(13233),
  }),
  Header: element("Headers", "no text", { name: anyText, value: anyText }),
  Headers: element("Sip", "no text"),
  Identity: element("Client", "text"),
  Number: element("Dial", "text", {
    ...detection,
    byoc: anyText,
    ...whisper(13221),
    sendDigits: keys(13222),
    ...statusCallback(callEvents),
  }),
  Sim: element("Dial", "text"),
  Sip: element("Dial Refer", "text", {
    ...detection,
    ...credentials,
    ...whisper(13241),
    ...statusCallback(callEvents),
  }),
  Task: element("Enqueue", "text", { priority: whole(0), timeout: whole(1) }),
  Uri: element("Sip", "text", { ...credentials, priority: whole(0), weight: whole(0) }),
  WhatsApp: element("Dial", "text", { ...whisper(), ...statusCallback(callEvents) }),
};
