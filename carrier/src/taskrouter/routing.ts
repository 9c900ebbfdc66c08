/**
 * A workflow's configuration (protocol 8): which tasks go into which queues, in which order and for how long. Pure.
 * Source: Twilio, "Workflows Overview", "Lifecycle of a Task: Workflows and Assignment", "Skipping based on Worker availability".
 */
import { limits } from "../limits.ts";
import { type Documents, type Expression, holds, readExpression } from "./expression.ts";

/** One place in which a task waits for a worker. */
export interface Step {
  readonly queueSid: string;
  /** Further conditions on workers. */
  readonly expression: Expression | null;
  /** null leaves the task's own. */
  readonly priority: number | null;
  /** null waits for good. */
  readonly timeoutSeconds: number | null;
  readonly skipIf: Expression | null;
  /** The filter it belongs to. */
  readonly filter: string;
}

export interface Routing {
  readonly filters: readonly {
    readonly name: string;
    readonly expression: Expression | null;
    readonly steps: readonly Step[];
  }[];
  readonly otherwise: Step | null;
  /** Settings that are known to Twilio and do nothing here. */
  readonly unperformed: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;
type Problem = { readonly problem: string };

export function readRouting(text: string, hasQueue: (sid: string) => boolean): Routing | Problem {
  if (text.length > limits.configurationCharacters)
    return { problem: `expected at most ${limits.configurationCharacters} characters, found ${text.length}` };
  const routing = fieldsOf(fieldsOf(parsed(text))?.task_routing);
  if (!routing) return { problem: "expected JSON with an object task_routing" };
  const filters = routing.filters ?? [];
  if (!Array.isArray(filters)) return { problem: "expected a list in task_routing.filters" };
  if (filters.length > limits.workflowFilters)
    return { problem: `expected at most ${limits.workflowFilters} filters, found ${filters.length}` };
  const unperformed = new Set<string>();
  const fallback = routing.default_filter ?? null;
  const last =
    fallback === null ? null : readStep(fieldsOf(fallback), "default", null, hasQueue, unperformed);
  if (last && "problem" in last) return { problem: `default_filter: ${last.problem}` };
  const read: Routing["filters"][number][] = [];
  for (const [at, one] of filters.entries()) {
    const filter = readFilter(fieldsOf(one), at, last?.queueSid ?? null, hasQueue, unperformed);
    if ("problem" in filter) return { problem: `filters[${at}]: ${filter.problem}` };
    read.push(filter);
  }
  if (read.length === 0 && last === null) return { problem: "expected filters or a default_filter" };
  return { filters: read, otherwise: last, unperformed: [...unperformed] };
}

function readFilter(
  filter: Fields | null,
  at: number,
  defaultQueue: string | null,
  hasQueue: (sid: string) => boolean,
  unperformed: Set<string>,
): Routing["filters"][number] | Problem {
  if (!filter) return { problem: "expected an object" };
  const name = String(filter.filter_friendly_name ?? filter.friendly_name ?? `filter ${at + 1}`);
  const expression = readCondition(filter.expression);
  if (expression && "problem" in expression) return { problem: `expression: ${expression.problem}` };
  const { targets } = filter;
  if (!Array.isArray(targets) || targets.length === 0 || targets.length > limits.workflowTargets)
    return { problem: `expected 1 to ${limits.workflowTargets} targets` };
  const steps: Step[] = [];
  for (const one of targets) {
    const step = readStep(fieldsOf(one), name, steps.at(-1)?.queueSid ?? defaultQueue, hasQueue, unperformed);
    if ("problem" in step) return { problem: `targets[${steps.length}]: ${step.problem}` };
    steps.push(step);
  }
  return { name, expression, steps };
}

const notPerformed = ["known_worker_sid", "known_worker_friendly_name", "order_by", "enqueue_callback_url"];

/** A target without a queue stays in the one before it. */
function readStep(
  target: Fields | null,
  filter: string,
  queueBefore: string | null,
  hasQueue: (sid: string) => boolean,
  unperformed: Set<string>,
): Step | Problem {
  if (!target) return { problem: "expected an object" };
  const queueSid = target.queue ?? queueBefore;
  if (typeof queueSid !== "string" || !hasQueue(queueSid))
    return { problem: `expected the SID of a TaskQueue of this workspace, found ${String(queueSid)}` };
  const expression = readCondition(target.expression);
  if (expression && "problem" in expression) return { problem: `expression: ${expression.problem}` };
  const skipIf = readCondition(target.skip_if);
  if (skipIf && "problem" in skipIf) return { problem: `skip_if: ${skipIf.problem}` };
  const priority = wholeNumber(target.priority);
  const timeoutSeconds = wholeNumber(target.timeout);
  if (priority === undefined) return { problem: `expected a whole number as priority` };
  if (timeoutSeconds === undefined || timeoutSeconds === 0)
    return { problem: "expected seconds from 1 as timeout" };
  for (const name of notPerformed) if (target[name] !== undefined) unperformed.add(name);
  return { queueSid, expression, priority, timeoutSeconds, skipIf, filter };
}

function readCondition(value: unknown): Expression | Problem | null {
  if (value === undefined || value === null || value === "") return null;
  return typeof value === "string" ? readExpression(value) : { problem: "expected text" };
}

/** null when not given, undefined for what is no whole number. Numbers are also written as text. */
function wholeNumber(value: unknown): number | null | undefined {
  if (value === undefined || value === null || value === "") return null;
  const text = String(value);
  return /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const fieldsOf = (value: unknown): Fields | null =>
  // An object that is no list has named fields.
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : null;

/**
 * The places a task goes through: those of the first filter that lets it in, and then the default one.
 * A last place without a time limit is never left, so nothing follows it.
 */
export function stepsFor(routing: Routing, task: unknown): readonly Step[] {
  const documents: Documents = { own: task, task };
  const filter = routing.filters.find(
    ({ expression }) => expression === null || holds(expression, documents),
  );
  const steps = filter?.steps ?? [];
  const { otherwise } = routing;
  return otherwise !== null && steps.at(-1)?.timeoutSeconds !== null ? [...steps, otherwise] : steps;
}
