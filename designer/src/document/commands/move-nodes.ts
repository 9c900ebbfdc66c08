import { type Command, counted, type Point, snap } from "../command.ts";
import { placeOf, titleOf } from "../nodes.ts";

export interface MoveNodes {
  readonly places: { readonly [id: string]: Point };
  /** Moves with the same mark become one step: one drag, one run of arrow keys. */
  readonly mark?: string;
  /** What to call the step instead of "Move 3 nodes". */
  readonly name?: string;
}

/** Put nodes at places on the grid. Layout is not meaning: this makes no new version. */
export const moveNodes: Command<MoveNodes> = {
  name({ places, name }, flow) {
    const ids = Object.keys(places);
    return (
      name ??
      (ids.length === 1 && ids[0] ? `Move ${titleOf(flow, ids[0])}` : `Move ${counted(ids.length, "node")}`)
    );
  },
  mark: ({ mark }) => mark ?? null,
  run(flow, { places }) {
    let layout = flow.layout.nodes;
    for (const [id, raw] of Object.entries(places)) {
      const point = snap(raw);
      const before = placeOf(flow, id);
      const stands = before.x === point.x && before.y === point.y && Object.hasOwn(layout, id);
      if (!flow.nodes[id] || stands) continue;
      layout = { ...layout, [id]: point };
    }
    return { flow: layout === flow.layout.nodes ? flow : { ...flow, layout: { nodes: layout } } };
  },
};
