import { describe, expect, it } from "vitest";
import { playNode } from "../testdata/one-node.ts";
import { transfer } from "./transfer.ts";

const ringing = { ringSeconds: 20, limitMinutes: 60, detectMachine: false };

function rung(to: string, target: string, variables: object = {}) {
  const { outcome, value, verbs } = playNode("transfer", { to, target, ...ringing }, { variables });
  return outcome === null ? verbs.find(({ verb }) => verb === "dial") : value;
}

const refused = (text: string) => ({ text, by: "rule" });

describe("transfer", () => {
  it.each([
    ["sip:desk@office.example", "sip:desk@office.example"],
    ["sip:101@office.example", "sip:101@office.example"],
    ["sip:+1-212-555-0100@gateway.example", "sip:+1-212-555-0100@gateway.example"],
    ["sip:2125550100@gateway.example", "sip:2125550100@gateway.example"],
  ])("rings the address %s", (target, address) => {
    expect(rung("sip", target)).toMatchObject({ verb: "dial", target: { to: "sip", address } });
  });

  it.each([
    ["sip:911@gateway.example", "Emergency numbers are never rung."],
    ["sip:9911@gateway.example", "Emergency numbers are never rung."],
    ["sip:1-900-555-0100@gateway.example", "Area code 900 is for special services, which are not rung."],
    ["sip:+1.900.555.0100@gateway.example", "Area code 900 is for special services, which are not rung."],
    [
      "sip:+449001234567@gateway.example",
      "Only numbers of the United States are rung, found another country.",
    ],
    [
      "sip:011449001234567@gateway.example",
      "Expected a phone number such as +15550100001, found something else.",
    ],
  ])("knows the number behind the address %s", (target, sentence) => {
    expect(rung("sip", target)).toEqual(refused(sentence));
  });

  it("takes no second address out of a value", () => {
    const desk = { type: "text", sensitivity: "internal", initial: "x@evil.example" };
    expect(rung("sip", "sip:{{desk}}@office.example", { desk })).toEqual(
      refused("Expected a SIP address such as sip:desk@office.example, found something else."),
    );
  });

  it("tells nothing of a number that is PHI, not even its area code", () => {
    const patient = { type: "phone", sensitivity: "phi", initial: "+12121110100" };
    expect(rung("number", "{{patient}}", { patient })).toEqual({ variable: "patient", by: "rule" });
  });

  it("rings nobody under a shown number that is none", () => {
    const config = { to: "number", target: "+15550100002", callerId: "{{own}}", ...ringing };
    const variables = { own: { type: "text", sensitivity: "internal", initial: "reception" } };
    expect(playNode("transfer", config, { variables })).toMatchObject({
      outcome: "failed",
      value: refused("The shown number: Expected a phone number such as +15550100001, found something else."),
    });
  });

  it.each([
    ["reception", false],
    ["+15550100001", true],
    ["{{own}}", true],
  ])("a shown number written as %s parses: %s", (callerId, parses) => {
    const config = { to: "number", target: "+15550100002", callerId, ...ringing };
    expect(transfer.config.safeParse(config).success).toBe(parses);
  });
});
