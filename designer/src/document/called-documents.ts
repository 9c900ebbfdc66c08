/**
 * The documents of the flows that a flow calls, and of those that they call: published ones by their hash, so that
 * what was fetched once holds for ever. Rehearsals play them, lint looks into them.
 */
import { calledFlows, type FlowDocument } from "@trunkline/schema/document";
import { api } from "../api.ts";

/** Flows a call may enter; more than that is a mistake. */
const mostFlows = 60;

/** What a node that calls a flow holds until one is chosen. */
const unchosen = "0".repeat(64);

/** By hash: the document, or why there is none, so that an edit does not ask in vain again. */
const fetched = new Map<string, FlowDocument | string>([[unchosen, "No flow is chosen yet."]]);

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
    const found = fetched.get(hash) ?? (await fetchDocument(hash));
    if (typeof found === "string") {
      missing = found;
      continue;
    }
    documents.set(hash, found);
    open.push(...calledFlows(found));
  }
  return { documents, missing };
}

/** What is not there is remembered as missing; a server that cannot be reached is asked again. */
async function fetchDocument(hash: string): Promise<FlowDocument | string> {
  const answer = await api.document(hash);
  const found = answer.ok ? answer.value.document : answer.fault.sentence;
  if (answer.ok || answer.fault.status === 404) fetched.set(hash, found);
  return found;
}
