/**
 * Asks an application what to do with a reservation (protocol 8): a signed POST to the workflow's assignment callback, five seconds,
 * then the fallback. JSON answers instruct; an empty one leaves it to REST. When both fail the reservation is canceled.
 * Source: Twilio, "Assigning Tasks to Workers: Handling Assignment Callbacks", errors 40001 and 40005.
 */
import type { AlertLog } from "../alerts.ts";
import type { Clock } from "../clock/clock.ts";
import { limits } from "../limits.ts";
import type { Answer, Sender } from "../webhooks/send.ts";
import type { Parameters } from "../webhooks/signature.ts";
import type { Complaint } from "./calls.ts";
import { type House, withdraw } from "./dispatch.ts";
import { formOf } from "./instructions.ts";
import { type Reservation, taskAge, type Workspace } from "./model.ts";

export interface AssignmentParts {
  readonly clock: Clock;
  readonly sender: Sender;
  readonly alerts: AlertLog;
  readonly accountSid: string;
  readonly house: House;
  readonly instruct: (
    workspace: Workspace,
    reservation: Reservation,
    instruction: string,
    form: URLSearchParams,
  ) => Complaint | null;
}

export async function assign(
  parts: AssignmentParts,
  workspace: Workspace,
  reservation: Reservation,
): Promise<void> {
  const { workflow } = reservation.task;
  if (!workflow || workflow.assignmentUrl === "") return;
  const parameters = parametersOf(parts, workspace, reservation);
  for (const url of [workflow.assignmentUrl, workflow.fallbackUrl]) {
    if (url === "") continue;
    const answer = await ask(parts, reservation, url, parameters);
    if (answer.ok) {
      obey(parts, workspace, reservation, url, answer.body);
      return;
    }
    const { code, message } = answer;
    parts.alerts.add({ level: "error", code, message: `assignment callback: ${message}`, url });
  }
  withdraw(parts.house, workspace, reservation);
}

const ask = (
  { sender }: AssignmentParts,
  { task }: Reservation,
  url: string,
  parameters: Parameters,
): Promise<Answer> =>
  sender.send({
    url,
    method: "POST",
    parameters,
    callSid: task.sid,
    controlsCall: true,
    limitMs: limits.assignmentMs,
  });

function parametersOf(
  { clock, accountSid }: AssignmentParts,
  workspace: Workspace,
  { sid, task, worker }: Reservation,
): Parameters {
  const now = clock.now();
  return [
    ["Timestamp", new Date(now).toISOString()],
    ["AccountSid", accountSid],
    ["WorkspaceSid", workspace.sid],
    ["WorkflowSid", task.workflow?.sid ?? ""],
    ["TaskQueueSid", task.queue?.sid ?? ""],
    ["WorkerSid", worker.sid],
    ["WorkerName", worker.name],
    ["WorkerAttributes", worker.attributes.text],
    ["TaskSid", task.sid],
    ["TaskAttributes", task.attributes.text],
    ["TaskAge", String(taskAge(task, now))],
    ["TaskPriority", String(task.priority)],
    ["ReservationSid", sid],
  ];
}

/** A reservation stays pending when the answer says nothing, or nothing that can be done. */
function obey(
  { alerts, instruct }: AssignmentParts,
  workspace: Workspace,
  reservation: Reservation,
  url: string,
  body: string,
): void {
  const complain = ({ code, message }: Complaint) => alerts.add({ level: "warning", code, message, url });
  if (body.trim() === "") return;
  const fields = readFields(body);
  if (fields === null) {
    const found = body.slice(0, 100);
    complain({ code: 40001, message: `expected JSON in answer to an assignment, found ${found}` });
  } else if (Object.keys(fields).length > 0 && typeof fields.instruction !== "string")
    complain({ code: 40005, message: "Assignment Callback response does not contain Instruction" });
  else if (typeof fields.instruction === "string") {
    const instruction = fields.instruction.toLowerCase();
    const wrong = instruct(workspace, reservation, instruction, formOf(instruction, fields));
    if (wrong) complain(wrong);
  }
}

function readFields(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    // An object that is no list has named fields.
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
