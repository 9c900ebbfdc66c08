/** Where faults are planted, and the tests that may notice them, the likeliest first. */
export interface Target {
  readonly file: string;
  readonly tests: readonly string[];
}

const engine = "schema/src/engine";
const language = "schema/src/language";

const engineTests = [
  `${engine}/step.test.ts`,
  `${engine}/sub-flows.test.ts`,
  `${engine}/far-end.test.ts`,
  `${engine}/visits.test.ts`,
  "schema/src/scenario/rehearse.test.ts",
  `${engine}/registry.test.ts`,
];
const languageTests = [
  `${language}/language.test.ts`,
  `${language}/reference.test.ts`,
  `${language}/coerce.test.ts`,
  `${language}/speech.test.ts`,
  `${language}/template.test.ts`,
  `${language}/filters.test.ts`,
  `${language}/comparison.test.ts`,
  `${language}/condition-groups.test.ts`,
  `${language}/condition.test.ts`,
];

export const targets: readonly Target[] = [
  ...["step", "walk", "turn", "visit", "compile"].map((name) => ({
    file: `${engine}/${name}.ts`,
    tests: engineTests,
  })),
  ...["template", "reference", "coerce", "speech"].map((name) => ({
    file: `${language}/${name}.ts`,
    tests: [...languageTests, ...engineTests],
  })),
  ...["condition", "comparison"].map((name) => ({
    file: `${language}/${name}.ts`,
    tests: [...languageTests.toReversed(), ...engineTests],
  })),
];
