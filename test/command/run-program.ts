/** Runs one program to its end and keeps what it said. Nothing here throws for a program that fails. */
import { spawn } from "node:child_process";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");

export interface Ran {
  readonly ok: boolean;
  readonly output: string;
  readonly seconds: number;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Show the output as it comes instead of keeping it. */
  readonly live?: boolean;
  /** Kill it then, and count it as failed. */
  readonly limitSeconds?: number;
}

const open = new Set<() => void>();

/** Tell every program that still runs to stop: for the way out after a signal. */
export function stopPrograms(): void {
  for (const stop of open) stop();
}

export function runProgram(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const began = performance.now();
  const said: string[] = [];
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: ["ignore", options.live ? "inherit" : "pipe", options.live ? "inherit" : "pipe"],
    });
    const stop = () => void child.kill("SIGTERM");
    open.add(stop);
    child.stdout?.on("data", (chunk) => said.push(String(chunk)));
    child.stderr?.on("data", (chunk) => said.push(String(chunk)));
    const limit = options.limitSeconds ?? 600;
    const timer = setTimeout(() => {
      console.error(`Expected ${command} to end within ${limit} seconds, found it still running: killed.`);
      child.kill("SIGKILL");
    }, limit * 1000);
    const end = (ok: boolean) => {
      clearTimeout(timer);
      open.delete(stop);
      resolve({ ok, output: said.join("").trim(), seconds: (performance.now() - began) / 1000 });
    };
    child.on("error", (error) => {
      said.push(`${command}: ${error.message}`);
      end(false);
    });
    child.on("close", (code) => end(code === 0));
  });
}

/** A program of the workspace root's own node_modules/.bin. */
export function binary(name: string): string {
  return join(root, "node_modules/.bin", name);
}
