/**
 * Each rule reports its wrong example, is silent about the sound flow and its right example, and a fix it offers makes
 * its finding go away. A crashing rule becomes a finding.
 */
import { describe, expect, it } from "vitest";
import { blankFlow, type FlowDocument } from "../document/index.ts";
import { say, withNodes } from "./example.ts";
import { applyFix, type Finding, lint, type Rule, rules, surveyOf } from "./index.ts";
import { parsed, soundFlow } from "./testing.ts";

function linted(flow: FlowDocument, rule: Rule): readonly Finding[] {
  return lint(flow, rule.flows ? { flows: rule.flows() } : {});
}

function own(flow: FlowDocument, rule: Rule): readonly Finding[] {
  return linted(flow, rule).filter((finding) => finding.rule === rule.name);
}

describe.each(rules.map((rule) => [rule.name, rule] as const))("rule %s", (name, rule) => {
  it("is silent about a sound flow", () => {
    expect(rule.check(surveyOf(soundFlow))).toEqual([]);
  });

  it("is silent about its right example, which the schema accepts, and so is every other rule", () => {
    expect(linted(parsed(rule.right(soundFlow)), rule)).toEqual([]);
  });

  it("reports its wrong example, which the schema accepts", () => {
    const findings = own(parsed(rule.wrong(soundFlow)), rule);
    expect(findings.length).toBeGreaterThan(0);
    for (const finding of findings) {
      expect(finding.sentence).toMatch(/^[^a-z].*[^.]\.$/);
      expect(finding.severity).toBe(rule.severity);
      expect(finding.rule).toBe(name);
    }
  });

  it("points at what is there, or at what is missing from what is there", () => {
    const flow = parsed(rule.wrong(soundFlow));
    for (const { pointer, node } of own(flow, rule)) {
      expect(at(flow, pointer.slice(0, Math.max(0, pointer.lastIndexOf("/")))), pointer).toBeDefined();
      if (node) expect(pointer.startsWith(`/nodes/${node}`), pointer).toBe(true);
    }
  });

  it("offers only fixes after which the flow parses and the finding is gone", () => {
    const flow = parsed(rule.wrong(soundFlow));
    const before = JSON.stringify(flow);
    for (const finding of own(flow, rule)) {
      if (!finding.fix) continue;
      expect(finding.fix.title).toMatch(/^[A-Z].*[^.]$/);
      const left = own(applyFix(flow, finding.fix), rule);
      expect(left.map((one) => `${one.pointer} ${one.sentence}`)).not.toContain(
        `${finding.pointer} ${finding.sentence}`,
      );
      expect(left.length).toBeLessThan(own(flow, rule).length);
    }
    expect(JSON.stringify(flow)).toBe(before);
  });
});

function at(document: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .reduce((value, part) => Object(value)[part], document);
}

it("rules have names of their own", () => {
  expect(new Set(rules.map((rule) => rule.name)).size).toBe(rules.length);
});

describe("lint", () => {
  it("turns a crashing rule into a finding", () => {
    const crashing: Rule = {
      ...rules[0]!,
      name: "crashing",
      check: () => {
        throw new Error("boom");
      },
    };
    expect(lint(soundFlow, { rules: [crashing] })[0]?.sentence).toContain("could not look at this flow");
  });

  it("puts errors before warnings", () => {
    const wrong = withNodes(
      { ...soundFlow, variables: { idle: { type: "text", sensitivity: "phi" } } },
      { start: { kind: "start", title: "Start", config: {}, next: {} }, lost: say("Lost", "{{who}}", "bye") },
    );
    const severities = lint(wrong).map((finding) => finding.severity);
    expect(severities).toContain("error");
    expect(severities).toContain("warning");
    expect(severities.indexOf("warning")).toBeGreaterThan(severities.lastIndexOf("error"));
  });
});

it("the blank flow parses as it is and has no findings", () => {
  const blank = blankFlow("New flow");
  expect(parsed(blank)).toEqual(blank);
  expect(lint(blank)).toEqual([]);
});
