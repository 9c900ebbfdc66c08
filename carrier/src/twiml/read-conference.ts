/** `<Conference>` to the room it names (protocol 5, Conference). */
import { limits } from "../limits.ts";
import {
  readFlag,
  readMethod,
  readNumber,
  readReference,
  readWord,
  readWords,
  type Warn,
} from "./attributes.ts";
import { type ConferenceNoun, conferenceEvents } from "./document.ts";
import { readRecordingCallback } from "./read-record.ts";
import { type Element, textOf } from "./xml.ts";

/** Null without a name (13237): there is no room to enter. */
export function readConference(element: Element, warn: Warn): ConferenceNoun | null {
  const given = element.attributes;
  const name = textOf(element).trim();
  if (name === "") {
    warn(13237, "<Conference>: expected the name of a room, found none");
    return null;
  }
  const beep = readWord(element, "beep", ["true", "false", "onEnter", "onExit"]);
  const told = readReference(element, "statusCallback", "statusCallbackMethod");
  return {
    name,
    muted: readFlag(element, "muted", false),
    beepOnEnter: beep === "true" || beep === "onEnter",
    beepOnExit: beep === "true" || beep === "onExit",
    startOnEnter: readFlag(element, "startConferenceOnEnter", true),
    endOnExit: readFlag(element, "endConferenceOnExit", false),
    wait: readWait(given.waitUrl, () => readMethod(element, "waitMethod")),
    maxParticipants: readNumber(element, "maxParticipants", limits.conferenceParticipants),
    label: given.participantLabel || null,
    coach: given.coach || null,
    region: given.region ?? null,
    record:
      given.record === "record-from-start"
        ? {
            trimsSilence: readWord(element, "trim", ["trim-silence", "do-not-trim"]) === "trim-silence",
            statusCallback: readRecordingCallback(element),
          }
        : null,
    statusCallback: told && {
      ...told,
      events: readWords(element, "statusCallbackEvent", conferenceEvents, []),
    },
    unperformed: ["eventCallbackUrl", "recordingConfigurationId"].filter((name) => given[name] !== undefined),
  };
}

/** What Twilio itself plays when no URL is given (Twilio, <Conference>, waitUrl); it is not asked for over the network. */
const holdMusic = /^https?:\/\/(www\.)?twimlets\.com\/holdmusic/;

/** Without the attribute music; "" is silence. */
export function readWait(url: string | undefined, method: () => "GET" | "POST"): ConferenceNoun["wait"] {
  if (url === undefined || holdMusic.test(url)) return "music";
  return url === "" ? "silence" : { url, method: method() };
}

/** Participants are found by label or by call: the two must not be mixed up. */
export const isLabel = (text: string) =>
  text.length <= limits.labelCharacters && !text.includes("/") && !/^CA[0-9a-fA-F]{32}$/.test(text);
