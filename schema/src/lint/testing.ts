/** The sound flow as the rules' tests need it: parsed, and any other document with it. */
import { type FlowDocument, parseFlow } from "../document/index.ts";
import { sound } from "../testdata/sound-flow.ts";

/** The document's flow. Throws its problems when it has some: an example must be one the schema accepts. */
export function parsed(document: unknown): FlowDocument {
  const result = parseFlow(document);
  if (!result.ok) throw new Error(JSON.stringify(result.problems.slice(0, 5)));
  return result.flow;
}

export const soundFlow = parsed(sound);
