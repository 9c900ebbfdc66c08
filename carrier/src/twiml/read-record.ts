/** `<Record>` to its verb (protocol 5, Record). */
import { limits } from "../limits.ts";
import { readFlag, readMethod, readNumber, readWord, readWords, type Warn } from "./attributes.ts";
import type { RecordingCallback, RecordVerb } from "./document.ts";
import type { Element } from "./xml.ts";

const anyKey = "1234567890*#";
const events = ["in-progress", "completed", "absent"] as const;

export function readRecord(element: Element, warn: Warn): RecordVerb {
  const given = element.attributes;
  const transcribe = readFlag(element, "transcribe", false, warn, 13614);
  return {
    kind: "record",
    action: given.action || null,
    method: readMethod(element, "method", warn, 13610),
    timeoutSeconds: readNumber(element, "timeout", 0, 5, warn, 13611),
    finishOnKeys: readKeys(given.finishOnKey, warn),
    maxSeconds: readNumber(element, "maxLength", 2, limits.recordSeconds, warn, 13612, limits.callMs / 1000),
    playBeep: readFlag(element, "playBeep", true, warn, 13616),
    trimsSilence: readWord(element, "trim", ["trim-silence", "do-not-trim"], warn, 13699) === "trim-silence",
    statusCallback: readRecordingCallback(element, warn, 13610),
    unperformed: [
      ...(transcribe ? ["transcribe"] : []),
      ...(given.recordingConfigurationId === undefined ? [] : ["recordingConfigurationId"]),
    ],
  };
}

/** The three attributes with which a verb is told how its recording goes. */
export function readRecordingCallback(
  element: Element,
  warn: Warn,
  methodCode: number,
): RecordingCallback | null {
  const url = element.attributes.recordingStatusCallback;
  if (!url) return null;
  return {
    url,
    method: readMethod(element, "recordingStatusCallbackMethod", warn, methodCode),
    events: readWords(element, "recordingStatusCallbackEvent", events, ["completed"], warn, 13621),
  };
}

function readKeys(value: string | undefined, warn: Warn): string {
  if (value === undefined || /^[0-9#*]*$/.test(value)) return value ?? anyKey;
  warn(13613, `Record: Invalid finishOnKey value: ${value}`);
  return anyKey;
}
