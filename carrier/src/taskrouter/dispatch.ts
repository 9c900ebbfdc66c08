/**
 * Brings tasks and workers together (protocol 8): the only place that changes the status of tasks and reservations and what workers do.
 *
 * Life cycle of a task: pending → reserved → assigned → (wrapping →) completed, or canceled before it is assigned. `offer` is called
 * whenever something changed that could bring a task and a worker together; it never waits and never calls itself. A worker is
 * reserved at most as often as its capacity allows, longest idle first, and a task that is refused is not offered to the same worker
 * again for a while: nothing turns in a circle when nobody is free.
 * Source: Twilio, "Lifecycle of a Task" (state, workflows and assignment, timeout evaluation), "TaskQueue Resource".
 */
import type { Clock } from "../clock/clock.ts";
import { makeSid, type Random } from "../ids.ts";
import { limits } from "../limits.ts";
import { aboutReservation, aboutTask, aboutWorker, type Note } from "./events.ts";
import { holds } from "./expression.ts";
import { mayTake, moreUrgent, worksFor } from "./matching.ts";
import {
  type Activity,
  type Attributes,
  isOver,
  type Reservation,
  type ReservationStatus,
  type Task,
  type TaskChannel,
  type TaskQueue,
  type TaskStatus,
  type Worker,
  type Workflow,
  type Workspace,
} from "./model.ts";
import type { Step } from "./routing.ts";

export interface House {
  readonly clock: Clock;
  readonly random: Random;
  readonly note: Note;
  /** Asks the application what to do with a new reservation. Does not wait. */
  readonly assign: (workspace: Workspace, reservation: Reservation) => void;
}

export interface NewTask {
  readonly attributes: Attributes;
  readonly priority: number | null;
  readonly timeoutSeconds: number;
  readonly channel: TaskChannel;
  readonly workflow: Workflow | null;
  readonly steps: readonly Step[];
  readonly virtualStartAt: number | null;
  readonly routingTarget: string | null;
}

export function addTask(house: House, workspace: Workspace, what: NewTask): Task {
  const now = house.clock.now();
  const { priority, virtualStartAt, ...rest } = what;
  const task: Task = {
    ...rest,
    sid: makeSid("WT", house.random),
    createdAt: now,
    updatedAt: now,
    status: "pending",
    ownPriority: priority,
    priority: priority ?? 0,
    reason: null,
    virtualStartAt: virtualStartAt ?? now,
    reservations: [],
    at: 0,
    deadline: null,
    queue: null,
    queueSince: null,
    rejections: 0,
    refused: new Map(),
    timers: [],
    stepTimer() {},
    version: 0,
  };
  workspace.tasks.set(task.sid, task);
  house.note(workspace, aboutTask(task, "task.created", now));
  task.timers.push(
    house.clock.after(task.timeoutSeconds * 1000, () =>
      cancelTask(house, workspace, task, "Task TTL Exceeded"),
    ),
  );
  if (task.workflow) house.note(workspace, aboutTask(task, "workflow.entered", now));
  enter(house, workspace, task, 0, now);
  return task;
}

/** The task goes through its workflow anew, with what that and its attributes say now. */
export function reroute(house: House, workspace: Workspace, task: Task, steps: readonly Step[]): void {
  task.steps = steps;
  if (task.status === "pending") enter(house, workspace, task, 0, house.clock.now());
}

/** Into this place, or one after it; `from` is when its time begins. */
function enter(house: House, workspace: Workspace, task: Task, at: number, from: number): void {
  for (let here = at, since = from; ; here++, since = house.clock.now()) {
    task.stepTimer();
    const step = task.steps[here];
    if (!step) {
      cancelTask(house, workspace, task, "Task canceled on Workflow timeout");
      return;
    }
    settle(house, workspace, task, step, here, since);
    offer(house, workspace);
    if (task.status !== "pending" || !skipped(workspace, task, step)) return;
    house.note(workspace, aboutTask(task, "workflow.skipped", house.clock.now()));
  }
}

function settle(house: House, workspace: Workspace, task: Task, step: Step, at: number, since: number): void {
  const now = house.clock.now();
  const before = task.queue;
  task.at = at;
  task.queue = workspace.queues.get(step.queueSid) ?? null;
  task.priority = step.priority ?? task.ownPriority ?? 0;
  if (before !== task.queue) {
    task.queueSince = now;
    house.note(workspace, aboutTask(task, "task-queue.entered", now));
  }
  house.note(workspace, aboutTask(task, "workflow.target-matched", now));
  task.deadline = step.timeoutSeconds === null ? null : since + step.timeoutSeconds * 1000;
  if (task.deadline === null) return;
  task.stepTimer = house.clock.after(Math.max(0, task.deadline - now), () => {
    if (task.status === "pending") leaveStep(house, workspace, task);
  });
}

function leaveStep(house: House, workspace: Workspace, task: Task): void {
  const now = house.clock.now();
  house.note(workspace, aboutTask(task, "task-queue.timeout", now));
  if (task.workflow && task.at === task.steps.length - 1)
    house.note(workspace, aboutTask(task, "workflow.timeout", now));
  // The time of the next place counts from the end of this one's, also if a reservation held the task beyond it.
  enter(house, workspace, task, task.at + 1, task.deadline ?? now);
}

/** Only of those who work in the place's queue: how many are there, how many are not, how many do what. */
function skipped(workspace: Workspace, task: Task, { skipIf }: Step): boolean {
  if (skipIf === null || task.queue === null) return false;
  const workers: Record<string, number> = { available: 0, unavailable: 0 };
  for (const { sid } of workspace.activities.values()) workers[sid] = 0;
  for (const worker of workspace.workers.values()) {
    if (!worksFor(task.queue, worker)) continue;
    const { available, sid } = worker.activity;
    for (const name of [available ? "available" : "unavailable", sid])
      workers[name] = (workers[name] ?? 0) + 1;
  }
  return holds(skipIf, { own: { workers }, task: task.attributes.value });
}

/** Reserves workers for tasks that wait, most urgent and oldest first. */
export function offer(house: House, workspace: Workspace): void {
  const idle = [...workspace.workers.values()]
    .filter((worker) => worker.activity.available)
    .sort((one, other) => one.idleSince - other.idleSince);
  if (idle.length === 0) return;
  const waiting = [...workspace.tasks.values()].filter(({ status }) => status === "pending");
  const members = new Map<TaskQueue, Worker[]>();
  for (const task of waiting.sort((one, other) => moreUrgent(workspace, one, other))) {
    const { queue } = task;
    if (queue === null) continue;
    const inQueue = members.get(queue) ?? idle.filter((worker) => worksFor(queue, worker));
    members.set(queue, inQueue);
    const able = inQueue.filter((worker) => mayTake(workspace, worker, task, house.clock.now()));
    for (const worker of able.slice(0, queue.maxReserved)) reserve(house, workspace, task, worker);
  }
}

function reserve(house: House, workspace: Workspace, task: Task, worker: Worker): void {
  const now = house.clock.now();
  const reservation: Reservation = {
    sid: makeSid("WR", house.random),
    createdAt: now,
    updatedAt: now,
    status: "pending",
    task,
    worker,
    activityBefore: worker.activity,
    postWork: null,
    timer() {},
    version: 0,
    watchers: [],
  };
  task.reservations.push(reservation);
  worker.busy.add(reservation);
  setStatus(house, task, "reserved");
  house.note(workspace, aboutReservation(reservation, "created", now));
  const seconds = task.workflow?.reservationSeconds ?? limits.reservationSeconds;
  reservation.timer = house.clock.after(seconds * 1000, () => expire(house, workspace, reservation));
  const activity = task.queue?.reservationActivity;
  if (!workspace.multiTasking && activity) setActivity(house, workspace, worker, activity);
  house.assign(workspace, reservation);
}

function setStatus({ clock }: House, task: Task, status: TaskStatus): void {
  task.status = status;
  task.updatedAt = clock.now();
  task.version++;
}

/** The reservation's new status is told to everybody. One that ends frees its worker. */
function turn(house: House, workspace: Workspace, reservation: Reservation, status: ReservationStatus): void {
  reservation.status = status;
  reservation.updatedAt = house.clock.now();
  reservation.version++;
  if (status !== "pending") reservation.timer();
  if (status !== "accepted" && status !== "wrapping") reservation.worker.busy.delete(reservation);
  const said = status === "wrapping" ? "wrapup" : status;
  house.note(workspace, aboutReservation(reservation, said, house.clock.now()));
  for (const tell of [...reservation.watchers]) tell();
}

/** False when it is pending no more. The other workers who were asked are let go. */
export function accept(house: House, workspace: Workspace, reservation: Reservation): boolean {
  if (reservation.status !== "pending") return false;
  const { task, worker } = reservation;
  task.stepTimer();
  setStatus(house, task, "assigned");
  turn(house, workspace, reservation, "accepted");
  for (const other of task.reservations)
    if (other.status === "pending") {
      turn(house, workspace, other, "rescinded");
      giveBack(house, workspace, other);
    }
  const activity = task.queue?.assignmentActivity;
  if (!workspace.multiTasking && activity) setActivity(house, workspace, worker, activity);
  offer(house, workspace);
  return true;
}

/** False when it is pending no more. */
export function reject(
  house: House,
  workspace: Workspace,
  reservation: Reservation,
  activity: Activity | null,
): boolean {
  if (reservation.status !== "pending") return false;
  refuse(house, workspace, reservation, "rejected");
  if (activity) setActivity(house, workspace, reservation.worker, activity);
  else giveBack(house, workspace, reservation);
  release(house, workspace, reservation.task);
  return true;
}

/** Nobody could be asked, or nobody said anything: for the carrier itself. */
export function withdraw(house: House, workspace: Workspace, reservation: Reservation): void {
  if (reservation.status !== "pending") return;
  refuse(house, workspace, reservation, "canceled");
  giveBack(house, workspace, reservation);
  release(house, workspace, reservation.task);
}

export function expire(house: House, workspace: Workspace, reservation: Reservation): void {
  if (reservation.status !== "pending") return;
  refuse(house, workspace, reservation, "timeout");
  setActivity(house, workspace, reservation.worker, workspace.timeoutActivity);
  release(house, workspace, reservation.task);
}

function refuse(
  house: House,
  workspace: Workspace,
  reservation: Reservation,
  status: "rejected" | "canceled" | "timeout",
): void {
  const { task, worker } = reservation;
  const now = house.clock.now();
  worker.idleSince = now;
  task.rejections++;
  task.refused.set(worker, now);
  task.timers.push(house.clock.after(limits.askAgainMs, () => offer(house, workspace)));
  const others = task.reservations.some((one) => one !== reservation && one.status === "pending");
  if (!others && task.status === "reserved") setStatus(house, task, "pending");
  turn(house, workspace, reservation, status);
}

/** In a single-tasking workspace the worker does again what was done before, if nobody has changed that. */
function giveBack(house: House, workspace: Workspace, { worker, task, activityBefore }: Reservation): void {
  const { multiTasking } = workspace;
  if (!multiTasking && worker.activity === task.queue?.reservationActivity)
    setActivity(house, workspace, worker, activityBefore);
}

/** What a task that waits again does next. */
function release(house: House, workspace: Workspace, task: Task): void {
  if (task.status === "pending") {
    if (task.rejections >= limits.taskRejections)
      cancelTask(house, workspace, task, "Task rejected too often");
    else if (task.deadline !== null && task.deadline <= house.clock.now()) leaveStep(house, workspace, task);
  }
  offer(house, workspace);
}

/** Only before it is assigned; then it does nothing. */
export function cancelTask(house: House, workspace: Workspace, task: Task, reason: string): void {
  if (task.status !== "pending" && task.status !== "reserved") return;
  finish(house, task, "canceled", reason);
  for (const reservation of task.reservations)
    if (reservation.status === "pending") {
      turn(house, workspace, reservation, "canceled");
      giveBack(house, workspace, reservation);
    }
  house.note(workspace, aboutTask(task, "task.canceled", house.clock.now()));
  forgetLater(house, workspace, task);
  offer(house, workspace);
}

/** After it was accepted: the work goes on without the caller. */
export function wrapUp(house: House, workspace: Workspace, task: Task): void {
  if (task.status !== "assigned") return;
  setStatus(house, task, "wrapping");
  house.note(workspace, aboutTask(task, "task.wrapup", house.clock.now()));
  for (const reservation of task.reservations)
    if (reservation.status === "accepted") turn(house, workspace, reservation, "wrapping");
}

/** Only once it was assigned; then it does nothing. */
export function completeTask(house: House, workspace: Workspace, task: Task, reason: string): void {
  if (task.status !== "assigned" && task.status !== "wrapping") return;
  finish(house, task, "completed", reason);
  house.note(workspace, aboutTask(task, "task.completed", house.clock.now()));
  for (const reservation of task.reservations) {
    if (reservation.status !== "accepted" && reservation.status !== "wrapping") continue;
    reservation.worker.idleSince = house.clock.now();
    turn(house, workspace, reservation, "completed");
    if (reservation.postWork) setActivity(house, workspace, reservation.worker, reservation.postWork);
  }
  forgetLater(house, workspace, task);
  offer(house, workspace);
}

function finish(house: House, task: Task, status: "completed" | "canceled", reason: string): void {
  task.reason = reason;
  task.stepTimer();
  for (const cancel of task.timers.splice(0)) cancel();
  setStatus(house, task, status);
}

function forgetLater(house: House, workspace: Workspace, task: Task): void {
  task.timers.push(
    house.clock.after(limits.taskKeptMs, () => removeTask(house, workspace, task, "task.system-deleted")),
  );
}

/** Whatever it was doing. */
export function removeTask(
  house: House,
  workspace: Workspace,
  task: Task,
  event: "task.deleted" | "task.system-deleted",
): void {
  if (!workspace.tasks.delete(task.sid)) return;
  if (!isOver(task)) finish(house, task, "canceled", "Task deleted");
  for (const cancel of task.timers.splice(0)) cancel();
  for (const reservation of task.reservations) {
    const { status } = reservation;
    if (status === "pending") turn(house, workspace, reservation, "canceled");
    else if (status === "accepted" || status === "wrapping") turn(house, workspace, reservation, "completed");
  }
  house.note(workspace, aboutTask(task, event, house.clock.now()));
  offer(house, workspace);
}

/** What the worker does from now on. Whoever becomes available is asked at once, if something waits. */
export function setActivity(house: House, workspace: Workspace, worker: Worker, activity: Activity): void {
  const { activity: previous, statusAt } = worker;
  if (previous === activity) return;
  const now = house.clock.now();
  worker.activity = activity;
  worker.updatedAt = worker.statusAt = now;
  worker.version++;
  if (activity.available && !previous.available) worker.idleSince = now;
  const happening = aboutWorker(worker, "activity.update", [
    ["WorkerPreviousActivitySid", previous.sid],
    ["WorkerPreviousActivityName", previous.name],
    ["WorkerTimeInPreviousActivity", String(Math.floor((now - statusAt) / 1000))],
    ["WorkerTimeInPreviousActivityMs", String(now - statusAt)],
  ]);
  house.note(workspace, happening);
}

export const rejectAllOf = (house: House, workspace: Workspace, worker: Worker): void => {
  for (const reservation of [...worker.busy]) reject(house, workspace, reservation, null);
};
