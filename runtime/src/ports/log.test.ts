/** What the operator reads never quotes a call. */
import { expect, test } from "vitest";
import { warningLine } from "./log.ts";

test("our own assertions keep their sentence, with the place", () => {
  const line = warningLine("Something failed.", { attempt: 1 }, new Error("Expected a node, found none."));
  expect(line).toMatch(
    /^warning: Something failed. \{"attempt":1\}\nError: Expected a node, found none.\n\s+at /,
  );
});

test.each([
  ["a database's error", Object.assign(new Error('invalid input syntax: "Ada Lovelace"'), { code: "22P02" })],
  [
    "drizzle's error",
    Object.assign(new Error("Failed query: … params: Ada Lovelace"), {
      query: "…",
      params: ["Ada Lovelace"],
    }),
  ],
  [
    "a parser's error",
    (() => {
      try {
        return JSON.parse("Ada Lovelace");
      } catch (error) {
        return error;
      }
    })(),
  ],
  ["a cause", new Error("Failed.", { cause: Object.assign(new Error("Ada Lovelace"), { code: "23505" }) })],
])("%s does not quote what it was about", (_name, error) => {
  expect(warningLine("It failed.", {}, error)).not.toContain("Ada");
});
