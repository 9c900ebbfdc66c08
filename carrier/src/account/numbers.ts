/** The numbers an account owns, and what happens when somebody calls or texts them. In memory. */
import type { Clock } from "../clock/clock.ts";
import { makeSid, type Random } from "../ids.ts";
import { type Handling, noHandling } from "./handling.ts";

export const numberTypes = ["local", "mobile", "toll-free"] as const;
export type NumberType = (typeof numberTypes)[number];

export interface OwnNumber extends Handling {
  readonly sid: string;
  /** E.164. */
  readonly phoneNumber: string;
  readonly createdAt: number;
  updatedAt: number;
  friendlyName: string;
  /** An application whose URLs go before the number's own; "" is none. */
  voiceApplicationSid: string;
  smsApplicationSid: string;
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

/**
 * A number as people write it, in E.164: with signs between the digits, spelt in letters (1-800-FLOWERS), as a `tel:` address, behind the
 * USA's exit code 011; numbers of the USA may be without `+1` (Twilio, <Number>). Null when it is no number.
 */
export function e164Of(text: string): string | null {
  const bare = text
    .trim()
    .replace(/^tel:/i, "")
    .replace(/[\s().,/\u2010-\u2015-]/g, "");
  const spelt = bare.replace(/[a-z]{4,}/gi, (word) => [...word].map(keyOf).join(""));
  const digits = /^[+\d]/.test(bare) ? spelt.replace(/^011(?=\d{7})/, "+") : bare;
  const number = /^\d{10}$/.test(digits) ? `+1${digits}` : /^1\d{10}$/.test(digits) ? `+${digits}` : digits;
  return isE164(number) ? number : null;
}

/** The key of a telephone on which a letter stands. */
const keyOf = (letter: string) => "22233344455566677778889999"[letter.toLowerCase().charCodeAt(0) - 97]!;

/** Of the numbering plans of North America and Britain; anything else counts as local. */
export function numberTypeOf(phoneNumber: string): NumberType {
  if (/^\+1(800|833|844|855|866|877|888)|^\+44(800|808)/.test(phoneNumber)) return "toll-free";
  return /^\+447/.test(phoneNumber) ? "mobile" : "local";
}

export function createOwnNumbers(clock: Clock, random: Random): OwnNumbers {
  const bySid = new Map<string, OwnNumber>();
  return {
    add(phoneNumber, settings = {}) {
      const now = clock.now();
      const number: OwnNumber = {
        ...noHandling,
        sid: makeSid("PN", random),
        phoneNumber,
        createdAt: now,
        updatedAt: now,
        friendlyName: phoneNumber,
        voiceApplicationSid: "",
        smsApplicationSid: "",
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
