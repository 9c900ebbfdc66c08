/** Tasks and reservations by REST. */
import { limits } from "../../limits.ts";
import { isRestError, type RestError, restError } from "../../rest/errors.ts";
import { addTask, cancelTask, completeTask, offer, removeTask, wrapUp } from "../dispatch.ts";
import { aboutTask } from "../events.ts";
import { holds, isProblem, readExpression } from "../expression.ts";
import { type Task, taskStatuses, type Workflow, type Workspace } from "../model.ts";
import { type Step, stepsFor } from "../routing.ts";
import {
  type Ask,
  gone,
  type Handlers,
  lost,
  made,
  pageOf,
  passes,
  readAttributes,
  readWhole,
  readWord,
  shown,
  staleFor,
  type Told,
  wrong,
} from "./ask.ts";
import { taskResource } from "./resources.ts";
import { channelNamed } from "./workspaces.ts";

const mostPriority = 2_147_483_647;

export const taskHandlers: Handlers = {
  "GET ~/Tasks"(ask, workspace) {
    const { form } = ask;
    const text = form.get("EvaluateTaskAttributes");
    const expression = text ? readExpression(text) : null;
    if (expression && isProblem(expression))
      return wrong(`Invalid EvaluateTaskAttributes: ${expression.problem}`);
    const statuses = form.getAll("AssignmentStatus").flatMap((words) => words.split(","));
    const rows = [...workspace.tasks.values()].filter(
      ({ priority, status, workflow, queue, routingTarget, attributes }) =>
        passes(form, "Priority", String(priority)) &&
        (statuses.length === 0 || statuses.includes(status)) &&
        passes(form, "WorkflowSid", workflow?.sid ?? null) &&
        passes(form, "WorkflowName", workflow?.name ?? null) &&
        passes(form, "TaskQueueSid", queue?.sid ?? null) &&
        passes(form, "TaskQueueName", queue?.name ?? null) &&
        passes(form, "RoutingTarget", routingTarget) &&
        form.get("HasAddons") !== "true" &&
        (expression === null || holds(expression, { own: attributes.value, task: attributes.value })),
    );
    return pageOf(
      ask,
      "tasks",
      ordered(rows, form.get("Ordering")).map((one) => taskResource(ask, workspace, one)),
    );
  },
  "POST ~/Tasks"(ask, workspace) {
    const task = create(ask, workspace);
    return isRestError(task) ? task : made(taskResource(ask, workspace, task), task.version);
  },
  "GET ~/Tasks/{Sid}": withTask((ask, workspace, task) =>
    shown(taskResource(ask, workspace, task), task.version),
  ),
  "POST ~/Tasks/{Sid}": withTask((ask, workspace, task) => {
    const refused = staleFor(ask, task.version) ?? change(ask, workspace, task);
    return refused ?? shown(taskResource(ask, workspace, task), task.version);
  }),
  "DELETE ~/Tasks/{Sid}": withTask((ask, workspace, task) => {
    const stale = staleFor(ask, task.version);
    if (stale) return stale;
    removeTask(ask.router.house, workspace, task, "task.deleted");
    return gone;
  }),
};

/** 404 for a task that there is not. */
export function withTask(
  handle: (ask: Ask, workspace: Workspace, task: Task) => Told | RestError,
): Handlers[string] {
  return (ask, workspace) => {
    const task = workspace.tasks.get(ask.sids.TaskSid ?? ask.sids.Sid ?? "");
    return task ? handle(ask, workspace, task) : lost(ask);
  };
}

const orderings = new Map<string, (task: Task) => number>([
  ["DateCreated", ({ createdAt }) => createdAt],
  ["Priority", ({ priority }) => priority],
  ["VirtualStartTime", ({ virtualStartAt }) => virtualStartAt],
]);

/** `Priority:desc,DateCreated:asc`; oldest first without. */
function ordered(tasks: readonly Task[], ordering: string | null): readonly Task[] {
  const wanted = (ordering ?? "").split(",").flatMap((part) => {
    const [name = "", direction = "asc"] = part.trim().split(":");
    const key = orderings.get(name);
    return key ? [{ key, sign: direction === "desc" ? -1 : 1 }] : [];
  });
  return tasks.toSorted((one, other) => {
    for (const { key, sign } of wanted) if (key(one) !== key(other)) return sign * (key(one) - key(other));
    return 0;
  });
}

function create(ask: Ask, workspace: Workspace): Task | RestError {
  const { form, router } = ask;
  const attributes = readAttributes(form);
  if (attributes && isRestError(attributes)) return attributes;
  const priority = readWhole(form, "Priority", 0, mostPriority);
  if (priority !== null && typeof priority === "object") return priority;
  const timeout = readWhole(form, "Timeout", 1, limits.taskSecondsMost);
  if (timeout !== null && typeof timeout === "object") return timeout;
  const key = form.get("TaskChannel") || "default";
  const channel = channelNamed(workspace, key);
  if (!channel) return wrong(`Invalid TaskChannel: there is none ${key} here`);
  const start = readStart(ask);
  if (start !== null && typeof start === "object") return start;
  const given = attributes ?? { text: "{}", value: {} };
  const way = wayOf(ask, workspace, given.value);
  if (isRestError(way)) return way;
  if (workspace.tasks.size >= limits.tasks) return restError(20429, "Too Many Requests: too many tasks", 429);
  return addTask(router.house, workspace, {
    attributes: given,
    priority,
    timeoutSeconds: timeout ?? limits.taskSeconds,
    channel,
    ...way,
    virtualStartAt: start,
    routingTarget: form.get("RoutingTarget") || null,
  });
}

interface Way {
  readonly workflow: Workflow | null;
  readonly steps: readonly Step[];
}

/** Through a workflow, or into a queue and nowhere else. */
function wayOf({ form, warn }: Ask, workspace: Workspace, attributes: unknown): Way | RestError {
  const target = form.get("RoutingTarget") ?? "";
  const queueSid = form.get("TaskQueueSid") || (target.startsWith("WQ") ? target : "");
  if (queueSid !== "") {
    if (!workspace.queues.has(queueSid)) return wrong(`Invalid TaskQueueSid: there is none ${queueSid} here`);
    const plain = { expression: null, priority: null, timeoutSeconds: null, skipIf: null, filter: "" };
    return { workflow: null, steps: [{ ...plain, queueSid }] };
  }
  if (target.startsWith("WK")) warn("RoutingTarget of a worker is not performed by this carrier");
  const sid = form.get("WorkflowSid") || (target.startsWith("WW") ? target : "");
  const [only] = workspace.workflows.values();
  const workflow = sid === "" && workspace.workflows.size === 1 ? only : workspace.workflows.get(sid);
  if (!workflow)
    return wrong(
      sid === "" ? "WorkflowSid field is required" : `Invalid WorkflowSid: there is none ${sid} here`,
    );
  return { workflow, steps: stepsFor(workflow.routing, attributes) };
}

function readStart({ form, now }: Ask): number | null | RestError {
  const text = form.get("VirtualStartTime");
  if (!text) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) || at > now
    ? wrong(`Invalid VirtualStartTime: expected a date that is not in the future, found ${text}`)
    : at;
}

/** What is wrong; null when it was done. */
function change(ask: Ask, workspace: Workspace, task: Task): RestError | null {
  const { form, router } = ask;
  const { house } = router;
  const attributes = readAttributes(form);
  if (attributes && isRestError(attributes)) return attributes;
  const priority = readWhole(form, "Priority", 0, mostPriority);
  if (priority !== null && typeof priority === "object") return priority;
  const status = readWord(form, "AssignmentStatus", taskStatuses);
  if (status !== null && typeof status === "object") return status;
  const start = readStart(ask);
  if (start !== null && typeof start === "object") return start;
  const key = form.get("TaskChannel");
  const channel = key ? channelNamed(workspace, key) : task.channel;
  if (!channel) return wrong(`Invalid TaskChannel: there is none ${key} here`);
  if (status !== null && attributes !== null)
    return wrong("expected AssignmentStatus or Attributes, found both");
  if (status !== null) return turnTo(ask, workspace, task, status);
  if (attributes) task.attributes = attributes;
  if (priority !== null) {
    task.ownPriority = priority;
    task.priority = task.steps[task.at]?.priority ?? priority;
  }
  task.virtualStartAt = start ?? task.virtualStartAt;
  task.channel = channel;
  task.updatedAt = ask.now;
  task.version++;
  house.note(workspace, aboutTask(task, "task.updated", ask.now));
  offer(house, workspace);
  return null;
}

function turnTo(
  { form, router: { house } }: Ask,
  workspace: Workspace,
  task: Task,
  status: Task["status"],
): RestError | null {
  const reason = form.get("Reason") ?? "";
  const cannot = (verb: string, expected: string) =>
    wrong(
      `Cannot ${verb} task ${task.sid} in workspace ${workspace.sid} because it is not currently ${expected}.`,
    );
  switch (status) {
    case "canceled":
      if (task.status !== "pending" && task.status !== "reserved")
        return cannot("cancel", "pending or reserved");
      cancelTask(house, workspace, task, reason);
      return null;
    case "wrapping":
      if (task.status !== "assigned") return cannot("wrap up", "assigned");
      wrapUp(house, workspace, task);
      return null;
    case "completed":
      if (task.status !== "assigned" && task.status !== "wrapping") return cannot("complete", "assigned");
      completeTask(house, workspace, task, reason);
      return null;
    default:
      return wrong(`Invalid AssignmentStatus: expected canceled, wrapping or completed, found ${status}`);
  }
}
