/** The process itself: every reason not to start is one sentence and exit code 1; told to stop, it ends with 0. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { takeLock } from "./boot/lock.ts";

const program = fileURLToPath(new URL("../start.mjs", import.meta.url));
let folder: string;
let busy: Server;
const children: ChildProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "trunkline-server-"));
  busy = createServer();
  await new Promise<void>((resolve) => busy.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  busy.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Run {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly ended: Promise<{ code: number | null; err: string }>;
}

function run(variables: Record<string, string>): Run {
  const clean = { PATH: process.env.PATH ?? "", HOME: folder, TRUNKLINE_DESIGNER_BUILD: "skip", PORT: "0" };
  const child = spawn(process.execPath, [program], { env: { ...clean, ...variables } });
  children.push(child);
  let out = "";
  let err = "";
  child.stdout.on("data", (text) => {
    out += text;
  });
  child.stderr.on("data", (text) => {
    err += text;
  });
  const ended = new Promise<{ code: number | null; err: string }>((resolve) =>
    child.once("close", (code) => resolve({ code, err: err.trim() })),
  );
  return { child, out: () => out, ended };
}

test("reasons not to start: one sentence each, before anything is opened", async () => {
  const file = join(folder, "a-file");
  writeFileSync(file, "");
  const locked = mkdtempSync(join(folder, "locked-"));
  const lock = takeLock(locked);
  const { port } = busy.address() as AddressInfo;
  const cases: [Record<string, string>, RegExp][] = [
    [
      { TRUNKLINE_DATA_DIR: locked },
      /^The data folder .+ is in use by another Trunkline \(process \d+\): stop .+$/,
    ],
    [
      { TRUNKLINE_DATA_DIR: join(file, "x") },
      /^The data folder .+ cannot be written: make it writable, or set .+$/,
    ],
    [
      { TRUNKLINE_DATA_DIR: join(folder, "b"), PORT: String(port) },
      /^Port \d+ is in use: stop .+, or set PORT .+$/,
    ],
    [{ NODE_ENV: "production" }, /^The environment is not complete: for production .+ set DATABASE_URL, .+$/],
    [
      { DATABASE_URL: "postgres://u:p@127.0.0.1:1/x" },
      /^The database named by DATABASE_URL could not be opened \(\w+\): .+$/,
    ],
  ];
  const ends = await Promise.all(cases.map(([variables]) => run(variables).ended));
  ends.forEach((end, index) => {
    expect(end.code).toBe(1);
    expect(end.err).toMatch(cases[index]![1]);
  });
  lock.release();
});

test("starts, answers, prints one link, drains on SIGTERM, and its folder is free again", async () => {
  const dataDir = join(folder, "data");
  for (const expected of [/New here: .+\nReady in/, /^Ready in/]) {
    const { child, out, ended } = run({ TRUNKLINE_DATA_DIR: dataDir });
    const link = await new Promise<string>((resolve, reject) => {
      child.stdout!.on("data", () => {
        const found = /Open (http:\/\/127\.0\.0\.1:\d+)\/sign-in#([\w-]{43})\n/.exec(out());
        if (found) resolve(found[1]!);
      });
      void ended.then(({ err }) => reject(new Error(err)));
    });
    expect(out()).toMatch(expected);
    expect(out().match(/Open /g)).toHaveLength(1);
    const health = await fetch(`${link}/health`);
    expect(await health.json()).toMatchObject({ ok: true, database: "pglite" });
    const live = await fetch(`${link}/api/live`);
    expect(live.status).toBe(401);
    child.kill("SIGTERM");
    expect(await ended).toEqual({ code: 0, err: "" });
  }
}, 60_000);

test("a webhook that comes while it starts is answered by the runtime, not turned away", async () => {
  const port = await freePort();
  const { child, ended } = run({ TRUNKLINE_DATA_DIR: join(folder, "early"), PORT: String(port) });
  const hook = `http://127.0.0.1:${port}/hooks/${"x".repeat(32)}/voice`;
  let status = 0;
  while (status === 0 && child.exitCode === null) {
    status = await fetch(hook, { method: "POST" }).then(
      (answer) => answer.status,
      () => 0,
    );
  }
  expect(status).toBe(415);
  child.kill("SIGTERM");
  expect((await ended).code).toBe(0);
}, 60_000);

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // listening on TCP
  await new Promise((resolve) => server.close(resolve));
  return port;
}
