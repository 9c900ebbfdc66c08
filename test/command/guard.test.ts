/** Without installed packages both commands say one sentence, not a stack: pnpm runs them after a failed install. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { root } from "./run-program.ts";

let bare: string;
beforeAll(() => {
  bare = mkdtempSync(join(tmpdir(), "trunkline-bare-"));
  for (const path of [
    "runtime/start.mjs",
    "runtime/src",
    "runtime/package.json",
    "test/run.mjs",
    "test/guard.mjs",
  ]) {
    cpSync(join(root, path), join(bare, path), { recursive: true });
  }
});
afterAll(() => rmSync(bare, { recursive: true }));

it.each(["runtime/start.mjs", "test/run.mjs"])("%s", (script) => {
  const ran = spawnSync(process.execPath, [join(bare, script)], { encoding: "utf8" });
  expect(ran.status).toBe(1);
  const said = `${ran.stdout}${ran.stderr}`.trim();
  expect(said.split("\n")).toHaveLength(1);
  expect(said).toContain("npx");
});
