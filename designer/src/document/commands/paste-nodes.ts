import type { Clip } from "../clip.ts";
import { type Command, counted, type Point, snap } from "../command.ts";
import { freeId, freeTitle, slugOf } from "../ids.ts";
import { keepEntries } from "../nodes.ts";

export interface PasteNodes {
  readonly clip: Clip;
  /** Moved by this much from where the nodes were copied. */
  readonly by: Point;
  readonly name?: string;
}

/** Copies of nodes with the wires among them; wires to the outside and the start are left behind. */
export const pasteNodes: Command<PasteNodes> = {
  name: ({ clip, name }) =>
    `${name ?? "Paste"} ${counted(Object.values(clip.nodes).filter((node) => node.kind !== "start").length, "node")}`,
  run(flow, { clip, by }) {
    const sources = Object.entries(clip.nodes).filter(([, node]) => node.kind !== "start");
    if (sources.length === 0) return { refused: "The start cannot be copied: a flow has exactly one." };
    const taken = new Set(Object.keys(flow.nodes));
    const titles = new Set(Object.values(flow.nodes).map((node) => node.title));
    const ids = new Map<string, string>();
    const renamed = sources.map(([id, node]) => {
      const title = freeTitle(node.title.replace(/ \d+$/, ""), (one) => titles.has(one)).slice(0, 80);
      titles.add(title);
      const copy = freeId(slugOf(title), (one) => taken.has(one));
      taken.add(copy);
      ids.set(id, copy);
      return { id, copy, node: { ...node, title } };
    });
    const nodes = { ...flow.nodes };
    const places = { ...flow.layout.nodes };
    for (const { id, copy, node } of renamed) {
      const inner = keepEntries(node.next, (to) => ids.has(to));
      const next = Object.fromEntries(
        Object.entries(inner).map(([outcome, to]) => [outcome, ids.get(to) ?? to]),
      );
      nodes[copy] = { ...node, next };
      const at = clip.places[id] ?? { x: 0, y: 0 };
      places[copy] = snap({ x: at.x + by.x, y: at.y + by.y });
    }
    return { flow: { ...flow, nodes, layout: { nodes: places } }, select: [...ids.values()] };
  },
};
