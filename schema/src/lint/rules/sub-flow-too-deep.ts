import { calledFlows, type FlowDocument, hashFlow } from "../../document/index.ts";
import { startTo, withNodes } from "../example.ts";
import type { Flows, Rule } from "../rule.ts";
import { calledFlow, callTo, flowsOf } from "../sub-flow-example.ts";
import { nodePointer } from "../survey.ts";

/** Flows inside one another, the first included; the engine enters no more. */
const deepest = 8;

export const subFlowTooDeep: Rule = {
  name: "sub-flow-too-deep",
  severity: "error",
  title: `Flows call each other at most ${deepest} deep`,
  why: "The engine enters no flow deeper than that, nor one that calls itself: the call goes on by the failure there.",
  advice: "Call the inner flows one after the other from this one.",
  flows: () => flowsOf(...chainOf(deepest)),
  wrong: (sound) => withCall(sound, chainOf(deepest).at(-1)),
  right: (sound) => withCall(sound, chainOf(deepest - 1).at(-1)),
  check: ({ flows, nodes }) => {
    if (flows === null) return [];
    const depths = new Map<string, number>();
    return [...nodes.values()].flatMap((node) => {
      const { calls } = node.facts;
      if (!calls || 1 + depthOf(calls.hash, flows, depths) <= deepest) return [];
      const sentence = `${node.name} calls flows more than ${deepest} deep, or one that calls itself.`;
      return [{ node: node.id, pointer: nodePointer(node, "config", "flow"), sentence }];
    });
  },
};

/** How many flows are inside one another from here. Each is looked at once; one that is in its own way is too deep. */
function depthOf(hash: string, flows: Flows, known: Map<string, number>): number {
  const before = known.get(hash);
  if (before !== undefined) return before;
  known.set(hash, deepest + 1);
  const flow = flows.get(hash);
  const inner = flow ? calledFlows(flow).map((one) => depthOf(one, flows, known)) : [];
  const depth = Math.min(deepest + 1, 1 + Math.max(0, ...inner));
  known.set(hash, depth);
  return depth;
}

/** Flows of which each calls the one before it. */
function chainOf(length: number): FlowDocument[] {
  const flows = [calledFlow()];
  for (let inner = flows[0]; inner && flows.length < length; inner = flows.at(-1)) {
    const calling = { ...callTo(hashFlow(inner)), next: { verified: "back", failed: "back" } };
    flows.push(withNodes(calledFlow(), { start: startTo("verify", { calls: "flows" }), verify: calling }));
  }
  return flows;
}

function withCall(sound: FlowDocument, called: FlowDocument | undefined): FlowDocument {
  return withNodes(sound, { start: startTo("verify"), verify: callTo(called ? hashFlow(called) : "") });
}
