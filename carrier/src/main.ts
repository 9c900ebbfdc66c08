#!/usr/bin/env node
/**
 * The carrier as a process. Tells on standard output where it listens, as one line of JSON or, on a terminal, for people; complaints go to
 * standard error. Exits on SIGTERM and SIGINT, and with `--exit-with-parent` when standard input closes.
 */
import "./process/older-node.ts";
import { readFileSync } from "node:fs";
import { type Carrier, startCarrier } from "./carrier.ts";
import { readArguments, usage } from "./process/arguments.ts";

/** If closing takes longer than this the process ends anyway, ms. */
const closeLimitMs = 1500;

async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  if (argv.includes("--help") || argv.includes("-h")) return console.log(usage);
  if (argv.includes("--version")) return console.log(version());
  const { options, exitWithParent } = readArguments(argv, (path) => readFileSync(path, "utf8"));
  const carrier = await startCarrier(options);
  const exit = () => {
    setTimeout(() => process.exit(0), closeLimitMs).unref();
    void carrier.close().then(() => process.exit(0));
  };
  process.once("SIGTERM", exit);
  process.once("SIGINT", exit);
  if (exitWithParent) {
    process.stdin.once("end", exit).once("close", exit).once("error", exit);
    process.stdin.resume();
  }
  console.log(process.stdout.isTTY ? forPeople(carrier, options.authToken) : forPrograms(carrier));
}

function version(): string {
  // The package's own file, beside `src` and beside `dist`.
  const file = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return file.version;
}

const forPrograms = ({ url, phoneUrl, consoleUrl, accountSid }: Carrier) =>
  JSON.stringify({ event: "listening", url, phoneUrl, consoleUrl, accountSid });

/** A token that was made up is told here and nowhere else: whoever sits here needs it. */
function forPeople(carrier: Carrier, given: string | undefined): string {
  const lines = [
    ["REST", carrier.url],
    ["Telephone", carrier.phoneUrl],
    ["Console", carrier.consoleUrl],
    ["Account SID", carrier.accountSid],
    ["Auth token", given === undefined ? carrier.authToken : "as given"],
  ];
  const told = lines.map(([name, value]) => `  ${name!.padEnd(12)} ${value}`).join("\n");
  return `The carrier is listening; Ctrl+C ends it.\n${told}`;
}

/** What a person can do something about, as a sentence; anything else as it is. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === "EADDRINUSE") return `port ${port} is taken: give another with --port, or 0 for a free one`;
  if (code === "EACCES")
    return `port ${port} may not be opened: give one from 1024 on with --port, or 0 for a free one`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return `--host is no address of this machine: ${error.message}`;
  return error.message;
}

main().catch((error: unknown) => {
  console.error(sentenceOf(error));
  process.exitCode = 1;
});
