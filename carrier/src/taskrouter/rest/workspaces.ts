/** Workspaces, their activities and task channels by REST. */
import { limits } from "../../limits.ts";
import { isRestError, type RestError } from "../../rest/errors.ts";
import { isWebUrl } from "../../rest/form.ts";
import { cancelTask } from "../dispatch.ts";
import { aboutActivity, aboutChannel, aboutWorkspace } from "../events.ts";
import type { Workspace } from "../model.ts";
import { addActivity, addChannel, makeWorkspace } from "../workspace.ts";
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
  readWord,
  shown,
  type Told,
  wrong,
} from "./ask.ts";
import { activityResource, channelResource, workspaceResource } from "./resources.ts";

/** What needs no workspace yet. */
export const ofAccount: Readonly<Record<string, (ask: Ask) => Told | RestError>> = {
  "GET /Workspaces": (ask) =>
    pageOf(
      ask,
      "workspaces",
      [...ask.router.workspaces.values()]
        .filter(({ name }) => passes(ask.form, "FriendlyName", name))
        .map((one) => workspaceResource(ask, one)),
    ),
  "POST /Workspaces"(ask) {
    const { router, form } = ask;
    if (router.workspaces.size >= limits.workspaces)
      return wrong(`expected at most ${limits.workspaces} workspaces`);
    const settings = readSettings(form, true);
    if (isRestError(settings)) return settings;
    const template = readWord(form, "Template", ["NONE", "FIFO"]);
    if (template && typeof template === "object") return template;
    const workspace = makeWorkspace(
      router.house,
      { name: "", eventUrl: "", eventsFilter: "", multiTasking: true, queueOrder: "FIFO", ...settings },
      template === "FIFO",
    );
    router.workspaces.set(workspace.sid, workspace);
    return made(workspaceResource(ask, workspace));
  },
};

type Settings = Partial<
  Pick<Workspace, "name" | "eventUrl" | "eventsFilter" | "multiTasking" | "queueOrder">
>;

function readSettings(form: URLSearchParams, required: boolean): Settings | RestError {
  const name = readName(form, required);
  if (name !== null && typeof name === "object") return name;
  const eventUrl = form.get("EventCallbackUrl");
  if (eventUrl && !isWebUrl(eventUrl))
    return wrong(`Invalid EventCallbackUrl: expected a URL, found ${eventUrl}`);
  const order = readWord(form, "PrioritizeQueueOrder", ["FIFO", "LIFO"]);
  if (order !== null && typeof order === "object") return order;
  const multiTasking = readFlag(form, "MultiTaskEnabled");
  return {
    ...(name !== null && { name }),
    ...(eventUrl !== null && { eventUrl }),
    ...(form.has("EventsFilter") && { eventsFilter: form.get("EventsFilter") ?? "" }),
    ...(order !== null && { queueOrder: order }),
    ...(multiTasking !== null && { multiTasking }),
  };
}

export const workspaceHandlers: Handlers = {
  "GET /Workspaces/{Sid}": (ask, workspace) => shown(workspaceResource(ask, workspace)),
  "POST /Workspaces/{Sid}"(ask, workspace) {
    const { form, router } = ask;
    const settings = readSettings(form, false);
    if (isRestError(settings)) return settings;
    const activity = (name: string) => {
      const sid = form.get(name);
      return sid ? (workspace.activities.get(sid) ?? wrong(`Invalid ${name}: found ${sid}`)) : null;
    };
    const [usual, timedOut] = [activity("DefaultActivitySid"), activity("TimeoutActivitySid")];
    if (usual && isRestError(usual)) return usual;
    if (timedOut && isRestError(timedOut)) return timedOut;
    Object.assign(workspace, settings, { updatedAt: ask.now });
    workspace.defaultActivity = usual ?? workspace.defaultActivity;
    workspace.timeoutActivity = timedOut ?? workspace.timeoutActivity;
    router.house.note(workspace, aboutWorkspace(workspace, "updated"));
    return shown(workspaceResource(ask, workspace));
  },
  "DELETE /Workspaces/{Sid}"({ router }, workspace) {
    router.house.note(workspace, aboutWorkspace(workspace, "deleted"));
    for (const task of [...workspace.tasks.values()])
      cancelTask(router.house, workspace, task, "Workspace deleted");
    for (const task of workspace.tasks.values()) for (const cancel of task.timers.splice(0)) cancel();
    router.workspaces.delete(workspace.sid);
    return gone;
  },

  "GET ~/Activities": (ask, workspace) =>
    pageOf(
      ask,
      "activities",
      [...workspace.activities.values()]
        .filter(
          ({ name, available }) =>
            passes(ask.form, "FriendlyName", name) &&
            (readFlag(ask.form, "Available") ?? available) === available,
        )
        .map((one) => activityResource(ask, workspace, one)),
    ),
  "POST ~/Activities"(ask, workspace) {
    const name = readName(ask.form, true);
    if (name === null || typeof name === "object") return name ?? wrong("FriendlyName");
    if (workspace.activities.size >= limits.activities)
      return wrong(`expected at most ${limits.activities} activities`);
    if ([...workspace.activities.values()].some((one) => one.name === name))
      return wrong(`Activity with the same friendly name already exists: ${name}`);
    const available = readFlag(ask.form, "Available") ?? false;
    return made(
      activityResource(ask, workspace, addActivity(ask.router.house, workspace, { name, available })),
    );
  },
  "GET ~/Activities/{Sid}"(ask, workspace) {
    const activity = workspace.activities.get(ask.sids.Sid ?? "");
    return activity ? shown(activityResource(ask, workspace, activity)) : lost(ask);
  },
  "POST ~/Activities/{Sid}"(ask, workspace) {
    const activity = workspace.activities.get(ask.sids.Sid ?? "");
    if (!activity) return lost(ask);
    const name = readName(ask.form, false);
    if (name !== null && typeof name === "object") return name;
    Object.assign(activity, { name: name ?? activity.name, updatedAt: ask.now });
    ask.router.house.note(workspace, aboutActivity(activity, "updated"));
    return shown(activityResource(ask, workspace, activity));
  },
  "DELETE ~/Activities/{Sid}"(ask, workspace) {
    const activity = workspace.activities.get(ask.sids.Sid ?? "");
    if (!activity) return lost(ask);
    const queues = [...workspace.queues.values()];
    const used =
      workspace.defaultActivity === activity ||
      workspace.timeoutActivity === activity ||
      [...workspace.workers.values()].some((worker) => worker.activity === activity) ||
      queues.some((one) => one.reservationActivity === activity || one.assignmentActivity === activity);
    if (used)
      return wrong(`Activity ${activity.name} cannot be deleted: expected nobody and nothing to use it`);
    workspace.activities.delete(activity.sid);
    ask.router.house.note(workspace, aboutActivity(activity, "deleted"));
    return gone;
  },

  "GET ~/TaskChannels": (ask, workspace) =>
    pageOf(
      ask,
      "channels",
      [...workspace.channels.values()].map((one) => channelResource(ask, workspace, one)),
    ),
  "POST ~/TaskChannels"(ask, workspace) {
    const name = readName(ask.form, true);
    if (name === null || typeof name === "object") return name ?? wrong("FriendlyName");
    const uniqueName = ask.form.get("UniqueName") ?? "";
    if (!/^[\w-]{1,64}$/.test(uniqueName))
      return wrong(`Invalid UniqueName: expected letters, digits, _ and -, found ${uniqueName}`);
    if ([...workspace.channels.values()].some((one) => one.uniqueName === uniqueName))
      return wrong(`TaskChannel with the same unique name already exists: ${uniqueName}`);
    if (workspace.channels.size >= limits.taskChannels)
      return wrong(`expected at most ${limits.taskChannels} task channels`);
    const optimized = readFlag(ask.form, "ChannelOptimizedRouting") ?? false;
    const channel = addChannel(ask.router.house, workspace, { name, uniqueName, optimized });
    return made(channelResource(ask, workspace, channel));
  },
  "GET ~/TaskChannels/{Sid}"(ask, workspace) {
    const channel = channelNamed(workspace, ask.sids.Sid ?? "");
    return channel ? shown(channelResource(ask, workspace, channel)) : lost(ask);
  },
  "POST ~/TaskChannels/{Sid}"(ask, workspace) {
    const channel = channelNamed(workspace, ask.sids.Sid ?? "");
    if (!channel) return lost(ask);
    const name = readName(ask.form, false);
    if (name !== null && typeof name === "object") return name;
    const optimized = readFlag(ask.form, "ChannelOptimizedRouting") ?? channel.optimized;
    Object.assign(channel, { name: name ?? channel.name, optimized, updatedAt: ask.now });
    ask.router.house.note(workspace, aboutChannel(channel, "updated"));
    return shown(channelResource(ask, workspace, channel));
  },
  "DELETE ~/TaskChannels/{Sid}"(ask, workspace) {
    const channel = channelNamed(workspace, ask.sids.Sid ?? "");
    if (!channel) return lost(ask);
    if ([...workspace.tasks.values()].some((task) => task.channel === channel))
      return wrong(`TaskChannel ${channel.uniqueName} cannot be deleted: expected no tasks of it`);
    workspace.channels.delete(channel.sid);
    for (const { channels } of workspace.workers.values()) {
      const at = channels.findIndex((one) => one.channel === channel);
      if (at !== -1) channels.splice(at, 1);
    }
    ask.router.house.note(workspace, aboutChannel(channel, "deleted"));
    return gone;
  },
};

/** By SID or unique name. */
export const channelNamed = ({ channels }: Workspace, key: string) =>
  channels.get(key) ?? [...channels.values()].find(({ uniqueName }) => uniqueName === key);
