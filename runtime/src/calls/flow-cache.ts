/**
 * Published flows made ready to run, by content hash. A hash never changes its meaning, so an entry is never stale;
 * the least recently used one goes when there are too many.
 */
import { parseFlowText } from "@trunkline/schema/document";
import { compileFlow, type Flows } from "@trunkline/schema/engine";

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
  // Under the hash the call began with: a later format may hash differently.
  return new Map([[hash, compileFlow(parsed.flow)]]);
}
