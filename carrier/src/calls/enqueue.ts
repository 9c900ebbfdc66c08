/**
 * `<Enqueue>` (protocol 5): the caller waits in a queue, hearing its waitUrl over and over, until somebody dials the queue, the document
 * says Leave, REST gives the call something else to do, or the caller hangs up. The action is asked in every case, after the bridge if
 * there was one; without an action the next verb runs. With a workflow the caller is also a task of TaskRouter's.
 */
import { type Queue, type QueueMember, waitedSeconds, waitParameters } from "../queues/queue.ts";
import type { Ticket } from "../taskrouter/calls.ts";
import type { EnqueueVerb } from "../twiml/document.ts";
import type { Parameters } from "../webhooks/signature.ts";
import { hasEnded } from "./call.ts";
import type { CallDocument } from "./load-document.ts";
import { complain } from "./refused.ts";
import { callbackAddress, goTo, type Next, nextVerb, type Stage } from "./stage.ts";

type Result =
  | "bridged"
  | "bridging-in-process"
  | "error"
  | "hangup"
  | "leave"
  | "queue-full"
  | "redirected"
  | "redirected-from-bridged"
  | "system-error";

export async function performEnqueue(stage: Stage, document: CallDocument, verb: EnqueueVerb): Promise<Next> {
  stage.answer();
  if (stage.stop.aborted) return nextVerb;
  const { name, action } = verb;
  const { call, clock } = stage;
  const queue = name === null ? null : stage.queues.open(name, call.accountSid, verb.maxSize ?? undefined);
  const { result, member } =
    queue === null
      ? { result: name === null ? ("error" as const) : ("system-error" as const), member: null }
      : await inQueue(stage, document, verb, queue);
  const parameters: Parameters = [
    ["QueueResult", result],
    ...(queue === null || member === null
      ? []
      : ([
          ["QueueSid", queue.sid],
          ["QueueTime", String(waitedSeconds(member, clock.now()))],
        ] as const)),
  ];
  const next = action === null ? nextVerb : goTo(document, action, verb.method, parameters);
  const goesOn = !stage.stop.aborted && result !== "hangup";
  if (!goesOn && next.go === "document") stage.askInVain(next.source);
  return result === "hangup" ? { go: "hang-up" } : next;
}

async function inQueue(stage: Stage, document: CallDocument, verb: EnqueueVerb, queue: Queue) {
  const { call, clock, stop, queues, alerts } = stage;
  const waiting = new AbortController();
  const left = Promise.withResolvers<Result>();
  const member: QueueMember = {
    call,
    stage,
    since: clock.now(),
    takenAt: null,
    joined: false,
    taken: () => waiting.abort(),
    parted: () => left.resolve(member.joined ? "bridged" : "bridging-in-process"),
  };
  /** Twilio, <Enqueue>, QueueResult: who hangs up, or is redirected, before it was connected with anybody was not bridged. */
  const stopped = () => {
    const [hungUp, redirected] = member.joined
      ? (["bridged", "redirected-from-bridged"] as const)
      : (["hangup", "redirected"] as const);
    left.resolve(hasEnded(call) ? hungUp : redirected);
  };
  stop.addEventListener("abort", stopped);
  let ticket: Ticket | null = null;
  if (queues.join(queue, member)) {
    const opened = openTask(stage, document, verb, queue, member);
    if (opened === "failed") left.resolve("error");
    else {
      ticket = opened;
      void wait(stage, document, verb, queue, member, waiting.signal).then(left.resolve);
    }
  } else {
    const message = `Enqueue: The targeted queue reached max queue size: ${queue.maxSize}`;
    alerts.add({ level: "warning", code: 14207, message, callSid: call.sid, url: document.origin?.url });
    left.resolve("queue-full");
  }
  const result = await left.promise;
  stop.removeEventListener("abort", stopped);
  queues.leave(queue, member);
  waiting.abort();
  ticket?.left(result);
  return { result, member: result === "queue-full" || result === "error" ? null : member };
}

/** The task that somebody is found for, null without a workflow. */
function openTask(
  stage: Stage,
  document: CallDocument,
  { task }: EnqueueVerb,
  queue: Queue,
  member: QueueMember,
): Ticket | null | "failed" {
  if (task === null) return null;
  const opened = stage.tasks.open(stage.call, task, queue, member);
  if (!("code" in opened)) return opened;
  complain(stage, document, opened);
  return "failed";
}

/** What the waiting caller hears. Comes back only if that leads out of the queue. */
async function wait(
  stage: Stage,
  document: CallDocument,
  verb: EnqueueVerb,
  queue: Queue,
  member: QueueMember,
  stop: AbortSignal,
): Promise<Result> {
  const what =
    typeof verb.wait === "string" ? verb.wait : (callbackAddress(stage, document, verb.wait) ?? "music");
  if (what === "music") void stage.line.music(stop);
  while (typeof what !== "string" && !stop.aborted) {
    const source = { kind: "url", ...what, parameters: [] } as const;
    const also = () => waitParameters(queue, member, stage.clock.now());
    const outcome = await stage.aside({ within: "queue", source, stop, also });
    if (stop.aborted) break;
    if (outcome.go === "leave") return "leave";
    if (outcome.go === "hang-up") return "hangup";
    // It was complained about; the caller waits in silence.
    if (outcome.go === "failed") break;
  }
  return new Promise(() => {});
}
