/** Workers and their places in task channels by REST. */
import { limits } from "../../limits.ts";
import { isRestError, type RestError } from "../../rest/errors.ts";
import { offer, rejectAllOf, setActivity } from "../dispatch.ts";
import { aboutWorker } from "../events.ts";
import { holds, isProblem, readExpression } from "../expression.ts";
import { worksFor } from "../matching.ts";
import { type Activity, type Worker, type Workspace, workerDocument } from "../model.ts";
import { addWorker } from "../workspace.ts";
import {
  type Ask,
  gone,
  type Handlers,
  lost,
  made,
  pageOf,
  passes,
  readAttributes,
  readFlag,
  readName,
  readWhole,
  shown,
  staleFor,
  type Told,
  wrong,
} from "./ask.ts";
import { workerChannelResource, workerResource } from "./resources.ts";

export const workerHandlers: Handlers = {
  "GET ~/Workers"(ask, workspace) {
    const { form } = ask;
    const text = form.get("TargetWorkersExpression");
    const expression = text ? readExpression(text) : null;
    if (expression && isProblem(expression))
      return wrong(`Invalid TargetWorkersExpression: ${expression.problem}`);
    const queues = [...workspace.queues.values()].filter(
      ({ sid, name }) => passes(form, "TaskQueueSid", sid) && passes(form, "TaskQueueName", name),
    );
    const byQueue = form.has("TaskQueueSid") || form.has("TaskQueueName");
    const rows = [...workspace.workers.values()].filter((worker) => {
      const { name, activity } = worker;
      const document = workerDocument(worker);
      return (
        passes(form, "FriendlyName", name) &&
        passes(form, "ActivityName", activity.name) &&
        passes(form, "ActivitySid", activity.sid) &&
        (readFlag(form, "Available") ?? activity.available) === activity.available &&
        (!byQueue || queues.some((queue) => worksFor(queue, worker))) &&
        (expression === null || holds(expression, { own: document, worker: document }))
      );
    });
    if (form.has("Ordering")) ask.warn("parameter Ordering is not performed by this carrier");
    return pageOf(
      ask,
      "workers",
      rows.map((one) => workerResource(ask, workspace, one)),
    );
  },
  "POST ~/Workers"(ask, workspace) {
    const { form, router } = ask;
    const name = readName(form, true);
    if (name === null || typeof name === "object") return name ?? wrong("FriendlyName");
    const activity = activityIn(workspace, form);
    if (isRestError(activity)) return activity;
    const attributes = readAttributes(form);
    if (attributes && isRestError(attributes)) return attributes;
    if (taken(workspace, name, null)) return sameName;
    if (workspace.workers.size >= limits.workers) return wrong(`expected at most ${limits.workers} workers`);
    const worker = addWorker(router.house, workspace, {
      name,
      activity: activity ?? workspace.defaultActivity,
      attributes: attributes ?? { text: "{}", value: {} },
    });
    const told = made(workerResource(ask, workspace, worker), worker.version);
    offer(router.house, workspace);
    return told;
  },
  "GET ~/Workers/{Sid}": withWorker((ask, workspace, worker) =>
    shown(workerResource(ask, workspace, worker), worker.version),
  ),
  "POST ~/Workers/{Sid}": withWorker((ask, workspace, worker) => {
    const { form, router } = ask;
    const stale = staleFor(ask, worker.version);
    if (stale) return stale;
    const name = readName(form, false);
    if (name !== null && typeof name === "object") return name;
    if (name !== null && taken(workspace, name, worker)) return sameName;
    const attributes = readAttributes(form);
    if (attributes && isRestError(attributes)) return attributes;
    const activity = form.get("ActivitySid") ? activityIn(workspace, form) : worker.activity;
    if (isRestError(activity)) return activity;
    worker.name = name ?? worker.name;
    worker.updatedAt = ask.now;
    if (attributes) {
      worker.attributes = attributes;
      worker.version++;
      router.house.note(workspace, aboutWorker(worker, "attributes.update"));
    }
    setActivity(router.house, workspace, worker, activity);
    if (readFlag(form, "RejectPendingReservations") && !activity.available)
      rejectAllOf(router.house, workspace, worker);
    offer(router.house, workspace);
    return shown(workerResource(ask, workspace, worker), worker.version);
  }),
  "DELETE ~/Workers/{Sid}": withWorker((ask, workspace, worker) => {
    const stale = staleFor(ask, worker.version);
    if (stale) return stale;
    if (worker.busy.size > 0) return wrong(`Worker ${worker.name} cannot be deleted: it has reservations`);
    workspace.workers.delete(worker.sid);
    ask.router.house.note(workspace, aboutWorker(worker, "deleted"));
    return gone;
  }),

  "GET ~/Workers/{WorkerSid}/Channels": withWorker((ask, workspace, worker) =>
    pageOf(
      ask,
      "channels",
      worker.channels.map((one) => workerChannelResource(ask, workspace, worker, one)),
    ),
  ),
  "GET ~/Workers/{WorkerSid}/Channels/{Sid}": withWorker((ask, workspace, worker) => {
    const one = placeIn(ask, worker);
    return one ? shown(workerChannelResource(ask, workspace, worker, one)) : lost(ask);
  }),
  "POST ~/Workers/{WorkerSid}/Channels/{Sid}": withWorker((ask, workspace, worker) => {
    const one = placeIn(ask, worker);
    if (!one) return lost(ask);
    const capacity = readWhole(ask.form, "Capacity", 0, 50);
    if (capacity !== null && typeof capacity === "object") return capacity;
    const available = readFlag(ask.form, "Available");
    one.updatedAt = ask.now;
    const { house } = ask.router;
    if (capacity !== null && capacity !== one.capacity) {
      one.capacity = capacity;
      house.note(workspace, aboutWorker(worker, "capacity.update"));
    }
    if (available !== null && available !== one.available) {
      one.available = available;
      house.note(workspace, aboutWorker(worker, "channel.availability.update"));
    }
    offer(house, workspace);
    return shown(workerChannelResource(ask, workspace, worker, one));
  }),
};

function withWorker(
  handle: (ask: Ask, workspace: Workspace, worker: Worker) => Told | RestError,
): Handlers[string] {
  return (ask, workspace) => {
    const worker = workspace.workers.get(ask.sids.WorkerSid ?? ask.sids.Sid ?? "");
    return worker ? handle(ask, workspace, worker) : lost(ask);
  };
}

/** By its own SID, its task channel's SID or unique name. */
const placeIn = ({ sids: { Sid } }: Ask, { channels }: Worker) =>
  channels.find(({ sid, channel }) => sid === Sid || channel.sid === Sid || channel.uniqueName === Sid);

/** Names are not told apart by capital letters. */
const taken = ({ workers }: Workspace, name: string, own: Worker | null): boolean =>
  [...workers.values()].some((one) => one !== own && one.name.toLowerCase() === name.toLowerCase());
const sameName = wrong("Worker with the same friendly name already exists");

/** The one that is named, else the workspace's default. */
function activityIn(workspace: Workspace, form: URLSearchParams): Activity | RestError {
  const sid = form.get("ActivitySid");
  if (!sid) return workspace.defaultActivity;
  return workspace.activities.get(sid) ?? wrong(`Invalid ActivitySid: there is no activity ${sid} here`);
}
