/**
 * The documents of the flows that a flow calls, and of those that they call: published ones by their hash, so that
 * what was fetched once holds for ever. Rehearsals play them, lint looks into them.
 */
import { calledFlows, type FlowDocument } from "@trunkline/schema/document";
import { api } from "../api.ts";

/** Flows a call may enter; more than that is a mistake. */
const mostFlows = 60;

const fetched = new Map<string, FlowDocument>();

export interface CalledDocuments {
  readonly documents: ReadonlyMap<string, FlowDocument>;
  /** Why one is missing; null when all are there. */
  readonly missing: string | null;
}

export async function calledDocuments(flow: FlowDocument): Promise<CalledDocuments> {
  const open = calledFlows(flow);
  const documents = new Map<string, FlowDocument>();
  let missing: string | null = null;
  for (let hash = open.pop(); hash !== undefined; hash = open.pop()) {
    if (documents.has(hash)) continue;
    if (documents.size >= mostFlows)
      return { documents, missing: `This flow calls more than ${mostFlows} others.` };
    const held = fetched.get(hash);
    const answer = held ? null : await api.document(hash);
    if (answer && !answer.ok) missing = answer.fault.sentence;
    const document = held ?? (answer?.ok ? answer.value.document : undefined);
    if (!document) continue;
    fetched.set(hash, document);
    documents.set(hash, document);
    open.push(...calledFlows(document));
  }
  return { documents, missing };
}
