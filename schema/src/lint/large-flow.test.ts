/** Lint of large flows: what it does grows with the flow, not with its square. Work is counted, never timed. */
import { expect, it } from "vitest";
import { type FlowDocument, outcomesOf } from "../document/index.ts";
import { kinds } from "../nodes/index.ts";
import { sound } from "../testdata/sound-flow.ts";
import { type Rule, rules, type Survey, surveyOf } from "./index.ts";
import type { SurveyedNode } from "./survey.ts";
import { parsed } from "./testing.ts";

/** Every kind by its examples' configs in turn, wired to nodes near and far. */
function largeFlow(nodes: number): FlowDocument {
  const configs = kinds.flatMap(({ kind, examples }) =>
    kind === "start" ? [] : examples.map(({ config }) => ({ kind, config: config as object })),
  );
  const made = Array.from({ length: nodes - 2 }, (_none, index) => {
    const { kind, config } = configs[index % configs.length]!; // there are kinds, so there are configs
    const next = outcomesOf({ kind, config } as FlowDocument["nodes"][string]).map(({ name }, way) => [
      name,
      `n${(index * (way + 1) + way * 7 + 1) % (nodes - 2)}`,
    ]);
    return [`n${index}`, { kind, title: `Node ${index % 900}`, config, next: Object.fromEntries(next) }];
  });
  const start = { ...sound.nodes.start, next: { call: "n0" } };
  const variables = Object.fromEntries(
    Array.from({ length: 60 }, (_none, index) => [`v${index}`, { type: "text", sensitivity: "phi" }]),
  );
  const document = { ...sound, variables, nodes: { ...sound.nodes, start, ...Object.fromEntries(made) } };
  return parsed(document);
}

/** How often a rule looks at something of a node. */
function looksOf(rule: Rule, survey: Survey): number {
  let looks = 0;
  const get = (node: SurveyedNode, part: string | symbol) => {
    looks += 1;
    return Reflect.get(node, part);
  };
  const nodes = new Map([...survey.nodes].map(([id, node]) => [id, new Proxy(node, { get })]));
  rule.check({ ...survey, nodes });
  return looks;
}

const small = surveyOf(largeFlow(250));
const large = surveyOf(largeFlow(1000));

/** Four times the nodes are at most about four times the work; the rest is room for another mix of kinds. */
function isLinear(rule: Rule): boolean {
  const looks = looksOf(rule, large);
  return looks < 60 * large.nodes.size && looks <= Math.max(6 * looksOf(rule, small), large.nodes.size);
}

it.each(rules.map((rule) => [rule.name, rule] as const))(
  "%s looks at each node a few times",
  (_name, rule) => {
    expect(isLinear(rule)).toBe(true);
  },
);

it("sees a rule that looks at every pair of nodes", () => {
  const check: Rule["check"] = ({ nodes }) =>
    [...nodes.values()].flatMap((one) =>
      [...nodes.values()].flatMap((other) => (one.id > other.id ? [] : [])),
    );
  expect(isLinear({ ...rules[0]!, check })).toBe(false);
});

it("reports what is wrong with such a flow and leaves it alone", () => {
  expect(large.nodes.size).toBe(1000);
  expect(new Set(Object.values(large.flow.nodes).map(({ kind }) => kind)).size).toBe(kinds.length);
  const before = JSON.stringify(large.flow);
  const found = new Set(rules.filter((rule) => rule.check(large).length > 0).map((rule) => rule.name));
  expect(found).toContain("unused-variable");
  expect(found).toContain("duplicate-title");
  expect(JSON.stringify(large.flow)).toBe(before);
});
