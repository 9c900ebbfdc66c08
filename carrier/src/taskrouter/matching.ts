/** Which worker may have which task, and which task comes first. Pure. Source: Twilio, "TaskQueue Resource", "Multitasking". */
import { limits } from "../limits.ts";
import { holds } from "./expression.ts";
import { loadOf, type Task, type TaskQueue, type Worker, type Workspace, workerDocument } from "./model.ts";

/** Whether a queue's expression lets this worker in. */
export function worksFor({ expression }: TaskQueue, worker: Worker): boolean {
  const document = workerDocument(worker);
  return expression !== null && holds(expression, { own: document, worker: document });
}

/** For sorting: the most urgent first, then the oldest, or the newest where that is wanted. */
export function moreUrgent(workspace: Workspace, one: Task, other: Task): number {
  if (one.priority !== other.priority) return other.priority - one.priority;
  const newestFirst =
    workspace.queueOrder === "LIFO" || (one.queue === other.queue && one.queue?.order === "LIFO");
  const older = one.virtualStartAt - other.virtualStartAt;
  return newestFirst ? -older : older;
}

/** Whether a worker of the task's queue has room for it, and may be asked. */
export function mayTake(workspace: Workspace, worker: Worker, task: Task, now: number): boolean {
  const channel = worker.channels.find((one) => one.channel === task.channel);
  if (!worker.activity.available || !channel?.available) return false;
  const full = workspace.multiTasking
    ? loadOf(worker, task.channel) >= channel.capacity
    : worker.busy.size > 0;
  const refusedAt = task.refused.get(worker);
  const asksAgain =
    refusedAt === undefined || worker.statusAt > refusedAt || now - refusedAt >= limits.askAgainMs;
  if (full || !asksAgain) return false;
  const further = task.steps[task.at]?.expression ?? null;
  if (further === null) return true;
  const document = workerDocument(worker);
  return holds(further, { own: document, worker: document, task: task.attributes.value });
}
