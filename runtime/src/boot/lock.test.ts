/** One process per data folder, also after kill -9 and with a pid that was given to another process. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LockedError, takeLock } from "./lock.ts";

const lockModule = fileURLToPath(new URL("./lock.ts", import.meta.url));
let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trunkline-lock-"));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

/** Another process that takes the lock and keeps it; what it said. */
function taker(): Promise<{ child: ChildProcess; said: string }> {
  const code = `import { takeLock } from ${JSON.stringify(lockModule)};
    try { takeLock(${JSON.stringify(folder)}); console.log("taken"); setInterval(() => {}, 1e6); }
    catch (error) { console.log(error.name); }`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  return new Promise((resolve) =>
    child.stdout!.once("data", (text) => resolve({ child, said: String(text).trim() })),
  );
}

const gone = (child: ChildProcess) => new Promise((resolve) => child.once("exit", resolve));

test("a second process is refused; after kill -9 the lock is taken over; a live one never is", async () => {
  const first = await taker();
  expect(first.said).toBe("taken");
  expect((await taker()).said).toBe("LockedError");
  expect(() => takeLock(folder)).toThrow(
    /in use by another Trunkline \(process \d+\): stop that one, or set TRUNKLINE_DATA_DIR/,
  );
  const ended = gone(first.child);
  first.child.kill("SIGKILL");
  await ended;
  const takers = await Promise.all([taker(), taker(), taker(), taker()]);
  expect(takers.map(({ said }) => said).sort()).toEqual([
    "LockedError",
    "LockedError",
    "LockedError",
    "taken",
  ]);
});

test("released, it is free; the number goes on, and nothing else is left", () => {
  takeLock(folder).release();
  const lock = takeLock(folder);
  expect(() => takeLock(folder)).toThrow(LockedError);
  expect(readdirSync(folder)).toEqual(["lock.2"]);
  lock.release();
});

test("a pid that lives again as another process is not the holder", () => {
  writeFileSync(join(folder, "lock.1"), JSON.stringify({ pid: process.pid, began: "another-boot/1" }));
  takeLock(folder).release();
  writeFileSync(join(folder, "lock.3"), JSON.stringify({ pid: process.pid, began: null }));
  expect(() => takeLock(folder)).toThrow(LockedError);
});
