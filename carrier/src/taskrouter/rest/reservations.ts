/** Reservations by REST, below their task and below their worker. */
import { type RestError, restError } from "../../rest/errors.ts";
import { accept, completeTask, reject, wrapUp } from "../dispatch.ts";
import { activityIn } from "../instructions.ts";
import { type Reservation, reservationStatuses, type Workspace } from "../model.ts";
import {
  type Ask,
  type Handlers,
  lost,
  pageOf,
  passes,
  readWord,
  shown,
  staleFor,
  type Told,
  wrong,
} from "./ask.ts";
import { reservationResource } from "./resources.ts";
import { withTask } from "./tasks.ts";

export const reservationHandlers: Handlers = {
  "GET ~/Tasks/{TaskSid}/Reservations": withTask((ask, workspace, task) =>
    reservationsOf(ask, workspace, task.reservations, "Tasks"),
  ),
  "GET ~/Tasks/{TaskSid}/Reservations/{Sid}": withTask((ask, workspace, task) => {
    const found = task.reservations.find(({ sid }) => sid === ask.sids.Sid);
    return found ? told(ask, workspace, found, "Tasks") : lost(ask);
  }),
  "POST ~/Tasks/{TaskSid}/Reservations/{Sid}": withTask((ask, workspace, task) => {
    const found = task.reservations.find(({ sid }) => sid === ask.sids.Sid);
    return found ? update(ask, workspace, found, "Tasks") : lost(ask);
  }),
  "GET ~/Workers/{WorkerSid}/Reservations"(ask, workspace) {
    const sid = ask.sids.WorkerSid ?? "";
    if (!workspace.workers.has(sid)) return lost(ask);
    return reservationsOf(ask, workspace, reservationsBy(workspace, sid), "Workers");
  },
  "GET ~/Workers/{WorkerSid}/Reservations/{Sid}"(ask, workspace) {
    const found = reservationBy(ask, workspace);
    return found ? told(ask, workspace, found, "Workers") : lost(ask);
  },
  "POST ~/Workers/{WorkerSid}/Reservations/{Sid}"(ask, workspace) {
    const found = reservationBy(ask, workspace);
    return found ? update(ask, workspace, found, "Workers") : lost(ask);
  },
};

const told = (ask: Ask, workspace: Workspace, reservation: Reservation, under: "Tasks" | "Workers"): Told =>
  shown(reservationResource(ask, workspace, reservation, under), reservation.version);

const reservationsBy = ({ tasks }: Workspace, workerSid: string): Reservation[] =>
  [...tasks.values()].flatMap(({ reservations }) =>
    reservations.filter(({ worker }) => worker.sid === workerSid),
  );

const reservationBy = ({ sids }: Ask, workspace: Workspace): Reservation | undefined =>
  reservationsBy(workspace, sids.WorkerSid ?? "").find(({ sid }) => sid === sids.Sid);

function reservationsOf(
  ask: Ask,
  workspace: Workspace,
  reservations: readonly Reservation[],
  under: "Tasks" | "Workers",
): Told {
  const rows = reservations.filter(
    ({ status, worker }) =>
      passes(ask.form, "ReservationStatus", status) && passes(ask.form, "WorkerSid", worker.sid),
  );
  return pageOf(
    ask,
    "reservations",
    rows.map((one) => reservationResource(ask, workspace, one, under)),
  );
}

function update(
  ask: Ask,
  workspace: Workspace,
  reservation: Reservation,
  under: "Tasks" | "Workers",
): Told | RestError {
  const { form, router } = ask;
  const refused = staleFor(ask, reservation.version);
  if (refused) return refused;
  const status = readWord(form, "ReservationStatus", reservationStatuses);
  if (status !== null && typeof status === "object") return status;
  const instruction = form.get("Instruction");
  if (status === null && !instruction) return wrong("expected ReservationStatus or Instruction");
  if (instruction) {
    const complaint = router.instruct(workspace, reservation, instruction.toLowerCase(), form);
    if (complaint) return restError(complaint.code, complaint.message);
  }
  const wrongly = status === null ? null : settle(ask, workspace, reservation, status);
  return wrongly ?? told(ask, workspace, reservation, under);
}

function settle(
  { form, router: { house } }: Ask,
  workspace: Workspace,
  reservation: Reservation,
  status: Reservation["status"],
): RestError | null {
  const { task } = reservation;
  const activity = activityIn(workspace, form, "WorkerActivitySid");
  if (activity === undefined) return wrong(`Invalid WorkerActivitySid: ${form.get("WorkerActivitySid")}`);
  const done = () => {
    switch (status) {
      case "accepted":
        return accept(house, workspace, reservation);
      case "rejected":
        return reject(house, workspace, reservation, activity);
      case "wrapping":
        if (reservation.status !== "accepted") return false;
        wrapUp(house, workspace, task);
        return true;
      case "completed":
        if (reservation.status !== "accepted" && reservation.status !== "wrapping") return false;
        completeTask(house, workspace, task, "All reservations were completed");
        return true;
      default:
        return null;
    }
  };
  const result = done();
  if (result === true) return null;
  return result === null
    ? wrong(`Invalid ReservationStatus: expected accepted, rejected, wrapping or completed, found ${status}`)
    : wrong(
        `Reservation ${reservation.sid} cannot become ${status}: expected another status than ${reservation.status}`,
      );
}
