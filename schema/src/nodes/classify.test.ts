/** Which class words are taken for, and which classes cannot be. */
import { describe, expect, it } from "vitest";
import { playNode } from "../testdata/one-node.ts";
import { classify } from "./classify.ts";

const classes = [
  { name: "claims", phrases: ["claim status", "status of a claim"] },
  { name: "billing", phrases: ["bill", "statement"], patterns: ["\\binvoice (no|number)?\\s*[0-9]+"] },
];
const variables = (reason: string) => ({ reason: { type: "text", sensitivity: "phi", initial: reason } });

describe("classify", () => {
  it.each<[string, number, string]>([
    ["Claim status!", 0.7, "claims"],
    ["I would like the STATUS of a claim.", 0.7, "claims"],
    ["claim, er, status", 0.9, "claims"],
    ["claim, er, status", 1, "no-match"],
    ["claim", 0.7, "no-match"],
    ["claim", 0.4, "claims"],
    ["my statment", 0.8, "billing"],
    ["about invoice no 4471", 1, "billing"],
    ["about an invoice", 0.7, "no-match"],
    ["the bill and the claim status", 0.5, "no-match"],
    ["ability", 0.7, "no-match"],
    ["", 0, "no-match"],
    ["something else", 0, "no-match"],
  ])("%j from %d on is %s", (said, threshold, outcome) => {
    const config = { variable: "reason", classes, threshold };
    const found = playNode("classify", config, { variables: variables(said) });
    expect(found.outcome).toBe(outcome);
    expect(found.value?.confidence).toBeGreaterThanOrEqual(0);
    expect(found.value?.confidence).toBeLessThanOrEqual(1);
  });

  it.each<[string, string]>([
    ["claim status please", "status"],
    ["the status of my claim", "status"],
    ["a new claim", "claims"],
    ["my claim, and my bill", "no-match"],
    ["claim status, and my bill", "no-match"],
  ])("hears the longer of two phrases of which one holds the other: %j", (said, outcome) => {
    const inside = [
      { name: "claims", phrases: ["claim"] },
      { name: "status", phrases: ["status", "claim status", "status of my claim"] },
      { name: "billing", phrases: ["bill"] },
    ];
    const config = { variable: "reason", classes: inside, threshold: 0.7 };
    expect(playNode("classify", config, { variables: variables(said) }).outcome).toBe(outcome);
  });

  it.each<[string, object, string | null, string]>([
    ["no class fits", { variable: "reason" }, null, "no class"],
    ["the tries are over", { prompt: "Yes?", tries: 1 }, "Weather", "no class"],
    [
      "the recogniser was not sure",
      { prompt: "Yes?", tries: 1, minConfidence: 0.9 },
      "Bill",
      "unclear speech",
    ],
  ])("falls back where %s", (_name, change, said, text) => {
    const speech = { text: said ?? "", confidence: 0.5 };
    const events = said === null ? [] : [{ type: "input", at: 1_001_000, speech } as const];
    const other = { name: "other", phrases: [] };
    const config = { classes: [...classes, other], threshold: 0.7, fallback: "other", ...change };
    const found = playNode("classify", config, { variables: variables("Weather") }, events);
    expect(found).toMatchObject({ outcome: "other", value: { text } });
  });

  it("has no way out for no match where it falls back", () => {
    const config = classify.config.parse({ prompt: "Yes?", classes, threshold: 0.7, fallback: "billing" });
    expect(classify.outcomes(config).map(({ name }) => name)).toEqual(["claims", "billing", "silence"]);
  });

  it("takes no words for no class, however low the threshold", () => {
    const config = { variable: "reason", classes: classes.slice(0, 1), threshold: 0 };
    expect(playNode("classify", config, { variables: variables("Hello?") }).outcome).toBe("no-match");
  });

  it("never shows what was said", () => {
    const config = { prompt: "Yes?", classes, threshold: 0.7, timeoutSeconds: 5, tries: 1 };
    const speech = { text: "Ada Lovelace, born in 1980", confidence: 0.9 };
    const found = playNode("classify", config, {}, [{ type: "input", at: 1_001_000, speech }]);
    expect(found.outcome).toBe("no-match");
    expect(JSON.stringify(found.value)).not.toMatch(/ada|1980/i);
  });

  it.each<[string, object, RegExp]>([
    ["neither a prompt nor a text", {}, /found neither/],
    ["both", { prompt: "Yes?", variable: "reason" }, /found both/],
    ["a class twice", { variable: "reason", classes: [classes[0], classes[0]] }, /found "claims" again/],
    [
      "a class named as a failure",
      { variable: "reason", classes: [{ name: "no-match", phrases: [] }] },
      /"no-match" again/,
    ],
    [
      "a class named as the engine's own way out",
      { variable: "reason", classes: [{ name: "end", phrases: [] }] },
      /"end" again/,
    ],
    ["a fallback that is none of the classes", { variable: "reason", fallback: "other" }, /found "other"/],
    ["a broken pattern", { variable: "reason", classes: [{ name: "a", phrases: [], patterns: ["("] }] }, /./],
    ["a threshold beyond certainty", { variable: "reason", threshold: 2 }, /1/],
  ])("refuses %s", (_name, change, sentence) => {
    const found = classify.config.safeParse({ classes, threshold: 0.7, ...change });
    expect(found.success).toBe(false);
    expect(found.error?.issues.map((one) => one.message).join(" ")).toMatch(sentence);
  });
});
