/**
 * `<Dial><Queue>` (protocol 5): takes the first caller of a queue, or the next who comes within the timeout, or the one a reservation of
 * TaskRouter's is for, and talks with them. A reservation that is not pending is 14215, and the Dial has failed.
 */
import { type Queue, type QueueMember, waitedSeconds } from "../queues/queue.ts";
import type { DialVerb, QueueNoun } from "../twiml/document.ts";
import type { Parameters } from "../webhooks/signature.ts";
import { join } from "./bridge.ts";
import type { CallDocument } from "./load-document.ts";
import { complain } from "./refused.ts";
import { callbackAddress, type Stage } from "./stage.ts";

export async function dialQueue(
  stage: Stage,
  document: CallDocument,
  verb: DialVerb,
  noun: QueueNoun,
): Promise<Parameters> {
  stage.answer();
  const found =
    noun.reservationSid === null ? await next(stage, verb, noun) : reserved(stage, document, noun);
  if (typeof found === "string")
    return [
      ["DialCallStatus", found],
      ["DialBridged", "false"],
    ];
  const { queue, member } = found;
  const about: Parameters = [
    ["QueueSid", queue.sid],
    ["QueueTime", String(waitedSeconds(member, stage.clock.now()))],
    ["DequeingCallSid", stage.call.sid],
  ];
  const bridged = await whispered(stage, document, noun, member, about);
  const since = stage.clock.now();
  member.joined = bridged;
  if (bridged) await talked(stage, verb, member);
  member.parted();
  return [
    ["DialCallStatus", "completed"],
    ["DialCallSid", member.call.sid],
    ["DialCallDuration", String(Math.round((stage.clock.now() - since) / 1000))],
    ["DialBridged", String(bridged)],
    ...about,
  ];
}

interface Found {
  readonly queue: Queue;
  readonly member: QueueMember;
}

/** The first in the queue, or who comes within the timeout. */
async function next(stage: Stage, verb: DialVerb, noun: QueueNoun): Promise<Found | "no-answer"> {
  const queue = stage.queues.open(noun.name ?? "", stage.call.accountSid);
  const member = queue && (await stage.queues.take(queue, verb.timeoutSeconds, stage.stop));
  return queue && member ? { queue, member } : "no-answer";
}

/** The caller whom a reservation is for; it is accepted by that. */
function reserved(stage: Stage, document: CallDocument, noun: QueueNoun): Found | "failed" {
  if (stage.stop.aborted) return "failed";
  const taken = stage.tasks.take(noun.reservationSid ?? "", noun.postWorkActivitySid);
  const wrong = "code" in taken ? taken : taken.warning;
  if (wrong) complain(stage, document, wrong);
  return "code" in taken ? "failed" : taken;
}

/** False when one of the two has gone meanwhile. */
async function whispered(
  stage: Stage,
  document: CallDocument,
  { whisper }: QueueNoun,
  member: QueueMember,
  about: Parameters,
): Promise<boolean> {
  const address = callbackAddress(stage, document, whisper);
  const stop = AbortSignal.any([stage.stop, member.stage.stop]);
  if (address) {
    const source = { kind: "url", ...address, parameters: [] } as const;
    await member.stage.aside({ within: "queue-whisper", source, stop, also: () => about });
  }
  return !stop.aborted;
}

/** Until one of the two leaves, the time is up, or the one who dialled presses `*` where that hangs up. */
function talked(stage: Stage, verb: DialVerb, member: QueueMember): Promise<void> {
  const { clock, line, stop } = stage;
  return new Promise((resolve) => {
    const part = join(line, member.stage.line);
    const over = () => {
      timeUp();
      unlisten();
      part();
      stop.removeEventListener("abort", over);
      member.stage.stop.removeEventListener("abort", over);
      resolve();
    };
    const timeUp = clock.after(verb.limitSeconds * 1000, over);
    const unlisten = line.listen({
      key: (key) => {
        if (verb.hangupOnStar && key === "*") over();
      },
    });
    stop.addEventListener("abort", over);
    member.stage.stop.addEventListener("abort", over);
  });
}
