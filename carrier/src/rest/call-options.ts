/** What a `POST Calls.json` may ask for beside the call itself: machine detection, keys at the answer, a recording (protocol 6 and 7). */
import type { Address } from "../calls/call.ts";
import type { OutboundRequest } from "../calls/pick-up.ts";
import type { RecordingEvent } from "../calls/recordings.ts";
import { limits } from "../limits.ts";
import { readMachineDetection } from "../twiml/machine-detection.ts";
import { isRestError, type RestError, restError } from "./errors.ts";
import { readAddress, wordsIn } from "./form.ts";

type Complain = (code: number | null, message: string) => void;

/** SendDigits switches detection off. A missing callback or a pointless one is complained about, not refused (21262, 21263). */
export function readDetection(
  form: URLSearchParams,
  complain: Complain,
): OutboundRequest["detection"] | RestError {
  const settings = readMachineDetection((suffix) => form.get(`MachineDetection${suffix}`));
  if (typeof settings === "string") return restError(21234, settings);
  const callback = readAddress(form, "AsyncAmdStatusCallback", "AsyncAmdStatusCallbackMethod", 21205);
  if (callback && isRestError(callback)) return callback;
  const beside = form.get("AsyncAmd")?.toLowerCase() === "true";
  if (settings === null || form.get("SendDigits")) {
    const tuned = [...form.keys()].some((name) => /^MachineDetection./.test(name));
    if (settings || beside || callback || tuned)
      complain(21263, "machine detection: expected MachineDetection, and no SendDigits, found otherwise");
    return null;
  }
  if (beside && !callback) complain(21262, "No AMD status callback URL provided");
  if (!beside && callback) complain(21263, "AsyncAmdStatusCallback: expected AsyncAmd=true with it");
  return { settings, beside, callback };
}

export function readSendDigits(form: URLSearchParams): string | null | RestError {
  const digits = form.get("SendDigits");
  if (!digits) return null;
  if (digits.length <= limits.sendDigits && /^[0-9A-DwW#*]+$/.test(digits)) return digits;
  return restError(
    21206,
    `Invalid SendDigits: expected at most ${limits.sendDigits} of 0-9 A-D # * w W, found ${digits}`,
  );
}

const recordingEvents: readonly RecordingEvent[] = ["in-progress", "completed", "absent"];

export function readRecording(form: URLSearchParams): OutboundRequest["record"] | RestError {
  const address: Address | RestError | null = readAddress(
    form,
    "RecordingStatusCallback",
    "RecordingStatusCallbackMethod",
    21205,
  );
  if (address && isRestError(address)) return address;
  if (form.get("Record")?.toLowerCase() !== "true") return null;
  const asked = wordsIn(form, "RecordingStatusCallbackEvent");
  const events = recordingEvents.filter((event) => asked.includes(event));
  return {
    channels: form.get("RecordingChannels") === "dual" ? 2 : 1,
    track: (["inbound", "outbound"] as const).find((one) => one === form.get("RecordingTrack")) ?? "both",
    trimsSilence: form.get("Trim") === "trim-silence",
    statusCallback: address && { ...address, events: events.length === 0 ? ["completed"] : events },
  };
}
