/** The tool that plants faults, on snippets: what it plants, what it leaves alone, and that every loop ends. */
import { describe, expect, it } from "vitest";
import { withCountedLoops } from "./loops.ts";
import { mutantsOf, sampleOf, withFault } from "./mutants.ts";
import { pageOf, resultsIn, survivorRow } from "./page.ts";

const planted = (source: string) => mutantsOf(source).map((mutant) => withFault(source, mutant));

describe("faults", () => {
  it.each<[string, string[]]>([
    ["a === b;", ["(a) !== (b);"]],
    ["a < b;", ["(a) <= (b);", "(a) >= (b);"]],
    ["a ?? b;", ["(a) && (b);"]],
    ["!a;", ["(a);"]],
    ["a++;", ["a--;"]],
    ["a--;", ["a++;"]],
    ["a += b;", ["a -= b;"]],
    ["a = true;", ["a = false;"]],
    ['a = "x";', ['a = "";']],
    ['a = "";', ['a = "planted";']],
    ["a = `x`;", ['a = "";']],
    ["a = [b];", ["a = [];"]],
    ["a = { b };", ["a = ({});"]],
    ["if (a) b;", ["if (true) b;", "if (false) b;"]],
    ["while (a) b;", ["while (false) b;"]],
    ["a?.b.c;", ["a.b.c;"]],
    ["a?.b?.c;", ["a?.b.c;", "a.b?.c;"]],
    ["a?.[b];", ["a[b];"]],
    ["a.some(b);", ["a.every(b);"]],
    ["function a() { b(); }", ["function a() {}"]],
    ["a = () => b;", ["a = () => undefined;"]],
    ["a = () => { b(); };", ["a = () => {};"]],
    ["export function a() { b(); }", ["export function a() {}"]],
  ])("%s", (source, expected) => expect(planted(source)).toEqual(expected));

  it.each([
    'import { a } from "./a.ts";',
    'export { a } from "./a.ts";',
    'type A = "x" | "y";',
    'interface A { readonly b: "x" }',
    'let a: "x";',
    "a = [];",
    "a = {};",
    "function a() {}",
    "a.other(b);",
  ])("none in %s", (source) => expect(planted(source)).toEqual([]));

  it("each is told by its line", () => {
    const source = "a;\n\nb = true;";
    expect(mutantsOf(source)).toEqual([
      { start: 8, end: 12, line: 3, was: "true", becomes: "false", kind: "literal" },
    ]);
  });
});

describe("a sample", () => {
  const mutants = mutantsOf(Array.from({ length: 30 }, (_unused, index) => `a${index} = true;`).join("\n"));
  it("is the same for the same seed, in order, and no larger than asked", () => {
    const sample = sampleOf(mutants, 10, 4);
    expect(sample).toHaveLength(10);
    expect(sampleOf(mutants, 10, 4)).toEqual(sample);
    expect(sampleOf(mutants, 10, 5)).not.toEqual(sample);
    expect(sample.map((one) => one.line)).toEqual(sample.map((one) => one.line).toSorted((a, b) => a - b));
    expect(sampleOf(mutants, 1000, 4)).toEqual(mutants);
  });
});

describe("loops", () => {
  it.each(["for (;;) {}", "while (true) {}", "do {} while (true);", "while (true);", "for (;;);"])(
    "%s ends",
    (loop) => {
      // The snippet is this test's own text: run to see that it ends.
      const run = new Function("globalThis", withCountedLoops(loop));
      expect(() => run({})).toThrow("never ends");
    },
  );

  it("do what they did", () => {
    const source =
      "let sum = 0; for (const one of [1, 2, 3]) sum += one; while (sum < 10) { sum += 1; } return sum;";
    const counted = withCountedLoops(`function snippet() { ${source} }`);
    expect(new Function("globalThis", `${counted} return snippet();`)({})).toBe(10);
  });

  it("a text that is no program stays as it is", () => {
    expect(withCountedLoops("for (;;) {")).toBe("for (;;) {");
  });
});

describe("the page", () => {
  const survivor = { start: 0, end: 1, line: 7, was: "a ||\n b", becomes: "`x`", kind: "operator" };
  const results = [
    { file: "a.ts", possible: 9, planted: 4, noticed: 3, survivors: [survivorRow(survivor)] },
    { file: "b.ts", possible: 6, planted: 6, noticed: 6, survivors: [] },
  ];

  it("tells the figures and who survived, and is read back", () => {
    const page = pageOf(results);
    expect(page).toContain("9 of 10 noticed (90.0 %), drawn from 15.");
    expect(page).toContain("| 7 | operator | `a \\|\\| b` | `'x'` |");
    expect(resultsIn(page)).toEqual(results);
    expect(pageOf(resultsIn(page))).toBe(page);
  });

  it("says so when all were planted", () => {
    expect(pageOf(results.slice(1))).toContain("6 of 6 noticed (100.0 %), all of them.");
  });
});
