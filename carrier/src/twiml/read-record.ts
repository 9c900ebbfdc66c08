/** `<Record>` to its verb (protocol 5, Record). */
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
import type { RecordingCallback, RecordVerb } from "./document.ts";
import type { Element } from "./xml.ts";

const anyKey = "1234567890*#";
const events = ["in-progress", "completed", "absent"] as const;

/** At most two minutes are transcribed (13615). */
const transcribedSeconds = 120;

export function readRecord(element: Element, warn: Warn): RecordVerb {
  const given = element.attributes;
  const callback = readReference(element, "transcribeCallback", "method");
  const transcribe = readFlag(element, "transcribe", callback !== null);
  const most = limits.callMs / 1000;
  const maxSeconds = readNumber(
    element,
    "maxLength",
    transcribe ? transcribedSeconds : limits.recordSeconds,
    most,
  );
  if (transcribe && maxSeconds > transcribedSeconds)
    warn(
      13615,
      `<Record> maxLength: expected at most ${transcribedSeconds} with transcribe, found ${maxSeconds}`,
    );
  return {
    kind: "record",
    action: given.action || null,
    method: readMethod(element, "method"),
    timeoutSeconds: readNumber(element, "timeout", 5),
    finishOnKeys: given.finishOnKey ?? anyKey,
    maxSeconds,
    playBeep: readFlag(element, "playBeep", true),
    trimsSilence: readWord(element, "trim", ["trim-silence", "do-not-trim"]) === "trim-silence",
    statusCallback: readRecordingCallback(element),
    transcribe: transcribe ? { callback: callback && { ...callback, method: "POST" } } : null,
    unperformed: given.recordingConfigurationId === undefined ? [] : ["recordingConfigurationId"],
  };
}

/** The three attributes with which a verb is told how its recording goes. */
export function readRecordingCallback(element: Element): RecordingCallback | null {
  const reference = readReference(element, "recordingStatusCallback", "recordingStatusCallbackMethod");
  return (
    reference && {
      ...reference,
      events: readWords(element, "recordingStatusCallbackEvent", events, ["completed"]),
    }
  );
}
