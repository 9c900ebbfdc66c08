/**
 * Parameters that take one of a few words, whatever the operation. Twilio mostly takes a default for another word without saying so; here
 * it is said in the alert log. A method that is none is refused (21209). Sources: Twilio's OpenAPI description and its pages of the resources.
 */
import type { AlertLog } from "../alerts.ts";
import { type RestError, restError } from "./errors.ts";
import type { Operation } from "./operations.ts";

const flag = "true false";
const words: Readonly<Record<string, string>> = {
  AsyncAmd: flag,
  BeepOnExit: flag,
  Coaching: flag,
  EnableAutomaticPunctuation: flag,
  EndConferenceOnExit: flag,
  FaxEnabled: flag,
  Hold: flag,
  MmsEnabled: flag,
  Muted: flag,
  PartialResults: flag,
  ProfanityFilter: flag,
  Record: flag,
  SmsEnabled: flag,
  StartConferenceOnEnter: flag,
  VoiceEnabled: flag,
  Beep: "true false onEnter onExit",
  ConferenceRecord: "true false record-from-start do-not-record",
  ConferenceRecordingStatusCallbackEvent: "in-progress completed absent failed",
  ConferenceStatusCallbackEvent: "start end join leave mute hold modify speaker announcement",
  ConferenceTrim: "trim-silence do-not-trim",
  PauseBehavior: "skip silence",
  RecordingChannels: "mono dual",
  RecordingStatusCallbackEvent: "in-progress completed absent",
  RecordingTrack: "inbound outbound both",
  StatusCallbackEvent: "initiated ringing answered completed",
  Track: "inbound_track outbound_track both_tracks",
  TranscriptionEngine: "google deepgram",
  Trim: "trim-silence do-not-trim",
};
/** Twilio's own warning for a wrong word. */
const codes: Readonly<Record<string, number>> = { StatusCallbackEvent: 21626 };

/** Reports words that are none; gives the refusal of a method that is none. */
export function checkWords(alerts: AlertLog, operation: Operation, form: URLSearchParams): RestError | null {
  for (const [name, value] of form) {
    if (value === "") continue;
    if (/Method$/.test(name) && operation.knows(name) && !/^(GET|POST)$/i.test(value))
      return restError(21209, `Invalid ${name}: expected GET or POST, found ${value}`);
    const known = Object.hasOwn(words, name) ? words[name]!.split(" ") : undefined;
    const given = /Event$/.test(name) ? value.split(/[\s,]+/) : [value];
    // Flags may be written in capitals.
    const unknown =
      known && given.filter((one) => !known.includes(one) && !known.includes(one.toLowerCase()));
    if (!known || !unknown?.length) continue;
    const message = `${name} of ${operation.name}: expected ${known.join(", ")}, found ${unknown.join(", ")}`;
    alerts.add({ level: "warning", code: codes[name] ?? null, message });
  }
  return null;
}
