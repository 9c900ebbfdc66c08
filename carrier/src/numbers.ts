/** The numbers an account owns, and what happens when somebody calls them. In memory. */
import type { Clock } from "./clock.ts";
import { makeSid, type Random } from "./ids.ts";
import type { Method } from "./twiml/document.ts";

export interface OwnNumber {
  readonly sid: string;
  /** E.164. */
  readonly phoneNumber: string;
  readonly createdAt: number;
  updatedAt: number;
  friendlyName: string;
  /** "" means nobody answers here. The same for the other URLs. */
  voiceUrl: string;
  voiceMethod: Method;
  voiceFallbackUrl: string;
  voiceFallbackMethod: Method;
  statusCallback: string;
  statusCallbackMethod: Method;
}

export type NumberSettings = Partial<Omit<OwnNumber, "sid" | "phoneNumber" | "createdAt" | "updatedAt">>;

export interface OwnNumbers {
  add(phoneNumber: string, settings?: NumberSettings): OwnNumber;
  update(number: OwnNumber, settings: NumberSettings): void;
  remove(sid: string): boolean;
  bySid(sid: string): OwnNumber | undefined;
  byNumber(phoneNumber: string): OwnNumber | undefined;
  /** In the order in which they were added. */
  list(): OwnNumber[];
}

/** E.164: `+` and up to 15 digits. */
export const isE164 = (text: string): boolean => /^\+[1-9]\d{1,14}$/.test(text);

export function createOwnNumbers(clock: Clock, random: Random): OwnNumbers {
  const bySid = new Map<string, OwnNumber>();
  return {
    add(phoneNumber, settings = {}) {
      const now = clock.now();
      const number: OwnNumber = {
        sid: makeSid("PN", random),
        phoneNumber,
        createdAt: now,
        updatedAt: now,
        friendlyName: phoneNumber,
        voiceUrl: "",
        voiceMethod: "POST",
        voiceFallbackUrl: "",
        voiceFallbackMethod: "POST",
        statusCallback: "",
        statusCallbackMethod: "POST",
        ...settings,
      };
      bySid.set(number.sid, number);
      return number;
    },
    update(number, settings) {
      Object.assign(number, settings);
      number.updatedAt = clock.now();
    },
    remove: (sid) => bySid.delete(sid),
    bySid: (sid) => bySid.get(sid),
    byNumber: (phoneNumber) => [...bySid.values()].find((number) => number.phoneNumber === phoneNumber),
    list: () => [...bySid.values()],
  };
}
