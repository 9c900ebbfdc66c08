import { describe, expect, it } from "vitest";
import { playNode } from "../testdata/one-node.ts";
import { notify } from "./notify.ts";

const long = { type: "text", sensitivity: "internal", initial: "a".repeat(900) };

describe("notify", () => {
  it("writes amounts in the language it is told to", () => {
    const paid = { type: "money", sensitivity: "internal", initial: 12_550 };
    const text = "Pagó {{paid}}, o {{paid|money-words}}.";
    const config = { by: "message", to: "+15550100002", text, language: "es-US" };
    expect(playNode("notify", config, { variables: { paid } }).effects).toMatchObject([
      { text: "Pagó $125.50, o ciento veinticinco dólares con cincuenta centavos." },
    ]);
  });

  it("writes a number to be tapped, and not as it is read out", () => {
    const desk = { type: "phone", sensitivity: "internal", initial: "+15550100003" };
    const at = { type: "time", sensitivity: "internal", initial: "16:30" };
    const config = { by: "message", to: "+15550100002", text: "Call {{desk}} at {{at}}." };
    expect(playNode("notify", config, { variables: { desk, at } }).effects).toMatchObject([
      { text: "Call +15550100003 at 4:30 PM." },
    ]);
  });

  it("sends no message longer than a carrier takes", () => {
    const config = { by: "message", to: "+15550100002", text: "{{note}} {{note}}" };
    expect(playNode("notify", config, { variables: { note: long } })).toMatchObject({
      outcome: "failed",
      value: { text: "Expected at most 1600 characters, found 1801.", by: "rule" },
      effects: [],
    });
  });

  it("tells a web service as much as it likes, with its credential", () => {
    const config = {
      by: "request",
      url: "https://desk.example/alerts",
      credential: "desk",
      text: "{{note}} {{note}}",
    };
    expect(playNode("notify", config, { variables: { note: long } }).effects).toMatchObject([
      { effect: "http-request", credential: "desk", body: { text: `${long.initial} ${long.initial}` } },
    ]);
  });

  it("tells nothing of a number that is PHI", () => {
    const patient = { type: "phone", sensitivity: "phi", initial: "+19005550100" };
    const config = { by: "message", to: "{{patient}}", text: "Hello." };
    expect(playNode("notify", config, { variables: { patient } })).toMatchObject({
      outcome: "failed",
      value: { variable: "patient", by: "rule" },
    });
  });

  it.each([
    ["no text", { by: "message", to: "+15550100002", text: "" }],
    ["no telephone", { by: "message", text: "Hello." }],
    ["no address", { by: "request", text: "Hello." }],
  ])("does not parse with %s", (_name, config) => {
    expect(notify.config.safeParse(config).success).toBe(false);
  });

  it("says how long the caller hears nothing", () => {
    const config = { by: "message", to: "+15550100002", text: "Hello." } as const;
    expect(notify.facts(config).silentSeconds).toBe(10);
    expect(notify.facts({ ...config, filler: "One moment." }).silentSeconds).toBe(1.5);
  });
});
