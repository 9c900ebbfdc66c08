/** Task queues and workflows by REST. */
import { limits } from "../../limits.ts";
import { isRestError, type RestError } from "../../rest/errors.ts";
import { isWebUrl } from "../../rest/form.ts";
import { offer, reroute } from "../dispatch.ts";
import { aboutQueue, aboutWorkflow } from "../events.ts";
import { type Expression, holds, isProblem, readExpression } from "../expression.ts";
import { worksFor } from "../matching.ts";
import {
  type Activity,
  isOver,
  type TaskQueue,
  type Workflow,
  type Workspace,
  workerDocument,
} from "../model.ts";
import { readRouting, stepsFor } from "../routing.ts";
import { addQueue, addWorkflow, plainQueue } from "../workspace.ts";
import {
  type Ask,
  gone,
  type Handlers,
  lost,
  made,
  pageOf,
  passes,
  readFlag,
  readName,
  readWhole,
  readWord,
  shown,
  wrong,
} from "./ask.ts";
import { queueResource, workflowResource } from "./resources.ts";

export const queueHandlers: Handlers = {
  "GET ~/TaskQueues"(ask, workspace) {
    const { form } = ask;
    const text = form.get("EvaluateWorkerAttributes");
    const expression = text ? readExpression(text) : null;
    if (expression && isProblem(expression))
      return wrong(`Invalid EvaluateWorkerAttributes: ${expression.problem}`);
    const workers = [...workspace.workers.values()].filter(
      (one) =>
        passes(form, "WorkerSid", one.sid) &&
        (expression === null || holds(expression, { own: workerDocument(one) })),
    );
    const byWorker = text !== null || form.has("WorkerSid");
    const rows = [...workspace.queues.values()].filter(
      (queue) =>
        passes(form, "FriendlyName", queue.name) &&
        (!byWorker || workers.some((worker) => worksFor(queue, worker))),
    );
    if (form.has("Ordering")) ask.warn("parameter Ordering is not performed by this carrier");
    return pageOf(
      ask,
      "task_queues",
      rows.map((one) => queueResource(ask, workspace, one)),
    );
  },
  "POST ~/TaskQueues"(ask, workspace) {
    const name = readName(ask.form, true);
    if (name === null || typeof name === "object") return name ?? wrong("FriendlyName");
    const settings = readQueue(ask.form, workspace);
    if (isRestError(settings)) return settings;
    if (sameName(workspace.queues, name, null))
      return wrong(`TaskQueue with the same friendly name already exists: ${name}`);
    if (workspace.queues.size >= limits.taskQueues)
      return wrong(`expected at most ${limits.taskQueues} task queues`);
    const queue = addQueue(ask.router.house, workspace, { ...plainQueue, ...settings, name });
    return made(queueResource(ask, workspace, queue));
  },
  "GET ~/TaskQueues/{Sid}"(ask, workspace) {
    const queue = workspace.queues.get(ask.sids.Sid ?? "");
    return queue ? shown(queueResource(ask, workspace, queue)) : lost(ask);
  },
  "POST ~/TaskQueues/{Sid}"(ask, workspace) {
    const queue = workspace.queues.get(ask.sids.Sid ?? "");
    if (!queue) return lost(ask);
    const name = readName(ask.form, false);
    if (name !== null && typeof name === "object") return name;
    const settings = readQueue(ask.form, workspace);
    if (isRestError(settings)) return settings;
    if (name !== null && sameName(workspace.queues, name, queue))
      return wrong(`TaskQueue with the same friendly name already exists: ${name}`);
    Object.assign(queue, settings, { name: name ?? queue.name, updatedAt: ask.now });
    const { house } = ask.router;
    if (settings.targetWorkers !== undefined) house.note(workspace, aboutQueue(queue, "expression.updated"));
    offer(house, workspace);
    return shown(queueResource(ask, workspace, queue));
  },
  "DELETE ~/TaskQueues/{Sid}"(ask, workspace) {
    const queue = workspace.queues.get(ask.sids.Sid ?? "");
    if (!queue) return lost(ask);
    const steps = [...workspace.workflows.values()].flatMap(({ routing }) => [
      ...routing.filters.flatMap((filter) => filter.steps),
      ...(routing.otherwise === null ? [] : [routing.otherwise]),
    ]);
    const waits = [...workspace.tasks.values()].some((task) => task.queue === queue && !isOver(task));
    if (waits || steps.some(({ queueSid }) => queueSid === queue.sid))
      return wrong(`TaskQueue ${queue.name} cannot be deleted: expected no tasks and no workflow to use it`);
    workspace.queues.delete(queue.sid);
    ask.router.house.note(workspace, aboutQueue(queue, "deleted"));
    return gone;
  },

  "GET ~/Workflows": (ask, workspace) =>
    pageOf(
      ask,
      "workflows",
      [...workspace.workflows.values()]
        .filter(({ name }) => passes(ask.form, "FriendlyName", name))
        .map((one) => workflowResource(ask, workspace, one)),
    ),
  "POST ~/Workflows"(ask, workspace) {
    const name = readName(ask.form, true);
    if (name === null || typeof name === "object") return name ?? wrong("FriendlyName");
    const settings = readWorkflow(ask, workspace);
    if (isRestError(settings)) return settings;
    const { configuration, routing } = settings;
    if (configuration === undefined || routing === undefined)
      return wrong("Missing required parameter Configuration in the post body");
    if (workspace.workflows.size >= limits.workflows)
      return wrong(`expected at most ${limits.workflows} workflows`);
    const workflow = addWorkflow(ask.router.house, workspace, {
      assignmentUrl: "",
      fallbackUrl: "",
      reservationSeconds: limits.reservationSeconds,
      ...settings,
      configuration,
      routing,
      name,
    });
    return made(workflowResource(ask, workspace, workflow));
  },
  "GET ~/Workflows/{Sid}"(ask, workspace) {
    const workflow = workspace.workflows.get(ask.sids.Sid ?? "");
    return workflow ? shown(workflowResource(ask, workspace, workflow)) : lost(ask);
  },
  "POST ~/Workflows/{Sid}"(ask, workspace) {
    const workflow = workspace.workflows.get(ask.sids.Sid ?? "");
    if (!workflow) return lost(ask);
    const name = readName(ask.form, false);
    if (name !== null && typeof name === "object") return name;
    const settings = readWorkflow(ask, workspace);
    if (isRestError(settings)) return settings;
    Object.assign(workflow, settings, { name: name ?? workflow.name, updatedAt: ask.now });
    const { house } = ask.router;
    house.note(workspace, aboutWorkflow(workflow, "updated"));
    if (readFlag(ask.form, "ReEvaluateTasks"))
      for (const task of [...workspace.tasks.values()])
        if (task.workflow === workflow && task.status === "pending")
          reroute(house, workspace, task, stepsFor(workflow.routing, task.attributes.value));
    return shown(workflowResource(ask, workspace, workflow));
  },
  "DELETE ~/Workflows/{Sid}"(ask, workspace) {
    const workflow = workspace.workflows.get(ask.sids.Sid ?? "");
    if (!workflow) return lost(ask);
    if ([...workspace.tasks.values()].some((task) => task.workflow === workflow && !isOver(task)))
      return wrong(`Workflow ${workflow.name} cannot be deleted: expected no tasks of it`);
    workspace.workflows.delete(workflow.sid);
    ask.router.house.note(workspace, aboutWorkflow(workflow, "deleted"));
    return gone;
  },
};

const sameName = <Thing extends { readonly name: string }>(
  known: ReadonlyMap<string, Thing>,
  name: string,
  own: Thing | null,
): boolean => [...known.values()].some((one) => one !== own && one.name === name);

type QueueSettings = Partial<Omit<TaskQueue, "sid" | "createdAt" | "updatedAt" | "name">>;

function readQueue(form: URLSearchParams, workspace: Workspace): QueueSettings | RestError {
  const text = form.get("TargetWorkers");
  let expression: Expression | null = null;
  if (text) {
    const read = readExpression(text);
    if (isProblem(read)) return wrong(`Invalid TargetWorkers: ${read.problem}`);
    expression = read;
  }
  const maxReserved = readWhole(form, "MaxReservedWorkers", 1, limits.reservedWorkersMost);
  if (maxReserved !== null && typeof maxReserved === "object") return maxReserved;
  const order = readWord(form, "TaskOrder", ["FIFO", "LIFO"]);
  if (order !== null && typeof order === "object") return order;
  const activities: Partial<Record<"reservationActivity" | "assignmentActivity", Activity>> = {};
  for (const [name, key] of [
    ["ReservationActivitySid", "reservationActivity"],
    ["AssignmentActivitySid", "assignmentActivity"],
  ] as const) {
    const sid = form.get(name);
    if (!sid) continue;
    const activity = workspace.activities.get(sid);
    if (!activity) return wrong(`Invalid ${name}: there is no activity ${sid} here`);
    activities[key] = activity;
  }
  return {
    ...(text !== null && { targetWorkers: text, expression }),
    ...(maxReserved !== null && { maxReserved }),
    ...(order !== null && { order }),
    ...activities,
  };
}

type WorkflowSettings = Partial<Omit<Workflow, "sid" | "createdAt" | "updatedAt" | "name">>;

function readWorkflow({ form, warn }: Ask, workspace: Workspace): WorkflowSettings | RestError {
  const configuration = form.get("Configuration");
  const read = configuration === null ? null : readRouting(configuration, (sid) => workspace.queues.has(sid));
  if (read && "problem" in read) return wrong(`Invalid Configuration: ${read.problem}`);
  for (const name of read?.unperformed ?? []) warn(`${name} in a workflow is not performed by this carrier`);
  const urls: Partial<Record<"assignmentUrl" | "fallbackUrl", string>> = {};
  for (const [name, key] of [
    ["AssignmentCallbackUrl", "assignmentUrl"],
    ["FallbackAssignmentCallbackUrl", "fallbackUrl"],
  ] as const) {
    const url = form.get(name);
    if (url === null) continue;
    if (url !== "" && !isWebUrl(url)) return wrong(`Invalid ${name}: expected a URL, found ${url}`);
    urls[key] = url;
  }
  const seconds = readWhole(form, "TaskReservationTimeout", 1, limits.reservationSecondsMost);
  if (seconds !== null && typeof seconds === "object") return seconds;
  return {
    ...(configuration !== null && read && { configuration, routing: read }),
    ...urls,
    ...(seconds !== null && { reservationSeconds: seconds }),
  };
}
