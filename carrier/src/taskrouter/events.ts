/**
 * What happens in a workspace is told to its event callback (protocol 8) and kept for REST, oldest forgotten first. Callbacks travel
 * concurrently, in firing order, and can be dropped, doubled and delayed like every callback that informs.
 * Names and fields: Twilio, "TaskRouter Events Reference".
 */
import { makeSid, type Random } from "../ids.ts";
import { limits } from "../limits.ts";
import type { Inform } from "../webhooks/inform.ts";
import type { Parameters } from "../webhooks/signature.ts";
import {
  type Activity,
  type Named,
  type Reservation,
  type Task,
  type TaskChannel,
  type TaskEvent,
  type TaskQueue,
  taskAge,
  type Worker,
  type Workflow,
  type Workspace,
} from "./model.ts";

/** What an event is about, and what its callback says beside. */
export interface Happening {
  readonly type: string;
  readonly description: string;
  readonly resource: string;
  readonly sid: string;
  readonly fields: Parameters;
}

export type Note = (workspace: Workspace, happening: Happening) => void;

export function createNote(parts: {
  readonly clock: { now(): number };
  readonly random: Random;
  readonly inform: Inform;
  readonly accountSid: string;
}): Note {
  return (workspace, { type, description, resource, sid: resourceSid, fields }) => {
    const at = parts.clock.now();
    const sid = makeSid("EV", parts.random);
    const event: TaskEvent = { sid, type, at, description, resource, resourceSid, fields };
    workspace.events.push(event);
    if (workspace.events.length > limits.keptTaskEvents * 2)
      workspace.events = workspace.events.slice(-limits.keptTaskEvents);
    if (workspace.eventUrl === "" || !wanted(workspace, type)) return;
    const parameters = [...commonFields(workspace, event, parts.accountSid), ...fields];
    const address = { url: workspace.eventUrl, method: "POST" } as const;
    parts.inform({ about: "task-router", sid: resourceSid, address, parameters });
  };
}

/** Without a filter every event is told. */
function wanted({ eventsFilter }: Workspace, type: string): boolean {
  const names = eventsFilter.split(/[\s,]+/).filter((name) => name !== "");
  return names.length === 0 || names.includes(type);
}

const commonFields = (workspace: Workspace, event: TaskEvent, accountSid: string): Parameters => [
  ["EventType", event.type],
  ["AccountSid", accountSid],
  ["WorkspaceSid", workspace.sid],
  ["WorkspaceName", workspace.name],
  ["EventDescription", event.description],
  ["ResourceType", event.resource],
  ["ResourceSid", event.resourceSid],
  ["Timestamp", String(Math.floor(event.at / 1000))],
  ["TimestampMs", String(event.at)],
  ["Sid", event.sid],
];

const taskFields = (task: Task, now: number): Parameters => [
  ["TaskSid", task.sid],
  ["TaskAttributes", task.attributes.text],
  ["TaskAge", String(taskAge(task, now))],
  ["TaskPriority", String(task.priority)],
  ["TaskAssignmentStatus", task.status],
  ...(task.reason === null || task.status !== "canceled"
    ? []
    : ([["TaskCanceledReason", task.reason]] as const)),
  ...(task.reason === null || task.status !== "completed"
    ? []
    : ([["TaskCompletedReason", task.reason]] as const)),
  ["TaskChannelSid", task.channel.sid],
  ["TaskChannelUniqueName", task.channel.uniqueName],
  ...(task.queue === null
    ? []
    : ([
        ["TaskQueueSid", task.queue.sid],
        ["TaskQueueName", task.queue.name],
      ] as const)),
  ...(task.workflow === null
    ? []
    : ([
        ["WorkflowSid", task.workflow.sid],
        ["WorkflowName", task.workflow.name],
      ] as const)),
];

const workerFields = (worker: Worker): Parameters => [
  ["WorkerSid", worker.sid],
  ["WorkerName", worker.name],
  ["WorkerAttributes", worker.attributes.text],
  ["WorkerActivitySid", worker.activity.sid],
  ["WorkerActivityName", worker.activity.name],
  ["WorkerVersion", String(worker.version)],
];

export const aboutTask = (task: Task, what: string, now: number): Happening => ({
  type: what,
  description: `Task ${task.sid}: ${what}${task.reason === null ? "" : ` (${task.reason})`}`,
  resource: "task",
  sid: task.sid,
  fields: taskFields(task, now),
});

export const aboutReservation = (reservation: Reservation, what: string, now: number): Happening => ({
  type: `reservation.${what}`,
  description: `Reservation ${reservation.sid} of ${reservation.worker.name}: ${what}`,
  resource: "reservation",
  sid: reservation.sid,
  fields: [
    ["ReservationSid", reservation.sid],
    ...taskFields(reservation.task, now),
    ...workerFields(reservation.worker),
  ],
});

export const aboutWorker = (worker: Worker, what: string, more: Parameters = []): Happening => ({
  type: `worker.${what}`,
  description: `Worker ${worker.name}: ${what}`,
  resource: "worker",
  sid: worker.sid,
  fields: [...workerFields(worker), ...more],
});

const about =
  <Thing extends Named>(resource: string, fields: (thing: Thing) => Parameters) =>
  (thing: Thing, what: string): Happening => ({
    type: `${resource}.${what}`,
    description: `${resource} ${thing.name}: ${what}`,
    resource,
    sid: thing.sid,
    fields: fields(thing),
  });

export const aboutActivity = about<Activity>("activity", ({ sid, name, available }) => [
  ["ActivitySid", sid],
  ["ActivityName", name],
  ["ActivityAvailable", String(available)],
]);
export const aboutChannel = about<TaskChannel>("task-channel", ({ sid, uniqueName }) => [
  ["TaskChannelSid", sid],
  ["TaskChannelUniqueName", uniqueName],
]);
export const aboutQueue = about<TaskQueue>("task-queue", ({ sid, name, targetWorkers }) => [
  ["TaskQueueSid", sid],
  ["TaskQueueName", name],
  ["TaskQueueTargetExpression", targetWorkers],
]);
export const aboutWorkflow = about<Workflow>("workflow", ({ sid, name }) => [
  ["WorkflowSid", sid],
  ["WorkflowName", name],
]);
export const aboutWorkspace = about<Workspace>("workspace", () => []);
