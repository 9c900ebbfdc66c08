/**
 * Callers wait for agents whom TaskRouter finds: on assignment the agent's own telephone is called by REST with machine detection; a person
 * takes the caller out of the queue by the reservation, a machine, a busy or silent line rejects it and pauses the agent for a minute, an
 * unreachable number sets the agent offline. The workspace is made through the official client when somebody opens /web/setup.
 */
import type { Application } from "./serve.ts";

const response = (verbs: string) => `<Response>${verbs}</Response>`;
const json = (value: unknown) => ({
  headers: { "content-type": "application/json" },
  body: JSON.stringify(value),
});
const pauseSeconds = 60;
const agents = {
  dora: { name: "Dora", attributes: { phone: "+15550150001" } },
  eli: { name: "Eli", attributes: { phone: "+15550150002" } },
  fay: { name: "Fay", attributes: {} },
} as const;

interface Attempt {
  readonly call: string;
  readonly task: string;
  readonly reservation: string;
  readonly worker: string;
  state: "ringing" | "talking" | "over";
}

export const agentDesk: Application = {
  pages({ client, url, later }) {
    let space = client.taskrouter.v1.workspaces("");
    let workflow = "";
    const activity: Record<string, string> = {};
    const workers: Record<string, string> = {};
    const attempts: Attempt[] = [];

    const goOn = async (worker: string) => {
      const { activityName } = await space.workers(worker).fetch();
      // Who has gone offline meanwhile stays there.
      if (activityName === "Paused") await space.workers(worker).update({ activitySid: activity.Available });
    };
    const pause = (worker: string) => later(pauseSeconds, () => void goOn(worker));
    /** Nobody there for this caller: the next one, please. */
    const reject = async (attempt: Attempt, why: "Paused" | "Offline") => {
      attempt.state = "over";
      const reservation = space.tasks(attempt.task).reservations(attempt.reservation);
      await reservation.update({ reservationStatus: "rejected", workerActivitySid: activity[why] });
      if (why === "Paused") pause(attempt.worker);
    };
    const attemptOf = (call: string | undefined) =>
      attempts.find((one) => one.call === call && one.state !== "over");

    return {
      /** `?agents=dora,eli&seconds=30&filter=task.canceled` */
      "/web/setup": async ({ query }) => {
        const { sid } = await client.taskrouter.v1.workspaces.create({
          friendlyName: "Desk",
          eventCallbackUrl: `${url}/events`,
          eventsFilter:
            query.filter ?? "task.canceled,task.completed,reservation.timeout,worker.activity.update",
        });
        space = client.taskrouter.v1.workspaces(sid);
        await space.activities.create({ friendlyName: "Paused", available: false });
        for (const one of await space.activities.list()) activity[one.friendlyName] = one.sid;
        const everyone = await space.taskQueues.create({ friendlyName: "Everyone", targetWorkers: "1==1" });
        const routing = {
          filters: [
            {
              filter_friendly_name: "Claims",
              expression: "topic == 'claim'",
              targets: [{ queue: everyone.sid, expression: "worker.phone != task.caller_id" }],
            },
          ],
          default_filter: { queue: everyone.sid },
        };
        const made = await space.workflows.create({
          friendlyName: "Calls",
          assignmentCallbackUrl: `${url}/assign`,
          fallbackAssignmentCallbackUrl: `${url}/assign-again`,
          taskReservationTimeout: Number(query.seconds ?? 120),
          configuration: JSON.stringify({ task_routing: routing }),
        });
        workflow = made.sid;
        for (const key of (query.agents ?? "dora,eli").split(",")) {
          const { name, attributes } = agents[key as keyof typeof agents];
          const worker = await space.workers.create({
            friendlyName: name,
            attributes: JSON.stringify(attributes),
            activitySid: query.closed ? activity.Offline : activity.Available,
          });
          workers[key] = worker.sid;
        }
        return "ready";
      },
      /** Somebody sets an agent's activity by hand. */
      "/web/set": async ({ query }) => {
        const { agent = "", to = "" } = query;
        await space.workers(workers[agent] ?? "").update({ activitySid: activity[to] });
        return to;
      },
      "/voice": ({ form }) =>
        response(
          `<Say>Connecting your call.</Say>
           <Enqueue workflowSid="${workflow}" waitUrl="/wait" action="/left">
             <Task priority="3">{"caller_id":"${form.From}","topic":"claim"}</Task>
           </Enqueue>`,
        ),
      "/wait": ({ form }) => response(`<Say>You are number ${form.QueuePosition}.</Say><Pause length="30"/>`),
      "/left": ({ form }) => response(form.QueueResult === "bridged" ? "<Say>Goodbye.</Say>" : ""),
      "/assign": async ({ form }) => {
        const { phone } = JSON.parse(form.WorkerAttributes ?? "{}");
        if (!phone) return json({ instruction: "reject", activity_sid: activity.Offline });
        const call = await client.calls.create({
          to: phone,
          from: "+15550100001",
          url: `${url}/agent`,
          statusCallback: `${url}/agent-call`,
          machineDetection: "Enable",
          timeout: 20,
        });
        attempts.push({
          call: call.sid,
          task: form.TaskSid ?? "",
          reservation: form.ReservationSid ?? "",
          worker: form.WorkerSid ?? "",
          state: "ringing",
        });
        return undefined;
      },
      /** The agent's telephone was answered; who it is has been found out. */
      "/agent": async ({ form }) => {
        const attempt = attemptOf(form.CallSid);
        if (!attempt) return response("<Say>The caller has hung up.</Say>");
        if (form.AnsweredBy !== "human" && form.AnsweredBy !== "unknown") {
          await reject(attempt, "Paused");
          return response("<Hangup/>");
        }
        attempt.state = "talking";
        return response(
          `<Dial action="/talked"><Queue reservationSid="${attempt.reservation}" postWorkActivitySid="${activity.Paused}"/></Dial>`,
        );
      },
      "/talked": ({ form }) => {
        const attempt = attemptOf(form.CallSid);
        if (attempt) {
          attempt.state = "over";
          if (form.DialCallStatus === "completed") pause(attempt.worker);
        }
        return response(form.DialCallStatus === "completed" ? "" : "<Say>The caller has hung up.</Say>");
      },
      "/agent-call": async ({ form }) => {
        const attempt = attemptOf(form.CallSid);
        if (attempt?.state !== "ringing") return undefined;
        if (form.CallStatus === "failed") await reject(attempt, "Offline");
        else if (form.CallStatus === "busy" || form.CallStatus === "no-answer")
          await reject(attempt, "Paused");
        return undefined;
      },
      "/events": async ({ form }) => {
        const attempt = attempts.find((one) => one.task === form.TaskSid && one.state === "ringing");
        if (attempt && (form.EventType === "task.canceled" || form.EventType === "reservation.timeout")) {
          attempt.state = "over";
          const { status } = await client.calls(attempt.call).fetch();
          if (status === "in-progress")
            await client
              .calls(attempt.call)
              .update({ twiml: response("<Say>The caller has hung up.</Say>") });
          else if (status === "queued" || status === "ringing")
            await client.calls(attempt.call).update({ status: "canceled" });
        }
        return undefined;
      },
      "/ended": () => undefined,
    };
  },
};
