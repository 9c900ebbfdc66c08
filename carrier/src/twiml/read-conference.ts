/** `<Conference>` to the room it names (protocol 5, Conference). */
import { limits } from "../limits.ts";
import { readFlag, readMethod, readNumber, readWord, readWords, type Warn } from "./attributes.ts";
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
  const beep = readWord(element, "beep", ["true", "false", "onEnter", "onExit"], warn, 13235);
  const record = readWord(element, "record", ["do-not-record", "record-from-start"], warn, 13217);
  return {
    name,
    muted: readFlag(element, "muted", false, warn, 13230),
    beepOnEnter: beep === "true" || beep === "onEnter",
    beepOnExit: beep === "true" || beep === "onExit",
    startOnEnter: readFlag(element, "startConferenceOnEnter", true, warn, 13232),
    endOnExit: readFlag(element, "endConferenceOnExit", false, warn, 13231),
    wait: readWait(given.waitUrl, () => readMethod(element, "waitMethod", warn, 13234)),
    maxParticipants: readMost(element, warn),
    label: readLabel(given.participantLabel, warn),
    coach: given.coach || null,
    region: given.region ?? null,
    record:
      record === "do-not-record"
        ? null
        : {
            trimsSilence:
              readWord(element, "trim", ["trim-silence", "do-not-trim"], warn, 13239) === "trim-silence",
            statusCallback: readRecordingCallback(element, warn, 13210),
          },
    statusCallback: given.statusCallback
      ? {
          url: given.statusCallback,
          method: readMethod(element, "statusCallbackMethod", warn, 16002),
          events: readWords(element, "statusCallbackEvent", conferenceEvents, [], warn, 16002),
        }
      : null,
    unperformed: ["eventCallbackUrl", "recordingConfigurationId"].filter((name) => given[name] !== undefined),
  };
}

/** Without the attribute music; "" is silence. */
export function readWait(url: string | undefined, method: () => "GET" | "POST"): ConferenceNoun["wait"] {
  if (url === undefined) return "music";
  return url === "" ? "silence" : { url, method: method() };
}

function readMost(element: Element, warn: Warn): number {
  const most = limits.conferenceParticipants;
  const asked = readNumber(element, "maxParticipants", 2, most, warn, 16002);
  if (asked > most) warn(16002, `<Conference> maxParticipants: expected at most ${most}, found ${asked}`);
  return Math.min(asked, most);
}

function readLabel(label: string | undefined, warn: Warn): string | null {
  if (!label) return null;
  if (isLabel(label)) return label;
  warn(16023, "<Conference> participantLabel: expected at most 128 characters, no / and no call's SID");
  return null;
}

/** Participants are found by label or by call: the two must not be mixed up. */
export const isLabel = (text: string) =>
  text.length <= limits.labelCharacters && !text.includes("/") && !/^CA[0-9a-fA-F]{32}$/.test(text);
