/**
 * Making workspaces and what is in them. What comes in has been checked (`rest/`).
 * A new workspace has the activities Offline, Unavailable and Available, and the task channels that Twilio gives it.
 */
import type { Clock } from "../clock/clock.ts";
import { makeSid, type Random } from "../ids.ts";
import { limits } from "../limits.ts";
import {
  aboutActivity,
  aboutChannel,
  aboutQueue,
  aboutWorker,
  aboutWorkflow,
  aboutWorkspace,
  type Note,
} from "./events.ts";
import { isProblem, readExpression } from "./expression.ts";
import type {
  Activity,
  Attributes,
  Named,
  TaskChannel,
  TaskQueue,
  Worker,
  WorkerChannel,
  Workflow,
  Workspace,
} from "./model.ts";
import { readRouting } from "./routing.ts";

export interface Builder {
  readonly clock: Clock;
  readonly random: Random;
  readonly note: Note;
}

export type WorkspaceSettings = Pick<
  Workspace,
  "name" | "eventUrl" | "eventsFilter" | "multiTasking" | "queueOrder"
>;

function named({ clock, random }: Omit<Builder, "note">, prefix: string, name: string): Named {
  const now = clock.now();
  return { sid: makeSid(prefix, random), createdAt: now, updatedAt: now, name };
}

const channelNames = ["Default", "Voice", "Chat", "SMS", "Video"];

export function makeWorkspace(builder: Builder, settings: WorkspaceSettings, fifo: boolean): Workspace {
  const activities = new Map<string, Activity>();
  const open = (name: string, available: boolean): Activity => {
    const activity = { ...named(builder, "WA", name), available };
    activities.set(activity.sid, activity);
    return activity;
  };
  const offline = open("Offline", false);
  open("Unavailable", false);
  open("Available", true);
  const channels = channelNames.map((name): TaskChannel => {
    return { ...named(builder, "TC", name), uniqueName: name.toLowerCase(), optimized: false };
  });
  const workspace: Workspace = {
    ...named(builder, "WS", settings.name),
    ...settings,
    defaultActivity: offline,
    timeoutActivity: offline,
    activities,
    channels: new Map(channels.map((channel) => [channel.sid, channel])),
    workers: new Map(),
    queues: new Map(),
    workflows: new Map(),
    tasks: new Map(),
    events: [],
  };
  builder.note(workspace, aboutWorkspace(workspace, "created"));
  if (fifo) fillForFifo(builder, workspace);
  return workspace;
}

/** Twilio's template of this name, as it is seen in its API. */
function fillForFifo(builder: Builder, workspace: Workspace): void {
  const queue = addQueue(builder, workspace, { ...plainQueue, name: "Sample Queue" });
  const configuration = JSON.stringify({
    task_routing: { filters: [], default_filter: { queue: queue.sid } },
  });
  const routing = readRouting(configuration, (sid) => workspace.queues.has(sid));
  if ("problem" in routing) throw new Error(routing.problem);
  addWorkflow(builder, workspace, {
    name: "Default Fifo Workflow",
    configuration,
    routing,
    assignmentUrl: "",
    fallbackUrl: "",
    reservationSeconds: limits.reservationSeconds,
  });
}

const everybody = readExpression("1==1");
export const plainQueue = {
  targetWorkers: "1==1",
  expression: isProblem(everybody) ? null : everybody,
  maxReserved: 1,
  order: "FIFO",
  reservationActivity: null,
  assignmentActivity: null,
} as const;

type Given<Thing extends Named> = Omit<Thing, keyof Named> & { readonly name: string };

export function addActivity(builder: Builder, workspace: Workspace, what: Given<Activity>): Activity {
  const activity: Activity = { ...named(builder, "WA", what.name), ...what };
  workspace.activities.set(activity.sid, activity);
  builder.note(workspace, aboutActivity(activity, "created"));
  return activity;
}

/** Every worker gets a place for it. */
export function addChannel(builder: Builder, workspace: Workspace, what: Given<TaskChannel>): TaskChannel {
  const channel: TaskChannel = { ...named(builder, "TC", what.name), ...what };
  workspace.channels.set(channel.sid, channel);
  for (const worker of workspace.workers.values()) worker.channels.push(placeFor(builder, channel));
  builder.note(workspace, aboutChannel(channel, "created"));
  return channel;
}

function placeFor({ clock, random }: Builder, channel: TaskChannel): WorkerChannel {
  const now = clock.now();
  return {
    sid: makeSid("WC", random),
    channel,
    createdAt: now,
    updatedAt: now,
    capacity: 1,
    available: true,
  };
}

export function addQueue(builder: Builder, workspace: Workspace, what: Given<TaskQueue>): TaskQueue {
  const queue: TaskQueue = { ...named(builder, "WQ", what.name), ...what };
  workspace.queues.set(queue.sid, queue);
  builder.note(workspace, aboutQueue(queue, "created"));
  return queue;
}

export function addWorkflow(builder: Builder, workspace: Workspace, what: Given<Workflow>): Workflow {
  const workflow: Workflow = { ...named(builder, "WW", what.name), ...what };
  workspace.workflows.set(workflow.sid, workflow);
  builder.note(workspace, aboutWorkflow(workflow, "created"));
  return workflow;
}

export function addWorker(
  builder: Builder,
  workspace: Workspace,
  what: { readonly name: string; readonly activity: Activity; readonly attributes: Attributes },
): Worker {
  const start = named(builder, "WK", what.name);
  const worker: Worker = {
    ...start,
    ...what,
    statusAt: start.createdAt,
    idleSince: start.createdAt,
    version: 0,
    channels: [...workspace.channels.values()].map((channel) => placeFor(builder, channel)),
    busy: new Set(),
  };
  workspace.workers.set(worker.sid, worker);
  builder.note(workspace, aboutWorker(worker, "created"));
  return worker;
}
