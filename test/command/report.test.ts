import { describe, expect, it } from "vitest";
import { readReport } from "./report.ts";

const file = (status: string, ...tests: string[]) => ({
  name: "a.test.ts",
  status,
  assertionResults: tests.map((one) => ({ status: one, fullName: `it ${one}` })),
});
const report = (...testResults: ReturnType<typeof file>[]) => readReport(JSON.stringify({ testResults }));

describe("a vitest report in numbers", () => {
  it("counts what passed and failed", () => {
    expect(report(file("passed", "passed", "passed"), file("failed", "failed", "passed"))).toEqual({
      passed: 3,
      failed: 1,
      sentences: [],
    });
  });

  it.each(["pending", "skipped", "todo"])("tells of a %s test", (status) => {
    expect(report(file("passed", "passed", status)).sentences).toEqual([
      `Expected every test to run, found "it ${status}" ${status}.`,
    ]);
  });

  it("counts a file that broke before its tests as one failure", () => {
    const read = report(file("failed"), file("passed", "passed"));
    expect([read.passed, read.failed, read.sentences.length]).toEqual([1, 1, 1]);
  });

  it("does not take silence for success", () => {
    expect(readReport("").failed).toBe(1);
    expect(report().sentences).toEqual(["Expected tests, found none."]);
  });
});
