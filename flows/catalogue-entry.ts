/**
 * What a shipped flow is: its document, parsed, with its scenarios and the other shipped flows it enters. Doorways:
 * `readEntries` for the list in index.ts, `calledFirst` for whoever needs a flow with all it enters. A flow or scenario
 * that does not parse, or one that enters a flow that is not shipped, is our own mistake and throws.
 */
import {
  calledFlows,
  type FlowDocument,
  hashFlow,
  type Problem,
  parseFlow,
} from "@trunkline/schema/document";
import { parseScenario, type Scenario } from "@trunkline/schema/scenario";

export interface CatalogueEntry {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly document: FlowDocument;
  readonly scenarios: readonly Scenario[];
  /** Ids of the shipped flows it enters by itself. */
  readonly calls: readonly string[];
}

/** A shipped flow as it lies in its folder. */
export interface EntryFiles {
  readonly id: string;
  readonly summary: string;
  readonly document: unknown;
  readonly scenarios: readonly unknown[];
}

export function readEntries(files: readonly EntryFiles[]): readonly CatalogueEntry[] {
  const read = files.map((one) => ({ ...one, document: readDocument(one) }));
  const idByHash = new Map(read.map(({ id, document }) => [hashFlow(document), id]));
  const known = [...idByHash].map(([hash, id]) => `${id} has ${hash}`).join(", ");
  return read.map(({ id, summary, document, scenarios }) => {
    const calls = calledFlows(document).map((hash) => {
      const called = idByHash.get(hash);
      if (called === undefined)
        throw new Error(`Flow "${id}": expected the hash of a shipped flow, found ${hash}; ${known}.`);
      return called;
    });
    const played = scenarios.map((one) => readScenario(id, one));
    return { id, title: document.name, summary, document, scenarios: played, calls };
  });
}

/** The flow and every flow it enters, each once, the called before the one that calls it. */
export function calledFirst(
  entries: readonly CatalogueEntry[],
  entry: CatalogueEntry,
): readonly FlowDocument[] {
  const found: FlowDocument[] = [];
  // A hash holds the hashes of what is called, so no flow can come to call itself.
  for (const id of entry.calls) {
    const called = entries.find((one) => one.id === id);
    for (const document of called ? calledFirst(entries, called) : []) {
      if (!found.includes(document)) found.push(document);
    }
  }
  return [...found, entry.document];
}

function readDocument({ id, document }: EntryFiles): FlowDocument {
  const parsed = parseFlow(document);
  if (!parsed.ok) throw new Error(`Flow "${id}": ${told(parsed.problems)}`);
  return parsed.flow;
}

function readScenario(id: string, scenario: unknown): Scenario {
  const parsed = parseScenario(scenario);
  if (!parsed.ok) throw new Error(`Scenario of "${id}": ${told(parsed.problems)}`);
  return parsed.scenario;
}

function told(problems: readonly Problem[]): string {
  return problems.map((one) => `${one.pointer} ${one.sentence}`).join(" ");
}
