/**
 * `pnpm mutate [FILE…] [--sample N] [--seed N]`: plants one small fault after the other in the engine, templates and
 * conditions, and runs the tests that hold them. A fault that no test notices has survived; the survivors are printed and
 * written to docs/mutation.md. Not part of the normal test run: it takes the tests' time once for every fault.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../command/run-program.ts";
import { type Mutant, mutantsOf, sampleOf, withFault } from "./mutants.ts";
import { type Noticing, openNoticing } from "./noticing.ts";
import { pageOf, percent, type Result, resultsIn, short, survivorRow } from "./page.ts";
import { type Target, targets } from "./targets.ts";

/** Share of the faults that must be noticed. */
const expectedShare = 0.85;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sample: { type: "string" }, seed: { type: "string" } },
});
const unknown = positionals.filter((file) => !targets.some((target) => target.file === file));
if (unknown.length > 0) throw new Error(`Expected files such as ${targets[0]?.file}, found ${unknown[0]}.`);
const most = values.sample === undefined ? Number.POSITIVE_INFINITY : Number(values.sample);

const page = join(root, "docs/mutation.md");
const results = new Map(
  existsSync(page) ? resultsIn(readFileSync(page, "utf8")).map((one) => [one.file, one]) : [],
);
const noticing = await openNoticing();
let [planted, noticed] = [0, 0];
for (const target of targets.filter(({ file }) => positionals.length === 0 || positionals.includes(file))) {
  const result = await resultOf(noticing, target);
  planted += result.planted;
  noticed += result.noticed;
  results.set(target.file, result);
  writeFileSync(page, pageOf(targets.flatMap(({ file }) => results.get(file) ?? [])));
}
await noticing.close();
console.log(`${noticed} of ${planted} faults noticed (${percent(noticed, planted)})`);
process.exitCode = noticed / planted >= expectedShare ? 0 : 1;

async function resultOf(noticing: Noticing, { file, tests }: Target): Promise<Result> {
  const began = performance.now();
  const path = join(root, file);
  const source = readFileSync(path, "utf8");
  const possible = mutantsOf(source);
  const chosen = sampleOf(possible, most, Number(values.seed ?? 1));
  const survivors: Mutant[] = [];
  await expectSound(noticing, path, source, tests);
  for (const mutant of chosen) {
    if (await noticing.notices(path, withFault(source, mutant), tests)) continue;
    survivors.push(mutant);
    console.log(`survived ${file}:${mutant.line} ${short(mutant.was)} → ${short(mutant.becomes)}`);
  }
  // Somebody may have changed a test meanwhile: then every fault looked noticed.
  await expectSound(noticing, path, source, tests);
  noticing.restore(path);
  const counts = {
    possible: possible.length,
    planted: chosen.length,
    noticed: chosen.length - survivors.length,
  };
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(`${file}: ${counts.noticed} of ${counts.planted} noticed, ${seconds} s`);
  return { file, ...counts, survivors: survivors.map(survivorRow) };
}

async function expectSound(
  noticing: Noticing,
  path: string,
  source: string,
  tests: readonly string[],
): Promise<void> {
  if (!(await noticing.notices(path, source, tests))) return;
  throw new Error(`Expected the tests of ${path} to pass without a fault, found they do not.`);
}
