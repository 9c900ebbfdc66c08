/**
 * The parts of `pnpm check`, one printed line each: types, lint with the boundaries, format, promises, unused
 * code, generated files. A part that fails prints what it found; the parts after it still run.
 */
import { migrationsAreFresh } from "./migrations-fresh.ts";
import { binary, type Ran, runProgram } from "./run-program.ts";

interface Part {
  readonly name: string;
  readonly run: () => Promise<Ran>;
}

/** `test/tsconfig.test.json`: tests of projects whose own lib has neither DOM nor Node. */
const projects = [
  "schema",
  "flows",
  "flows/command",
  "runtime",
  "designer",
  "carrier",
  "test",
  "test/tsconfig.test.json",
];

/** oxlint knows more of promises than biome; everything else of it is off. */
const promiseRules = ["typescript/no-floating-promises", "typescript/no-misused-promises"];

const parts: readonly Part[] = [
  ...projects.map((project) => ({
    name: `types of ${project}`,
    run: () => runProgram(binary("tsc"), ["-p", project, "--pretty", "false"]),
  })),
  {
    name: "lint and boundaries",
    run: () => runProgram(binary("biome"), ["lint", "--error-on-warnings", "--max-diagnostics=200", "."]),
  },
  {
    name: "format (`pnpm format` mends it)",
    run: () => runProgram(binary("biome"), ["check", "--linter-enabled=false", "--reporter=summary", "."]),
  },
  {
    name: "promises",
    run: () =>
      runProgram(binary("oxlint"), [
        "--type-aware",
        "-A",
        "all",
        ...promiseRules.flatMap((rule) => ["-D", rule]),
        "--ignore-pattern=**/dist/**",
        "--ignore-pattern=test/.cache/**",
        ...["schema", "flows", "runtime", "designer", "carrier", "test"],
      ]),
  },
  { name: "unused code", run: () => runProgram(binary("knip"), ["--no-progress"]) },
  {
    name: "generated files",
    run: () => runProgram(process.execPath, ["schema/generate-docs.ts", "--check"]),
  },
  { name: "migrations", run: migrationsAreFresh },
];

/** True when every part holds. */
export async function check(): Promise<boolean> {
  let held = true;
  for (const part of parts) {
    const ran = await part.run();
    held &&= ran.ok;
    console.log(`check: ${ran.ok ? "ok    " : "FAILED"} ${part.name} (${ran.seconds.toFixed(1)} s)`);
    if (!ran.ok) console.log(ran.output.replace(/^/gm, "  "));
  }
  return held;
}
