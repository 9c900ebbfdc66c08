/** The command line of `main.ts`, as options. Pure: files are read by the function it is given. */
import { parseArgs } from "node:util";
import { mostTimes } from "../clock/fast-clock.ts";
import type { CarrierOptions } from "../options.ts";
import { type Behaviour, behaviour } from "../people/behaviour.ts";
import { type ClockSetting, optionsOf, readSettings, type Settings, settings } from "./settings.ts";

export const usage = `trunkline-carrier: a telephone company in a box, for applications written for Twilio

  trunkline-carrier --numbers +15550100001=http://127.0.0.1:3000/voice

  --config carrier.json     settings from a file; arguments beside it win
  --port 0                  port to listen on, 0 = a free one
  --host 127.0.0.1          address to listen on
  --account-sid AC…         default: made up
  --auth-token …            default: made up
  --phone-token …           key of the phone, the console and /_carrier, default: made up
  --numbers +1…,+1…=URL     numbers the account owns, with the webhook that answers
  --far-end +1…=who.json    who is at a number that is called (docs/people.md); may repeat
  --allow-host example.com  a host beside this machine that webhooks may go to; may repeat
  --tunnel app.example.com=http://127.0.0.1:3000
                            a public host that is a server of this machine: https and wss end here; may repeat
  --calls-per-second 1      outbound calls begun per second, 0 = no limit
  --rest-lag-ms 0           how far REST's reads of calls and messages lag behind
  --media-seconds 5         how long media are taken to last that cannot be fetched or measured
  --no-fetch-media          fetch none: all last that long
  --speed 1                 how many times faster than the wall waiting is, 1 to ${mostTimes}
  --virtual-clock           time stands still until POST /_carrier/clock/advance
  --exit-with-parent        exit when standard input closes
  --help, --version

It prints where it listens: for people on a terminal, else as one line of JSON.`;

export interface Arguments {
  readonly options: CarrierOptions;
  readonly exitWithParent: boolean;
}

const known = {
  config: { type: "string" },
  port: { type: "string" },
  host: { type: "string" },
  "account-sid": { type: "string" },
  "auth-token": { type: "string" },
  "phone-token": { type: "string" },
  numbers: { type: "string", multiple: true },
  "far-end": { type: "string", multiple: true },
  "allow-host": { type: "string", multiple: true },
  tunnel: { type: "string", multiple: true },
  "calls-per-second": { type: "string" },
  "rest-lag-ms": { type: "string" },
  "media-seconds": { type: "string" },
  "no-fetch-media": { type: "boolean", default: false },
  speed: { type: "string" },
  "virtual-clock": { type: "boolean", default: false },
  "exit-with-parent": { type: "boolean", default: false },
} as const;

/** Throws a sentence about the first argument that is wrong. `read` gives a file's text. */
export function readArguments(argv: readonly string[], read: (path: string) => string): Arguments {
  const values = parse(argv);
  const file =
    values.config === undefined
      ? {}
      : readSettings(readFile("--config", values.config, read), values.config, settings);
  const accountSid = values["account-sid"];
  if (accountSid !== undefined && !/^AC[0-9a-fA-F]{32}$/.test(accountSid))
    throw new Error(`--account-sid: expected AC and 32 hex digits, found ${accountSid}`);
  const given: Settings = {
    port: numberIn("--port", values.port, 65_535),
    host: values.host,
    accountSid,
    authToken: values["auth-token"],
    phoneToken: values["phone-token"],
    numbers: values.numbers?.flatMap(numbersIn),
    farEnds:
      values["far-end"] === undefined
        ? undefined
        : {
            ...file.farEnds,
            ...Object.fromEntries(values["far-end"].map((given) => farEndIn(given, read))),
          },
    allowHosts: values["allow-host"],
    tunnels: values.tunnel && { ...file.tunnels, ...Object.fromEntries(values.tunnel.map(tunnelIn)) },
    callsPerSecond: numberIn("--calls-per-second", values["calls-per-second"], 10_000),
    restLagMs: numberIn("--rest-lag-ms", values["rest-lag-ms"], 3_600_000),
    mediaSeconds: numberIn("--media-seconds", values["media-seconds"], 3600),
    fetchMedia: values["no-fetch-media"] ? false : undefined,
    clock: clockOf(values.speed, values["virtual-clock"]),
  };
  const whole = {
    ...file,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
  return { exitWithParent: values["exit-with-parent"], options: optionsOf(whole) };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: known }).values;
  } catch (error) {
    // Node's message explains itself further than its first sentence; nobody needs that here.
    const [sentence] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
    throw new Error(`${sentence}; --help lists what there is`);
  }
}

/** `host=address`. */
function tunnelIn(given: string): [host: string, address: string] {
  const [host, address] = /^([^=]+)=(.+)$/.exec(given)?.slice(1) ?? [];
  if (!host || !address) throw new Error(`--tunnel: expected a host, = and an address, found ${given}`);
  return [host, address];
}

/** `+1…=file`. */
function farEndIn(given: string, read: (path: string) => string): [number: string, who: Behaviour] {
  const [number, file] = /^([^=]+)=(.+)$/.exec(given)?.slice(1) ?? [];
  if (!number || !file) throw new Error(`--far-end: expected a number, = and a file, found ${given}`);
  return [number, readSettings(readFile("--far-end", file, read), file, behaviour)];
}

function readFile(name: string, path: string, read: (path: string) => string): string {
  try {
    return read(path);
  } catch (error) {
    throw new Error(
      `${name}: expected a file at ${path}, found ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** `+1…,+1…=URL`; a URL may have commas. */
function numbersIn(text: string): NonNullable<Settings["numbers"]> {
  return text
    .split(/,(?=\s*(?:\+|$))/)
    .map((one) => one.trim())
    .filter((one) => one !== "")
    .map((one) => {
      const at = one.indexOf("=");
      return at === -1 ? one : { phoneNumber: one.slice(0, at), voiceUrl: one.slice(at + 1) };
    });
}

function clockOf(speed: string | undefined, virtual: boolean): ClockSetting | undefined {
  if (virtual && speed !== undefined)
    throw new Error("--speed: expected no speed with --virtual-clock, where time stands still");
  if (virtual) return "virtual";
  const times = numberIn("--speed", speed, mostTimes, 1);
  return times === undefined ? undefined : { speed: times };
}

function numberIn(name: string, text: string | undefined, most: number, least = 0): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (text.trim() !== "" && number >= least && number <= most) return number;
  throw new Error(`${name}: expected a number from ${least} to ${most}, found ${text}`);
}
