/** Which nodes of a graph lead to each other, and which cannot reach a goal. Both linear in nodes and edges. */

/** Node ids with the ids they lead to. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/**
 * Tarjan's strongly connected components without recursion, only those with a loop in them: several nodes, or one
 * that leads to itself. Edges to ids that are no node of the graph are passed over.
 */
export function loopsOf(graph: Graph): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const held: string[] = [];
  const onStack = new Set<string>();
  const loops: string[][] = [];
  for (const root of graph.keys()) {
    if (order.has(root)) continue;
    const work: { id: string; at: number }[] = [{ id: root, at: 0 }];
    for (let top = work.at(-1); top; top = work.at(-1)) {
      const { id } = top;
      if (top.at === 0 && !order.has(id)) {
        order.set(id, order.size);
        low.set(id, order.get(id)!); // just set
        held.push(id);
        onStack.add(id);
      }
      const target = graph.get(id)?.[top.at++];
      if (target !== undefined) {
        if (!graph.has(target)) continue;
        if (!order.has(target)) work.push({ id: target, at: 0 });
        else if (onStack.has(target)) low.set(id, Math.min(low.get(id)!, order.get(target)!)); // both visited
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      if (parent) low.set(parent.id, Math.min(low.get(parent.id)!, low.get(id)!)); // both visited
      if (low.get(id) !== order.get(id)) continue;
      const component = held.splice(held.lastIndexOf(id));
      for (const one of component) onStack.delete(one);
      if (component.length > 1 || graph.get(id)?.includes(id)) loops.push(component);
    }
  }
  return loops;
}

/** The nodes that lead to one of the goals, the goals included. */
export function leadingTo(graph: Graph, goals: Iterable<string>): Set<string> {
  const backwards = new Map<string, string[]>();
  for (const [id, targets] of graph) {
    for (const target of targets) {
      const known = backwards.get(target);
      if (known) known.push(id);
      else backwards.set(target, [id]);
    }
  }
  return reachedFrom([...goals], (id) => backwards.get(id) ?? []);
}

/** Everything that can be come to from the given nodes, these included. */
export function reachedFrom(from: readonly string[], next: (id: string) => Iterable<string>): Set<string> {
  const found = new Set<string>();
  const open = [...from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...next(id));
  }
  return found;
}
