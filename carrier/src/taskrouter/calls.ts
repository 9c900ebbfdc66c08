/**
 * Where calls and tasks meet (protocol 5, Enqueue and Queue): a queued caller is a task, and whoever dials the queue with the SID of a
 * pending reservation accepts it and talks with that caller.
 * What becomes of the task when the caller leaves the queue: who hangs up or goes elsewhere before somebody accepted cancels it; when
 * the two have talked it is completed, or wrapped up where they met in a conference; who was accepted and then redirected stays assigned.
 * A task that is canceled leaves its caller in the queue, as at Twilio: the application is told and decides.
 */
import type { Call } from "../calls/call.ts";
import { callParameters } from "../calls/call.ts";
import { limits } from "../limits.ts";
import type { Queue, QueueMember } from "../queues/queue.ts";
import { accept, addTask, cancelTask, completeTask, type House, wrapUp } from "./dispatch.ts";
import type { Attributes, Reservation, Task, Workflow, Workspace } from "./model.ts";
import { stepsFor } from "./routing.ts";

export interface TaskRequest {
  readonly workflowSid: string;
  /** JSON as the document has it. */
  readonly attributes: string;
  readonly priority: number | null;
  readonly timeoutSeconds: number | null;
}

export interface Complaint {
  readonly code: number;
  readonly message: string;
}

/** A queued caller's task. */
export interface Ticket {
  /** How the caller left the queue, by the name that Enqueue's action is told. */
  left(result: string): void;
}

export interface CallTasks {
  open(call: Call, request: TaskRequest, queue: Queue, member: QueueMember): Ticket | Complaint;
  /** The queued caller of a pending reservation, who is then out of the queue; the reservation is accepted. */
  take(reservationSid: string, postWorkActivitySid: string | null): Taken | Complaint;
}

export interface Taken {
  readonly queue: Queue;
  readonly member: QueueMember;
  /** Worth complaining about, without consequences. */
  readonly warning: Complaint | null;
}

/** A caller who waits, and whose task it is. */
export interface Waiting {
  readonly queue: Queue;
  readonly member: QueueMember;
  /** The two meet in a conference: the task is wrapped up afterwards. */
  inConference: boolean;
}

export interface CallTaskParts {
  readonly house: House;
  readonly workspaces: ReadonlyMap<string, Workspace>;
  readonly waiting: Map<Task, Waiting>;
  /** Takes somebody out of a queue whose turn has come; false when it has come before. */
  readonly pick: (queue: Queue, member: QueueMember) => boolean;
}

export function createCallTasks(parts: CallTaskParts): CallTasks {
  const { house, waiting } = parts;
  return {
    open(call, request, queue, member) {
      const { workflowSid } = request;
      if (!/^WW[0-9a-fA-F]{32}$/.test(workflowSid))
        return complaint(14220, `Enqueue: expected the SID of a Workflow, found ${workflowSid}`);
      const attributes = readAttributes(call, request.attributes);
      if ("code" in attributes) return attributes;
      const found = workflowOf(parts, workflowSid);
      if (!found)
        return complaint(14222, `Enqueue: Could not create Task: there is no Workflow ${workflowSid}`);
      const { workspace, workflow } = found;
      const channel = [...workspace.channels.values()].find(({ uniqueName }) => uniqueName === "voice");
      if (!channel || workspace.tasks.size >= limits.tasks)
        return complaint(14222, "Enqueue: Could not create Task: expected a voice channel, and room for it");
      const task = addTask(house, workspace, {
        attributes,
        priority: request.priority,
        timeoutSeconds: Math.min(request.timeoutSeconds ?? limits.taskSeconds, limits.taskSecondsMost),
        channel,
        workflow,
        steps: stepsFor(workflow.routing, attributes.value),
        virtualStartAt: null,
        routingTarget: null,
      });
      const entry: Waiting = { queue, member, inConference: false };
      waiting.set(task, entry);
      return {
        left(result) {
          waiting.delete(task);
          leave(house, workspace, task, result, entry.inConference);
        },
      };
    },
    take(reservationSid, postWorkActivitySid) {
      const found = reservationOf(parts, reservationSid);
      const entry = found && waiting.get(found.reservation.task);
      if (!found || !entry || found.reservation.status !== "pending" || entry.member.takenAt !== null)
        return complaint(
          14215,
          `Dial->Queue: Invalid ReservationSid: expected a pending reservation of a queued call, found ${reservationSid}`,
        );
      const { workspace, reservation } = found;
      const postWork = postWorkActivitySid === null ? null : workspace.activities.get(postWorkActivitySid);
      reservation.postWork = postWork ?? reservation.postWork;
      const { queue, member } = entry;
      parts.pick(queue, member);
      accept(house, workspace, reservation);
      const warning =
        postWork === undefined
          ? complaint(
              14218,
              `Dial->Queue: Could not update worker to provided activity: ${postWorkActivitySid}`,
            )
          : null;
      return { queue, member, warning };
    },
  };
}

const complaint = (code: number, message: string): Complaint => ({ code, message });

/** Of an accepted task: the two have talked, or the caller is gone. Who leaves by REST or Leave is the application's. */
const ends = new Set(["bridged", "redirected-from-bridged", "bridging-in-process", "hangup"]);

function leave(house: House, workspace: Workspace, task: Task, result: string, inConference: boolean): void {
  if (task.status === "pending" || task.status === "reserved") cancelTask(house, workspace, task, result);
  else if (inConference) wrapUp(house, workspace, task);
  else if (ends.has(result)) completeTask(house, workspace, task, "hangup");
}

function workflowOf(
  { workspaces }: CallTaskParts,
  sid: string,
): { readonly workspace: Workspace; readonly workflow: Workflow } | null {
  for (const workspace of workspaces.values()) {
    const workflow = workspace.workflows.get(sid);
    if (workflow) return { workspace, workflow };
  }
  return null;
}

function reservationOf(
  { workspaces }: CallTaskParts,
  sid: string,
): { readonly workspace: Workspace; readonly reservation: Reservation } | null {
  for (const workspace of workspaces.values())
    for (const task of workspace.tasks.values()) {
      const reservation = task.reservations.find((one) => one.sid === sid);
      if (reservation) return { workspace, reservation };
    }
  return null;
}

/** The call's own parameters in small letters, and what the document says; the document's word counts. [obs] */
function readAttributes(call: Call, text: string): Attributes | Complaint {
  const given = readJson(text.trim() === "" ? "{}" : text);
  if (typeof given !== "object" || given === null || Array.isArray(given))
    return complaint(14221, "Enqueue: Provided Attributes JSON was not valid: expected a JSON object");
  const own = callParameters(call).map(([name, value]) => [inSmallLetters(name), value] as const);
  const value = { ...Object.fromEntries(own), ...given };
  const whole = JSON.stringify(value);
  if (whole.length > limits.attributesCharacters)
    return complaint(
      14222,
      `Enqueue: expected at most ${limits.attributesCharacters} characters of attributes`,
    );
  return { text: whole, value };
}

/** `CallSid` is `call_sid`. */
const inSmallLetters = (name: string) => name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase();

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
