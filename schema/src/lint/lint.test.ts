/** Each rule reports its wrong example, is silent about the sound flow, and a crashing rule becomes a finding. */
import { describe, expect, it } from "vitest";
import { blankFlow, type FlowDocument, parseFlow } from "../document/index.ts";
import { sound } from "../testdata/sound-flow.ts";
import { lint, rules } from "./index.ts";

function soundFlow(): FlowDocument {
  const parsed = parseFlow(sound);
  if (!parsed.ok) throw new Error("the sound flow must parse");
  return parsed.flow;
}

describe.each(rules.map((rule) => [rule.name, rule] as const))("rule %s", (name, rule) => {
  it("is silent about a sound flow", () => {
    expect(rule.check(soundFlow())).toEqual([]);
  });
  it("is silent about its right example, which the schema accepts", () => {
    const right = rule.right(soundFlow());
    expect(parseFlow(right).ok, JSON.stringify(parseFlow(right))).toBe(true);
    expect(lint(right)).toEqual([]);
  });
  it("reports its wrong example, which the schema accepts", () => {
    const wrong = rule.wrong(soundFlow());
    const parsed = parseFlow(wrong);
    expect(parsed.ok, JSON.stringify(parsed)).toBe(true);
    const own = lint(wrong).filter((finding) => finding.rule === name);
    expect(own.length).toBeGreaterThan(0);
    for (const finding of own) {
      expect(finding.sentence).toMatch(/\.$/);
      expect(finding.severity).toBe(rule.severity);
    }
  });
});

describe("lint", () => {
  it("turns a crashing rule into a finding", () => {
    const crashing = {
      ...rules[0]!,
      name: "crashing",
      check: () => {
        throw new Error("boom");
      },
    };
    expect(lint(soundFlow(), [crashing])[0]?.sentence).toContain("could not look at this flow");
  });

  it("puts errors before warnings", () => {
    const wrong = rules.reduce(
      (flow, rule) => (rule.name === "unwired-outcome" ? flow : rule.wrong(flow)),
      soundFlow(),
    );
    const severities = lint(wrong).map((finding) => finding.severity);
    expect(severities.indexOf("warning")).toBeGreaterThan(severities.lastIndexOf("error"));
  });

  it("finds a loop of three nodes in which nothing waits, and not one with a menu in it", () => {
    const say = (to: string) => ({ kind: "say", title: to, config: { text: "Hi." }, next: { done: to } });
    const loop = {
      ...soundFlow(),
      nodes: { ...sound.nodes, a: say("b"), b: say("c"), c: say("a") },
    } as unknown as FlowDocument;
    expect(
      lint(loop)
        .filter((one) => one.rule === "busy-loop")
        .map((one) => one.node)
        .sort(),
    ).toEqual(["a", "b", "c"]);
    const config = { prompt: "Press 1.", options: [{ key: "1", label: "One" }], timeoutSeconds: 5, tries: 1 };
    const menu = {
      kind: "menu",
      title: "Menu",
      config,
      next: { "key-1": "a", invalid: "a", silence: "bye" },
    };
    const calm = { ...loop, nodes: { ...loop.nodes, c: menu } } as unknown as FlowDocument;
    expect(lint(calm).filter((one) => one.rule === "busy-loop")).toEqual([]);
  });
});

it("the blank flow parses as it is and has no findings", () => {
  const blank = blankFlow("New flow");
  const parsed = parseFlow(blank);
  expect(parsed.ok && parsed.flow).toEqual(blank);
  expect(lint(blank)).toEqual([]);
});
