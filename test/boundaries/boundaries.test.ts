/** Every boundary rule is seen to refuse: a rule that misses its planted violation, or that nothing plants, fails. */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allowed, planted } from "./planted.ts";

const root = join(import.meta.dirname, "../..");

interface Diagnostic {
  readonly category: string;
  readonly message: string;
  readonly location: { readonly path: string | null };
}

/** The parts of biome.json this test counts. */
interface Rules {
  readonly style?: {
    readonly noRestrictedImports?: {
      readonly options: { readonly patterns: readonly { readonly message: string }[] };
    };
    readonly noRestrictedGlobals?: {
      readonly options: { readonly deniedGlobals: Readonly<Record<string, string>> };
    };
  };
}
interface Config {
  readonly plugins: readonly { readonly path: string }[];
  readonly linter: { readonly rules: Rules };
  readonly overrides: readonly { readonly linter: { readonly rules?: Rules } }[];
}

let folder: string;
let found: readonly Diagnostic[];
const at = (path: string) => found.filter((one) => one.location.path === path).map((one) => one.message);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trunkline-boundaries-"));
  await cp(join(root, "biome.json"), join(folder, "biome.json"));
  await mkdir(join(folder, "test"), { recursive: true });
  await symlink(join(root, "test/boundaries"), join(folder, "test/boundaries"));
  for (const { path, code } of [...planted, ...allowed]) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), code);
  }
  found = await lint(folder);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function lint(cwd: string): Promise<readonly Diagnostic[]> {
  const biome = join(root, "node_modules/.bin/biome");
  const args = ["lint", "--reporter=json", "--max-diagnostics=none", "."];
  return new Promise((resolve, reject) => {
    execFile(biome, args, { cwd, maxBuffer: 1 << 26 }, (_refused, stdout, stderr) => {
      try {
        resolve((JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics); // biome's own report format
      } catch {
        reject(new Error(`Expected a report from biome, found: ${stderr.slice(0, 2000)}`));
      }
    });
  });
}

describe("a planted violation is refused", () => {
  it.each(planted.map((one) => [one.path, one] as const))("%s", (path, { code, says }) => {
    expect(at(path).join("\n"), code).toContain(says);
  });
});

describe("honest code passes", () => {
  it.each(allowed.map((one) => [one.path, one] as const))("%s", (path, { code }) => {
    expect(at(path), code).toEqual([]);
  });
});

it("every rule of biome.json is planted", async () => {
  const config = JSON.parse(await readFile(join(root, "biome.json"), "utf8")) as Config;
  const rules = [config.linter.rules, ...config.overrides.map((one) => one.linter.rules ?? {})];
  const messages = rules.flatMap(({ style }) => [
    ...(style?.noRestrictedImports?.options.patterns ?? []).map((one) => one.message),
    ...Object.keys(style?.noRestrictedGlobals?.options.deniedGlobals ?? {}).map(
      (name) => `Do not use the global variable ${name}.`,
    ),
  ]);
  const seen = found.map((one) => one.message).join("\n");
  for (const message of new Set(messages)) expect(seen).toContain(message);
  for (const { path } of config.plugins) {
    const source = await readFile(join(root, path), "utf8");
    expect(seen).toContain(/message\s*=\s*"([^"]+)"/.exec(source)?.[1] ?? `a message in ${path}`);
  }
});
