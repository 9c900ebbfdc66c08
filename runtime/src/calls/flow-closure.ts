/**
 * A flow and every flow a call can enter from it, by content hash. A published document is named by what it says, so
 * no flow can hold its own hash: the search ends by itself, and is bounded all the same.
 */
import { calledFlows, type FlowDocument, parseFlowText } from "@trunkline/schema/document";
import { limits } from "@trunkline/schema/engine";

export interface FlowClosure {
  /** Every flow that is entered, without the root. */
  readonly flows: ReadonlyMap<string, FlowDocument>;
  /** Hashes that no published version has. */
  readonly missing: readonly string[];
  /** Flows would be entered deeper, or more of them, than a call may. */
  readonly tooMany: boolean;
}

/** Flows one call may enter in all. */
const mostFlows = 100;

/** `read` answers a published document's text, or null. Rejects when a stored document does not parse. */
export async function closureOf(
  root: FlowDocument,
  read: (hash: string) => Promise<string | null>,
): Promise<FlowClosure> {
  const flows = new Map<string, FlowDocument>();
  const missing = new Set<string>();
  let level = calledFlows(root);
  // The root is the first of the flows that lie one inside the other.
  for (let depth = 1; level.length > 0; depth++) {
    if (depth >= limits.flowsDeep || flows.size + level.length > mostFlows) {
      return { flows, missing: [...missing], tooMany: true };
    }
    const next = new Set<string>();
    for (const hash of level) {
      const flow = flows.get(hash) ?? (await readFlow(hash, read));
      if (!flow) {
        missing.add(hash);
        continue;
      }
      flows.set(hash, flow);
      // Looked at again when it lies deeper than before: what it calls does too.
      for (const called of calledFlows(flow)) next.add(called);
    }
    level = [...next];
  }
  return { flows, missing: [...missing], tooMany: false };
}

async function readFlow(
  hash: string,
  read: (hash: string) => Promise<string | null>,
): Promise<FlowDocument | null> {
  const text = await read(hash);
  if (text === null) return null;
  const parsed = parseFlowText(text);
  if (!parsed.ok) throw new Error("Expected a published document to parse, found it does not.");
  return parsed.flow;
}
