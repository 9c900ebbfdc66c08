/** TaskRouter by REST: the official client makes, reads, changes and deletes everything; Twilio's description judges every answer. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Client, clientOf } from "../../testdata/client.ts";
import { accountSid, authToken, openLine, type TestLine } from "../../testdata/line.ts";

let line: TestLine;
let misshapen: string[];
let client: Client;
beforeEach(async () => {
  line = await openLine();
  misshapen = [];
  client = clientOf(line, accountSid, authToken, {}, misshapen);
});
afterEach(async () => {
  await line.close();
  expect(misshapen).toEqual([]);
});

const spaces = () => client.taskrouter.v1.workspaces;
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    ({ status, code, message }: { status: number; code: number; message: string }) =>
      `${status} ${code} ${message}`,
  );

test("a new workspace has what Twilio gives it", async () => {
  const { sid, ...made } = await spaces().create({ friendlyName: "Office" });
  expect(made).toMatchObject({
    accountSid,
    friendlyName: "Office",
    multiTaskEnabled: true,
    prioritizeQueueOrder: "FIFO",
    defaultActivityName: "Offline",
    timeoutActivityName: "Offline",
  });
  const space = spaces()(sid);
  const activities = await space.activities.list();
  expect(activities.map(({ friendlyName, available }) => `${friendlyName} ${available}`)).toEqual([
    "Offline false",
    "Unavailable false",
    "Available true",
  ]);
  expect((await space.taskChannels.list()).map(({ uniqueName }) => uniqueName)).toEqual([
    "default",
    "voice",
    "chat",
    "sms",
    "video",
  ]);
  expect(await space.taskQueues.list()).toEqual([]);
  expect((await spaces().list({ friendlyName: "Office" })).map((one) => one.sid)).toEqual([sid]);
  expect(await spaces().list({ friendlyName: "Other" })).toEqual([]);
});

test("the template FIFO brings a queue and a workflow", async () => {
  const { sid } = await spaces().create({ friendlyName: "Office", template: "FIFO" });
  const [queue] = await spaces()(sid).taskQueues.list();
  const [workflow] = await spaces()(sid).workflows.list();
  expect(queue).toMatchObject({ friendlyName: "Sample Queue", targetWorkers: "1==1", taskOrder: "FIFO" });
  expect(workflow).toMatchObject({ friendlyName: "Default Fifo Workflow", taskReservationTimeout: 120 });
  expect(workflow?.configuration).toContain(queue?.sid);
});

/** A workspace with one queue, one workflow into it, and Ann, who is available. */
async function office() {
  const { sid } = await spaces().create({ friendlyName: "Office" });
  const space = spaces()(sid);
  const [offline, unavailable, available] = await space.activities.list();
  const queue = await space.taskQueues.create({
    friendlyName: "Claims",
    targetWorkers: "skills HAS 'claims'",
  });
  const routing = { task_routing: { filters: [], default_filter: { queue: queue.sid } } };
  const workflow = await space.workflows.create({
    friendlyName: "Calls",
    configuration: JSON.stringify(routing),
    taskReservationTimeout: 30,
  });
  const ann = await space.workers.create({
    friendlyName: "Ann",
    attributes: JSON.stringify({ skills: ["claims"], contact_uri: "+15550150001" }),
    activitySid: available!.sid,
  });
  return { space, queue, workflow, ann, offline: offline!, unavailable: unavailable!, available: available! };
}

test("everything can be made, read, changed and deleted", async () => {
  const { space, queue, workflow, ann, offline, available } = await office();
  const lunch = await space.activities.create({ friendlyName: "Lunch", available: false });
  expect((await space.activities(lunch.sid).update({ friendlyName: "Break" })).friendlyName).toBe("Break");
  expect((await space.activities(lunch.sid).fetch()).available).toBe(false);
  expect((await space.activities.list({ available: "true" })).map((one) => one.friendlyName)).toEqual([
    "Available",
  ]);
  expect(await space.activities(lunch.sid).remove()).toBe(true);

  const fax = await space.taskChannels.create({ friendlyName: "Fax", uniqueName: "fax" });
  expect((await space.taskChannels("fax").update({ channelOptimizedRouting: true })).sid).toBe(fax.sid);
  expect((await space.taskChannels(fax.sid).fetch()).channelOptimizedRouting).toBe(true);
  const places = await space.workers(ann.sid).workerChannels.list();
  expect(places.map((one) => `${one.taskChannelUniqueName} ${one.configuredCapacity}`)).toContain("fax 1");
  await space.workers(ann.sid).workerChannels("voice").update({ capacity: 2 });
  expect(await space.workers(ann.sid).workerChannels("voice").fetch()).toMatchObject({
    configuredCapacity: 2,
    assignedTasks: 0,
    availableCapacityPercentage: 100,
  });
  expect(await space.taskChannels("fax").remove()).toBe(true);

  await space.taskQueues(queue.sid).update({ maxReservedWorkers: 2, taskOrder: "LIFO" });
  expect(await space.taskQueues(queue.sid).fetch()).toMatchObject({
    maxReservedWorkers: 2,
    taskOrder: "LIFO",
  });
  await space.workflows(workflow.sid).update({ assignmentCallbackUrl: `${line.application}/assign` });
  expect((await space.workflows(workflow.sid).fetch()).assignmentCallbackUrl).toBe(
    `${line.application}/assign`,
  );

  await space.workers(ann.sid).update({ activitySid: offline.sid, attributes: '{"skills":[]}' });
  expect(await space.workers(ann.sid).fetch()).toMatchObject({ activityName: "Offline", available: false });
  await space.workers(ann.sid).update({ activitySid: available.sid });
  for (const [filter, found] of [
    [{ available: "true" }, 1],
    [{ available: "false" }, 0],
    [{ activityName: "Available" }, 1],
    [{ targetWorkersExpression: "friendly_name == 'Ann'" }, 1],
    [{ targetWorkersExpression: "worker.activity_name == 'Offline'" }, 0],
    [{ taskQueueSid: queue.sid }, 0],
    [{ friendlyName: "Bob" }, 0],
  ] as const)
    expect(await space.workers.list(filter)).toHaveLength(found);
  expect(await space.workers(ann.sid).remove()).toBe(true);
  expect(await space.workflows(workflow.sid).remove()).toBe(true);
  expect(await space.taskQueues(queue.sid).remove()).toBe(true);
  expect(await space.remove()).toBe(true);
  expect(await refusal(space.fetch())).toContain("404 20404");
});

test("a task goes through its life by REST, and statistics count it", async () => {
  const { space, queue, workflow, ann, available } = await office();
  const task = await space.tasks.create({
    attributes: '{"type":"claim"}',
    priority: 3,
    taskChannel: "voice",
  });
  expect(task).toMatchObject({
    assignmentStatus: "reserved",
    priority: 3,
    timeout: 86_400,
    taskQueueFriendlyName: "Claims",
    workflowSid: workflow.sid,
    taskChannelUniqueName: "voice",
  });
  const [reservation] = await space.tasks(task.sid).reservations.list();
  expect(reservation).toMatchObject({ reservationStatus: "pending", workerName: "Ann" });
  const second = await space.tasks.create({
    workflowSid: workflow.sid,
    attributes: '{"type":"bill"}',
    taskChannel: "voice",
  });
  expect(second.assignmentStatus).toBe("pending");
  expect(await space.taskQueues(queue.sid).realTimeStatistics().fetch()).toMatchObject({
    totalTasks: 2,
    totalAvailableWorkers: 1,
    tasksByStatus: { pending: 1, reserved: 1, assigned: 0, wrapping: 0 },
    longestTaskWaitingSid: task.sid,
  });
  await line.clock.advance(10_000);
  const ours = space.workers(ann.sid).reservations(reservation!.sid);
  expect((await ours.update({ reservationStatus: "accepted" })).reservationStatus).toBe("accepted");
  expect((await space.tasks(task.sid).fetch()).assignmentStatus).toBe("assigned");
  expect(await refusal(ours.update({ reservationStatus: "rejected" }))).toContain("400 20001 Reservation");
  expect(await refusal(space.tasks(task.sid).update({ assignmentStatus: "canceled" }))).toContain(
    "Cannot cancel",
  );
  await space.tasks(task.sid).update({ assignmentStatus: "wrapping", reason: "talked" });
  expect((await ours.fetch()).reservationStatus).toBe("wrapping");
  await space.tasks(task.sid).update({ assignmentStatus: "completed", reason: "resolved" });
  expect(await space.tasks(task.sid).fetch()).toMatchObject({
    assignmentStatus: "completed",
    reason: "resolved",
  });
  // Ann is free again and gets the second one.
  expect((await space.tasks(second.sid).fetch()).assignmentStatus).toBe("reserved");
  expect(await space.workers(ann.sid).reservations.list({ reservationStatus: "pending" })).toHaveLength(1);
  for (const [filter, found] of [
    [{ assignmentStatus: ["reserved"] }, 1],
    [{ assignmentStatus: ["completed", "reserved"] }, 2],
    [{ evaluateTaskAttributes: "type == 'claim'" }, 1],
    [{ priority: 3 }, 1],
    [{ workflowName: "Calls" }, 2],
    [{ taskQueueName: "Other" }, 0],
  ] as const)
    expect(await space.tasks.list(filter as never)).toHaveLength(found);
  expect((await space.tasks.list({ ordering: "Priority:asc" })).map(({ priority }) => priority)).toEqual([
    0, 3,
  ]);
  expect(await space.cumulativeStatistics().fetch()).toMatchObject({
    tasksCreated: 2,
    tasksCompleted: 1,
    reservationsCreated: 2,
    reservationsAccepted: 1,
    avgTaskAcceptanceTime: 10,
  });
  await space.statistics().fetch();
  expect(await space.realTimeStatistics().fetch()).toMatchObject({ totalTasks: 1, totalWorkers: 1 });
  await space.workflows(workflow.sid).statistics().fetch();
  await space.workflows(workflow.sid).realTimeStatistics().fetch();
  await space.workflows(workflow.sid).cumulativeStatistics().fetch();
  await space.taskQueues(queue.sid).statistics().fetch();
  await space.taskQueues(queue.sid).cumulativeStatistics().fetch();
  expect(await space.taskQueues.statistics.list()).toHaveLength(1);
  await space.workers.statistics().fetch();
  await space.workers.realTimeStatistics().fetch();
  await space.workers.cumulativeStatistics().fetch();
  await space.workers(ann.sid).statistics().fetch();
  const events = await space.events.list({ taskSid: task.sid });
  expect(events.map(({ eventType }) => eventType).reverse()).toEqual([
    "task.created",
    "workflow.entered",
    "task-queue.entered",
    "workflow.target-matched",
    "reservation.created",
    "reservation.accepted",
    "task.wrapup",
    "reservation.wrapup",
    "task.completed",
    "reservation.completed",
  ]);
  expect((await space.events(events[0]!.sid).fetch()).eventData).toMatchObject({ task_sid: task.sid });
  expect(await refusal(space.workers(ann.sid).remove())).toContain("20001");
  expect(await space.tasks(second.sid).remove()).toBe(true);
  expect((await space.workers(ann.sid).fetch()).activitySid).toBe(available.sid);
  // What is over is forgotten after five minutes.
  await line.clock.advance(300_000);
  expect(await space.tasks.list()).toEqual([]);
});

test("tasks have versions: who changes one that has changed is refused", async () => {
  const { space } = await office();
  const { sid } = await space.tasks.create({});
  expect(await refusal(space.tasks(sid).update({ attributes: "{}", ifMatch: "7" }))).toContain("412 20412");
  const headers = { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}` };
  const fetched = await fetch(`${line.carrier.url}/v1/Workspaces/${(await space.fetch()).sid}/Tasks/${sid}`, {
    headers,
  });
  const etag = fetched.headers.get("etag") ?? "";
  expect((await space.tasks(sid).update({ attributes: '{"a":1}', ifMatch: etag })).attributes).toBe(
    '{"a":1}',
  );
  expect(await refusal(space.tasks(sid).remove({ ifMatch: etag }))).toContain("412 20412");
});

test("lists have pages", async () => {
  const { space } = await office();
  for (const name of ["Bob", "Cem", "Dora"]) await space.workers.create({ friendlyName: name });
  const first = await space.workers.page({ pageSize: 3 });
  expect(first.instances.map(({ friendlyName }) => friendlyName)).toEqual(["Ann", "Bob", "Cem"]);
  const second = await first.nextPage();
  expect(second?.instances.map(({ friendlyName }) => friendlyName)).toEqual(["Dora"]);
  expect(second?.nextPageUrl).toBeUndefined();
  expect(await space.workers.list({ pageSize: 1 })).toHaveLength(4);
  expect(line.carrier.alerts()).toEqual([]);
});

test("what is wrong is refused with Twilio's code", async () => {
  const { space, queue, workflow, ann } = await office();
  const workspaces = spaces();
  const cases: readonly (readonly [() => Promise<unknown>, string])[] = [
    [() => workspaces.create({ friendlyName: "" }), "400 20002 Invalid FriendlyName"],
    [
      () => workspaces.create({ friendlyName: "x", eventCallbackUrl: "nowhere" }),
      "400 20001 Invalid EventCallbackUrl",
    ],
    [() => space.workers.create({ friendlyName: "ann" }), "400 20001 Worker with the same friendly name"],
    [() => space.workers.create({ friendlyName: "Bob", attributes: "[1]" }), "400 20001 Invalid Attributes"],
    [
      () => space.workers.create({ friendlyName: "Bob", activitySid: "WA1" }),
      "400 20001 Invalid ActivitySid",
    ],
    [
      () => space.taskQueues.create({ friendlyName: "Q", targetWorkers: "skill-level > 3" }),
      "400 20001 Invalid TargetWorkers: unexpected",
    ],
    [() => space.taskQueues.create({ friendlyName: "Claims" }), "400 20001 TaskQueue with the same"],
    [() => space.taskQueues(queue.sid).remove(), "400 20001 TaskQueue Claims cannot be deleted"],
    [
      () => space.workflows.create({ friendlyName: "W", configuration: "{}" }),
      "400 20001 Invalid Configuration",
    ],
    [
      () => space.workflows(workflow.sid).update({ taskReservationTimeout: 90_000 }),
      "400 20001 Invalid TaskReservationTimeout",
    ],
    [() => space.tasks.create({ timeout: 2_000_000 }), "400 20001 Invalid Timeout"],
    [() => space.tasks.create({ taskChannel: "pigeon" }), "400 20001 Invalid TaskChannel"],
    [() => space.tasks.create({ workflowSid: "WW1" }), "400 20001 Invalid WorkflowSid"],
    [() => space.tasks("WT1").fetch(), "404 20404"],
    [
      () => space.workers.list({ targetWorkersExpression: "a b" }),
      "400 20001 Invalid TargetWorkersExpression",
    ],
    [() => space.activities(ann.activitySid).remove(), "400 20001 Activity Available cannot be deleted"],
    [() => clientOf(line, accountSid, "wrong").taskrouter.v1.workspaces.list(), "401 20003 Authenticate"],
    [() => space.taskQueues.bulkRealTimeStatistics.create(), "501 20008"],
  ];
  for (const [work, expected] of cases) expect(await refusal(work())).toContain(expected);
});
