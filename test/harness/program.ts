/**
 * The real program — `node runtime/start.mjs` — with a data folder and a port of its own, as a user has it: built-in
 * line, PGlite, the designer built when its sources changed (the program does that itself).
 *
 * Life cycle: `startProgram()` → use `signInLink` once and `origin` → `stop()`, which also removes the data.
 */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Program {
  /** Such as `http://127.0.0.1:41234`. */
  readonly origin: string;
  /** The printed one-time address. */
  readonly signInLink: string;
  /** Everything it has said so far, on both streams. */
  output(): string;
  /** Milliseconds from its start to the printed address. */
  readonly startedInMs: number;
  stop(): Promise<void>;
}

export interface ProgramOptions {
  /** The checkout to run; ours unless told otherwise. */
  readonly root?: string;
  /** Kept afterwards when given. */
  readonly dataDir?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly limitSeconds?: number;
}

const here = join(import.meta.dirname, "../..");
const printedAddress = /https?:\/\/\S+\/sign-in#\S+/;

/** Nothing of the developer's own environment or .env may reach a test; an empty value wins over .env. */
const clean = {
  DATABASE_URL: "",
  NODE_ENV: "",
  PUBLIC_BASE_URL: "",
  TWILIO_ACCOUNT_SID: "",
  TWILIO_AUTH_TOKEN: "",
  TWILIO_API_KEY_SID: "",
  TWILIO_API_KEY_SECRET: "",
  HOST: "127.0.0.1",
  PORT: "0",
};

export async function startProgram(options: ProgramOptions = {}): Promise<Program> {
  const { root = here, limitSeconds = 110 } = options;
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), "trunkline-data-")));
  const began = performance.now();
  const child = spawn(process.execPath, [join(root, "runtime/start.mjs")], {
    cwd: root,
    env: { ...process.env, ...clean, TRUNKLINE_DATA_DIR: dataDir, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const over = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  let said = "";
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGTERM");
      const impatience = setTimeout(() => child.kill("SIGKILL"), 12_000);
      await over;
      clearTimeout(impatience);
    }
    if (!options.dataDir) await rm(dataDir, { recursive: true, force: true });
  };
  const signInLink = await new Promise<string | null>((resolve) => {
    const limit = setTimeout(() => resolve(null), limitSeconds * 1000);
    const settle = (link: string | null) => {
      clearTimeout(limit);
      resolve(link);
    };
    const hear = (chunk: unknown) => {
      said += String(chunk);
      const found = printedAddress.exec(said);
      if (found && said.includes("\n", found.index)) settle(found[0]);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("error", (error) => {
      said += error.message;
      settle(null);
    });
    void over.then(() => settle(null));
  });
  if (signInLink === null) {
    await stop();
    throw new Error(
      `Expected the program to print its sign-in address within ${limitSeconds} s, found:\n${said}`,
    );
  }
  const startedInMs = performance.now() - began;
  return { origin: new URL(signInLink).origin, signInLink, startedInMs, output: () => said, stop };
}
