/**
 * Placing a call as a person asks for it: a flow's live version, one of our numbers, values for the flow's inputs.
 * Answers what is wrong instead of throwing; nothing is stored then. Doorway: the API and `runtime.place`.
 */
import type { Value } from "@trunkline/schema/call";
import { type FlowDocument, parseFlowText } from "@trunkline/schema/document";
import { coerce } from "@trunkline/schema/language";
import type { Database } from "../db/database.ts";
import { listNumbers } from "../db/numbers.ts";
import { readLive } from "../db/published.ts";
import type { PlaceAnswer, Placing } from "./placing.ts";

export interface PlaceOrderRequest {
  readonly clientId: number;
  readonly flowId: string;
  /** E.164. */
  readonly to: string;
  /** One of the client's numbers; absent means one that rings this flow, else the client's first. */
  readonly from?: string;
  readonly inputs?: { readonly [variable: string]: Value };
}

type Why = "flow-not-found" | "flow-unpublished" | "number-not-found" | "inputs-invalid";
export type PlaceResult = PlaceAnswer | { readonly ok: false; readonly why: Why; readonly sentence: string };
export type Place = (request: PlaceOrderRequest) => Promise<PlaceResult>;

export function createPlace({
  database,
  placing,
}: {
  database: Database;
  placing: Pick<Placing, "place">;
}): Place {
  return async ({ clientId, flowId, to, from, inputs = {} }) => {
    const live = await readLive(database, clientId, flowId);
    if (live === "unknown") return refuse("flow-not-found", "There is no such flow.");
    if (live === null) return refuse("flow-unpublished", "This flow has no published version yet.");
    const numbers = await listNumbers(database, clientId);
    const own =
      from === undefined
        ? (numbers.find((one) => one.flowId === flowId) ?? numbers[0])
        : numbers.find((one) => one.number === from);
    if (!own) return refuse("number-not-found", "Expected one of our own numbers to call from, found none.");
    const parsed = parseFlowText(live.document);
    if (!parsed.ok) throw new Error("Expected a published document to parse, found it does not.");
    const misfit = misfitOf(parsed.flow, inputs);
    if (misfit !== null) return refuse("inputs-invalid", misfit);
    const { versionId: flowVersionId, hash } = live;
    return await placing.place({ clientId, flowId, flowVersionId, hash, from: own.number, to, inputs });
  };
}

function refuse(why: Why, sentence: string): PlaceResult {
  return { ok: false, why, sentence };
}

/** The first value that is no input of this flow, or does not fit it; the sentence does not repeat the value. */
function misfitOf(
  { variables }: FlowDocument,
  inputs: { readonly [variable: string]: Value },
): string | null {
  for (const [name, value] of Object.entries(inputs)) {
    const declared = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (declared?.origin !== "input") return `"${name.slice(0, 60)}" is no input of this flow.`;
    if (!coerce(value, declared.type, declared.choices).ok)
      return `The value for "${name}" does not fit its type, ${declared.type}.`;
  }
  return null;
}
