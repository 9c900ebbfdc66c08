/**
 * The built-in telephone line: the carrier package as a child process on a loopback port of its own choice.
 * Doorway: `startCarrier`, which resolves when the line listens; `stop` ends it. It ends by itself when we die.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Clock, within } from "../ports/clock.ts";
import { makeSecret, type Random } from "../ports/random.ts";

export interface CarrierProcess {
  readonly url: string;
  readonly accountSid: string;
  readonly authToken: string;
  readonly phoneToken: string;
  stop(): Promise<void>;
  /** Called once if the line ends without being stopped. */
  onEnd(tell: () => void): void;
}

const program = fileURLToPath(new URL("../../../carrier/src/main.ts", import.meta.url));
const startMs = 15_000;
const stopMs = 2500;

export async function startCarrier(parts: {
  clock: Clock;
  random: Random;
  numbers: readonly string[];
}): Promise<CarrierProcess> {
  const { clock, random, numbers } = parts;
  const accountSid = `AC${Buffer.from(random.bytes(16)).toString("hex")}`;
  const authToken = makeSecret(random).replaceAll("-", "x");
  const phoneToken = makeSecret(random).replaceAll("-", "x");
  const child = spawn(
    process.execPath,
    [
      program,
      "--port=0",
      `--account-sid=${accountSid}`,
      `--auth-token=${authToken}`,
      `--numbers=${numbers.join(",")}`,
      `--phone-token=${phoneToken}`,
      "--exit-with-parent",
    ],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  let stopped = false;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    stopped = true;
    child.kill("SIGTERM");
    const inTime = await within(
      clock,
      stopMs,
      ended.then(() => true),
      () => false,
    );
    if (!inTime) child.kill("SIGKILL");
  };
  const url = await within(
    clock,
    startMs,
    Promise.race([listening(child), ended.then(() => null)]),
    () => null,
  );
  if (url === null) {
    await stop();
    throw new Error("The built-in telephone line did not start.");
  }
  return {
    url,
    accountSid,
    authToken,
    phoneToken,
    stop,
    onEnd: (tell) => void ended.then(() => (stopped ? undefined : tell())),
  };
}

/** The address on the line it prints; null if it never does. */
async function listening(child: ChildProcess): Promise<string | null> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const said: { event?: string; url?: string } = JSON.parse(line); // the carrier's one line
    if (said.event === "listening" && said.url) return said.url.replace(/\/+$/, "");
  }
  return null;
}
