import { type FlowDocument, hashFlow } from "../../document/index.ts";
import { startTo, withNodes } from "../example.ts";
import type { Rule } from "../rule.ts";
import { calledFlow, callTo, flowsOf } from "../sub-flow-example.ts";
import { nodePointer } from "../survey.ts";

export const subFlowMissing: Rule = {
  name: "sub-flow-missing",
  severity: "warning",
  title: "Every flow that is called is there",
  why: "A call that comes to a flow which is not published here goes on by the failure.",
  advice: "Publish the flow that is called, or choose another one.",
  flows: () => flowsOf(calledFlow()),
  wrong: (sound) => withCall(sound, "0".repeat(64)),
  right: (sound) => withCall(sound, hashFlow(calledFlow())),
  check: ({ flows, nodes }) =>
    flows === null
      ? []
      : [...nodes.values()].flatMap((node) => {
          const { calls } = node.facts;
          if (calls === undefined || flows.has(calls.hash)) return [];
          const sentence = `${node.name} calls a flow that is not published here.`;
          return [{ node: node.id, pointer: nodePointer(node, "config", "flow"), sentence }];
        }),
};

function withCall(sound: FlowDocument, hash: string): FlowDocument {
  return withNodes(sound, { start: startTo("verify"), verify: callTo(hash) });
}
