/** How tasks and workers come together (Twilio, "Lifecycle of a Task", "TaskQueue Resource"; acceptance Q2, Q16, Q17, Q21). */
import { expect, test } from "vitest";
import { virtualClock } from "../clock/clock.ts";
import { seededRandom } from "../ids.ts";
import { limits } from "../limits.ts";
import {
  accept,
  addTask,
  cancelTask,
  completeTask,
  type House,
  offer,
  reject,
  rejectAllOf,
  removeTask,
  setActivity,
  wrapUp,
} from "./dispatch.ts";
import type { Activity, Reservation, Task, TaskQueue, Worker, Workspace } from "./model.ts";
import { readRouting, stepsFor } from "./routing.ts";
import { addActivity, addQueue, addWorker, addWorkflow, makeWorkspace, plainQueue } from "./workspace.ts";

const clockFor = () => virtualClock(0);
function office(settings: Partial<Workspace> = {}, queueSettings: Partial<TaskQueue> = {}) {
  const clock = clockFor();
  const events: string[] = [];
  const house: House = {
    clock,
    random: seededRandom(7),
    note: (_, { type, fields }) => {
      const worker = fields.find(([name]) => name === "WorkerName")?.[1];
      events.push(worker ? `${type} ${worker}` : type);
    },
    assign() {},
  };
  const space = makeWorkspace(
    house,
    { name: "Desk", eventUrl: "", eventsFilter: "", multiTasking: true, queueOrder: "FIFO", ...settings },
    false,
  );
  const activity = (name: string): Activity =>
    [...space.activities.values()].find((one) => one.name === name)!;
  const queue = addQueue(house, space, { ...plainQueue, name: "Everyone", ...queueSettings });
  const workers: Worker[] = [];
  const worker = (name: string, attributes: object = {}) => {
    const value = { text: JSON.stringify(attributes), value: attributes };
    const made = addWorker(house, space, { name, activity: activity("Available"), attributes: value });
    workers.push(made);
    return made;
  };
  const routed = (routing: object) => {
    const configuration = JSON.stringify({ task_routing: routing });
    const read = readRouting(configuration, (sid) => space.queues.has(sid));
    if ("problem" in read) throw new Error(read.problem);
    return addWorkflow(house, space, {
      name: "Calls",
      configuration,
      routing: read,
      assignmentUrl: "",
      fallbackUrl: "",
      reservationSeconds: 120,
    });
  };
  const task = (
    attributes: object = {},
    workflow = plain,
    priority: number | null = null,
    seconds = 86_400,
  ): Task =>
    addTask(house, space, {
      attributes: { text: JSON.stringify(attributes), value: attributes },
      priority,
      timeoutSeconds: seconds,
      channel: [...space.channels.values()][0]!,
      workflow,
      steps: stepsFor(workflow.routing, attributes),
      virtualStartAt: null,
      routingTarget: null,
    });
  const plain = routed({ default_filter: { queue: queue.sid } });
  events.length = 0;
  return { clock, events, house, space, activity, queue, worker, workers, routed, task };
}

const pendingOf = (task: Task): Reservation => task.reservations.find(({ status }) => status === "pending")!;
const askedOf = (task: Task) => task.reservations.map(({ worker, status }) => `${worker.name} ${status}`);

test("who has been idle longest is asked first; refusing and finishing put one at the end", async () => {
  const { clock, house, space, worker, task } = office();
  const [ann, bob] = [worker("Ann"), worker("Bob")];
  await clock.advance(1_000);
  const first = task();
  expect(askedOf(first)).toEqual(["Ann pending"]);
  accept(house, space, pendingOf(first));
  await clock.advance(1_000);
  completeTask(house, space, first, "done");
  const second = task();
  expect(askedOf(second)).toEqual(["Bob pending"]);
  await clock.advance(1_000);
  reject(house, space, pendingOf(second), null);
  expect(askedOf(second)).toEqual(["Bob rejected", "Ann pending"]);
  expect([ann.idleSince, bob.idleSince]).toEqual([2_000, 3_000]);
});

test("Q16: who refuses and stays available is asked again only after a while; nothing happens in between", async () => {
  const { clock, house, space, worker, task, events } = office();
  worker("Ann");
  const one = task();
  events.length = 0;
  reject(house, space, pendingOf(one), null);
  expect(one.status).toBe("pending");
  for (let again = 0; again < 50; again++) offer(house, space);
  await clock.advance(limits.askAgainMs - 1);
  expect(events).toEqual(["reservation.rejected Ann"]);
  await clock.advance(1);
  expect(askedOf(one)).toEqual(["Ann rejected", "Ann pending"]);
});

test("Q16: nobody free: the first one to become available is asked at once", async () => {
  const { clock, house, space, worker, task, activity } = office();
  const ann = worker("Ann");
  setActivity(house, space, ann, activity("Offline"));
  const one = task();
  await clock.advance(600_000);
  expect(one.reservations).toEqual([]);
  setActivity(house, space, ann, activity("Available"));
  offer(house, space);
  expect(askedOf(one)).toEqual(["Ann pending"]);
});

test("Q17: a reservation that runs out sets the worker aside and asks the next", async () => {
  const { clock, worker, task, events } = office();
  const ann = worker("Ann");
  worker("Bob");
  const one = task();
  events.length = 0;
  await clock.advance(119_999);
  expect(events).toEqual([]);
  await clock.advance(1);
  expect(ann.activity.name).toBe("Offline");
  expect(events).toEqual([
    "reservation.timeout Ann",
    "worker.activity.update Ann",
    "reservation.created Bob",
  ]);
  expect(one.status).toBe("reserved");
});

test("Q21: a worker has one task of a channel at once, or as many as the capacity allows", () => {
  const { worker, task, house, space } = office();
  const ann = worker("Ann");
  const three = [task(), task(), task()];
  expect(three.map(({ status }) => status)).toEqual(["reserved", "pending", "pending"]);
  ann.channels[0]!.capacity = 2;
  offer(house, space);
  expect(three.map(({ status }) => status)).toEqual(["reserved", "reserved", "pending"]);
  accept(house, space, pendingOf(three[0]!));
  wrapUp(house, space, three[0]!);
  expect(three[2]!.status).toBe("pending");
  completeTask(house, space, three[0]!, "done");
  expect(three[2]!.status).toBe("reserved");
});

test("urgent tasks first, then the oldest; a queue may prefer the newest", async () => {
  for (const [order, expected] of [
    ["FIFO", ["urgent", "old", "new"]],
    ["LIFO", ["urgent", "new", "old"]],
  ] as const) {
    const { clock, house, space, worker, task, activity } = office({}, { order });
    const names = new Map<Task, string>();
    for (const [name, priority] of [
      ["old", 0],
      ["new", 0],
      ["urgent", 5],
    ] as const) {
      names.set(task({}, undefined, priority), name);
      await clock.advance(1_000);
    }
    const ann = worker("Ann");
    const served: string[] = [];
    for (let round = 0; round < 3; round++) {
      offer(house, space);
      const one = [...names.keys()].find(({ status }) => status === "reserved")!;
      served.push(names.get(one)!);
      accept(house, space, pendingOf(one));
      completeTask(house, space, one, "done");
    }
    expect(served).toEqual(expected);
    expect(ann.activity).toBe(activity("Available"));
  }
});

test("several are asked at once; who accepts first has it, the others are let go", () => {
  const { house, space, worker, task, events } = office({}, { maxReserved: 2 });
  for (const name of ["Ann", "Bob", "Cem"]) worker(name);
  const one = task();
  expect(askedOf(one)).toEqual(["Ann pending", "Bob pending"]);
  events.length = 0;
  accept(house, space, one.reservations[1]!);
  expect(askedOf(one)).toEqual(["Ann rescinded", "Bob accepted"]);
  expect(events).toEqual(["reservation.accepted Bob", "reservation.rescinded Ann"]);
  expect(accept(house, space, one.reservations[0]!)).toBe(false);
});

test("only when all who were asked have refused does a task wait again", () => {
  const { house, space, worker, task } = office({}, { maxReserved: 2 });
  for (const name of ["Ann", "Bob"]) worker(name);
  const one = task();
  reject(house, space, one.reservations[0]!, null);
  expect(one.status).toBe("reserved");
  reject(house, space, one.reservations[1]!, null);
  expect(one.status).toBe("pending");
});

test("a task goes from target to target at their times, then to the default, and is never given up there", async () => {
  const { clock, house, space, queue, routed, task, events } = office();
  const second = addQueue(house, space, { ...plainQueue, name: "Second" });
  const workflow = routed({
    filters: [
      {
        expression: "type == 'claim'",
        targets: [
          { queue: queue.sid, timeout: 10, priority: 1 },
          { queue: second.sid, timeout: 20, priority: 7 },
        ],
      },
    ],
    default_filter: { queue: queue.sid },
  });
  events.length = 0;
  const one = task({ type: "claim" }, workflow);
  expect([one.queue?.name, one.priority]).toEqual(["Everyone", 1]);
  await clock.advance(10_000);
  expect([one.queue?.name, one.priority]).toEqual(["Second", 7]);
  await clock.advance(20_000);
  expect([one.queue?.name, one.priority, one.status]).toEqual(["Everyone", 0, "pending"]);
  expect(events).toEqual([
    "task.created",
    "workflow.entered",
    "task-queue.entered",
    "workflow.target-matched",
    "task-queue.timeout",
    "task-queue.entered",
    "workflow.target-matched",
    "task-queue.timeout",
    "task-queue.entered",
    "workflow.target-matched",
  ]);
  await clock.advance(86_400_000 - 30_000);
  expect([one.status, one.reason]).toEqual(["canceled", "Task TTL Exceeded"]);
});

test("without a default the last target's time cancels; a filter that lets nobody in cancels at once", async () => {
  const { clock, queue, routed, task } = office();
  const workflow = routed({
    filters: [{ expression: "a == 1", targets: [{ queue: queue.sid, timeout: 5 }] }],
  });
  const one = task({ a: 1 }, workflow);
  await clock.advance(5_000);
  expect([one.status, one.reason]).toEqual(["canceled", "Task canceled on Workflow timeout"]);
  expect(task({ a: 2 }, workflow).status).toBe("canceled");
});

test("a target's time that passes while somebody is asked counts when that ends", async () => {
  const { clock, house, space, queue, routed, task, worker } = office();
  const second = addQueue(house, space, { ...plainQueue, name: "Second" });
  const workflow = routed({
    filters: [
      {
        targets: [
          { queue: queue.sid, timeout: 10 },
          { queue: second.sid, timeout: 10 },
        ],
      },
    ],
  });
  worker("Ann");
  const one = task({}, workflow);
  await clock.advance(13_000);
  expect([one.status, one.queue?.name]).toEqual(["reserved", "Everyone"]);
  reject(house, space, pendingOf(one), null);
  expect(one.queue?.name).toBe("Second");
  await clock.advance(6_999);
  expect(one.status).not.toBe("canceled");
});

test("a target is skipped when nobody is there, if it says so", () => {
  const { house, space, queue, routed, task, worker, activity } = office();
  const second = addQueue(house, space, { ...plainQueue, name: "Second" });
  const workflow = routed({
    filters: [
      {
        targets: [
          { queue: queue.sid, timeout: 60, skip_if: "workers.available == 0" },
          { queue: second.sid },
        ],
      },
    ],
  });
  const ann = worker("Ann");
  expect(task({}, workflow).queue?.name).toBe("Everyone");
  // Ann is busy, and there: the next one waits for her.
  expect(task({}, workflow).queue?.name).toBe("Everyone");
  setActivity(house, space, ann, activity("Unavailable"));
  expect(task({}, workflow).queue?.name).toBe("Second");
});

test("a target may ask more of workers than its queue", () => {
  const { queue, routed, task, worker } = office();
  const target = { queue: queue.sid, expression: "task.language IN worker.languages" };
  const workflow = routed({ filters: [{ targets: [target] }] });
  worker("Ann", { languages: ["en"] });
  worker("Bob", { languages: ["en", "es"] });
  expect(askedOf(task({ language: "es" }, workflow))).toEqual(["Bob pending"]);
});

test("single-tasking: reserved and assigned workers have activities; whoever is let go does again what was done before", () => {
  const { house, space, queue, worker, task } = office({ multiTasking: false });
  queue.reservationActivity = addActivity(house, space, { name: "Reserved", available: false });
  queue.assignmentActivity = addActivity(house, space, { name: "Busy", available: false });
  const ann = worker("Ann");
  const one = task();
  expect(ann.activity.name).toBe("Reserved");
  cancelTask(house, space, one, "hangup");
  expect(ann.activity.name).toBe("Available");
  const two = task();
  accept(house, space, pendingOf(two));
  expect(ann.activity.name).toBe("Busy");
  completeTask(house, space, two, "done");
  expect(ann.activity.name).toBe("Busy");
});

test("who leaves may refuse everything that waits for an answer", () => {
  const { house, space, worker, task, activity } = office();
  const ann = worker("Ann");
  const one = task();
  setActivity(house, space, ann, activity("Offline"));
  expect(one.status).toBe("reserved");
  rejectAllOf(house, space, ann);
  expect(one.status).toBe("pending");
});

test("a task that is refused too often is canceled", async () => {
  const { clock, house, space, worker, task } = office();
  worker("Ann");
  const one = task();
  for (let round = 0; round < limits.taskRejections; round++) {
    reject(house, space, pendingOf(one), null);
    await clock.advance(limits.askAgainMs);
  }
  expect([one.status, one.reason]).toEqual(["canceled", "Task rejected too often"]);
});

/** Whatever happens: nobody has more than fits, and every task's status agrees with its reservations. */
test.each(Array.from({ length: 60 }, (_, seed) => seed))("any story keeps order, seed %i", async (seed) => {
  const random = seededRandom(seed);
  const pick = <One>(of: readonly One[]): One | undefined => of[Math.floor(random() * of.length)];
  const multiTasking = random() < 0.7;
  const { clock, house, space, worker, workers, task, activity } = office(
    { multiTasking },
    { maxReserved: 1 + Math.floor(random() * 3) },
  );
  for (const name of ["Ann", "Bob", "Cem"]) worker(name).channels[0]!.capacity = 1 + Math.floor(random() * 2);
  const tasks: Task[] = [];
  for (let step = 0; step < 80; step++) {
    const one = pick(tasks);
    const reservation = one && pick(one.reservations);
    const acts: (() => unknown)[] = [
      () => tasks.push(task({}, undefined, Math.floor(random() * 3), 600)),
      () => reservation && accept(house, space, reservation),
      () => reservation && reject(house, space, reservation, random() < 0.5 ? activity("Unavailable") : null),
      () => one && cancelTask(house, space, one, "hangup"),
      () => one && wrapUp(house, space, one),
      () => one && completeTask(house, space, one, "done"),
      () => one && random() < 0.2 && removeTask(house, space, one, "task.deleted"),
      () => {
        setActivity(house, space, pick(workers)!, activity(random() < 0.7 ? "Available" : "Offline"));
        offer(house, space);
      },
      () => clock.advance(random() * 90_000),
    ];
    await pick(acts)!();
    for (const { name, busy, channels } of workers) {
      expect(busy.size, name).toBeLessThanOrEqual(multiTasking ? channels[0]!.capacity : 1);
      for (const { status } of busy) expect(["pending", "accepted", "wrapping"]).toContain(status);
    }
    for (const { status, reservations, sid } of tasks) {
      const count = (of: string) => reservations.filter((each) => each.status === of).length;
      const said = [count("pending") > 0, count("accepted"), count("wrapping")];
      const open: Partial<Record<Task["status"], unknown>> = {
        reserved: [true, 0, 0],
        assigned: [false, 1, 0],
        wrapping: [false, 0, 1],
      };
      expect(said, sid).toEqual(open[status] ?? [false, 0, 0]);
    }
  }
  await clock.runUntilIdle(2 * 86_400_000);
  for (const { status } of tasks) expect(["canceled", "completed", "assigned", "wrapping"]).toContain(status);
});
