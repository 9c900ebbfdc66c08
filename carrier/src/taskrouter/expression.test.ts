/** Expressions of TaskRouter (Twilio, "Using TaskRouter Expressions"): what they mean, and what is no expression. */
import { expect, test } from "vitest";
import { seededRandom } from "../ids.ts";
import { holds, isProblem, readExpression } from "./expression.ts";

const task = { type: "claim", language: "es", priority: 3, urgent: true, nested: { list: ["a", { b: 1 }] } };
const worker = {
  skills: ["claims", "english"],
  languages: ["en", "es"],
  level: 5,
  name: "Ann O'Neil",
  phone: null,
};

const judged = (text: string, own: unknown = task) => {
  const read = readExpression(text);
  if (isProblem(read)) return read.problem;
  return holds(read, { own, task, worker });
};

test.each([
  ["1 == 1", true],
  ["1==1", true],
  ["0 != 1", true],
  ['"apple" != "orange"', true],
  ["type == 'claim'", true],
  ['type = "claim"', true],
  ["'claim' == type", true],
  ["priority > 2", true],
  ["priority >= 3", true],
  ["priority < 3", false],
  ["priority <= 3.5", true],
  ["priority > -1", true],
  ["priority == '3'", false],
  ["priority > '2'", false],
  ["type > 'bill'", true],
  ["urgent == true", true],
  ["urgent == FALSE", false],
  ["missing == null", true],
  ["missing != NULL", false],
  ["missing > 1", false],
  ["missing != 'x'", true],
  ["language IN ['en', 'es']", true],
  ["language NOT IN ['en', \"fr\"]", true],
  ["language IN []", false],
  ["language in worker.languages", true],
  ["task.language IN worker.languages", true],
  ["worker.skills HAS 'claims'", true],
  ["worker.skills has 'dental'", false],
  ["worker.level HAS 'claims'", false],
  ["worker.level IN [task.priority, 5]", true],
  ['worker.name CONTAINS "O\'N"', true],
  ["worker.name CONTAINS 'o\\'n'", false],
  ["type CONTAINS 'lai'", true],
  ["priority CONTAINS 3", false],
  ["nested.list[0] == 'a'", true],
  ["nested.list[1].b == 1", true],
  ["nested.list[9] == null", true],
  ["nested.list HAS 'a'", true],
  ["constructor == null", true],
  ["type.length == null", true],
  ["type == 'x' OR priority == 3 AND urgent == true", true],
  ["(type == 'x' OR priority == 3) AND urgent == false", false],
  ["type == 'x' or urgent == true and priority == 9", false],
  ["NOT (type == 'x')", true],
  ["NOT type == 'claim'", false],
  ["NOT language NOT IN ['es']", true],
  ["((1 == 1))", true],
  ["  1\n==\t1 ", true],
])("%s is %s", (text, expected) => {
  expect(judged(text)).toBe(expected);
});

test.each([
  "",
  "skill-level > 3",
  "available",
  "type ==",
  "== 1",
  "type == 'claim",
  "(1 == 1",
  "1 == 1)",
  "1 == 1 2 == 2",
  "1 == 1 AND",
  "type IS 'claim'",
  "type IN ['a'",
  "type IN ['a' 'b']",
  "type IN [['a']]",
  "type IN ['a',]",
  "type == AND",
  "12monkeys == 1",
  "1 == 1; 2 == 2",
  "NOT",
  `${"(".repeat(60)}1 == 1${")".repeat(60)}`,
  `${"NOT ".repeat(5_000)}1 == 1`,
  `1 == 1 AND ${"x".repeat(20_000)} == 1`,
])("no expression: %s", (text) => {
  expect(judged(text)).toEqual(expect.stringContaining("expected".slice(0, 3)));
});

test("whatever is written is an expression or a sentence, and has a verdict", () => {
  const random = seededRandom(3);
  const words = [
    "a.b[0]",
    "worker.x",
    "'t'",
    "1",
    "==",
    "HAS",
    "NOT",
    "IN",
    "(",
    ")",
    "[",
    ",",
    "]",
    "AND",
    "OR",
    "\\",
    '"',
    "-",
  ];
  for (let round = 0; round < 5_000; round++) {
    const length = Math.floor(random() * 12);
    const text = Array.from({ length }, () => words[Math.floor(random() * words.length)]).join(
      random() < 0.8 ? " " : "",
    );
    expect(typeof judged(text)).toMatch(/^(boolean|string)$/);
  }
});

test("a worker's own keys need no prefix", () => {
  expect(judged("level > 4 AND skills HAS 'english'", worker)).toBe(true);
});

test("reading and judging what is as long as may be takes no time to speak of", () => {
  const long = Array.from({ length: 600 }, (_, at) => `k${at} == 1`).join(" OR ");
  expect(judged(`${long} OR 1 == 1`)).toBe(true);
  expect(judged(`language IN [${"'x',".repeat(2_000)}'es']`)).toBe(true);
});
