/**
 * Statistics by REST: what is so now, and what was counted within a period (the last 15 minutes, unless asked otherwise) as far as events
 * are kept. Durations of activities and splits by waiting time are not counted.
 */

import { worksFor } from "../matching.ts";
import {
  isOver,
  type Task,
  type TaskEvent,
  type TaskQueue,
  taskAge,
  type Worker,
  type Workspace,
} from "../model.ts";
import { type Ask, type Handlers, iso, lost, pageOf, passes, shown } from "./ask.ts";
import { fieldOf, kept, periodOf } from "./events.ts";

export const statisticsHandlers: Handlers = {
  "GET ~/RealTimeStatistics": (ask, workspace) =>
    shown({ ...head(ask, workspace), ...tasksNow(ask, allOf(ask, workspace)), ...workersNow(workspace) }),
  "GET ~/CumulativeStatistics"(ask, workspace) {
    const { tasks_entered: tasks_created, ...rest } = tasksThen(ask, workspace, null, null);
    return shown({ ...head(ask, workspace), ...rest, tasks_created });
  },
  "GET ~/Statistics": (ask, workspace) =>
    shown({
      ...head(ask, workspace),
      realtime: { ...tasksNow(ask, allOf(ask, workspace)), ...workersNow(workspace) },
      cumulative: tasksThen(ask, workspace, null, null),
    }),

  "GET ~/Workers/RealTimeStatistics": (ask, workspace) =>
    shown({ ...head(ask, workspace), ...workersNow(workspace) }),
  "GET ~/Workers/CumulativeStatistics": (ask, workspace) =>
    shown({ ...head(ask, workspace), ...workersThen(ask, workspace, null) }),
  "GET ~/Workers/Statistics": (ask, workspace) =>
    shown({
      ...head(ask, workspace),
      realtime: workersNow(workspace),
      cumulative: workersThen(ask, workspace, null),
    }),
  "GET ~/Workers/{WorkerSid}/Statistics"(ask, workspace) {
    const worker = workspace.workers.get(ask.sids.WorkerSid ?? "");
    if (!worker) return lost(ask);
    return shown({
      ...head(ask, workspace),
      worker_sid: worker.sid,
      cumulative: workersThen(ask, workspace, worker),
    });
  },

  "GET ~/Workflows/{WorkflowSid}/RealTimeStatistics"(ask, workspace) {
    const sid = ask.sids.WorkflowSid ?? "";
    if (!workspace.workflows.has(sid)) return lost(ask);
    return shown({
      ...head(ask, workspace),
      workflow_sid: sid,
      ...tasksNow(ask, byWorkflow(ask, workspace, sid)),
    });
  },
  "GET ~/Workflows/{WorkflowSid}/CumulativeStatistics"(ask, workspace) {
    const sid = ask.sids.WorkflowSid ?? "";
    if (!workspace.workflows.has(sid)) return lost(ask);
    const counted = tasksThen(ask, workspace, "WorkflowSid", sid);
    return shown({ ...head(ask, workspace), workflow_sid: sid, ...counted });
  },
  "GET ~/Workflows/{WorkflowSid}/Statistics"(ask, workspace) {
    const sid = ask.sids.WorkflowSid ?? "";
    if (!workspace.workflows.has(sid)) return lost(ask);
    return shown({
      ...head(ask, workspace),
      workflow_sid: sid,
      realtime: tasksNow(ask, byWorkflow(ask, workspace, sid)),
      cumulative: tasksThen(ask, workspace, "WorkflowSid", sid),
    });
  },

  "GET ~/TaskQueues/{TaskQueueSid}/RealTimeStatistics"(ask, workspace) {
    const queue = workspace.queues.get(ask.sids.TaskQueueSid ?? "");
    if (!queue) return lost(ask);
    return shown({ ...head(ask, workspace), task_queue_sid: queue.sid, ...queueNow(ask, workspace, queue) });
  },
  "GET ~/TaskQueues/{TaskQueueSid}/CumulativeStatistics"(ask, workspace) {
    const queue = workspace.queues.get(ask.sids.TaskQueueSid ?? "");
    if (!queue) return lost(ask);
    const { tasks_timed_out_in_workflow: _, ...counted } = tasksThen(
      ask,
      workspace,
      "TaskQueueSid",
      queue.sid,
    );
    return shown({
      ...head(ask, workspace),
      task_queue_sid: queue.sid,
      ...counted,
      wait_duration_in_queue_until_accepted: counted.wait_duration_until_accepted,
    });
  },
  "GET ~/TaskQueues/{TaskQueueSid}/Statistics"(ask, workspace) {
    const queue = workspace.queues.get(ask.sids.TaskQueueSid ?? "");
    if (!queue) return lost(ask);
    return shown({ ...head(ask, workspace), ...queueBoth(ask, workspace, queue) });
  },
  "GET ~/TaskQueues/Statistics": (ask, workspace) =>
    pageOf(
      ask,
      "task_queues_statistics",
      [...workspace.queues.values()]
        .filter(({ name }) => passes(ask.form, "FriendlyName", name))
        .map((queue) => {
          const { url: _, ...rest } = head(ask, workspace);
          return { ...rest, ...queueBoth(ask, workspace, queue) };
        }),
    ),
};

const head = ({ accountSid, base, path }: Ask, workspace: Workspace) => ({
  account_sid: accountSid,
  workspace_sid: workspace.sid,
  url: base + path.replace(/^\/v1/, ""),
});

const allOf = ({ form }: Ask, { tasks }: Workspace): Task[] =>
  [...tasks.values()].filter(
    (task) =>
      passes(form, "TaskChannel", task.channel.uniqueName) || form.get("TaskChannel") === task.channel.sid,
  );
const byWorkflow = (ask: Ask, workspace: Workspace, sid: string): Task[] =>
  allOf(ask, workspace).filter(({ workflow }) => workflow?.sid === sid);

function tasksNow({ now }: Ask, tasks: readonly Task[]) {
  const alive = tasks.filter((task) => !isOver(task));
  const waiting = alive.filter(({ status }) => status === "pending" || status === "reserved");
  const longest = waiting.toSorted((one, other) => one.createdAt - other.createdAt)[0];
  const by_status: Record<string, number> = { pending: 0, reserved: 0, assigned: 0, wrapping: 0 };
  const by_priority: Record<string, number> = {};
  for (const { status, priority } of alive) {
    by_status[status] = (by_status[status] ?? 0) + 1;
    by_priority[priority] = (by_priority[priority] ?? 0) + 1;
  }
  return {
    total_tasks: alive.length,
    tasks_by_status: by_status,
    tasks_by_priority: by_priority,
    longest_task_waiting_age: longest ? taskAge(longest, now) : 0,
    longest_task_waiting_sid: longest?.sid ?? null,
  };
}

function activitiesOf(workspace: Workspace, workers: readonly Worker[]) {
  return [...workspace.activities.values()].map((activity) => ({
    sid: activity.sid,
    friendly_name: activity.name,
    workers: workers.filter((one) => one.activity === activity).length,
  }));
}

function workersNow(workspace: Workspace) {
  const workers = [...workspace.workers.values()];
  return { total_workers: workers.length, activity_statistics: activitiesOf(workspace, workers) };
}

function queueNow(ask: Ask, workspace: Workspace, queue: TaskQueue) {
  const tasks = allOf(ask, workspace).filter((task) => task.queue === queue);
  const workers = [...workspace.workers.values()].filter((one) => worksFor(queue, one));
  const now = tasksNow(ask, tasks);
  return {
    ...now,
    longest_relative_task_age_in_queue: now.longest_task_waiting_age,
    longest_relative_task_sid_in_queue: now.longest_task_waiting_sid,
    activity_statistics: activitiesOf(workspace, workers),
    total_eligible_workers: workers.length,
    total_available_workers: workers.filter(({ activity }) => activity.available).length,
  };
}

const queueBoth = (ask: Ask, workspace: Workspace, queue: TaskQueue) => ({
  task_queue_sid: queue.sid,
  realtime: queueNow(ask, workspace, queue),
  cumulative: tasksThen(ask, workspace, "TaskQueueSid", queue.sid),
});

function eventsIn(ask: Ask, workspace: Workspace, field: string | null, sid: string | null): TaskEvent[] {
  const { from, to } = periodOf(ask, 15);
  return kept(workspace).filter(
    (event) => event.at >= from && event.at <= to && (field === null || fieldOf(event, field) === sid),
  );
}

function reservationsThen(events: readonly TaskEvent[]) {
  const count = (type: string) => events.filter((event) => event.type === type).length;
  return {
    reservations_created: count("reservation.created"),
    reservations_accepted: count("reservation.accepted"),
    reservations_rejected: count("reservation.rejected"),
    reservations_timed_out: count("reservation.timeout"),
    reservations_canceled: count("reservation.canceled"),
    reservations_rescinded: count("reservation.rescinded"),
  };
}

const period = (ask: Ask) => {
  const { from, to } = periodOf(ask, 15);
  return { start_time: iso(from), end_time: iso(to) };
};

function workersThen(ask: Ask, workspace: Workspace, worker: Worker | null) {
  const events = eventsIn(ask, workspace, worker && "WorkerSid", worker?.sid ?? null);
  return { ...period(ask), ...reservationsThen(events), activity_durations: [] };
}

function tasksThen(ask: Ask, workspace: Workspace, field: string | null, sid: string | null) {
  const events = eventsIn(ask, workspace, field, sid);
  const count = (type: string) => events.filter((event) => event.type === type).length;
  const accepted = waits(events, "reservation.accepted");
  if (ask.form.has("SplitByWaitTime")) ask.warn("SplitByWaitTime is not performed by this carrier");
  return {
    ...period(ask),
    ...reservationsThen(events),
    avg_task_acceptance_time: accepted.avg,
    wait_duration_until_accepted: accepted,
    wait_duration_until_canceled: waits(events, "task.canceled"),
    split_by_wait_time: null,
    tasks_entered: field === "TaskQueueSid" ? count("task-queue.entered") : count("task.created"),
    tasks_canceled: count("task.canceled"),
    tasks_completed: count("task.completed"),
    tasks_deleted: count("task.deleted"),
    tasks_moved: count("task-queue.moved"),
    tasks_timed_out_in_workflow: count("workflow.timeout"),
  };
}

/** Ages of tasks when something happened to them, s. */
function waits(events: readonly TaskEvent[], type: string) {
  const ages = events
    .filter((event) => event.type === type)
    .map((event) => Number(fieldOf(event, "TaskAge")));
  const total = ages.reduce((sum, age) => sum + age, 0);
  const [least, ...others] = ages.toSorted((one, other) => one - other);
  return {
    avg: ages.length === 0 ? 0 : Math.round(total / ages.length),
    min: least ?? 0,
    max: others.at(-1) ?? least ?? 0,
    total,
  };
}
