/** A small flow that others may call, and a node that calls it: for the examples of the rules about called flows. */
import { type FlowDocument, hashFlow } from "../document/index.ts";
import { startTo, withNodes, withVariables } from "./example.ts";
import type { Flows } from "./rule.ts";

const empty: FlowDocument = {
  formatVersion: 1,
  name: "Verify",
  settings: { language: "en-US", maxCallMinutes: 10, apology: "Sorry." },
  variables: {},
  entry: "start",
  nodes: {},
  layout: { nodes: {} },
};

/** Takes a member's number, gives a name back, and returns by `verified`. */
export function calledFlow(): FlowDocument {
  return withVariables(
    withNodes(empty, {
      start: startTo("back", { calls: "flows" }),
      back: { kind: "return", title: "Verified", config: { way: "verified" }, next: {} },
    }),
    {
      member: { type: "digits", sensitivity: "phi", origin: "input" },
      name: { type: "text", sensitivity: "phi", output: true, initial: "Ada" },
    },
  );
}

export function flowsOf(...flows: readonly FlowDocument[]): Flows {
  return new Map(flows.map((flow) => [hashFlow(flow), flow]));
}

export function callTo(hash: string, config: object = {}, next: object = {}): object {
  const called = { id: "verify", name: "Verify", hash };
  const inputs = [{ input: "member", value: "4071" }];
  return {
    kind: "call-flow",
    title: "Verify the member",
    config: { flow: called, inputs, outputs: [], ways: ["verified"], ...config },
    next: { verified: "bye", failed: "bye", ...next },
  };
}
