/**
 * What may happen once only: calls and messages. Twilio has no idempotency key for either, so each is one request, and
 * the answer is one of three: done, surely not done, or unknown. A refusal is told by its code alone: the sentence that
 * comes with it may quote a number.
 */
import type { Twilio } from "twilio";
import type { Provider } from "../provider.ts";

export type Orders = Pick<Provider, "placeCall" | "findCalls" | "sendMessage">;

/** Calls looked through for one we lost sight of. */
const mostListed = 50;

export function createOrders(open: () => Promise<Twilio>): Orders {
  return {
    async placeCall({ from, to, ringSeconds, limitSeconds, detection, greeting, links }) {
      const listening =
        detection === "off"
          ? {}
          : { machineDetection: greeting === "over" ? "DetectMessageEnd" : ("Enable" as const) };
      const meanwhile =
        detection === "meanwhile"
          ? {
              asyncAmd: "true",
              asyncAmdStatusCallback: links.verdict,
              asyncAmdStatusCallbackMethod: "POST",
            }
          : {};
      try {
        const made = await (await open()).calls.create({
          from,
          to,
          url: links.voice,
          method: "POST",
          fallbackUrl: links.fallback,
          fallbackMethod: "POST",
          statusCallback: links.status,
          statusCallbackMethod: "POST",
          statusCallbackEvent: ["initiated", "ringing", "answered", "completed"],
          timeout: ringSeconds,
          timeLimit: limitSeconds,
          ...listening,
          ...meanwhile,
        });
        return /^CA[0-9a-f]{32}$/.test(made.sid)
          ? { state: "placed", callId: made.sid }
          : { state: "ambiguous" };
      } catch (error) {
        const code = refusedBy(error);
        return code === null ? { state: "ambiguous" } : { state: "refused", code };
      }
    },

    async findCalls(from, to, since) {
      const found = await (await open()).calls.list({ from, to, limit: mostListed });
      return found
        .map(({ sid, status, dateCreated }) => ({
          callId: sid,
          status,
          createdAt: dateCreated?.getTime() ?? null,
        }))
        .filter(({ createdAt }) => createdAt === null || createdAt >= since);
    },

    async sendMessage({ from, to, text }) {
      try {
        await (await open()).messages.create({ from, to, body: text });
        return { state: "sent" };
      } catch (error) {
        const code = refusedBy(error);
        if (code === null) return { state: "ambiguous" };
        return statusOf(error) === 429 ? { state: "busy" } : { state: "refused", code };
      }
    },
  };
}

/** Codes of connections that were never made: nothing was asked. */
const neverAsked: ReadonlySet<string> = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);

/** The carrier's code for not doing it; null when it may have been done all the same. */
function refusedBy(error: unknown): string | null {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (neverAsked.has(code)) return code;
  const status = statusOf(error);
  // 408: the request was not received whole in time, or its answer was not.
  if (status < 400 || status >= 500 || status === 408) return null;
  return /^\d{1,6}$/.test(code) ? code : String(status);
}

function statusOf(error: unknown): number {
  return error instanceof Error && "status" in error ? Number(error.status) : 0;
}
