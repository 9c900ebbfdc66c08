/**
 * The carrier as a process. Prints exactly one line to standard output when it listens; complaints go to standard error.
 * Exits on SIGTERM and SIGINT, and with `--exit-with-parent` when standard input closes.
 */
import { readFileSync } from "node:fs";
import { readArguments, usage } from "./arguments.ts";
import { startCarrier } from "./carrier.ts";
import { sentencesOf } from "./control/json.ts";
import { type Behaviour, behaviour } from "./people/behaviour.ts";

/** If closing takes longer than this the process ends anyway, ms. */
const closeLimitMs = 1500;

async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  if (argv.includes("--help")) {
    console.error(usage);
    return;
  }
  const { options, exitWithParent, farEndFiles } = readArguments(argv);
  const farEnd = Object.fromEntries(farEndFiles.map(([number, file]) => [number, readBehaviour(file)]));
  const carrier = await startCarrier({ ...options, farEnd });
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
  const { url, phoneUrl, consoleUrl, accountSid } = carrier;
  console.log(JSON.stringify({ event: "listening", url, phoneUrl, consoleUrl, accountSid }));
}

function readBehaviour(file: string): Behaviour {
  try {
    const parsed = behaviour.safeParse(JSON.parse(readFileSync(file, "utf8")));
    if (parsed.success) return parsed.data;
    throw new Error(sentencesOf(parsed.error));
  } catch (error) {
    throw new Error(`--far-end: ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
