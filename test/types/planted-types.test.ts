/**
 * What architecture promises as compile errors, planted: a kind that leaves by an outcome it does not declare, and a
 * verb that the provider does not render. The same tree without the fault compiles.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { root } from "../command/run-program.ts";

let copy: string;
beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), "trunkline-types-"));
  for (const path of [
    "tsconfig.base.json",
    "schema/src",
    "schema/package.json",
    "runtime/package.json",
    "runtime/src/providers",
  ]) {
    cpSync(join(root, path), join(copy, path), { recursive: true });
  }
  symlinkSync(join(root, "schema/node_modules"), join(copy, "schema/node_modules"));
  // The runtime's packages, with the planted schema in place of ours.
  symlinkSync(join(root, "runtime/node_modules"), join(copy, "runtime/node_modules"));
  const paths = { "@trunkline/schema/call": [join(copy, "schema/src/call/index.ts")] };
  const options = {
    noUnusedLocals: false,
    types: ["node"],
    typeRoots: [join(root, "runtime/node_modules/@types")],
    paths,
  };
  const include = ["schema/src/nodes/*.ts", "runtime/src/providers/**/*.ts"];
  const exclude = ["**/*.test.ts"];
  writeFileSync(
    join(copy, "tsconfig.json"),
    JSON.stringify({ extends: "./tsconfig.base.json", compilerOptions: options, include, exclude }),
  );
});
afterEach(() => rmSync(copy, { recursive: true }));

function compile(): string {
  try {
    execFileSync(join(root, "node_modules/.bin/tsc"), ["-p", copy], { encoding: "utf8" });
    return "";
  } catch (error) {
    return String((error as { stdout?: string }).stdout);
  }
}

function plant(path: string, from: string, to: string): void {
  const file = join(copy, path);
  const text = readFileSync(file, "utf8");
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
}

it("compiles as it is", () => {
  expect(compile()).toBe("");
});

it("refuses a kind that leaves by an outcome it does not declare", () => {
  plant("schema/src/nodes/say.ts", 'leave: "done"', 'leave: "finished"');
  expect(compile()).toMatch(/say\.ts.*"finished"' is not assignable to type '"done"/s);
});

it("refuses a provider that forgot a verb", () => {
  plant("schema/src/call/verbs.ts", "| HangUpVerb;", '| HangUpVerb | { readonly verb: "whistle" };');
  expect(compile()).toMatch(/twiml\.ts.*whistle/s);
});
