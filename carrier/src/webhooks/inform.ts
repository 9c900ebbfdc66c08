/**
 * Callbacks that only inform an application: recordings, machine detection, messages; the progress of a call has its own file.
 * Nobody waits for them and their answers change nothing; a bad one is alert 15003 (protocol 2).
 */
import type { AlertLog } from "../alerts.ts";
import type { Clock } from "../clock/clock.ts";
import type { Method } from "../twiml/document.ts";
import type { CallbackFault, FaultPlan } from "./faults.ts";
import type { OutgoingRequest, Sender } from "./send.ts";
import type { Parameters } from "./signature.ts";

export interface Information {
  readonly about:
    | "recording"
    | "machine-detection"
    | "message"
    | "conference"
    | "stream"
    | "transcription"
    | "speech"
    | "verification"
    | "task-router";
  /** The call, message or conference that it is about. */
  readonly sid: string;
  readonly address: { readonly url: string; readonly method: Method };
  readonly parameters: Parameters;
}

export type Inform = (information: Information) => void;

export interface InformParts {
  readonly clock: Clock;
  readonly sender: Sender;
  readonly alerts: AlertLog;
  readonly faults: () => FaultPlan;
}

/** A callback that waits for the next about the same goes out after this time at the latest, ms. */
const heldMs = 5_000;

export function createInform(parts: InformParts): Inform {
  const { clock } = parts;
  /** What is held back until the next about the same, by its release. */
  const held = new Map<string, () => void>();
  return ({ about, sid, address, parameters }) => {
    const fault = parts.faults().information?.({ about, sid, url: address.url }) ?? {};
    const request = { ...address, parameters, callSid: sid, controlsCall: false };
    const send = () => deliverWith(parts, request, fault, about);
    const key = `${about} ${sid}`;
    const release = held.get(key);
    if (fault.afterNext && !release) {
      const cancel = clock.after(heldMs, () => held.get(key)?.());
      held.set(key, () => {
        held.delete(key);
        cancel();
        send();
      });
      return;
    }
    send();
    release?.();
  };
}

/** As often and as late as the plan says. */
export function deliverWith(
  parts: InformParts,
  request: OutgoingRequest,
  { copies = 1, delaySeconds = 0 }: CallbackFault,
  about: Information["about"] | "call" = "call",
): void {
  for (let copy = 0; copy < copies; copy++) {
    if (delaySeconds > 0) parts.clock.after(delaySeconds * 1000, () => void deliver(parts, request, about));
    else void deliver(parts, request, about);
  }
}

interface Complaint {
  readonly level: "error" | "warning";
  readonly code: number;
  readonly title: string;
}
/** What a bad answer is called: of conferences 16011, of messages the failure itself, of everything about a call 15003. */
const aboutCalls: Complaint = {
  level: "warning",
  code: 15003,
  title: "Call Progress: Warning Response to Callback URL",
};
const aboutConferences: Complaint = {
  level: "error",
  code: 16011,
  title: "Conference Event: Error Response to Callback URL",
};

/** One delivery; a bad answer goes to the alert log. */
async function deliver(
  parts: { readonly sender: Sender; readonly alerts: AlertLog },
  request: OutgoingRequest,
  about: Information["about"] | "call" = "call",
): Promise<void> {
  const answer = await parts.sender.send(request);
  if (answer.ok) return;
  const { callSid, url } = request;
  if (about === "message") {
    parts.alerts.add({ level: "error", code: answer.code, message: answer.message, callSid, url });
    return;
  }
  const { level, code, title } = about === "conference" ? aboutConferences : aboutCalls;
  parts.alerts.add({ level, code, message: `${title}: ${answer.message}`, callSid, url });
}
