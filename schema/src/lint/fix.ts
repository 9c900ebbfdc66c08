/**
 * Quick fixes: a change to a flow document as a short list of operations, made by a rule and applied by whoever shows
 * the finding. A fix belongs to the flow it was found in; on a flow changed since then it may fit no longer.
 */
import { type FlowDocument, parseFlow } from "../document/index.ts";

export interface Fix {
  /** What it does, as a button says it. */
  readonly title: string;
  readonly change: Patch;
}

export type Patch = readonly Operation[];

/** `pointer` is a JSON pointer (RFC 6901) into the document; its parent must be there. */
export type Operation =
  | { readonly op: "set"; readonly pointer: string; readonly value: unknown }
  | { readonly op: "remove"; readonly pointer: string };

/**
 * The flow with the fix applied, operations in order; the given one is left as it is. Throws when the fix does not fit
 * the flow or would make it one that does not parse.
 */
export function applyFix(flow: FlowDocument, fix: Fix): FlowDocument {
  const changed = fix.change.reduce<unknown>(
    (document, operation) => changeAt(document, partsOf(operation.pointer), operation),
    flow,
  );
  const parsed = parseFlow(changed);
  if (parsed.ok) return parsed.flow;
  const [problem] = parsed.problems;
  throw new Error(`The fix “${fix.title}” does not fit this flow: ${problem?.pointer} ${problem?.sentence}`);
}

function partsOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** A copy of the value with the change at the end of the path; what the path does not pass is shared. */
function changeAt(value: unknown, path: readonly string[], operation: Operation): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return operation.op === "set" ? operation.value : undefined;
  if (typeof value !== "object" || value === null) {
    throw new Error(`Expected an object or a list on the way to ${operation.pointer}, found none.`);
  }
  const last = rest.length === 0;
  if (Array.isArray(value)) {
    const index = Number(part);
    if (last && operation.op === "remove") return value.filter((_one, at) => at !== index);
    return value.map((one, at) => (at === index ? changeAt(one, rest, operation) : one));
  }
  const kept = Object.entries(value).filter(
    ([name]) => !(last && operation.op === "remove" && name === part),
  );
  if (last && operation.op === "remove") return Object.fromEntries(kept);
  const held: unknown = Object.hasOwn(value, part) ? kept.find(([name]) => name === part)?.[1] : undefined;
  return { ...value, [part]: changeAt(held, rest, operation) };
}

/** A JSON pointer made of its parts. */
export function pointerTo(...parts: readonly (string | number)[]): string {
  return parts.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
