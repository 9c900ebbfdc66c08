/**
 * `pnpm test [filter …]`: check, Postgres, Chromium, then every test of every package, and at the very end one line `N passed, N failed`. Fails for any failure, for a skipped test and for no test at all.
 * A filter (`pnpm test carrier`) is handed to vitest and leaves the check out. What is started here is stopped here.
 */
import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findChromium } from "../harness/chromium.ts";
import { type PostgresServer, startPostgresServer } from "../harness/postgres-server.ts";
import { hasBrowserTests } from "./browser-tests.ts";
import { check } from "./check.ts";
import { readReport } from "./report.ts";
import { binary, runProgram, stopPrograms } from "./run-program.ts";

/** A run that takes longer hangs: two cores need less than half of it. */
const limitSeconds = 900;
const filters = process.argv.slice(2);
const reportFile = join(tmpdir(), `trunkline-test-${process.pid}.json`);
let server: PostgresServer | undefined;
let leaving = false;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    if (leaving) return;
    leaving = true;
    stopPrograms();
    void cleanUp().finally(() => process.exit(1));
  });
}

async function cleanUp(): Promise<void> {
  await Promise.all([server?.stop(), rm(reportFile, { force: true })]);
}

async function prepare(): Promise<Record<string, string>> {
  const env: Record<string, string> = {};
  const given = process.env.TRUNKLINE_TEST_POSTGRES_URL;
  if (!given) {
    server = await startPostgresServer();
    if (leaving) await server.stop();
    env.TRUNKLINE_TEST_POSTGRES_URL = server.url;
  }
  console.log(`test: Postgres ${given ? "from TRUNKLINE_TEST_POSTGRES_URL" : "started"}`);
  if (await hasBrowserTests(filters)) {
    const chromium = await findChromium();
    Object.assign(env, chromium.env, { TRUNKLINE_TEST_CHROME: chromium.executable });
    console.log("test: Chromium ready");
  }
  return env;
}

async function run(): Promise<boolean> {
  const checked = filters.length > 0 || (await check());
  const env = await prepare();
  console.log("test: vitest");
  const tests = await runProgram(
    binary("vitest"),
    ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`, ...filters],
    { env: { ...env, NODE_ENV: "test" }, live: true, limitSeconds },
  );
  const report = readReport(await readFile(reportFile, "utf8").catch(() => ""));
  for (const sentence of report.sentences) console.log(sentence);
  // Vitest may fail without a failed test: an error outside of any.
  const outside = !tests.ok && report.failed === 0 && report.sentences.length === 0;
  if (outside) console.log("Expected vitest to end well, found an error outside of any test: see above.");
  const failed = report.failed + (checked ? 0 : 1) + (outside ? 1 : 0);
  if (!checked)
    console.log("Expected `check` to hold, found that it does not: see the top. It counts as one failure.");
  lastLine = `${report.passed} passed, ${failed} failed`;
  return failed === 0 && tests.ok && report.passed > 0 && report.sentences.length === 0;
}

let lastLine = "0 passed, 1 failed";
try {
  process.exitCode = (await run()) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  if (!leaving) {
    await cleanUp();
    console.log(lastLine);
  }
}
