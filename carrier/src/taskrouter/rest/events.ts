/** What happened in a workspace, by REST: newest first, as far as it is kept. */
import { limits } from "../../limits.ts";
import { wholeNumberOf } from "../../rest/form.ts";
import type { TaskEvent, Workspace } from "../model.ts";
import { type Ask, type Handlers, lost, pageOf, shown } from "./ask.ts";
import { eventResource } from "./resources.ts";

export const eventHandlers: Handlers = {
  "GET ~/Events"(ask, workspace) {
    const rows = kept(workspace).filter((event) => wanted(ask, event));
    return pageOf(
      ask,
      "events",
      rows.reverse().map((one) => eventResource(ask, workspace, one)),
    );
  },
  "GET ~/Events/{Sid}"(ask, workspace) {
    const event = kept(workspace).find(({ sid }) => sid === ask.sids.Sid);
    return event ? shown(eventResource(ask, workspace, event)) : lost(ask);
  },
};

export const kept = ({ events }: Workspace): TaskEvent[] => events.slice(-limits.keptTaskEvents);

const filters = ["ReservationSid", "TaskQueueSid", "TaskSid", "WorkerSid", "WorkflowSid"] as const;

function wanted(ask: Ask, event: TaskEvent): boolean {
  const { form } = ask;
  const { from, to } = periodOf(ask, null);
  if (event.at < from || event.at > to) return false;
  if (form.get("EventType") && form.get("EventType") !== event.type) return false;
  if (form.get("Sid") && form.get("Sid") !== event.sid) return false;
  return filters.every((name) => !form.get(name) || fieldOf(event, name) === form.get(name));
}

export const fieldOf = (event: TaskEvent, name: string): string | undefined =>
  event.fields.find(([key]) => key === name)?.[1];

/** `StartDate` and `EndDate`, or the last `Minutes`; `null` minutes is from the beginning. */
export function periodOf({ form, now }: Ask, minutes: number | null): { from: number; to: number } {
  const end = Date.parse(form.get("EndDate") ?? "");
  const to = Number.isNaN(end) ? now : end;
  const start = Date.parse(form.get("StartDate") ?? "");
  if (!Number.isNaN(start)) return { from: start, to };
  const asked = wholeNumberOf(form.get("Minutes") ?? "") ?? minutes;
  return { from: asked === null ? 0 : to - asked * 60_000, to };
}
