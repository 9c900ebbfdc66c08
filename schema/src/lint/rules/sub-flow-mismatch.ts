import { type FlowDocument, hashFlow, interfaceOf } from "../../document/index.ts";
import { parseTemplate } from "../../language/index.ts";
import type { CalledFlowFact } from "../../nodes/index.ts";
import { startTo, withNodes } from "../example.ts";
import type { Rule } from "../rule.ts";
import { calledFlow, callTo, flowsOf } from "../sub-flow-example.ts";
import { declared, listed, nodePointer, type Survey } from "../survey.ts";

export const subFlowMismatch: Rule = {
  name: "sub-flow-mismatch",
  severity: "error",
  title: "A call fits the flow it calls",
  why: "An input that is not given stays blank in the called flow, an output that is none is never set, and a way back that is not drawn ends in the failure.",
  advice: "Give the called flow what it takes, take what it gives, and draw every way back.",
  flows: () => flowsOf(calledFlow()),
  wrong: (sound) => withCall(sound, [{ input: "number", value: "4071" }]),
  right: (sound) => withCall(sound, [{ input: "member", value: "4071" }]),
  check: (survey) =>
    [...survey.nodes.values()].flatMap((node) => {
      const { calls } = node.facts;
      const called = calls && survey.flows?.get(calls.hash);
      if (!calls || !called) return [];
      return faults(survey, calls, called).map(([field, found]) => ({
        node: node.id,
        pointer: nodePointer(node, "config", field),
        sentence: `${node.name} and the flow “${called.name}” do not fit: ${found}.`,
      }));
    }),
};

type Fault = readonly [field: "inputs" | "outputs" | "ways", found: string];

function faults(survey: Survey, calls: CalledFlowFact, called: FlowDocument): Fault[] {
  const { inputs, outputs, ways } = interfaceOf(called);
  const missing = inputs.filter(({ name, required }) => required && !Object.hasOwn(calls.inputs, name));
  const given = Object.entries(calls.inputs).flatMap(([name, template]): Fault[] => {
    const input = inputs.find((one) => one.name === name);
    if (!input) return [["inputs", `it has no input “${name}”`]];
    const type = typeOf(survey, template);
    return type !== null && type !== input.type && isRecord(type, input.type)
      ? [["inputs", `“${name}” is of type ${input.type}, found ${type}`]]
      : [];
  });
  const taken = Object.entries(calls.outputs).flatMap(([name, into]): Fault[] => {
    const output = outputs.find((one) => one.name === name);
    if (!output) return [["outputs", `it gives no “${name}” back`]];
    const type = declared(survey, into)?.type;
    return type !== undefined && type !== output.type && type !== "text"
      ? [["outputs", `“${name}” is of type ${output.type}, “${into}” of type ${type}`]]
      : [];
  });
  const undrawn = ways.filter((way) => !calls.outcomes.includes(way));
  const gone = calls.outcomes.filter((way) => way !== "failed" && !ways.includes(way));
  return [
    ...missing.map(({ name }): Fault => ["inputs", `its input “${name}” is not given`]),
    ...given,
    ...taken,
    ...(undrawn.length > 0 ? [["ways", `its ways ${listed(undrawn)} are not drawn`] as const] : []),
    ...(gone.length > 0 ? [["ways", `it never returns by ${listed(gone)}`] as const] : []),
  ];
}

/** The type of a template that is one variable and nothing else; others become texts, which are read again. */
function typeOf(survey: Survey, template: string): string | null {
  const parsed = parseTemplate(template);
  const [only, ...more] = parsed.ok ? parsed.template.parts : [];
  if (only === undefined || typeof only === "string" || only.filter !== null || more.length > 0) return null;
  return declared(survey, only.name)?.type ?? null;
}

/** Lists and claims fit nothing but their own kind; plain values are read as what they should be. */
function isRecord(...types: readonly string[]): boolean {
  return types.some((type) => type === "list" || type === "claim");
}

function withCall(sound: FlowDocument, inputs: readonly object[]): FlowDocument {
  return withNodes(sound, { start: startTo("verify"), verify: callTo(hashFlow(calledFlow()), { inputs }) });
}
