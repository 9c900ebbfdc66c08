/** What rules know of the flows that a flow calls. */
import { describe, expect, it } from "vitest";
import { type FlowDocument, hashFlow } from "../document/index.ts";
import { sound } from "../testdata/sound-flow.ts";
import { menu, say, startTo, withNodes } from "./example.ts";
import { lint } from "./index.ts";
import { callTo, flowsOf } from "./sub-flow-example.ts";
import { parsed, soundFlow } from "./testing.ts";

describe("rules about called flows", () => {
  const inner = (nodes: object, variables: FlowDocument["variables"] = {}) =>
    parsed({
      ...sound,
      variables,
      nodes: { start: startTo("back", { calls: "flows" }), back: returning("verified"), ...nodes },
    });
  const returning = (way: string) => ({ kind: "return", title: `Back ${way}`, config: { way }, next: {} });
  const calling = (called: FlowDocument, config: object = {}, next: object = {}) =>
    callTo(hashFlow(called), { inputs: [], ...config }, next);
  const found = (name: string, flow: FlowDocument, ...called: FlowDocument[]) =>
    lint(parsed(flow), { flows: flowsOf(...called) }).filter((one) => one.rule === name);

  it.each([
    [
      "an input it has not",
      {
        inputs: [
          { input: "member", value: "1" },
          { input: "other", value: "1" },
        ],
      },
      "it has no input “other”",
    ],
    ["an input that is needed and not given", {}, "its input “member” is not given"],
    [
      "a text for a claim",
      {
        inputs: [
          { input: "member", value: "1" },
          { input: "about", value: "{{note}}" },
        ],
      },
      "“about” is of type claim, found text",
    ],
    [
      "an output it has not",
      { inputs: [{ input: "member", value: "1" }], outputs: [{ output: "other", into: "note" }] },
      "it gives no “other” back",
    ],
    [
      "a date for an amount",
      { inputs: [{ input: "member", value: "1" }], outputs: [{ output: "paid_on", into: "amount" }] },
      "“paid_on” is of type date, “amount” of type money",
    ],
    [
      "a way back that it never takes",
      { inputs: [{ input: "member", value: "1" }], ways: ["verified", "gone"] },
      "it never returns by gone",
    ],
  ])("find %s", (_what, config, sentence) => {
    const called = inner(
      {},
      {
        member: { type: "digits", sensitivity: "phi", origin: "input" },
        about: { type: "claim", sensitivity: "phi", origin: "input", initial: {} },
        paid_on: { type: "date", sensitivity: "internal", output: true, initial: "2026-01-02" },
      },
    );
    const flow = withNodes(
      {
        ...soundFlow,
        variables: {
          note: { type: "text", sensitivity: "internal", origin: "input" },
          amount: { type: "money", sensitivity: "internal" },
        },
      },
      { start: startTo("verify"), verify: calling(called, config, { gone: "bye" }) },
    );
    expect(found("sub-flow-mismatch", flow, called).map((one) => one.sentence)).toEqual([
      `“Verify the member” and the flow “Sound” do not fit: ${sentence}.`,
    ]);
  });

  it("find a way back that is not drawn", () => {
    const called = inner({
      start: startTo("menu", { calls: "flows" }),
      menu: {
        ...menu("Menu", "Press 1.", "back"),
        next: { "key-1": "back", invalid: "bad", silence: "bad" },
      },
      bad: returning("refused"),
    });
    const flow = withNodes(soundFlow, { start: startTo("verify"), verify: calling(called) });
    expect(found("sub-flow-mismatch", flow, called)[0]?.sentence).toContain("its ways refused are not drawn");
  });

  it("find a flow that calls itself, however it came to be", () => {
    const hash = "a".repeat(64);
    const flow = parsed(withNodes(soundFlow, { start: startTo("verify"), verify: callTo(hash) }));
    const flows = new Map([[hash, flow]]);
    expect(lint(flow, { flows }).filter((one) => one.rule === "sub-flow-too-deep")).toHaveLength(1);
  });

  it("take a caller for known after a called flow only by the ways that make sure of it", () => {
    const options = [{ key: "1", label: "Yes", means: "confirms-identity" }];
    const sure = menu("Who?", "Press 1.", "back", { options });
    const called = inner({
      start: startTo("menu", { calls: "flows" }),
      menu: { ...sure, next: { "key-1": "back", invalid: "bad", silence: "bad" } },
      bad: returning("refused"),
    });
    const outer = (refused: string) =>
      withNodes(
        {
          ...soundFlow,
          variables: { balance: { type: "money", sensitivity: "phi", origin: "computed", initial: 1 } },
        },
        {
          start: startTo("verify"),
          verify: calling(called, { ways: ["verified", "refused"] }, { verified: "told", refused }),
          told: say("Told", "You owe {{balance|money}}.", "bye"),
        },
      );
    expect(found("phi-before-identification", outer("bye"), called)).toEqual([]);
    expect(found("phi-before-identification", outer("told"), called)).toHaveLength(1);
    expect(lint(parsed(outer("told"))).filter((one) => one.rule === "phi-before-identification")).toEqual([]);
  });

  const owed = { type: "money", sensitivity: "phi", origin: "input" } as const;
  const asks = (config: object = {}) =>
    inner({
      start: startTo("menu", { calls: "flows" }),
      menu: {
        ...menu("Menu", "Press 1.", "back", config),
        next: { "key-1": "back", invalid: "bad", silence: "bad" },
      },
      bad: returning("nobody"),
    });
  const tells = inner(
    { start: startTo("tell", { calls: "flows" }), tell: say("Tell", "You owe {{owed}}.", "back") },
    { owed },
  );
  const main = (begins: object, nodes: object, variables: FlowDocument["variables"] = { owed }) =>
    withNodes({ ...soundFlow, variables }, { start: startTo("verify", begins), ...nodes });
  const tellOwed = (inputs: object[] = [{ input: "owed", value: "{{owed}}" }]) =>
    calling(tells, { inputs, ways: ["verified"] });

  it("take the far end for answering after a called flow only by the ways on which it has answered", () => {
    const called = asks();
    const outer = (nobody: string) =>
      main(
        { calls: "outbound" },
        {
          verify: calling(called, { ways: ["verified", "nobody"] }, { verified: "told", nobody }),
          told: say("Told", "You owe {{owed}}.", "bye"),
        },
      );
    expect(found("phi-spoken-first", outer("bye"), called)).toEqual([]);
    expect(found("phi-spoken-first", outer("told"), called)).toHaveLength(1);
    expect(found("phi-spoken-first", outer("told"))).toEqual([]);
  });

  it("leave it to the flow that calls whether anybody has answered", () => {
    expect(found("phi-spoken-first", tells)).toEqual([]);
    const early = main({ calls: "outbound" }, { verify: tellOwed() });
    expect(found("phi-spoken-first", early, tells)).toMatchObject([
      {
        node: "verify",
        pointer: "/nodes/verify/config/flow",
        sentence:
          "“Verify the member” calls the flow “Sound”, which speaks “owed”, which is PHI, before anybody has answered.",
      },
    ]);
    const asked = main({ calls: "outbound" }, { verify: menu("Menu", "Press 1.", "told"), told: tellOwed() });
    expect(found("phi-spoken-first", asked, tells)).toEqual([]);
  });

  it("hear PHI two flows down", () => {
    const between = inner(
      {
        start: startTo("verify", { calls: "flows" }),
        verify: calling(
          tells,
          { inputs: [{ input: "owed", value: "{{owed}}" }] },
          { verified: "back", failed: "back" },
        ),
      },
      { owed },
    );
    const inputs = [{ input: "owed", value: "{{owed}}" }];
    const early = main({ calls: "outbound" }, { verify: calling(between, { inputs }) });
    expect(found("phi-spoken-first", early, between, tells)).toHaveLength(1);
  });

  it("know that a called flow tells a stranger what we know, and not what the caller has just said", () => {
    const inbound = (variables: FlowDocument["variables"]) =>
      main(
        {},
        { verify: menu("Menu", "Press 1.", "number"), number: numberAsked, told: tellOwed() },
        variables,
      );
    const numberAsked = {
      kind: "collect",
      title: "Amount",
      config: {
        prompt: "What do you owe?",
        into: "owed",
        answer: "keys",
        expects: "money",
        minDigits: 1,
        maxDigits: 9,
        timeoutSeconds: 5,
        tries: 1,
      },
      next: { collected: "told", invalid: "bye", silence: "bye" },
    };
    const collected = { owed: { type: "money", sensitivity: "phi" } } as const;
    expect(found("phi-before-identification", inbound(collected), tells)).toEqual([]);
    expect(found("phi-before-identification", inbound({ owed }), tells)).toMatchObject([
      {
        node: "told",
        sentence:
          "“Verify the member” calls the flow “Sound”, which speaks “owed”, which is PHI, to a caller whose identity is not confirmed.",
      },
    ]);
  });

  it("know which of its outputs a called flow has set, by the way it returns", () => {
    const number = {
      kind: "collect",
      title: "Number",
      config: {
        prompt: "Number?",
        into: "number",
        answer: "keys",
        minDigits: 1,
        maxDigits: 9,
        timeoutSeconds: 5,
        tries: 1,
      },
      next: { collected: "back", invalid: "bad", silence: "bad" },
    };
    const called = inner(
      { start: startTo("ask", { calls: "flows" }), ask: number, bad: returning("refused") },
      { number: { type: "digits", sensitivity: "internal", output: true } },
    );
    const outer = (refused: string) =>
      main(
        {},
        {
          verify: calling(
            called,
            { outputs: [{ output: "number", into: "given" }], ways: ["verified", "refused"] },
            { verified: "told", refused },
          ),
          told: say("Told", "It is {{given|digits}}.", "bye"),
        },
        { given: { type: "digits", sensitivity: "internal" } },
      );
    expect(found("read-before-set", outer("bye"), called)).toEqual([]);
    expect(found("read-before-set", outer("told"), called)).toMatchObject([{ node: "told" }]);
    expect(found("read-before-set", outer("told"))).toEqual([]);
  });
});
