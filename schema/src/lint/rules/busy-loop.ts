import { type FlowDocument, factsOf, outcomesOf } from "../../document/index.ts";
import { type Rule, withNode } from "../rule.ts";

export const busyLoop: Rule = {
  name: "busy-loop",
  severity: "error",
  title: "Every loop waits for something",
  why: "A loop in which nothing waits runs until the engine's limit cuts the call.",
  advice: "Put a menu, a collect or a long pause into the loop, or end it with a branch that leads out.",
  wrong: (sound) =>
    withNode(sound, "bye", {
      kind: "say",
      title: "Again",
      config: { text: "Hello." },
      next: { done: "bye" },
    }),
  right: (sound) => {
    const wait = {
      kind: "pause",
      title: "Wait",
      config: { seconds: 30, endsOnKey: true },
      next: { done: "wait", key: "bye" },
    };
    const start = { kind: "start", title: "Start", config: {}, next: { call: "wait" } };
    return withNode(withNode(sound, "wait", wait), "start", start);
  },
  check: (flow) =>
    loopsWithoutWait(flow).map((id) => ({
      node: id,
      pointer: `/nodes/${id}`,
      sentence: `“${flow.nodes[id]?.title}” is part of a loop in which nothing waits.`,
    })),
};

/** Tarjan's strongly connected components over the nodes that do not wait, without recursion; linear. */
function loopsWithoutWait(flow: FlowDocument): string[] {
  const edges = new Map<string, string[]>();
  for (const [id, node] of Object.entries(flow.nodes)) {
    if (factsOf(node).waits) continue;
    const names = new Set(outcomesOf(node).map((outcome) => outcome.name));
    edges.set(
      id,
      Object.entries(node.next).flatMap(([name, target]) => (names.has(name) ? [target] : [])),
    );
  }
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const held: string[] = [];
  const onStack = new Set<string>();
  const looping: string[] = [];
  for (const root of edges.keys()) {
    if (order.has(root)) continue;
    const work: { id: string; at: number }[] = [{ id: root, at: 0 }];
    for (let top = work.at(-1); top; top = work.at(-1)) {
      const { id } = top;
      if (top.at === 0) {
        order.set(id, order.size);
        low.set(id, order.get(id)!); // just set
        held.push(id);
        onStack.add(id);
      }
      const target = edges.get(id)?.[top.at++];
      if (target !== undefined) {
        if (!edges.has(target)) continue;
        if (!order.has(target)) work.push({ id: target, at: 0 });
        else if (onStack.has(target)) low.set(id, Math.min(low.get(id)!, order.get(target)!)); // both visited
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      if (parent) low.set(parent.id, Math.min(low.get(parent.id)!, low.get(id)!)); // both visited
      if (low.get(id) !== order.get(id)) continue;
      const component = held.splice(held.indexOf(id));
      for (const one of component) onStack.delete(one);
      if (component.length > 1 || edges.get(id)?.includes(id)) looping.push(...component);
    }
  }
  return looping;
}
