/** Vitest's JSON report in numbers, and a sentence for everything in it that may not be. */

export interface Report {
  readonly passed: number;
  readonly failed: number;
  /** Reasons to fail beside the failed tests: no tests, skipped tests, files that broke before their tests. */
  readonly sentences: readonly string[];
}

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

export function readReport(text: string): Report {
  if (!text) return { passed: 0, failed: 1, sentences: ["Expected a report from vitest, found none."] };
  const { testResults } = JSON.parse(text) as VitestReport; // vitest's own report format
  const tests = testResults.flatMap((file) => file.assertionResults);
  const count = (status: string) => tests.filter((test) => test.status === status).length;
  const skipped = tests.filter((test) => test.status !== "passed" && test.status !== "failed");
  const broken = testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  return {
    passed: count("passed"),
    failed: count("failed") + broken.length,
    sentences: [
      ...broken.map((file) => `Expected ${file.name} to run, found that it broke outside of its tests.`),
      ...skipped.map((test) => `Expected every test to run, found "${test.fullName}" ${test.status}.`),
      ...(tests.length === 0 ? ["Expected tests, found none."] : []),
    ],
  };
}
