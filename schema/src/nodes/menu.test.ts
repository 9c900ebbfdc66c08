/** Which option words are taken for, and what a menu establishes. */
import { describe, expect, it } from "vitest";
import { playNode } from "../testdata/one-node.ts";
import { menu } from "./menu.ts";

const at = 1_000_000;
const base = {
  prompt: "Claims or benefits?",
  options: [
    { key: "1", label: "Claims", phrases: ["claims", "claim status"] },
    { key: "2", label: "Benefits", phrases: ["benefits"], means: "confirms-identity" },
    { key: "#", label: "Back" },
  ],
  timeoutSeconds: 5,
  tries: 1,
};

const inside = [
  { key: "1", label: "Claims", phrases: ["claims"] },
  { key: "2", label: "New claims", phrases: ["new claims"] },
];

describe("menu", () => {
  it.each<[string, object, string, string]>([
    ["a whole phrase", {}, "My claims, please.", "key-1"],
    ["two options at once", {}, "claims and benefits", "invalid"],
    ["a slip, unless slips are forgiven", {}, "benefit", "invalid"],
    ["a slip that is forgiven", { minMatch: 0.8 }, "benefit", "key-2"],
    [
      "a phrase that holds another, slips forgiven",
      { minMatch: 0.8, options: inside },
      "new claims",
      "key-2",
    ],
    ["the phrase inside it", { minMatch: 0.8, options: inside }, "claims", "key-1"],
    ["too much of a slip", { minMatch: 0.9 }, "benefit", "invalid"],
    ["two options equally well", { minMatch: 0.1 }, "claims benefits", "invalid"],
    ["nothing at all, however low the bar", { minMatch: 0 }, "weather", "invalid"],
    ["a key by its word, unless it may be said", {}, "press two", "invalid"],
    ["a key by its word", { spokenKeys: true }, "press two", "key-2"],
    ["the pound key by its word", { spokenKeys: true }, "pound", "key-pound"],
    ["a key that is not there", { spokenKeys: true }, "nine", "invalid"],
    ["a phrase before a key", { spokenKeys: true }, "claims", "key-1"],
    ["two phrases and no key", { spokenKeys: true }, "claims benefits two", "invalid"],
    ["an unclear word", { minConfidence: 0.9 }, "claims", "invalid"],
  ])("%s", (_name, change, text, outcome) => {
    const speech = { text, confidence: 0.8 };
    const found = playNode("menu", { ...base, ...change }, {}, [{ type: "input", at, speech }]);
    expect(found.outcome).toBe(outcome);
    if (outcome === "invalid") expect(found.value?.text).toBe("unrecognised speech");
  });

  it("tells which option confirms who it is", () => {
    expect(menu.facts(menu.config.parse(base)).establishes).toEqual({ "key-2": ["identity"] });
  });

  it("says the prompt where there are no other words to ask again with", () => {
    const config = { ...base, tries: 2, repeatPrompt: false };
    const { verbs } = playNode("menu", config, {}, [{ type: "no-input", at }]);
    expect(verbs[1]).toEqual(verbs[0]);
  });

  it("says the words of the list one by one, then the single text", () => {
    const config = {
      ...base,
      tries: 4,
      repeatPrompt: false,
      silenceTexts: ["One.", "Two."],
      silenceText: "Still there?",
    };
    const silence = { type: "no-input", at } as const;
    const { verbs } = playNode("menu", config, {}, [silence, silence, silence]);
    const said = verbs.map((verb) => (verb.verb === "gather" ? verb.prompts : []));
    expect(said.slice(1)).toMatchObject([[{ text: "One." }], [{ text: "Two." }], [{ text: "Still there?" }]]);
  });

  it.each<[object, RegExp]>([
    [{ prompt: undefined }, /Expected a prompt/],
    [{ promptAudio: "http://files.example.org/a.mp3" }, /https/],
    [{ markup: true, prompt: "<loud>Claims?</loud>" }, /no element <loud>/],
    [{ minMatch: 2 }, /1/],
  ])("refuses %j", (change, message) => {
    const parsed = menu.config.safeParse({ ...base, ...change });
    expect(parsed.error?.issues[0]?.message).toMatch(message);
  });
});
