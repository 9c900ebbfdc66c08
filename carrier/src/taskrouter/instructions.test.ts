/**
 * What applications answer to an assignment, and ask for by REST (Twilio, "Handling Assignment Callbacks", "Reservations"; protocol 8):
 * each row what is answered and what becomes of the reservation, the task, the worker, the two on the line.
 */
import { expect, test } from "vitest";
import type { BehaviourInput } from "../people/behaviour.ts";
import type { ScriptInput } from "../people/script.ts";
import { clientOf } from "../testdata/client.ts";
import { type Handler, openLine, type Reply, twiml } from "../testdata/line.ts";

const json = (value: unknown): Reply => ({
  headers: { "content-type": "application/json" },
  body: typeof value === "string" ? value : JSON.stringify(value),
});
const agent = "+15550150001";
const takes: BehaviourInput = {
  steps: [{ afterSeconds: 1, say: "Dora here." }, { silentSeconds: 8 }, { hangUp: true }],
};
const waits: ScriptInput["steps"] = [{ silentSeconds: 60 }, { hangUp: true }];

interface Row {
  readonly rule: string;
  /** Answers of /assign and /fallback; `$app`, `$call`, `$wrapUp` are filled in. */
  readonly assign?: Reply;
  readonly fallback?: Reply;
  /** A form for the reservation, five seconds after it was made. */
  readonly rest?: Readonly<Record<string, string>>;
  readonly there?: BehaviourInput;
  readonly caller?: ScriptInput["steps"];
  /** Without contact_uri, or after the reservation was accepted. */
  readonly worker?: Readonly<Record<string, unknown>>;
  readonly accepted?: boolean;
  /** Of REST's answer, where it is refused. */
  readonly refused?: string;
  /** The first reservation and the task, after a minute and a half. */
  readonly ends: string;
  readonly activity?: string;
  /** What the caller and the worker heard. */
  readonly heard?: readonly [string[], string[]];
  readonly asked?: readonly string[];
  readonly codes?: readonly (number | null)[];
}

const dequeue = { instruction: "dequeue", post_work_activity_sid: "$wrapUp" };
const rows: readonly Row[] = [
  { rule: "accept", assign: json({ instruction: "accept" }), ends: "completed completed" },
  {
    rule: "reject with an activity",
    assign: json({ instruction: "reject", activity_sid: "$wrapUp" }),
    ends: "rejected canceled",
    activity: "Unavailable",
  },
  {
    rule: "reject with an activity that there is not",
    assign: json({ instruction: "reject", activity_sid: "WA1" }),
    ends: "timeout canceled",
    activity: "Offline",
    codes: [40100],
  },
  {
    rule: "dequeue: the worker is called and joined, and does the post-work activity afterwards",
    assign: json(dequeue),
    there: takes,
    caller: [{ hear: "Dora", say: "My claim." }],
    ends: "completed completed",
    activity: "Unavailable",
    heard: [["Dora here."], ["My claim."]],
    asked: ["/left bridged"],
  },
  {
    rule: "dequeue: the call's progress is told",
    assign: json({
      ...dequeue,
      status_callback_url: "$app/agent-call",
      status_callback_events: "answered,completed",
    }),
    there: takes,
    ends: "completed completed",
    activity: "Unavailable",
    asked: ["/agent-call in-progress", "/agent-call completed", "/left bridged"],
  },
  {
    rule: "dequeue by REST",
    rest: {
      Instruction: "dequeue",
      DequeueTo: agent,
      DequeueFrom: "+15550100001",
      DequeuePostWorkActivitySid: "$wrapUp",
    },
    worker: {},
    there: takes,
    ends: "completed completed",
    activity: "Unavailable",
    asked: ["/left bridged"],
  },
  {
    rule: "dequeue: nobody answers: the reservation times out",
    assign: json({ ...dequeue, timeout: 10 }),
    there: "no-answer",
    ends: "timeout canceled",
    activity: "Offline",
  },
  {
    rule: "dequeue: busy: rejected",
    assign: json(dequeue),
    there: "busy",
    ends: "rejected canceled",
    activity: "Offline",
  },
  {
    rule: "dequeue: the caller hangs up while it rings: it rings no more, and the worker is free",
    assign: json(dequeue),
    there: { answerAfterSeconds: 20, steps: [] },
    caller: [{ silentSeconds: 5 }, { hangUp: true }],
    ends: "canceled canceled",
    heard: [[], []],
    asked: ["/left hangup"],
  },
  {
    rule: "dequeue without anybody to call",
    assign: json(dequeue),
    worker: {},
    ends: "timeout canceled",
    activity: "Offline",
    codes: [40130],
  },
  {
    rule: "dequeue with events that there are not",
    rest: { Instruction: "dequeue", DequeueStatusCallbackUrl: "$app/x", DequeueStatusCallbackEvent: "lost" },
    refused: "400 40134",
    ends: "timeout canceled",
    activity: "Offline",
  },
  {
    rule: "dequeue by REST of a reservation that is not pending",
    rest: { Instruction: "dequeue" },
    accepted: true,
    refused: "400 40135",
    ends: "completed completed",
  },
  {
    rule: "call: the application says what the worker hears; accept accepts at once",
    assign: json({ instruction: "call", from: "+15550100001", url: "$app/agent", accept: true }),
    ends: "completed completed",
    heard: [[], ["A claim waits."]],
    asked: ["/agent in-progress", "/left hangup"],
  },
  {
    rule: "call without a URL",
    rest: { Instruction: "call", CallFrom: "+15550100001" },
    refused: "400 40112",
    ends: "timeout canceled",
    activity: "Offline",
  },
  {
    rule: "redirect: the caller hears something else; accepted, the task stays the application's",
    assign: json({ instruction: "redirect", call_sid: "$call", url: "$app/elsewhere", accept: "true" }),
    ends: "accepted assigned",
    heard: [["Elsewhere."], []],
    asked: ["/elsewhere in-progress", "/left redirected"],
  },
  {
    rule: "redirect without accepting: who has left the queue has no task",
    assign: json({ instruction: "redirect", call_sid: "$call", url: "$app/elsewhere" }),
    ends: "canceled canceled",
    heard: [["Elsewhere."], []],
    asked: ["/elsewhere in-progress", "/left redirected"],
  },
  {
    rule: "redirect of a call that there is not",
    rest: { Instruction: "redirect", RedirectCallSid: "CA1", RedirectUrl: "$app/elsewhere" },
    refused: "400 40121",
    ends: "timeout canceled",
    activity: "Offline",
  },
  {
    rule: "conference: the two meet in a room; when they have parted the task is wrapped up",
    assign: json({
      instruction: "conference",
      from: "+15550100001",
      beep: "false",
      end_conference_on_exit: true,
      end_conference_on_customer_exit: true,
    }),
    there: takes,
    caller: [{ hear: "Dora", say: "My claim." }],
    ends: "wrapping wrapping",
    heard: [["Dora here."], ["My claim."]],
    asked: ["/left bridged"],
  },
  {
    rule: "conference by REST, and the caller hangs up",
    rest: {
      Instruction: "conference",
      From: "+15550100001",
      Beep: "false",
      EndConferenceOnCustomerExit: "true",
    },
    there: { steps: [{ afterSeconds: 1, say: "Dora here." }] },
    caller: [{ hear: "Dora", hangUp: true }],
    ends: "wrapping wrapping",
    asked: ["/left bridged"],
  },
  {
    rule: "an instruction that there is not",
    assign: json({ instruction: "juggle" }),
    ends: "timeout canceled",
    activity: "Offline",
    codes: [40151],
  },
  { rule: "no JSON", assign: json("accept!"), ends: "timeout canceled", activity: "Offline", codes: [40001] },
  {
    rule: "JSON without an instruction",
    assign: json({ accept: true }),
    ends: "timeout canceled",
    activity: "Offline",
    codes: [40005],
  },
  { rule: "an empty object decides later", assign: json({}), ends: "timeout canceled", activity: "Offline" },
  {
    rule: "the assignment URL fails, the fallback instructs",
    assign: { status: 500 },
    fallback: json({ instruction: "accept" }),
    ends: "completed completed",
    codes: [11200],
  },
  {
    rule: "both fail: the reservation is canceled, the worker is asked again after a while",
    assign: { status: 500 },
    fallback: { status: 404 },
    ends: "canceled canceled",
    codes: Array.from({ length: 26 }, () => 11200),
  },
];

test.each(rows)("$rule", async (row) => {
  const line = await openLine();
  const { clock, carrier, application } = line;
  try {
    const client = clientOf(line);
    const { sid } = await client.taskrouter.v1.workspaces.create({ friendlyName: "Desk", template: "FIFO" });
    const space = client.taskrouter.v1.workspaces(sid);
    const [, unavailable, available] = await space.activities.list();
    const [workflow] = await space.workflows.list();
    await space.workflows(workflow!.sid).update({
      assignmentCallbackUrl: `${application}/assign`,
      fallbackAssignmentCallbackUrl: `${application}/fallback`,
      taskReservationTimeout: 40,
    });
    const dora = await space.workers.create({
      friendlyName: "Dora",
      activitySid: available!.sid,
      attributes: JSON.stringify(row.worker ?? { contact_uri: agent }),
    });
    const fill = (text: string) =>
      text
        .replaceAll("$app", application)
        .replaceAll("$call", call.sid)
        .replaceAll("$wrapUp", unavailable!.sid);
    const answer =
      (reply: Reply | undefined): Handler =>
      () => ({ status: 204, ...reply, ...(reply?.body && { status: 200, body: fill(String(reply.body)) }) });
    line.on("/assign", answer(row.assign));
    line.on("/fallback", answer(row.fallback));
    line.on("/voice", twiml(`<Enqueue workflowSid="${workflow!.sid}" waitUrl="" action="/left"/>`));
    line.on("/left", twiml("<Hangup/>"));
    line.on("/agent", twiml("<Say>A claim waits.</Say><Pause length='5'/>"));
    line.on("/elsewhere", twiml("<Say>Elsewhere.</Say>"));
    line.on("/agent-call", { status: 204 });
    if (row.there) carrier.setFarEnd(agent, row.there);
    const call = carrier.call({
      from: "+15550199001",
      to: "+15550100001",
      script: { steps: row.caller ?? waits },
    });
    await clock.advance(5_000);
    const [task] = await space.tasks.list();
    const [reservation] = await space.tasks(task!.sid).reservations.list();
    const ours = space.tasks(task!.sid).reservations(reservation!.sid);
    if (row.accepted) await ours.update({ reservationStatus: "accepted" });
    if (row.rest) {
      const form = new URLSearchParams(
        Object.entries(row.rest).map(([name, value]): [string, string] => [name, fill(value)]),
      );
      const reply = await fetch(
        `${carrier.url}/v1/Workspaces/${sid}/Tasks/${task!.sid}/Reservations/${reservation!.sid}`,
        {
          method: "POST",
          body: form,
          headers: {
            authorization: `Basic ${Buffer.from(`${carrier.accountSid}:${carrier.authToken}`).toString("base64")}`,
          },
        },
      );
      const body = (await reply.json()) as { code?: number };
      expect(reply.ok ? undefined : `${reply.status} ${body.code}`).toBe(row.refused);
    }
    await clock.advance(85_000);
    const after = (await ours.fetch()).reservationStatus;
    const { assignmentStatus } = await space.tasks(task!.sid).fetch();
    expect(`${after} ${assignmentStatus}`).toBe(row.ends);
    expect((await space.workers(dora.sid).fetch()).activityName).toBe(row.activity ?? "Available");
    const own = ["/left", "/agent", "/agent-call", "/elsewhere"];
    const asked = line.received.filter(({ path }) => own.includes(path));
    if (row.asked)
      expect(
        asked
          .map(({ path, parameters }) => `${path} ${parameters.QueueResult ?? parameters.CallStatus}`)
          .toSorted(),
      ).toEqual(row.asked.toSorted());
    const wordsOf = (words: readonly { what: string; text?: string }[] = []) =>
      words.filter(({ what }) => what === "heard").map(({ text }) => text);
    const worker = carrier.calls().find(({ direction }) => direction === "outbound-api");
    if (row.heard)
      expect([
        wordsOf(call.person.transcript),
        wordsOf(carrier.personOn(worker?.sid ?? "")?.transcript),
      ]).toEqual(row.heard);
    expect(carrier.alerts().map(({ code }) => code)).toEqual(row.codes ?? []);
    expect(line.received.filter(({ signed }) => !signed)).toEqual([]);
    expect(carrier.liveCalls()).toBe(0);
  } finally {
    await line.close();
  }
});
