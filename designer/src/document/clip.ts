/** What copying puts on the clipboard: nodes with their places, as text another tab or flow can paste. */
import { type FlowDocument, type FlowNode, findDefinition, nodeId } from "@trunkline/schema/document";
import type { Point } from "./command.ts";
import { kindOf, placeOf } from "./nodes.ts";

export interface Clip {
  readonly nodes: { readonly [id: string]: FlowNode };
  readonly places: { readonly [id: string]: Point };
}

export function clipOf(flow: FlowDocument, ids: readonly string[]): Clip {
  const found = ids.flatMap((id) => {
    const node = flow.nodes[id];
    return node ? [[id, node] as const] : [];
  });
  return {
    nodes: Object.fromEntries(found),
    places: Object.fromEntries(found.map(([id]) => [id, placeOf(flow, id)])),
  };
}

export function writeClip(clip: Clip): string {
  return JSON.stringify({ trunkline: "nodes", ...clip }, null, 2);
}

/** Read a clipboard text. Null for anything but nodes this version understands; never throws. */
export function readClip(text: string): Clip | null {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value) || value.trunkline !== "nodes" || !isRecord(value.nodes) || !isRecord(value.places))
      return null;
    const nodes: { [id: string]: FlowNode } = {};
    for (const [id, node] of Object.entries(value.nodes)) {
      if (!nodeId.safeParse(id).success || !isRecord(node)) return null;
      const { kind, title, config, next, note } = node;
      if (typeof kind !== "string" || typeof title !== "string" || title === "" || title.length > 80)
        return null;
      const definition = findDefinition(kind);
      const parsed = definition?.config.safeParse(config);
      if (!definition || !parsed?.success || !isRecord(next)) return null;
      const wires = Object.entries(next).filter(
        (wire): wire is [string, string] => typeof wire[1] === "string",
      );
      // A kind's config is always an object; the registry only forgets which one.
      const copy: FlowNode = {
        kind: kindOf(definition),
        title,
        config: parsed.data as object,
        next: Object.fromEntries(wires),
      };
      nodes[id] = typeof note === "string" && note.length <= 2000 ? { ...copy, note } : copy;
    }
    return { nodes, places: readPlaces(value.places) };
  } catch {
    return null;
  }
}

function readPlaces(value: Record<string, unknown>): { [id: string]: Point } {
  return Object.fromEntries(
    Object.entries(value).flatMap(([id, at]) =>
      isRecord(at) && Number.isFinite(at.x) && Number.isFinite(at.y)
        ? [[id, { x: Number(at.x), y: Number(at.y) }]]
        : [],
    ),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
