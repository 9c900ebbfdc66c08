import type { FlowNode } from "@trunkline/schema/document";
import { expect, it } from "vitest";
import { withVariableRenamed } from "./variable-uses.ts";

const say = (text: string): FlowNode => ({ kind: "say", title: "Say", config: { text }, next: {} });
const branch = (variable: string): FlowNode => {
  const test = { variable, is: "equals", to: "topic" };
  const when = { all: [test, { any: [{ not: test }] }] };
  return { kind: "branch", title: "Branch", config: { rules: [{ name: "yes", when }] }, next: {} };
};
const assign = (variable: string, to: string): FlowNode => {
  return { kind: "set", title: "Set", config: { assignments: [{ variable, to }] }, next: {} };
};

const rows: readonly (readonly [string, FlowNode, FlowNode])[] = [
  [
    "texts, with spaces and filters",
    say("A {{topic}}, a {{ topic | digits }}."),
    say("A {{subject}}, a {{ subject | digits }}."),
  ],
  ["conditions in groups, not what they compare with", branch("topic"), branch("subject")],
  ["a claim by its fields", say("Born {{topic.dob|date}}."), say("Born {{subject.dob|date}}.")],
  ["items of a list", assign("topic", "{{topic}} topic"), assign("subject", "{{subject}} topic")],
];

it.each(rows)("renames a variable in %s", (_name, before, after) => {
  expect(withVariableRenamed(before, "topic", "subject")).toEqual(after);
});

it("keeps a node that does not name it", () => {
  const other = say("The topic of {{topic_2}} and {{ topics|digits }}.");
  expect(withVariableRenamed(other, "topic", "subject")).toBe(other);
});
