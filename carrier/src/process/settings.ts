/**
 * A settings file (`--config carrier.json`): a whole stage in one place. Pure: the file is read in `main.ts`.
 *
 *     { "port": 8400, "clock": { "speed": 20 },
 *       "numbers": [{ "phoneNumber": "+15550100001", "voiceUrl": "http://127.0.0.1:3000/voice" }],
 *       "farEnds": { "+15550150001": "busy", "+15550150002": { "steps": [{ "hear": "hello", "say": "Hi." }] } },
 *       "faults": { "statusCallbacks": { "duplicate": 0.1 } } }
 */
import { z } from "zod";
import { listings } from "../account/directory.ts";
import { isE164 } from "../account/numbers.ts";
import { virtualClock } from "../clock/clock.ts";
import { fastClock, mostTimes } from "../clock/fast-clock.ts";
import { sentencesOf } from "../control/json.ts";
import type { CarrierOptions } from "../options.ts";
import { behaviour } from "../people/behaviour.ts";
import { type FaultRates, faultRates } from "../webhooks/faults.ts";

const phoneNumber = z.string().refine(isE164, "expected an E.164 number such as +15550100001");
const method = z.enum(["GET", "POST"]);
const url = z.string().max(4000);

const ownNumber = z.union([
  phoneNumber,
  z.strictObject({
    phoneNumber,
    friendlyName: z.string().max(64).optional(),
    voiceUrl: url.optional(),
    voiceMethod: method.optional(),
    voiceFallbackUrl: url.optional(),
    voiceFallbackMethod: method.optional(),
    statusCallback: url.optional(),
    statusCallbackMethod: method.optional(),
    smsUrl: url.optional(),
    smsMethod: method.optional(),
    smsFallbackUrl: url.optional(),
    smsFallbackMethod: method.optional(),
    voiceCallerIdLookup: z.boolean().optional(),
  }),
]);

const clock = z.union(
  [z.enum(["real", "virtual"]), z.strictObject({ speed: z.number().min(1).max(mostTimes) })],
  { error: `expected "real", "virtual" or a speed from 1 to ${mostTimes} such as {"speed": 60}` },
);
export type ClockSetting = z.infer<typeof clock>;

export const settings = z.strictObject({
  port: z.int().min(0).max(65_535).optional(),
  host: z.string().min(1).optional(),
  accountSid: z
    .string()
    .regex(/^AC[0-9a-fA-F]{32}$/, "expected AC and 32 hex digits")
    .optional(),
  authToken: z.string().min(1).optional(),
  phoneToken: z.string().min(1).optional(),
  apiKeys: z.array(z.strictObject({ sid: z.string().min(1), secret: z.string().min(1) })).optional(),
  numbers: z.array(ownNumber).optional(),
  /** Who is at the numbers that are called. */
  farEnds: z.record(z.string(), behaviour).optional(),
  /** Names and places of people's numbers. */
  directory: listings.optional(),
  faults: faultRates.optional(),
  allowHosts: z.array(z.string().min(1)).optional(),
  /** Public hosts and where they lead. */
  tunnels: z.record(z.string().min(1), z.string().min(1)).optional(),
  /** PEM. */
  certificateAuthorities: z.array(z.string().min(1)).optional(),
  /** Pools of numbers that send messages under one SID. */
  messagingServices: z
    .array(
      z.strictObject({
        sid: z
          .string()
          .regex(/^MG[0-9a-fA-F]{32}$/, "expected MG and 32 hex digits")
          .optional(),
        numbers: z.array(phoneNumber),
      }),
    )
    .optional(),
  /** Twilio's codes of what becomes of messages to a number. */
  textFates: z.record(z.string(), z.int().min(21_000).max(39_999)).optional(),
  restLagMs: z.int().min(0).max(3_600_000).optional(),
  callsPerSecond: z.number().min(0).max(10_000).optional(),
  mediaSeconds: z.number().min(0).max(3600).optional(),
  fetchMedia: z.boolean().optional(),
  clock: clock.optional(),
});
export type Settings = z.infer<typeof settings>;

/** Throws a sentence that names the file and the place in it. */
export function readSettings<Value>(text: string, name: string, schema: z.ZodType<Value>): Value {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(
      `${name}: expected JSON, found ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  // For editors that complete JSON by a schema.
  if (typeof value === "object" && value !== null && "$schema" in value) delete value.$schema;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(`${name} is not as expected:\n${sentencesOf(parsed.error)}`);
}

/** The options that settings stand for. The wall's pace is a fast clock too, so that it can be changed while running. */
export function optionsOf({ farEnds, faults, clock = "real", ...rest }: Settings): CarrierOptions & {
  readonly faultRates?: FaultRates;
} {
  return {
    ...rest,
    farEnd: farEnds,
    faultRates: faults,
    clock: clock === "virtual" ? virtualClock() : fastClock(clock === "real" ? 1 : clock.speed),
  };
}
