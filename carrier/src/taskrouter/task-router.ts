/**
 * TaskRouter of one account (protocol 8): workspaces in memory, everything that reacts, and the doors to it.
 * Life cycle: `createTaskRouter` once per plant. REST makes workspaces and what is in them; Enqueue and Dial come in through `calls`.
 */
import type { AlertLog } from "../alerts.ts";
import type { Exchange } from "../calls/exchange.ts";
import type { Clock } from "../clock/clock.ts";
import type { Random } from "../ids.ts";
import type { Queues } from "../queues/queue.ts";
import type { Inform } from "../webhooks/inform.ts";
import type { Sender } from "../webhooks/send.ts";
import { assign } from "./assignment.ts";
import { type CallTasks, type Complaint, createCallTasks, type Waiting } from "./calls.ts";
import type { House } from "./dispatch.ts";
import { createNote } from "./events.ts";
import { type InstructionParts, instruct } from "./instructions.ts";
import type { Reservation, Task, Workspace } from "./model.ts";

export interface TaskRouter {
  readonly house: House;
  /** By SID, oldest first. */
  readonly workspaces: Map<string, Workspace>;
  readonly calls: CallTasks;
  instruct(
    workspace: Workspace,
    reservation: Reservation,
    instruction: string,
    form: URLSearchParams,
  ): Complaint | null;
}

export interface TaskRouterParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly alerts: AlertLog;
  readonly sender: Sender;
  readonly inform: Inform;
  readonly queues: Queues;
  readonly accountSid: string;
  readonly exchange: () => Exchange;
}

export function createTaskRouter(parts: TaskRouterParts): TaskRouter {
  const { clock, random, alerts, sender, queues, accountSid } = parts;
  const workspaces = new Map<string, Workspace>();
  const waiting = new Map<Task, Waiting>();
  /** Nobody waits for this work; a mistake of ours in it is written down. */
  const guard = (work: Promise<void>) =>
    void work.catch((error: unknown) => {
      const message = `carrier bug: ${error instanceof Error ? error.stack : String(error)}`;
      alerts.add({ level: "error", code: null, message });
    });
  const house: House = {
    clock,
    random,
    note: createNote(parts),
    assign: (workspace, reservation) => guard(assign(asking, workspace, reservation)),
  };
  const instructing: InstructionParts = {
    house,
    accountSid,
    waiting,
    exchange: parts.exchange,
    pick: queues.pick,
    guard,
  };
  const asking = {
    clock,
    sender,
    alerts,
    accountSid,
    house,
    instruct: (workspace: Workspace, reservation: Reservation, instruction: string, form: URLSearchParams) =>
      instruct(instructing, workspace, reservation, instruction, form),
  };
  return {
    house,
    workspaces,
    calls: createCallTasks({ house, workspaces, waiting, pick: queues.pick }),
    instruct: asking.instruct,
  };
}
