/** The command line of `main.ts`, as options. Pure: the process is read in `main.ts` alone. */
import { parseArgs } from "node:util";
import type { CarrierOptions } from "./carrier.ts";
import { virtualClock } from "./clock.ts";
import { fastClock, mostTimes } from "./fast-clock.ts";

export const usage = `carrier: a telephone company in a box
  --port 0                  port to listen on, 0 = a free one
  --host 127.0.0.1          address to listen on
  --account-sid AC…         default: made up
  --auth-token …            default: made up
  --phone-token …           key of the phone and of /_carrier, default: made up
  --numbers +1…,+1…         numbers the account owns
  --far-end +1…=who.json    who is at a number that is called (README, People); may repeat
  --allow-host example.com  a host beside this machine that webhooks may go to; may repeat
  --calls-per-second 1      outbound calls begun per second, 0 = no limit
  --media-seconds 5         how long media are taken to last that cannot be fetched or measured
  --no-fetch-media          fetch none: all last that long
  --speed 1                 how many times faster than the wall waiting is, 1 to 10000
  --virtual-clock           time stands still until POST /_carrier/clock/advance
  --exit-with-parent        exit when standard input closes`;

export interface Arguments {
  readonly options: CarrierOptions;
  readonly exitWithParent: boolean;
  /** Numbers and the files that say who is there. */
  readonly farEndFiles: readonly (readonly [number: string, file: string])[];
}

/** Throws a sentence about the first argument that is wrong. */
export function readArguments(argv: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      port: { type: "string", default: "0" },
      host: { type: "string", default: "127.0.0.1" },
      "account-sid": { type: "string" },
      "auth-token": { type: "string" },
      "phone-token": { type: "string" },
      numbers: { type: "string", default: "" },
      "far-end": { type: "string", multiple: true, default: [] },
      "allow-host": { type: "string", multiple: true, default: [] },
      "calls-per-second": { type: "string", default: "1" },
      "media-seconds": { type: "string", default: "5" },
      speed: { type: "string" },
      "no-fetch-media": { type: "boolean", default: false },
      "virtual-clock": { type: "boolean", default: false },
      "exit-with-parent": { type: "boolean", default: false },
    },
  });
  const accountSid = values["account-sid"];
  if (accountSid !== undefined && !/^AC[0-9a-fA-F]{32}$/.test(accountSid))
    throw new Error(`--account-sid: expected AC and 32 hex digits, found ${accountSid}`);
  return {
    exitWithParent: values["exit-with-parent"],
    farEndFiles: values["far-end"].map((given) => {
      const [number, file] = /^([^=]+)=(.+)$/.exec(given)?.slice(1) ?? [];
      if (number && file) return [number, file];
      throw new Error(`--far-end: expected a number, = and a file, found ${given}`);
    }),
    options: {
      port: numberIn("--port", values.port, 65_535),
      host: values.host,
      accountSid,
      authToken: values["auth-token"],
      phoneToken: values["phone-token"],
      numbers: values.numbers
        .split(",")
        .map((number) => number.trim())
        .filter((number) => number !== ""),
      allowHosts: values["allow-host"],
      callsPerSecond: numberIn("--calls-per-second", values["calls-per-second"], 10_000),
      fetchMedia: !values["no-fetch-media"],
      mediaSeconds: numberIn("--media-seconds", values["media-seconds"], 3600),
      clock: clockOf(values.speed, values["virtual-clock"]),
    },
  };
}

/** The wall's pace is a fast clock too, so that it can be changed while running. */
function clockOf(speed: string | undefined, virtual: boolean) {
  if (virtual && speed !== undefined)
    throw new Error("--speed: expected no speed with --virtual-clock, where time stands still");
  if (virtual) return virtualClock();
  return fastClock(numberIn("--speed", speed ?? "1", mostTimes, 1));
}

function numberIn(name: string, text: string, most: number, least = 0): number {
  const number = Number(text);
  if (text.trim() !== "" && number >= least && number <= most) return number;
  throw new Error(`${name}: expected a number from ${least} to ${most}, found ${text}`);
}
