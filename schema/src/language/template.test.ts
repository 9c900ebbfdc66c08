/** What a text with placeholders becomes: spaces around blanks, and who writes a value. */
import { expect, it } from "vitest";
import type { Value } from "../call/index.ts";
import { parseTemplate, renderTemplate } from "./index.ts";

const values: { readonly [name: string]: Value } = { name: "Ada", day: "2026-03-02" };

function filled(source: string, plain?: (value: Value, reference: string) => string): string {
  const parsed = parseTemplate(source);
  if (!parsed.ok) throw new Error(parsed.problem.sentence);
  return renderTemplate(parsed.template, (name) => values[name], plain);
}

it.each([
  ["{{gone}} Hello {{gone}}", "Hello"],
  ["Hello {{gone}} {{name}} {{gone}}", "Hello Ada"],
  ["{{name}}{{name}} and {{name}}", "AdaAda and Ada"],
  ["  {{name}}, hello  ", "Ada, hello"],
  // Nothing is filled in: the text is its author's own.
  ["  Hello  there  ", "  Hello  there  "],
  ["{{day|date}}", "March 2nd, 2026"],
])("%j becomes %j", (source, text) => expect(filled(source)).toBe(text));

it("a value without a filter is written by who asks, and knows its name", () => {
  expect(filled("{{name}} {{day|date}}", (value, reference) => `${reference}=${String(value)}`)).toBe(
    "name=Ada March 2nd, 2026",
  );
});

it("each name is read once, in order", () => {
  const parsed = parseTemplate("{{b}} {{a}} {{b|digits}}");
  expect(parsed.ok && parsed.template.reads).toEqual(["b", "a"]);
  expect(parsed.ok && parsed.template.parts).toHaveLength(5);
});
