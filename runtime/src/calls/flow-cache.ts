/**
 * Published flows made ready to run, by content hash, each with the flows it enters. A hash never changes its meaning,
 * so an entry is never stale; the least recently used one goes when there are too many.
 */
import { type FlowDocument, parseFlowText } from "@trunkline/schema/document";
import { type CompiledFlow, compileFlow, type Flows } from "@trunkline/schema/engine";
import { closureOf } from "./flow-closure.ts";

export interface FlowCache {
  /** What `step` needs to run this flow. Rejects when no published version has the hash or its document is broken. */
  flows(hash: string): Promise<Flows>;
}

const mostFlows = 200;

export function createFlowCache(read: (hash: string) => Promise<string | null>): FlowCache {
  const kept = new Map<string, Flows>();
  return {
    async flows(hash) {
      const known = kept.get(hash) ?? (await compile(hash, read));
      kept.delete(hash);
      kept.set(hash, known);
      const oldest = kept.keys().next().value;
      if (kept.size > mostFlows && oldest !== undefined) kept.delete(oldest);
      return known;
    },
  };
}

async function compile(hash: string, read: (hash: string) => Promise<string | null>): Promise<Flows> {
  const text = await read(hash);
  if (text === null) throw new Error("Expected a published version with the call's hash, found none.");
  const parsed = parseFlowText(text);
  if (!parsed.ok) throw new Error("Expected a published document to parse, found it does not.");
  const flows = new Map<string, CompiledFlow>();
  add(flows, hash, parsed.flow);
  // A flow that is not at hand is an outcome of the node that enters it: the engine sees to it.
  for (const [called, flow] of (await closureOf(parsed.flow, read)).flows) add(flows, called, flow);
  return flows;
}

/** Under the hash it was published with and the one it has now: a later format may hash differently. */
function add(flows: Map<string, CompiledFlow>, hash: string, flow: FlowDocument): void {
  const compiled = compileFlow(flow);
  flows.set(compiled.hash, compiled);
  flows.set(hash, compiled);
}
