/**
 * Builds the designer when its sources changed since it was last built: a hash over everything vite reads is kept
 * beside what it wrote. Doorway: `buildDesigner`, once at boot. Throws a sentence when the build fails.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Relative to the repository; folders with everything in them. */
const inputs = [
  "designer/src",
  "designer/public",
  "designer/index.html",
  "designer/package.json",
  "designer/vite.config.ts",
  "schema/src",
  "schema/package.json",
  "flows",
  "pnpm-lock.yaml",
];

export function isStale(root: string): boolean {
  const noted = join(root, "designer/dist/.inputs");
  return !existsSync(noted) || readFileSync(noted, "utf8") !== hashInputs(root);
}

/** Nothing to build yet in a checkout without the designer's page. */
export function hasDesigner(root: string): boolean {
  return existsSync(join(root, "designer/index.html"));
}

export async function buildDesigner(root: string): Promise<void> {
  const hash = hashInputs(root);
  const vite = join(root, "designer/node_modules/vite/bin/vite.js");
  const child = spawn(process.execPath, [vite, "build", "--logLevel", "warn"], {
    cwd: join(root, "designer"),
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-4000);
  });
  const code = await new Promise<number>((resolve) => {
    child.once("error", () => resolve(1));
    child.once("exit", (status) => resolve(status ?? 1));
  });
  if (code !== 0) {
    throw new Error(
      `The designer could not be built: mend what vite says, or set TRUNKLINE_DESIGNER_BUILD=skip.\n${said}`,
    );
  }
  writeFileSync(join(root, "designer/dist/.inputs"), hash);
}

function hashInputs(root: string): string {
  const hash = createHash("sha256");
  for (const input of inputs) {
    for (const file of filesIn(root, input))
      hash
        .update(`${file}\0`)
        .update(readFileSync(join(root, file)))
        .update("\0");
  }
  return hash.digest("hex");
}

function filesIn(root: string, path: string): string[] {
  const there = join(root, path);
  if (!existsSync(there)) return [];
  if (!statSync(there).isDirectory()) return [path];
  return readdirSync(there)
    .filter((name) => name !== "node_modules" && name !== "dist" && !name.endsWith(".test.ts"))
    .sort()
    .flatMap((name) => filesIn(root, join(path, name)));
}
