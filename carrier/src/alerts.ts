/**
 * The alert log: everything an application did that a telephone company would complain about.
 * It is the carrier's debugger page: nothing is skipped silently. Kept in memory, oldest dropped first.
 */
import { createHash } from "node:crypto";
import type { Clock } from "./clock/clock.ts";
import { limits } from "./limits.ts";
import { hideUserinfo } from "./userinfo.ts";

export interface Alert {
  /** `NO` and 32 hex digits, made of how many came before: asking for alerts changes no other identifier. */
  readonly sid: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly level: "error" | "warning";
  /** Twilio's error code, or null for what only this carrier has to say (a verb it does not perform). */
  readonly code: number | null;
  readonly message: string;
  readonly callSid: string | null;
  /** Without name and password, like the message. */
  readonly url: string | null;
}

export interface AlertLog {
  add(alert: {
    level: Alert["level"];
    code: number | null;
    message: string;
    callSid?: string;
    url?: string;
  }): void;
  /** All kept alerts, oldest first; with a call's SID only that call's. */
  list(callSid?: string): Alert[];
}

export function createAlertLog(clock: Clock): AlertLog {
  let kept: Alert[] = [];
  let count = 0;
  return {
    add({ level, code, message, callSid, url }) {
      const sid = `NO${createHash("md5").update(`alert ${++count}`).digest("hex")}`;
      kept.push({
        sid,
        at: clock.now(),
        level,
        code,
        message: hideUserinfo(message),
        callSid: callSid ?? null,
        url: url === undefined ? null : hideUserinfo(url),
      });
      if (kept.length > limits.keptAlerts * 2) kept = kept.slice(-limits.keptAlerts);
    },
    list: (callSid) =>
      kept.slice(-limits.keptAlerts).filter((alert) => callSid === undefined || alert.callSid === callSid),
  };
}
