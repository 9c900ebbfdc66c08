/** Messaging services: a name for several numbers, one of which is chosen to send (Twilio, Messaging Services). Given at the start. */
import { makeSid, type Random } from "../ids.ts";

export interface MessagingService {
  readonly sid: string;
  /** Numbers of the account, E.164. */
  readonly numbers: readonly string[];
}
export type MessagingServiceOption = Partial<Pick<MessagingService, "sid">> &
  Pick<MessagingService, "numbers">;

export interface MessagingServices {
  get(sid: string): MessagingService | undefined;
  /** The service in whose pool a number is. */
  of(phoneNumber: string): MessagingService | undefined;
}

export function createMessagingServices(
  given: readonly MessagingServiceOption[],
  random: Random,
): MessagingServices {
  const services = given.map(({ sid = makeSid("MG", random), numbers }) => ({ sid, numbers }));
  return {
    get: (sid) => services.find((one) => one.sid === sid),
    of: (phoneNumber) => services.find(({ numbers }) => numbers.includes(phoneNumber)),
  };
}

/** The same number for the same person, as Twilio's sticky sender; undefined for an empty pool. */
export function senderFor({ numbers }: MessagingService, to: string): string | undefined {
  let sum = 0;
  for (const sign of to) sum += sign.charCodeAt(0);
  return numbers[sum % Math.max(1, numbers.length)];
}
