/** What was said against what was waited for. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keySpoken, scorePhrases, unmistaken } from "./index.ts";

describe("phrases", () => {
  const phrases = [
    "claim status",
    "eligibility and benefits",
    "speak with a representative",
    "Información de reclamos",
  ];
  it.each<[string, string | null, number, number]>([
    ["Claim status.", "claim status", 1, 1],
    ["I'd like the CLAIM STATUS please", "claim status", 1, 1],
    ["claims status", "claim status", 0.85, 0.95],
    ["status of a claim", "claim status", 0.5, 0.5],
    ["the claim and its status", "claim status", 0.95, 0.95],
    ["claimstatus", null, 0, 0],
    ["eligibilty and benefits", "eligibility and benefits", 0.9, 0.95],
    ["representive", "speak with a representative", 0.2, 0.25],
    ["informacion de reclamos", "Información de reclamos", 1, 1],
    ["declaim status", "claim status", 0.5, 0.5],
    ["", null, 0, 0],
    ["…", null, 0, 0],
  ])("%j fits %j", (said, phrase, from, to) => {
    const found = scorePhrases(said, phrases);
    expect(found?.phrase ?? null).toBe(phrase);
    expect(found?.score ?? 0).toBeGreaterThanOrEqual(from);
    expect(found?.score ?? 0).toBeLessThanOrEqual(to);
  });

  it.each([
    ["authorization", "authorisation", 1 - 1 / 13],
    ["authorization", "autorizacion", 1 - 2 / 13],
    ["authorization", "authorities", 0],
    ["denied", "denid", 1 - 1 / 6],
    ["denied", "edenied", 1 - 1 / 6],
    ["denied", "enied", 1 - 1 / 6],
    ["denied", "defied", 1 - 1 / 6],
    ["denied", "dined", 0],
    ["paid", "maid", 0.75],
    ["yes", "yep", 0],
    ["x".repeat(31), "x".repeat(30), 0],
  ])("%j heard as %j scores %d", (phrase, said, score) => {
    expect(scorePhrases(said, [phrase])?.score ?? 0).toBeCloseTo(score, 5);
  });

  it("takes the first of equals, and no phrase from none", () => {
    expect(scorePhrases("yes", ["yes", "YES"])?.phrase).toBe("yes");
    expect(scorePhrases("yes", [])).toBeNull();
    expect(scorePhrases("yes", ["", "!"])).toBeNull();
  });

  it.each<[string, string, string | null]>([
    ["one", "en-US", "1"],
    ["Press one.", "en-US", "1"],
    ["option 2", "en-US", "2"],
    ["I want number three please", "en-US", "3"],
    ["pound", "en-US", "#"],
    ["press the star key", "en-US", "*"],
    ["#", "en-US", "#"],
    ["to", "en-US", "2"],
    ["for", "en-US", "4"],
    ["Won.", "en-US", "1"],
    ["one two", "en-US", null],
    ["one more time", "en-US", null],
    ["12", "en-US", null],
    ["", "en-US", null],
    ["constructor", "en-US", null],
    ["uno", "es-MX", "1"],
    ["Oprima el dos, por favor", "es-US", "2"],
    ["opción número tres", "es", "3"],
    ["asterisco", "es", "*"],
    ["uno", "en-US", null],
    ["one", "es", null],
  ])("%j in %s is key %j", (text, language, key) => {
    expect(keySpoken(text, language)).toBe(key);
  });

  it("is total and stays between 0 and 1", () => {
    const text = fc.oneof(fc.string({ unit: "binary" }), fc.lorem());
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 8 }), fc.string(), (said, phrases, language) => {
        const found = scorePhrases(said, phrases);
        if (found) expect(found.score > 0 && found.score <= 1 && phrases.includes(found.phrase)).toBe(true);
        expect(keySpoken(said, language) ?? "1").toMatch(/^[0-9*#]$/);
      }),
      { numRuns: 500 },
    );
  });
});

describe("phrases inside others", () => {
  it.each([
    [["claims", "new claims"], ["new claims"]],
    [["new claims", "claims"], ["new claims"]],
    [["Claim!", "the claim status"], ["the claim status"]],
    [
      ["claims", "new claim"],
      ["claims", "new claim"],
    ],
    [
      ["claims", "claims"],
      ["claims", "claims"],
    ],
    [
      ["a b", "b c"],
      ["a b", "b c"],
    ],
    [["a", "a b", "a b c"], ["a b c"]],
    [
      ["", "claims"],
      ["", "claims"],
    ],
    [[], []],
  ])("of %j are meant %j", (phrases, meant) => {
    expect(unmistaken(phrases, (one) => one)).toEqual(meant);
  });

  it("takes the longest of phrases that fit equally well", () => {
    expect(scorePhrases("my claim status", ["claim", "claim status", "status"])?.phrase).toBe("claim status");
  });
});
