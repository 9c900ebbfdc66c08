/**
 * Runs tests over a source that is planted in memory: nothing on disk changes. One vitest is opened for all faults; each
 * run gets a worker of its own, in which the tests share their modules (they are pure, and half the time is loading).
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createVitest, type TestSpecification } from "vitest/node";
import { root } from "../command/run-program.ts";
import { withCountedLoops } from "./loops.ts";

export interface Noticing {
  /** Does a test fail with this text in place of the file? The tests run in the order given, to the first failure. */
  notices(path: string, text: string, tests: readonly string[]): Promise<boolean>;
  /** The file as it lies on disk again. */
  restore(path: string): void;
  close(): Promise<void>;
}

export async function openNoticing(): Promise<Noticing> {
  /** The source each planted file has just now, by absolute path. */
  const planted = new Map<string, string>();
  const load = (id: string): string | null => {
    const [path = id] = id.split("?");
    if (!/\/schema\/src\/.*\.ts$/.test(path)) return null;
    // A fault may also keep a loop of another file, or of a test, from ending.
    return withCountedLoops(planted.get(path) ?? readFileSync(path, "utf8"));
  };
  const vitest = await createVitest(
    "test",
    {
      root,
      config: false,
      include: ["schema/src/**/*.test.ts"],
      // Somebody may save a file meanwhile: that must not begin a run of its own.
      watch: false,
      // Would keep a module as it was first loaded.
      fsModuleCache: false,
      reporters: [{}],
      silent: true,
      bail: 1,
      pool: "threads",
      maxWorkers: 1,
      isolate: false,
      sequence: { sequencer: InTheOrderGiven },
    },
    { plugins: [{ name: "plant", enforce: "pre", load }] },
  );
  await vitest.standalone();
  const project = vitest.getRootProject();
  return {
    notices: async (path, text, tests) => {
      planted.set(path, text);
      vitest.invalidateFile(path);
      const specifications = tests.map((test) => project.createSpecification(join(root, test)));
      const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
      if (unhandledErrors.length > 0 || testModules.some((module) => !module.ok())) return true;
      const ran = testModules.filter((module) => module.state() === "passed");
      if (ran.length === specifications.length) return false;
      throw new Error(`Expected ${specifications.length} test files to run, found ${ran.length} that did.`);
    },
    restore: (path) => {
      planted.delete(path);
      vitest.invalidateFile(path);
    },
    close: () => vitest.close(),
  };
}

/** Vitest would begin with the longest. */
class InTheOrderGiven {
  shard(files: TestSpecification[]): TestSpecification[] {
    return files;
  }

  sort(files: TestSpecification[]): TestSpecification[] {
    return files;
  }
}
