/** The package that stands alone: built, put where npm would put it, far from this repository, and started there. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const run = promisify(execFile);
const home = join(import.meta.dirname, "..");
let folder: string;
/** As an application has it in its node_modules. */
let installed: string;
let child: ChildProcess | undefined;

interface Manifest {
  readonly name: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  readonly dependencies: Readonly<Record<string, string>>;
}
let manifest: Manifest;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "carrier-package-"));
  const built = join(folder, "built");
  await run(process.execPath, [join(home, "build.ts"), built]);
  // The package's own file.
  manifest = JSON.parse(await readFile(join(built, "package.json"), "utf8")) as Manifest;
  installed = join(folder, "node_modules", manifest.name);
  await mkdir(installed, { recursive: true });
  for (const file of [...manifest.files, "package.json", "README.md", "LICENSE"])
    await cp(join(built, file), join(installed, file), { recursive: true });
  // No network: what npm would install comes from the workspace, and only what the package says it needs.
  for (const name of Object.keys(manifest.dependencies)) {
    const link = join(folder, "node_modules", name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(await realpath(join(home, "node_modules", name)), link);
  }
});
afterAll(async () => {
  child?.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

test("holds the program, its pages and documents, and nothing of the project", async () => {
  const files = await readdir(installed, { recursive: true });
  for (const file of [
    "dist/main.js",
    "dist/index.d.ts",
    "dist/phone/page/index.html",
    "dist/phone/page/main.js",
    "dist/phone/page/phone.css",
    "dist/console/page/index.html",
    "dist/pages/base.css",
    "README.md",
  ])
    expect(files).toContain(file);
  expect(files.filter((file) => /\.test\.|testdata|(?<!\.d)\.ts$/.test(file))).toEqual([]);
  const code = files.filter((file) => /\.(js|d\.ts)$/.test(file));
  const imported = new Set<string>();
  for (const file of code)
    for (const [, from] of (await readFile(join(installed, file), "utf8")).matchAll(
      /^(?:import|export)\b.*?from "([^".][^"]*)"/gm,
    ))
      imported.add(from!.split("/", from!.startsWith("@") ? 2 : 1).join("/"));
  const foreign = [...imported].filter((name) => !name.startsWith("node:"));
  expect(foreign.sort()).toEqual(Object.keys(manifest.dependencies).sort());
});

test("starts as a program and serves REST, the telephone and the console", async () => {
  const program = join(installed, manifest.bin["trunkline-carrier"]!);
  expect(await readFile(program, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
  const sid = `AC${"0".repeat(31)}1`;
  const argv = ["--account-sid", sid, "--auth-token", "t", "--phone-token", "p", "--numbers", "+15550100001"];
  child = spawn(process.execPath, [program, ...argv], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(child.stdout!, "data")) as [Buffer];
  // The documented line.
  const { url, phoneUrl, consoleUrl } = JSON.parse(line.toString()) as Record<string, string>;
  const numbers = await fetch(`${url}/2010-04-01/Accounts/${sid}/IncomingPhoneNumbers.json`, {
    headers: { authorization: `Basic ${btoa(`${sid}:t`)}` },
  });
  expect(await numbers.json()).toMatchObject({ incoming_phone_numbers: [{ phone_number: "+15550100001" }] });
  for (const page of [phoneUrl, consoleUrl])
    expect(await (await fetch(page!)).text()).toMatch(/^<!doctype html>/);
});

test("is a library for tests too", async () => {
  const code = `
    import { startCarrier, virtualClock } from "${manifest.name}";
    const clock = virtualClock();
    const carrier = await startCarrier({ clock, numbers: ["+15550100001"] });
    carrier.call({ from: "+15550199001", to: "+15550100001", script: { steps: [{ hangUp: true }] } });
    await clock.runUntilIdle();
    console.log(carrier.calls()[0].status);
    await carrier.close();`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", code], { cwd: folder });
  expect(stdout).toBe("completed\n");
});
