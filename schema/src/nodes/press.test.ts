/** What is pressed for which values, and when nothing is. */
import { describe, expect, it } from "vitest";
import { playNode } from "../testdata/one-node.ts";
import { press } from "./press.ts";

const phi = (type: string, initial?: unknown) => ({
  type,
  sensitivity: "phi",
  ...(initial === undefined ? {} : { initial }),
});

describe("press", () => {
  it.each<[string, object, object, string | null]>([
    ["a key", { text: "1", as: "keys" }, {}, "1"],
    ["keys as people write them", { text: "(555) 010-0001", as: "keys" }, {}, "5550100001"],
    ["waits of the author's own", { text: "1w{{id}}W#", as: "keys" }, { id: phi("digits", "42") }, "1w42W#"],
    ["a gap beside a wait", { text: "1w23", as: "keys", gapHalfSeconds: 2 }, {}, "1w2ww3"],
    ["the last four", { text: "{{id|last4}}", as: "keys" }, { id: phi("digits", "123456789") }, "6789"],
    ["a wait in a value", { text: "{{id}}", as: "keys" }, { id: phi("text", "1w2") }, null],
    ["a plus", { text: "{{id}}", as: "keys" }, { id: phi("phone", "+15550100001") }, null],
    ["nothing but waits", { text: "ww", as: "keys" }, {}, null],
    [
      "digits of a phone number",
      { text: "{{id}}", as: "digits-only" },
      { id: phi("phone", "+15550100001") },
      "15550100001",
    ],
    [
      "letters by their keys",
      { text: "{{id}}", as: "phone-key" },
      { id: phi("text", "1EG4TE5MK73") },
      "13448356573",
    ],
    ["Q and Z on key 1", { text: "QZ", as: "key-position", qAndZ: "on-1" }, {}, "1112"],
    ["another alphabet", { text: "{{id}}", as: "phone-key" }, { id: phi("text", "Ж") }, null],
    [
      "a date, another order, slowly",
      { text: "{{id}}", as: "date", dateFormat: "YYYYMMDD", gapHalfSeconds: 1, terminator: "#" },
      { id: phi("date", "1980-01-05") },
      "1w9w8w0w0w1w0w5#",
    ],
    ["a text that is no date", { text: "{{id}}", as: "date" }, { id: phi("text", "May 5") }, null],
    ["cents", { text: "{{id}}", as: "money" }, { id: phi("money", 12_550) }, "12550"],
    ["a text that is no amount", { text: "{{id}}", as: "money" }, { id: phi("text", "much") }, null],
    ["a negative amount", { text: "{{id}}", as: "money" }, { id: phi("money", -1) }, null],
    ["a value that is not known", { text: "1{{id}}#", as: "keys" }, { id: phi("digits") }, null],
    ["a variable nobody declares", { text: "1{{gone}}#", as: "keys" }, {}, null],
    [
      "more keys than fit",
      { text: "{{id}}{{id}}{{id}}", as: "keys" },
      { id: phi("digits", "1".repeat(40)) },
      null,
    ],
    [
      "words of the author's own",
      { text: "press {{id}}", as: "phone-key" },
      { id: phi("digits", "1") },
      "773771",
    ],
  ])("%s", (_name, config, variables, digits) => {
    const { outcome, verbs } = playNode("press", config, { variables });
    expect(verbs).toEqual(digits === null ? [] : [{ verb: "send-digits", digits }]);
    expect(outcome).toBe(digits === null ? "cannot" : "pressed");
  });

  it.each([
    ["pressed", "123456789"],
    ["cannot", "12345678Ж"],
  ])("names the variable in the trace and never its value: %s", (outcome, value) => {
    const variables = {
      id: phi("text", value),
      site: { type: "digits", sensitivity: "internal", initial: "7" },
    };
    const found = playNode("press", { text: "{{site}}{{id}}", as: "phone-key" }, { variables });
    expect(found.outcome).toBe(outcome);
    expect(found.value?.variable).toBe("id");
    expect(JSON.stringify(found.value)).not.toMatch(/12345678|Ж/);
  });

  it.each([
    ["1w{{id}}#", true],
    ["press 1", false],
    ["A{{id}}", false],
  ])("keys as they stand, %j, parse: %s", (text, parses) => {
    expect(press.config.safeParse({ text, as: "keys" }).success).toBe(parses);
  });
});
