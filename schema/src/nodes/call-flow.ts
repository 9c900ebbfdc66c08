import { z } from "zod";
import type { Value } from "../call/index.ts";
import { variableName } from "../language/index.ts";
import { slug, template, variable } from "./fields.ts";
import { defineNode, noFacts, type Outcome } from "./node.ts";
import { filledValue, namesRead } from "./shared/filled.ts";
import { refuseTwice } from "./shared/once.ts";
import { wayBack } from "./shared/ways.ts";

const called = z
  .strictObject({
    id: z.string().min(1).max(100),
    name: z.string().min(1).max(80),
    /** Content hash of the published document: what is called never changes by itself. */
    hash: z.string().regex(/^[0-9a-f]{64}$/, "Expected a published flow."),
    version: z.number().int().min(1).optional(),
  })
  .meta({ label: "Flow", help: "A published version of another flow.", widget: "flow" });

const config = z
  .strictObject({
    flow: called,
    inputs: z
      .array(
        z.strictObject({
          input: z
            .string()
            .regex(variableName)
            .meta({ label: "Input", help: "What the called flow needs.", widget: "text" }),
          value: template("Value", "A text, or a variable as {{name}}, which then keeps its type."),
        }),
      )
      .max(30)
      .meta({ label: "Hand in", help: "Values for the called flow's inputs.", widget: "pairs" }),
    outputs: z
      .array(
        z.strictObject({
          output: z
            .string()
            .regex(variableName)
            .meta({ label: "Output", help: "What the called flow hands back.", widget: "text" }),
          into: variable("Save as", "The variable of this flow that gets the value."),
        }),
      )
      .max(30)
      .meta({ label: "Take back", help: "The called flow's outputs that are kept.", widget: "pairs" }),
    ways: z
      .array(wayBack(slug("Way back", "A way by which the called flow returns.")))
      .min(1, "Expected at least one way back.")
      .max(20)
      .meta({
        label: "Ways back",
        help: "The called flow's returns; each is a way out here.",
        widget: "list",
      }),
  })
  .superRefine((asked, context) => {
    refuseTwice(
      context,
      "inputs",
      "input",
      asked.inputs.map((one) => one.input),
    );
    refuseTwice(
      context,
      "outputs",
      "output",
      asked.outputs.map((one) => one.output),
    );
    refuseTwice(
      context,
      "outputs",
      "into",
      asked.outputs.map((one) => one.into),
    );
    const twice = asked.ways.findIndex((way, index) => asked.ways.indexOf(way) !== index);
    if (twice < 0) return;
    const message = `Expected each way once, found "${asked.ways[twice]}" again.`;
    context.addIssue({ code: "custom", path: ["ways", twice], message });
  });

type Config = z.infer<typeof config>;

/** The content hash of `exampleFlow()`; the registry's test fails when it is another. */
const exampleHash = "ccf52a974d1226e47637b98b153a8d68c0560da211b6131c6685d1cf4b981aa9";

/** Enters another published flow and goes on by the way it returns with. */
export const callFlow = defineNode({
  kind: "call-flow",
  title: "Call flow",
  summary: "Let another flow do a part of the call, and go on where it comes back.",
  group: "start-end",
  icon: "sitemap",
  config,
  initial: {
    flow: { id: "none", name: "Choose a flow", hash: "0".repeat(64) },
    inputs: [],
    outputs: [],
    ways: ["done"],
  },
  outcomes: (config: Config): readonly Outcome[] => [
    ...config.ways.map((way) => ({ name: way, label: way.replaceAll("-", " ") })),
    { name: "failed", label: "failed", failure: true },
  ],
  facts: (config) => ({
    ...noFacts,
    reads: namesRead(...config.inputs.map((one) => one.value)),
    writes: config.outputs.map((one) => one.into),
    writesOn: config.ways,
    calls: {
      hash: config.flow.hash,
      inputs: Object.fromEntries(config.inputs.map(({ input, value }) => [input, value])),
      outputs: Object.fromEntries(config.outputs.map(({ output, into }) => [output, into])),
      outcomes: config.ways,
    },
  }),
  glance: ({ flow }: Config) =>
    flow.version === undefined ? flow.name : `${flow.name}, version ${flow.version}`,
  enter: (visit) => {
    const { flow, inputs, outputs } = visit.config;
    const given = inputs.flatMap(({ input, value }): [string, Value][] => {
      const filled = filledValue(visit, value);
      return filled === null ? [] : [[input, filled]];
    });
    return {
      callFlow: flow.hash,
      inputs: Object.fromEntries(given),
      outputs: Object.fromEntries(outputs.map(({ output, into }) => [output, into])),
    };
  },
  examples: [
    {
      name: "the called flow speaks and comes back with what it was given",
      config: example(),
      variables: {
        claim: { type: "list", sensitivity: "internal", value: ["a", "b"] },
        seen: { type: "list", sensitivity: "internal" },
      },
      flows: [exampleFlow()],
      verbs: [{ verb: "say", text: "About a and b.", language: "en-US" }],
      outcome: "told",
      value: { text: "told" },
      sets: { seen: ["a", "b"] },
    },
    {
      name: "the flow is not at hand",
      config: example(),
      outcome: "failed",
      value: { text: "the flow is not at hand" },
    },
  ],
});

function example(): Config {
  return {
    flow: { id: "example", name: "Example", hash: exampleHash },
    inputs: [{ input: "about", value: "{{claim}}" }],
    outputs: [{ output: "about", into: "seen" }],
    ways: ["told"],
  };
}

/** A whole flow document, as JSON: this folder knows no documents. */
function exampleFlow() {
  return {
    formatVersion: 1,
    name: "Example",
    settings: { language: "en-US", maxCallMinutes: 10, apology: "Sorry." },
    variables: { about: { type: "list", sensitivity: "internal", origin: "input", output: true } },
    entry: "start",
    nodes: {
      start: { kind: "start", title: "Start", config: { calls: "flows" }, next: { call: "tell" } },
      tell: { kind: "say", title: "Tell", config: { text: "About {{about|list}}." }, next: { done: "back" } },
      back: { kind: "return", title: "Back", config: { way: "told" }, next: {} },
    },
    layout: { nodes: {} },
  };
}
