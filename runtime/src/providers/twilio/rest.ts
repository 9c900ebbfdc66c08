/**
 * Twilio's REST side, through the official SDK, loaded on first use (it is large). With the built-in line every
 * request goes to that carrier's address instead; the original host is kept in `x-original-host`.
 */
import type { Twilio } from "twilio";
import type { NumberLinks } from "../provider.ts";
import { createOrders, type Orders } from "./orders.ts";

export interface RestOptions {
  readonly accountSid: string;
  /** An API key and its secret, or the account and its token. */
  readonly username: string;
  readonly password: string;
  /** Another carrier that speaks Twilio's API; null for Twilio itself. */
  readonly baseUrl: string | null;
}

export interface Rest extends Orders {
  listNumbers(): Promise<{ number: string; label: string }[]>;
  configureNumber(number: string, links: NumberLinks): Promise<void>;
  updateCall(callId: string, url: string): Promise<void>;
}

/** Longest any one request may take, in milliseconds. */
const timeout = 5000;
/** Numbers taken from one account. */
const mostNumbers = 1000;
/** Twilio's words for "that call is over": 20404 not found, 21220 not in progress. */
const overCodes = new Set([20404, 21220]);

export function createRest(options: RestOptions): Rest {
  let client: Promise<Twilio> | undefined;
  const open = () => (client ??= connect(options));
  return {
    ...createOrders(open),
    async listNumbers() {
      const found = await (await open()).incomingPhoneNumbers.list({ limit: mostNumbers });
      return found.map(({ phoneNumber, friendlyName }) => ({
        number: phoneNumber,
        label: friendlyName || phoneNumber,
      }));
    },
    async configureNumber(number, links) {
      const twilio = await open();
      const [found] = await twilio.incomingPhoneNumbers.list({ phoneNumber: number, limit: 1 });
      if (!found) throw new Error("Expected the number to belong to the account, found it does not.");
      await twilio.incomingPhoneNumbers(found.sid).update({
        voiceUrl: links.voice,
        voiceMethod: "POST",
        voiceFallbackUrl: links.fallback,
        voiceFallbackMethod: "POST",
        statusCallback: links.status,
        statusCallbackMethod: "POST",
      });
    },
    async updateCall(callId, url) {
      try {
        await (await open()).calls(callId).update({ url, method: "POST" });
      } catch (error) {
        const code = error instanceof Error && "code" in error ? Number(error.code) : 0;
        if (!overCodes.has(code)) throw error;
      }
    },
  };
}

async function connect(options: RestOptions): Promise<Twilio> {
  const { default: twilio } = await import("twilio");
  const { baseUrl } = options;
  class Redirecting extends twilio.RequestClient {
    override request<T>(order: Parameters<typeof twilio.RequestClient.prototype.request>[0]) {
      if (baseUrl !== null) {
        const url = new URL(order.uri);
        order.headers = { ...order.headers, "x-original-host": url.host };
        order.uri = baseUrl + url.pathname + url.search;
      }
      return super.request<T>(order as never); // the same order, its URI changed
    }
  }
  // Never asked again by itself: a call or a message that was asked for twice may happen twice.
  const httpClient = new Redirecting({ timeout, autoRetry: false });
  return twilio(options.username, options.password, { accountSid: options.accountSid, httpClient });
}
