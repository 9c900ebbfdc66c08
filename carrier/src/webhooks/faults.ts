/**
 * What may go wrong on the way between carrier and application, on demand.
 * Nothing of it happens unless asked for. A plan is asked once per request; the same seed gives the same faults.
 */
import { z } from "zod";
import { seededRandom } from "../ids.ts";
import type { Information } from "./inform.ts";

export interface CallbackFault {
  /** How often it is delivered: 0 drops it. Default 1. */
  readonly copies?: number;
  /** Delivered late, s. */
  readonly delaySeconds?: number;
  /** Held back until the call's next callback has gone out. A terminal callback is never held. */
  readonly afterNext?: boolean;
}

export interface VoiceFault {
  /** The answer takes this long, s; over 15 it is a timeout. */
  readonly delaySeconds?: number;
  /** `connection` is never established (11201 after `ct`), `request` never arrives, `answer` is lost. The carrier then retries with the same
   *  token. */
  readonly lose?: "connection" | "request" | "answer";
  /** How many attempts meet this fault. Default 1. */
  readonly attempts?: number;
}

/** What becomes of a REST request of the application. */
export interface RestFault {
  /** 429 is 20429 and never executed (protocol 6); a 5xx is executed or not, the application cannot know. */
  readonly status?: 429 | 500 | 503;
  /** With a 5xx: the request is executed all the same. */
  readonly executed?: boolean;
  /** The answer takes this much longer, s. */
  readonly delaySeconds?: number;
}

export interface FaultPlan {
  statusCallback?(callback: {
    callSid: string;
    callStatus: string;
    sequenceNumber: number;
    url: string;
  }): CallbackFault | undefined;
  /** Callbacks about recordings, machine detection, messages and conferences; `sid` is that of what they are about. */
  information?(callback: {
    about: Information["about"];
    sid: string;
    url: string;
  }): CallbackFault | undefined;
  voiceRequest?(request: { callSid: string; url: string }): VoiceFault | undefined;
  /** `path` is the one below the account, `/Calls.json`. */
  restRequest?(request: { method: string; path: string }): RestFault | undefined;
}

const share = z.number().min(0).max(1).default(0);
const seconds = z.number().min(0).max(3600).default(5);
const kinds = [
  "voice",
  "status",
  "rest",
  "recording",
  "machine-detection",
  "message",
  "conference",
  "stream",
  "transcription",
  "speech",
  "verification",
  "task-router",
] as const satisfies readonly ("voice" | "status" | "rest" | Information["about"])[];
type Kind = (typeof kinds)[number];

/** Faults as shares of all requests, 0 to 1 each (`statusCallbacks` counts for every callback that informs), for a carrier in another process. */
export const faultRates = z.strictObject({
  seed: z.number().int().default(1),
  /** Only these are met by faults: kinds of requests, those about one call (or what else they are about), those whose URL has this in it. */
  only: z
    .strictObject({
      kinds: z.array(z.enum(kinds)).min(1).optional(),
      sid: z.string().min(1).max(100).optional(),
      url: z.string().min(1).max(1000).optional(),
    })
    .optional(),
  statusCallbacks: z
    .strictObject({
      duplicate: share,
      drop: share,
      reorder: share,
      delay: share,
      delaySeconds: seconds,
    })
    .prefault({}),
  voiceRequests: z
    .strictObject({
      loseConnection: share,
      loseRequest: share,
      loseAnswer: share,
      delay: share,
      delaySeconds: seconds,
    })
    .prefault({}),
  restRequests: z
    .strictObject({
      /** 429, 20429. */
      tooMany: share,
      /** 503, not executed. */
      fail: share,
      /** 500, though it was executed. */
      loseAnswer: share,
      delay: share,
      delaySeconds: seconds,
    })
    .prefault({}),
});
export type FaultRates = z.infer<typeof faultRates>;

export function faultsFromRates(rates: FaultRates): FaultPlan {
  const random = seededRandom(rates.seed);
  const { statusCallbacks: told, voiceRequests: asked, restRequests: ordered, only } = rates;
  const meets = (kind: Kind, sid: string, url: string) =>
    (only?.kinds?.includes(kind) ?? true) &&
    (only?.sid === undefined || only.sid === sid) &&
    (only?.url === undefined || url.includes(only.url));
  const callback = (): CallbackFault => ({
    copies: random() < told.drop ? 0 : random() < told.duplicate ? 2 : 1,
    afterNext: random() < told.reorder,
    delaySeconds: random() < told.delay ? told.delaySeconds : 0,
  });
  const lost = (): VoiceFault["lose"] => {
    if (random() < asked.loseRequest) return "request";
    if (random() < asked.loseAnswer) return "answer";
    return random() < asked.loseConnection ? "connection" : undefined;
  };
  return {
    statusCallback: ({ callSid, url }) => (meets("status", callSid, url) ? callback() : undefined),
    information: ({ about, sid, url }) => (meets(about, sid, url) ? callback() : undefined),
    voiceRequest: ({ callSid, url }) =>
      meets("voice", callSid, url)
        ? { lose: lost(), delaySeconds: random() < asked.delay ? asked.delaySeconds : 0 }
        : undefined,
    restRequest({ path }) {
      const [, sid = ""] = /\/([A-Z]{2}[0-9a-f]{32})/.exec(path) ?? [];
      if (!meets("rest", sid, path)) return undefined;
      const delaySeconds = random() < ordered.delay ? ordered.delaySeconds : 0;
      if (random() < ordered.tooMany) return { status: 429, delaySeconds };
      if (random() < ordered.fail) return { status: 503, delaySeconds };
      return random() < ordered.loseAnswer ? { status: 500, executed: true, delaySeconds } : { delaySeconds };
    },
  };
}
