/** Numbers of others that an account may show as its own: verified by a call to them (Twilio, REST API: Outgoing Caller IDs). In memory. */
import type { Clock } from "../clock/clock.ts";
import { makeSid, type Random } from "../ids.ts";
import { limits } from "../limits.ts";

export interface CallerId {
  readonly sid: string;
  /** E.164. */
  readonly phoneNumber: string;
  readonly createdAt: number;
  updatedAt: number;
  friendlyName: string;
}

export interface CallerIds {
  /** Null when there are too many. */
  add(phoneNumber: string, friendlyName: string): CallerId | null;
  rename(callerId: CallerId, friendlyName: string): void;
  remove(sid: string): boolean;
  get(sid: string): CallerId | undefined;
  has(phoneNumber: string): boolean;
  list(): CallerId[];
}

export function createCallerIds(clock: Clock, random: Random): CallerIds {
  const known = new Map<string, CallerId>();
  return {
    add(phoneNumber, friendlyName) {
      if (known.size >= limits.callerIds) return null;
      const now = clock.now();
      const sid = makeSid("PN", random);
      const callerId: CallerId = { sid, phoneNumber, createdAt: now, updatedAt: now, friendlyName };
      known.set(sid, callerId);
      return callerId;
    },
    rename(callerId, friendlyName) {
      callerId.friendlyName = friendlyName;
      callerId.updatedAt = clock.now();
    },
    remove: (sid) => known.delete(sid),
    get: (sid) => known.get(sid),
    has: (phoneNumber) => [...known.values()].some((one) => one.phoneNumber === phoneNumber),
    list: () => [...known.values()],
  };
}
