/**
 * What TaskRouter knows (protocol 8): workspaces with activities, workers, task channels, queues, workflows, tasks and reservations.
 * Plain data. Only `dispatch.ts` changes the status of tasks and reservations and the activity of workers; `workspace.ts` makes the rest.
 */
import type { Cancel } from "../clock/clock.ts";
import type { Expression } from "./expression.ts";
import type { Routing, Step } from "./routing.ts";

export interface Named {
  readonly sid: string;
  readonly createdAt: number;
  updatedAt: number;
  name: string;
}
export interface Activity extends Named {
  /** Whether workers in it are given tasks; it never changes. */
  readonly available: boolean;
}
export interface TaskChannel extends Named {
  readonly uniqueName: string;
  optimized: boolean;
}
/** JSON as it was given, and what it says. */
export interface Attributes {
  readonly text: string;
  readonly value: unknown;
}
export interface WorkerChannel {
  readonly sid: string;
  readonly channel: TaskChannel;
  readonly createdAt: number;
  updatedAt: number;
  capacity: number;
  available: boolean;
}
export interface Worker extends Named {
  attributes: Attributes;
  activity: Activity;
  /** When the activity changed last. */
  statusAt: number;
  /** When this worker had something to do last: who waits longest is asked first. */
  idleSince: number;
  version: number;
  readonly channels: WorkerChannel[];
  /** Those that take a place: pending, accepted, wrapping. */
  readonly busy: Set<Reservation>;
}
export interface TaskQueue extends Named {
  targetWorkers: string;
  /** null lets nobody in. */
  expression: Expression | null;
  maxReserved: number;
  order: "FIFO" | "LIFO";
  reservationActivity: Activity | null;
  assignmentActivity: Activity | null;
}
export interface Workflow extends Named {
  configuration: string;
  routing: Routing;
  /** "": nobody is asked. */
  assignmentUrl: string;
  fallbackUrl: string;
  reservationSeconds: number;
}

export const taskStatuses = ["pending", "reserved", "assigned", "canceled", "completed", "wrapping"] as const;
export type TaskStatus = (typeof taskStatuses)[number];
export interface Task {
  readonly sid: string;
  readonly createdAt: number;
  updatedAt: number;
  attributes: Attributes;
  status: TaskStatus;
  /** What was asked for, and what a workflow's target made of it. */
  ownPriority: number | null;
  priority: number;
  reason: string | null;
  readonly timeoutSeconds: number;
  channel: TaskChannel;
  readonly workflow: Workflow | null;
  virtualStartAt: number;
  readonly routingTarget: string | null;
  readonly reservations: Reservation[];
  /** Where it is on its way, and until when; null waits for good. */
  steps: readonly Step[];
  at: number;
  deadline: number | null;
  queue: TaskQueue | null;
  queueSince: number | null;
  rejections: number;
  /** Workers who have refused it, and when. */
  readonly refused: Map<Worker, number>;
  readonly timers: Cancel[];
  stepTimer: Cancel;
  version: number;
}

export const reservationStatuses = [
  "pending",
  "accepted",
  "rejected",
  "timeout",
  "canceled",
  "rescinded",
  "wrapping",
  "completed",
] as const;
export type ReservationStatus = (typeof reservationStatuses)[number];
export interface Reservation {
  readonly sid: string;
  readonly createdAt: number;
  updatedAt: number;
  status: ReservationStatus;
  readonly task: Task;
  readonly worker: Worker;
  /** Where the worker was before: single-tasking workspaces move workers. */
  readonly activityBefore: Activity;
  /** Where the worker goes when the work is done. */
  postWork: Activity | null;
  timer: Cancel;
  version: number;
  /** Told whenever the status has changed. */
  readonly watchers: (() => void)[];
}

/** Something that happened; told to the workspace's event callback and kept for REST. */
export interface TaskEvent {
  readonly sid: string;
  readonly type: string;
  readonly at: number;
  readonly description: string;
  readonly resource: string;
  readonly resourceSid: string;
  /** As the callback names them. */
  readonly fields: readonly (readonly [name: string, value: string])[];
}

export interface Workspace extends Named {
  eventUrl: string;
  eventsFilter: string;
  multiTasking: boolean;
  queueOrder: "FIFO" | "LIFO";
  defaultActivity: Activity;
  timeoutActivity: Activity;
  readonly activities: Map<string, Activity>;
  readonly channels: Map<string, TaskChannel>;
  readonly workers: Map<string, Worker>;
  readonly queues: Map<string, TaskQueue>;
  readonly workflows: Map<string, Workflow>;
  readonly tasks: Map<string, Task>;
  events: TaskEvent[];
}

export const isOver = ({ status }: Task): boolean => status === "completed" || status === "canceled";
export const taskAge = (task: Task, now: number): number => Math.floor((now - task.createdAt) / 1000);

/** Tasks of this channel that the worker has, offered ones included. */
export const loadOf = (worker: Worker, channel: TaskChannel): number =>
  [...worker.busy].filter(({ task }) => task.channel === channel).length;

/** A worker as expressions see it: the attributes, and under names that they leave free what TaskRouter knows itself. */
export function workerDocument(worker: Worker): unknown {
  const { sid, name, activity, attributes, channels } = worker;
  const channel = channels.map((one) => {
    const assigned = loadOf(worker, one.channel);
    return [
      one.channel.uniqueName,
      {
        available: one.available,
        assigned_tasks: assigned,
        configured_capacity: one.capacity,
        available_capacity_percentage: capacityPercentage(one, assigned),
      },
    ] as const;
  });
  return {
    sid,
    friendly_name: name,
    activity_sid: activity.sid,
    activity_name: activity.name,
    available: activity.available,
    channel: Object.fromEntries(channel),
    ...fieldsOf(attributes.value),
  };
}

export const capacityPercentage = ({ capacity }: WorkerChannel, assigned: number): number =>
  capacity === 0 ? 0 : Math.round((Math.max(0, capacity - assigned) / capacity) * 100);

const fieldsOf = (value: unknown): object => (typeof value === "object" && value !== null ? value : {});
