/** How TaskRouter's things look in REST answers: the fields of Twilio's public OpenAPI description, TaskRouter v1. */
import {
  type Activity,
  capacityPercentage,
  loadOf,
  type Reservation,
  type Task,
  type TaskChannel,
  type TaskEvent,
  type TaskQueue,
  taskAge,
  type Worker,
  type WorkerChannel,
  type Workflow,
  type Workspace,
} from "../model.ts";
import { type Ask, iso } from "./ask.ts";

type Place = Pick<Ask, "accountSid" | "base" | "now">;

const home = ({ base }: Place, workspace: Workspace) => `${base}/Workspaces/${workspace.sid}`;
const common = (place: Place, workspace: Workspace, path: string) => ({
  account_sid: place.accountSid,
  workspace_sid: workspace.sid,
  url: `${home(place, workspace)}/${path}`,
});
const dates = (thing: { readonly createdAt: number; readonly updatedAt: number }) => ({
  date_created: iso(thing.createdAt),
  date_updated: iso(thing.updatedAt),
});
const statistics = (url: string) => ({
  statistics: `${url}/Statistics`,
  real_time_statistics: `${url}/RealTimeStatistics`,
  cumulative_statistics: `${url}/CumulativeStatistics`,
});

export function workspaceResource(place: Place, workspace: Workspace) {
  const url = home(place, workspace);
  return {
    account_sid: place.accountSid,
    sid: workspace.sid,
    friendly_name: workspace.name,
    ...dates(workspace),
    default_activity_name: workspace.defaultActivity.name,
    default_activity_sid: workspace.defaultActivity.sid,
    timeout_activity_name: workspace.timeoutActivity.name,
    timeout_activity_sid: workspace.timeoutActivity.sid,
    event_callback_url: workspace.eventUrl,
    events_filter: workspace.eventsFilter === "" ? null : workspace.eventsFilter,
    multi_task_enabled: workspace.multiTasking,
    prioritize_queue_order: workspace.queueOrder,
    url,
    links: {
      ...statistics(url),
      activities: `${url}/Activities`,
      task_queues: `${url}/TaskQueues`,
      tasks: `${url}/Tasks`,
      workers: `${url}/Workers`,
      workflows: `${url}/Workflows`,
      task_channels: `${url}/TaskChannels`,
      events: `${url}/Events`,
    },
  };
}

export const activityResource = (place: Place, workspace: Workspace, activity: Activity) => ({
  ...common(place, workspace, `Activities/${activity.sid}`),
  sid: activity.sid,
  friendly_name: activity.name,
  available: activity.available,
  ...dates(activity),
  links: { workspace: home(place, workspace) },
});

export const channelResource = (place: Place, workspace: Workspace, channel: TaskChannel) => ({
  ...common(place, workspace, `TaskChannels/${channel.sid}`),
  sid: channel.sid,
  friendly_name: channel.name,
  unique_name: channel.uniqueName,
  channel_optimized_routing: channel.optimized,
  ...dates(channel),
  links: { workspace: home(place, workspace) },
});

export function workerResource(place: Place, workspace: Workspace, worker: Worker) {
  const url = home(place, workspace);
  const own = `${url}/Workers/${worker.sid}`;
  return {
    ...common(place, workspace, `Workers/${worker.sid}`),
    sid: worker.sid,
    friendly_name: worker.name,
    attributes: worker.attributes.text,
    activity_sid: worker.activity.sid,
    activity_name: worker.activity.name,
    available: worker.activity.available,
    ...dates(worker),
    date_status_changed: iso(worker.statusAt),
    links: {
      ...statistics(`${url}/Workers`),
      workspace: url,
      activity: `${url}/Activities/${worker.activity.sid}`,
      channels: `${own}/Channels`,
      worker_channels: `${own}/Channels`,
      worker_statistics: `${own}/Statistics`,
      reservations: `${own}/Reservations`,
    },
  };
}

export function workerChannelResource(
  place: Place,
  workspace: Workspace,
  worker: Worker,
  one: WorkerChannel,
) {
  const assigned = loadOf(worker, one.channel);
  return {
    ...common(place, workspace, `Workers/${worker.sid}/Channels/${one.sid}`),
    sid: one.sid,
    worker_sid: worker.sid,
    task_channel_sid: one.channel.sid,
    task_channel_unique_name: one.channel.uniqueName,
    available: one.available,
    configured_capacity: one.capacity,
    assigned_tasks: assigned,
    available_capacity_percentage: capacityPercentage(one, assigned),
    ...dates(one),
  };
}

export function queueResource(place: Place, workspace: Workspace, queue: TaskQueue) {
  const url = home(place, workspace);
  const activityUrl = (activity: Activity | null) => activity && `${url}/Activities/${activity.sid}`;
  return {
    ...common(place, workspace, `TaskQueues/${queue.sid}`),
    sid: queue.sid,
    friendly_name: queue.name,
    target_workers: queue.targetWorkers,
    max_reserved_workers: queue.maxReserved,
    task_order: queue.order,
    reservation_activity_sid: queue.reservationActivity?.sid ?? null,
    reservation_activity_name: queue.reservationActivity?.name ?? null,
    assignment_activity_sid: queue.assignmentActivity?.sid ?? null,
    assignment_activity_name: queue.assignmentActivity?.name ?? null,
    ...dates(queue),
    links: {
      ...statistics(`${url}/TaskQueues/${queue.sid}`),
      workspace: url,
      reservation_activity: activityUrl(queue.reservationActivity),
      assignment_activity: activityUrl(queue.assignmentActivity),
      list_statistics: `${url}/TaskQueues/Statistics`,
      bulk_real_time_statistics: `${url}/TaskQueues/RealTimeStatistics`,
    },
  };
}

export const workflowResource = (place: Place, workspace: Workspace, workflow: Workflow) => ({
  ...common(place, workspace, `Workflows/${workflow.sid}`),
  sid: workflow.sid,
  friendly_name: workflow.name,
  configuration: workflow.configuration,
  document_content_type: "application/json",
  assignment_callback_url: workflow.assignmentUrl,
  fallback_assignment_callback_url: workflow.fallbackUrl,
  task_reservation_timeout: workflow.reservationSeconds,
  ...dates(workflow),
  links: statistics(`${home(place, workspace)}/Workflows/${workflow.sid}`),
});

export function taskResource(place: Place, workspace: Workspace, task: Task) {
  const url = home(place, workspace);
  return {
    ...common(place, workspace, `Tasks/${task.sid}`),
    sid: task.sid,
    age: taskAge(task, place.now),
    assignment_status: task.status,
    attributes: task.attributes.text,
    addons: "{}",
    priority: task.priority,
    reason: task.reason,
    timeout: task.timeoutSeconds,
    ...dates(task),
    task_queue_entered_date: task.queueSince === null ? null : iso(task.queueSince),
    task_queue_sid: task.queue?.sid ?? null,
    task_queue_friendly_name: task.queue?.name ?? null,
    task_channel_sid: task.channel.sid,
    task_channel_unique_name: task.channel.uniqueName,
    workflow_sid: task.workflow?.sid ?? null,
    workflow_friendly_name: task.workflow?.name ?? null,
    virtual_start_time: iso(task.virtualStartAt),
    ignore_capacity: false,
    routing_target: task.routingTarget,
    links: {
      workspace: url,
      task_queue: task.queue && `${url}/TaskQueues/${task.queue.sid}`,
      workflow: task.workflow && `${url}/Workflows/${task.workflow.sid}`,
      reservations: `${url}/Tasks/${task.sid}/Reservations`,
    },
  };
}

export function reservationResource(
  place: Place,
  workspace: Workspace,
  reservation: Reservation,
  under: "Tasks" | "Workers",
) {
  const { task, worker, sid, status } = reservation;
  const url = home(place, workspace);
  const parent = under === "Tasks" ? task.sid : worker.sid;
  return {
    ...common(place, workspace, `${under}/${parent}/Reservations/${sid}`),
    sid,
    reservation_status: status,
    task_sid: task.sid,
    worker_sid: worker.sid,
    worker_name: worker.name,
    ...dates(reservation),
    links: { workspace: url, task: `${url}/Tasks/${task.sid}`, worker: `${url}/Workers/${worker.sid}` },
  };
}

export function eventResource(place: Place, workspace: Workspace, event: TaskEvent) {
  const url = home(place, workspace);
  const paths: Readonly<Record<string, string>> = {
    task: "Tasks",
    worker: "Workers",
    activity: "Activities",
    workflow: "Workflows",
    "task-queue": "TaskQueues",
    "task-channel": "TaskChannels",
  };
  const folder = paths[event.resource];
  return {
    ...common(place, workspace, `Events/${event.sid}`),
    sid: event.sid,
    event_type: event.type,
    event_date: iso(event.at),
    event_date_ms: event.at,
    description: event.description,
    resource_type: event.resource,
    resource_sid: event.resourceSid,
    resource_url: folder === undefined ? url : `${url}/${folder}/${event.resourceSid}`,
    event_data: Object.fromEntries(event.fields.map(([name, value]) => [inSmallLetters(name), value])),
    actor_sid: workspace.sid,
    actor_type: "workspace",
    actor_url: url,
    source: "twilio",
    source_ip_address: null,
  };
}

/** `TaskQueueSid` is `task_queue_sid`. */
const inSmallLetters = (name: string) => name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase();
