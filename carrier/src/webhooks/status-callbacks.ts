/**
 * Tells applications how a call progresses (protocol 4). Callbacks leave in firing order and travel concurrently, so they may overtake
 * one another; SequenceNumber tells the order. Their answers never change the call; a bad one is alert 15003.
 */
import { type Address, type Call, callParameters, callSeconds, verdictParameters } from "../calls/call.ts";
import { rfc2822 } from "../ids.ts";
import type { ProgressEvent } from "../twiml/document.ts";
import { deliverWith, type InformParts } from "./inform.ts";
import type { OutgoingRequest } from "./send.ts";
import type { Parameters } from "./signature.ts";

export interface StatusCallbacks {
  /** Fires `event` if the call subscribed to it. Does not wait for delivery. */
  fire(call: Call, event: ProgressEvent): void;
}

/** SIP codes of the ends. 487 after a ring timeout and 404 for an unreachable number are documented (protocol 4). */
const sipCodes: Readonly<Record<string, string>> = {
  completed: "200",
  busy: "486",
  "no-answer": "487",
  canceled: "487",
  failed: "404",
};

export function createStatusCallbacks(parts: InformParts): StatusCallbacks {
  const held = new Map<string, OutgoingRequest>();
  const requestAbout = (call: Call, event: ProgressEvent, address: Address): OutgoingRequest => {
    const parameters = [
      ...callParameters(call, event === "initiated" ? "initiated" : call.status),
      ...progressParameters(call, event, call.sequence++, parts.clock.now()),
    ];
    return { url: address.url, method: address.method, parameters, callSid: call.sid, controlsCall: false };
  };
  const releaseHeld = (callSid: string) => {
    const overtaken = held.get(callSid);
    if (held.delete(callSid) && overtaken) deliverWith(parts, overtaken, {});
  };
  return {
    fire(call, event) {
      const address = call.statusCallback;
      if (address?.events.has(event)) {
        const { sid: callSid, status: callStatus, sequence: sequenceNumber } = call;
        const about = { callSid, callStatus, sequenceNumber, url: address.url };
        const fault = parts.faults().statusCallback?.(about) ?? {};
        const request = requestAbout(call, event, address);
        if (fault.afterNext && event !== "completed" && !held.has(call.sid)) {
          held.set(call.sid, request);
          return;
        }
        deliverWith(parts, request, fault);
        releaseHeld(call.sid);
      } else if (event === "completed") releaseHeld(call.sid);
    },
  };
}

function progressParameters(
  call: Call,
  event: ProgressEvent,
  sequenceNumber: number,
  now: number,
): Parameters {
  const always = [
    ["Timestamp", rfc2822(now)],
    ["CallbackSource", "call-progress-events"],
    ["SequenceNumber", String(sequenceNumber)],
    ...verdictParameters(call.verdict),
  ] as const;
  if (event !== "completed") return always;
  const seconds = callSeconds(call, now);
  return [
    ...always,
    ["CallDuration", String(seconds)],
    ["SipResponseCode", call.sipCode ?? sipCodes[call.status] ?? "500"],
    ...(call.status === "completed" ? ([["Duration", String(Math.ceil(seconds / 60))]] as const) : []),
    ...(call.recording === null
      ? []
      : ([
          ["RecordingUrl", call.recording.url],
          ["RecordingSid", call.recording.sid],
          ["RecordingDuration", String(call.recording.seconds)],
        ] as const)),
  ];
}
