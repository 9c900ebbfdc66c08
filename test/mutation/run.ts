/**
 * `pnpm mutate [FILE…] [--sample N] [--seed N]`: plants one small fault after the other in the engine, templates and
 * conditions, and runs the tests that hold them. A fault that no test notices has survived; the survivors are printed and
 * written to docs/mutation.md. Not part of the normal test run: it takes the tests' time once for every fault.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createVitest, type Vitest } from "vitest/node";
import { root } from "../command/run-program.ts";
import { withCountedLoops } from "./loops.ts";
import { type Mutant, mutantsOf, withFault } from "./mutants.ts";

interface Target {
  readonly file: string;
  /** Tests that may notice, the likeliest first. */
  readonly tests: readonly string[];
}

const engineTests = [
  "schema/src/engine/step.test.ts",
  "schema/src/engine/sub-flows.test.ts",
  "schema/src/engine/registry.test.ts",
  "schema/src/engine/properties.test.ts",
  "schema/src/scenario/rehearse.test.ts",
  "flows/catalogue.test.ts",
];
const languageTests = ["schema/src/language/language.test.ts", "schema/src/language/condition.test.ts"];

const targets: readonly Target[] = [
  ...["step", "walk", "turn", "visit", "compile"].map((name) => ({
    file: `schema/src/engine/${name}.ts`,
    tests: engineTests,
  })),
  ...["template", "reference", "coerce"].map((name) => ({
    file: `schema/src/language/${name}.ts`,
    tests: [...languageTests, ...engineTests],
  })),
  ...["condition", "comparison"].map((name) => ({
    file: `schema/src/language/${name}.ts`,
    tests: [...languageTests.toReversed(), ...engineTests],
  })),
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sample: { type: "string" }, seed: { type: "string" } },
});

/** The source each planted file has just now, by absolute path. */
const planted = new Map<string, string>();

const vitest = await createVitest(
  "test",
  {
    watch: true,
    root,
    project: ["all"],
    reporters: [{}],
    bail: 1,
    silent: true,
  },
  {
    plugins: [
      {
        name: "plant",
        enforce: "pre",
        load: (id: string) => planted.get(id.split("?")[0] ?? id) ?? null,
      },
    ],
  },
);
await vitest.init();

const survivors: { readonly file: string; readonly mutant: Mutant }[] = [];
let [tried, killed] = [0, 0];
const began = performance.now();
for (const target of targets.filter(({ file }) => positionals.length === 0 || positionals.includes(file))) {
  const path = join(root, target.file);
  const source = readFileSync(path, "utf8");
  if (!(await passes(vitest, path, withCountedLoops(source), target.tests))) {
    throw new Error(`Expected the tests of ${target.file} to pass without a fault, found they do not.`);
  }
  for (const mutant of sampled(mutantsOf(source))) {
    tried += 1;
    if (await passes(vitest, path, withCountedLoops(withFault(source, mutant)), target.tests)) {
      survivors.push({ file: target.file, mutant });
      console.log(`survived ${target.file}:${mutant.line} ${short(mutant.was)} → ${short(mutant.becomes)}`);
    } else {
      killed += 1;
    }
  }
  planted.delete(path);
  vitest.invalidateFile(path);
  console.log(
    `${target.file}: ${killed} of ${tried} so far, ${((performance.now() - began) / 1000).toFixed(0)} s`,
  );
}
await vitest.close();

const share = ((100 * killed) / tried).toFixed(1);
console.log(`${killed} of ${tried} faults noticed (${share} %)`);
if (positionals.length === 0) writeFileSync(join(root, "docs/mutation.md"), page());
process.exitCode = killed / tried >= 0.85 ? 0 : 1;

/** Does every test pass with this text in place of the file? */
async function passes(
  vitest: Vitest,
  path: string,
  text: string,
  tests: readonly string[],
): Promise<boolean> {
  planted.set(path, text);
  vitest.invalidateFile(path);
  for (const test of tests) {
    const specifications = await vitest.globTestSpecifications([join(root, test)]);
    const { testModules, unhandledErrors } = await vitest.rerunTestSpecifications(specifications);
    if (unhandledErrors.length > 0 || testModules.some((module) => !module.ok())) return false;
  }
  return true;
}

/** All of them, or `--sample` drawn by `--seed`. */
function sampled(mutants: readonly Mutant[]): readonly Mutant[] {
  const most = values.sample === undefined ? mutants.length : Number(values.sample);
  let state = Number(values.seed ?? 1) >>> 0;
  const drawn = mutants.map((mutant) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return { mutant, at: state };
  });
  const kept = new Set(
    drawn
      .toSorted((a, b) => a.at - b.at)
      .slice(0, most)
      .map((one) => one.mutant),
  );
  return mutants.filter((mutant) => kept.has(mutant));
}

function short(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}

function page(): string {
  const rows = survivors.map(
    ({ file, mutant }) =>
      `| ${file}:${mutant.line} | ${mutant.kind} | ${cell(short(mutant.was))} | ${cell(short(mutant.becomes))} |`,
  );
  const sample =
    values.sample === undefined ? "" : ` A sample of at most ${values.sample} per file was drawn.`;
  return `<!-- Made by \`pnpm mutate\`; run it again, do not change this page. -->

# Planted faults

Small faults planted one at a time in the engine, templates and conditions, each with the tests run over it: ${killed} of ${tried} noticed (${share} %).${sample}

| where | kind | was | became, and no test noticed |
| --- | --- | --- | --- |
${rows.join("\n")}
`;
}

function cell(text: string): string {
  return `\`${text.replaceAll("`", "'").replaceAll("|", "\\|")}\``;
}
