/** Event callbacks and what callers and agents meet at the edges (Twilio, "TaskRouter Events Reference", errors 14215 to 14222; protocol 8). */
import { expect, test } from "vitest";
import { limits } from "../limits.ts";
import type { CarrierOptions } from "../options.ts";
import { clientOf } from "../testdata/client.ts";
import { openLine, type TestLine, twiml } from "../testdata/line.ts";

/** A workspace that tells of its events at /events; Dora is available, and nobody is asked about assignments. */
async function desk(options: CarrierOptions = {}, eventsFilter = "") {
  const line = await openLine(options);
  const client = clientOf(line);
  line.on("/events", { status: 204 });
  const { sid } = await client.taskrouter.v1.workspaces.create({
    friendlyName: "Desk",
    template: "FIFO",
    eventCallbackUrl: `${line.application}/events`,
    eventsFilter,
  });
  const space = client.taskrouter.v1.workspaces(sid);
  const [offline, , available] = await space.activities.list();
  const [workflow] = await space.workflows.list();
  const dora = await space.workers.create({ friendlyName: "Dora", activitySid: available!.sid });
  const enqueue = (task = "") =>
    twiml(`<Enqueue workflowSid="${workflow!.sid}" waitUrl="" action="/left">${task}</Enqueue>`);
  line.on("/voice", enqueue());
  line.on("/left", twiml("<Hangup/>"));
  const call = (seconds: number) =>
    line.carrier.call({
      from: "+15550199001",
      to: "+15550100001",
      script: { steps: [{ silentSeconds: seconds }, { hangUp: true }] },
    });
  await line.clock.settle();
  return {
    line,
    client,
    space,
    workflow: workflow!,
    offline: offline!,
    available: available!,
    dora,
    enqueue,
    call,
  };
}

const told = (line: TestLine) =>
  line.received.filter(({ path }) => path === "/events").map(({ parameters }) => parameters);
const typesTold = (line: TestLine) => told(line).map(({ EventType }) => EventType);

test("a queued call's events come in order, with the call among the task's attributes", async () => {
  const { line, call, enqueue } = await desk();
  line.on(
    "/voice",
    enqueue('<Task priority="4" timeout="300">{"topic":"claim","from":"+15550100009"}</Task>'),
  );
  const before = told(line).length;
  const caller = call(10);
  await line.clock.advance(11_000);
  const events = told(line).slice(before);
  // Requests of one instant travel side by side: what happened first says TimestampMs, and the log.
  expect(events.map(({ EventType }) => EventType).toSorted()).toEqual(
    [
      "task.created",
      "workflow.entered",
      "task-queue.entered",
      "workflow.target-matched",
      "reservation.created",
      "reservation.canceled",
      "task.canceled",
    ].toSorted(),
  );
  const created = events.find(({ EventType }) => EventType === "task.created")!;
  expect(JSON.parse(created.TaskAttributes ?? "")).toMatchObject({
    call_sid: caller.sid,
    account_sid: line.carrier.accountSid,
    direction: "inbound",
    to: "+15550100001",
    from: "+15550100009",
    topic: "claim",
  });
  expect(created).toMatchObject({ TaskPriority: "4", TaskChannelUniqueName: "voice", WorkspaceName: "Desk" });
  expect(events.find(({ EventType }) => EventType === "task.canceled")).toMatchObject({
    TaskCanceledReason: "hangup",
    TaskAge: "10",
    ResourceType: "task",
  });
  await line.close();
});

test("everything in a workspace is told of", async () => {
  const { line, space, dora, offline } = await desk();
  const lunch = await space.activities.create({ friendlyName: "Lunch", available: false });
  await space.activities(lunch.sid).remove();
  await space.workers(dora.sid).update({ attributes: '{"a":1}' });
  await space.workers(dora.sid).workerChannels("voice").update({ capacity: 2 });
  await space.workers(dora.sid).workerChannels("voice").update({ available: false });
  await line.clock.advance(90_000);
  await space.workers(dora.sid).update({ activitySid: offline.sid });
  await space.workers(dora.sid).remove();
  const [queue] = await space.taskQueues.list();
  await space.taskQueues(queue!.sid).update({ targetWorkers: "a == 1" });
  await space.taskChannels.create({ friendlyName: "Fax", uniqueName: "fax" });
  await line.clock.settle();
  expect(typesTold(line).toSorted()).toEqual(
    [
      "workspace.created",
      "task-queue.created",
      "workflow.created",
      "worker.created",
      "activity.created",
      "activity.deleted",
      "worker.attributes.update",
      "worker.capacity.update",
      "worker.channel.availability.update",
      "worker.activity.update",
      "worker.deleted",
      "task-queue.expression.updated",
      "task-channel.created",
    ].toSorted(),
  );
  expect(told(line).find(({ EventType }) => EventType === "worker.activity.update")).toMatchObject({
    WorkerActivityName: "Offline",
    WorkerPreviousActivityName: "Available",
    WorkerTimeInPreviousActivity: "90",
    WorkerTimeInPreviousActivityMs: "90000",
  });
  await line.close();
});

test("a filter lets through what it names", async () => {
  const { line, call } = await desk({}, "task.created, task.canceled");
  call(5);
  await line.clock.advance(6_000);
  expect(typesTold(line)).toEqual(["task.created", "task.canceled"]);
  await line.close();
});

test("events can be doubled and dropped; a bad answer changes nothing and is an alert", async () => {
  const { line, call } = await desk(
    {
      faults: {
        information: ({ about }) => (about === "task-router" ? { copies: 2 } : undefined),
      },
    },
    "task.created",
  );
  line.on("/events", { status: 500 });
  call(5);
  await line.clock.advance(6_000);
  expect(typesTold(line)).toEqual(["task.created", "task.created"]);
  line.carrier.setFaults({ information: () => ({ copies: 0 }) });
  call(5);
  await line.clock.advance(6_000);
  expect(typesTold(line)).toHaveLength(2);
  expect(line.carrier.alerts().map(({ code }) => code)).toEqual([15003, 15003]);
  await line.close();
});

test("D7: a reservation that is not pending any more cannot be dialled: 14215, and the Dial has failed", async () => {
  const { line, space, call, client } = await desk();
  call(30);
  await line.clock.advance(1_000);
  const [task] = await space.tasks.list();
  const [reservation] = await space.tasks(task!.sid).reservations.list();
  await space.tasks(task!.sid).reservations(reservation!.sid).update({ reservationStatus: "rejected" });
  line.on("/agent", twiml(`<Dial action="/talked"><Queue reservationSid="${reservation!.sid}"/></Dial>`));
  line.on("/talked", twiml("<Say>Nobody there.</Say>"));
  const agent = await client.calls.create({
    to: "+15550150001",
    from: "+15550100001",
    url: `${line.application}/agent`,
  });
  await line.clock.advance(20_000);
  expect(line.log("DialCallStatus", "DialBridged")).toContain(
    "/talked DialCallStatus=failed DialBridged=false",
  );
  expect(line.carrier.personOn(agent.sid)?.transcript.map(({ text }) => text)).toContain("Nobody there.");
  expect(line.carrier.alerts(agent.sid).map(({ code }) => code)).toEqual([14215]);
  await line.close();
});

test("a post-work activity that there is not: 14218, the two talk all the same", async () => {
  const { line, space, call, client } = await desk();
  call(30);
  await line.clock.advance(1_000);
  const [task] = await space.tasks.list();
  const [reservation] = await space.tasks(task!.sid).reservations.list();
  const queue = `<Queue reservationSid="${reservation!.sid}" postWorkActivitySid="WA1" url="/soon"/>`;
  line.on("/agent", twiml(`<Dial action="/talked">${queue}</Dial>`));
  line.on("/soon", twiml("<Say>An agent.</Say>"));
  line.on("/talked", twiml("<Hangup/>"));
  await client.calls.create({ to: "+15550150001", from: "+15550100001", url: `${line.application}/agent` });
  await line.clock.advance(40_000);
  expect(line.log("DialCallStatus", "QueueResult")).toEqual(
    expect.arrayContaining(["/talked DialCallStatus=completed", "/left QueueResult=bridged"]),
  );
  expect(line.carrier.alerts().map(({ code }) => code)).toEqual([14218]);
  expect((await space.tasks(task!.sid).fetch()).assignmentStatus).toBe("completed");
  await line.close();
});

test("a canceled task leaves its caller waiting, as at Twilio; Leave and a redirect cancel the task", async () => {
  const { line, space, call } = await desk();
  const caller = call(50);
  await line.clock.advance(1_000);
  const [task] = await space.tasks.list();
  await space.tasks(task!.sid).update({ assignmentStatus: "canceled", reason: "too late" });
  await line.clock.advance(10_000);
  expect(line.carrier.find(caller.sid)?.status).toBe("in-progress");
  expect(line.log().filter((path) => path === "/left")).toEqual([]);
  await line.clock.advance(60_000);
  expect(line.log("QueueResult")).toContain("/left QueueResult=hangup");
  line.on("/wait", twiml("<Pause length='3'/><Leave/>"));
  const [workflow] = await space.workflows.list();
  line.on("/voice", twiml(`<Enqueue workflowSid="${workflow!.sid}" waitUrl="/wait" action="/left"/>`));
  call(50);
  await line.clock.advance(10_000);
  expect(
    (await space.tasks.list({ assignmentStatus: ["canceled"] } as never)).map(({ reason }) => reason),
  ).toContain("leave");
  await line.close();
});

test("what is kept has limits", async () => {
  const { line, space, dora, available, offline } = await desk({}, "none");
  const sids = [offline.sid, available.sid];
  for (let round = 0; round < 30; round++)
    await space.workers(dora.sid).update({ activitySid: sids[round % 2] });
  expect(await space.events.list({ eventType: "worker.activity.update" })).toHaveLength(30);
  expect(limits.keptTaskEvents).toBeGreaterThan(30);
  const attributes = JSON.stringify({ long: "x".repeat(limits.attributesCharacters) });
  await expect(space.tasks.create({ attributes })).rejects.toMatchObject({ code: 20001 });
  line.on(
    "/voice",
    twiml(
      `<Enqueue workflowSid="${(await space.workflows.list())[0]!.sid}" action="/left"><Task>${attributes.replaceAll('"', "&quot;")}</Task></Enqueue>`,
    ),
  );
  line.carrier.call({ from: "+15550199001", to: "+15550100001", script: { steps: [] } });
  await line.clock.advance(5_000);
  expect(line.log("QueueResult")).toContain("/left QueueResult=error");
  expect(line.carrier.alerts().map(({ code }) => code)).toEqual([14222]);
  await line.close();
});
