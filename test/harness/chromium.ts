/**
 * A Chromium to test with: `CHROME_PATH` if the environment names one, else the one that comes from npm, unpacked
 * once into test/.cache together with the libraries and fonts a bare Linux lacks.
 *
 * Doorway: `findChromium()`, called by `pnpm test`, which exports the answer; suites launch it with browser.ts.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { inflate } from "@sparticuz/chromium";

export interface Chromium {
  readonly executable: string;
  /** What its process needs beside what we have. */
  readonly env: Readonly<Record<string, string>>;
}

const cache = join(import.meta.dirname, "../.cache");

export async function findChromium(): Promise<Chromium> {
  const own = process.env.CHROME_PATH;
  if (own) {
    if (!existsSync(own)) throw new Error(`Expected a browser at CHROME_PATH, found nothing at ${own}.`);
    return { executable: own, env: {} };
  }
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("Expected CHROME_PATH: the browser from npm runs on Linux x64 only.");
  }
  const folder = await unpacked();
  const executable = join(folder, "chromium");
  const env: Record<string, string> = {};
  if (await lacksLibraries(executable)) {
    const own = join(folder, "al2023/lib");
    env.LD_LIBRARY_PATH = [own, process.env.LD_LIBRARY_PATH].filter(Boolean).join(":");
  }
  if (!process.env.FONTCONFIG_PATH && !existsSync("/etc/fonts/fonts.conf"))
    env.FONTCONFIG_PATH = join(folder, "fonts");
  return { executable, env };
}

/** Unpacked beside its final place and renamed, so that a broken-off run leaves nothing half done. */
async function unpacked(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  const home = join(entry, "../..");
  const { version } = JSON.parse(await readFile(join(home, "package.json"), "utf8")) as { version: string };
  const folder = join(cache, `chromium-${version}`);
  if (existsSync(folder)) return folder;
  const partial = `${folder}.${process.pid}`;
  await mkdir(partial, { recursive: true });
  const before = process.env.TMPDIR;
  process.env.TMPDIR = partial; // the only way to tell the package where to unpack
  try {
    for (const name of ["chromium.br", "fonts.tar.br", "al2023.tar.br"])
      await inflate(join(home, "bin", name));
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  await rename(partial, folder).catch(async (error: unknown) => {
    if (!existsSync(folder)) throw error;
    await rm(partial, { recursive: true, force: true }); // another run was faster
  });
  return folder;
}

/** Without `ldd` (musl, say) nothing is known: then our copies do no harm. */
function lacksLibraries(executable: string): Promise<boolean> {
  return new Promise((resolve) => {
    execFile("ldd", [executable], (error, stdout) => resolve(error !== null || stdout.includes("not found")));
  });
}
