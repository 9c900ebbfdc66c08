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

export interface FaultPlan {
  statusCallback?(callback: {
    callSid: string;
    callStatus: string;
    sequenceNumber: number;
  }): CallbackFault | undefined;
  /** Callbacks about recordings, machine detection, messages and conferences; `sid` is that of what they are about. */
  information?(callback: {
    about: Information["about"];
    sid: string;
  }): Omit<CallbackFault, "afterNext"> | undefined;
  voiceRequest?(request: { callSid: string; url: string }): VoiceFault | undefined;
}

const share = z.number().min(0).max(1).default(0);

/** Faults as shares of all requests, 0 to 1 each (`statusCallbacks` counts for every callback that informs), for a carrier in another process. */
export const faultRates = z.strictObject({
  seed: z.number().int().default(1),
  statusCallbacks: z
    .strictObject({
      duplicate: share,
      drop: share,
      reorder: share,
      delay: share,
      delaySeconds: z.number().min(0).max(3600).default(5),
    })
    .prefault({}),
  voiceRequests: z
    .strictObject({
      loseRequest: share,
      loseAnswer: share,
      delay: share,
      delaySeconds: z.number().min(0).max(3600).default(5),
    })
    .prefault({}),
});
export type FaultRates = z.infer<typeof faultRates>;

export function faultsFromRates(rates: FaultRates): FaultPlan {
  const random = seededRandom(rates.seed);
  const { statusCallbacks: told, voiceRequests: asked } = rates;
  return {
    statusCallback: () => ({
      copies: random() < told.drop ? 0 : random() < told.duplicate ? 2 : 1,
      afterNext: random() < told.reorder,
      delaySeconds: random() < told.delay ? told.delaySeconds : 0,
    }),
    information: () => ({
      copies: random() < told.drop ? 0 : random() < told.duplicate ? 2 : 1,
      delaySeconds: random() < told.delay ? told.delaySeconds : 0,
    }),
    voiceRequest: () => ({
      lose: random() < asked.loseRequest ? "request" : random() < asked.loseAnswer ? "answer" : undefined,
      delaySeconds: random() < asked.delay ? asked.delaySeconds : 0,
    }),
  };
}
