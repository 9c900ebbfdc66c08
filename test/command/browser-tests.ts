/** Will a run reach a test in test/browser? Only then is a browser unpacked. */
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { root } from "./run-program.ts";

export async function hasBrowserTests(filters: readonly string[]): Promise<boolean> {
  const folder = join(root, "test/browser");
  if (!existsSync(folder)) return false;
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".test.ts"));
  const paths = files.map((name) => `test/browser/${name}`);
  return paths.some((path) => filters.length === 0 || filters.some((one) => path.includes(one)));
}
