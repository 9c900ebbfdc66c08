/** `<Enqueue>` and the `<Queue>` of a Dial (protocol 5, Enqueue and Queue). */
import { limits } from "../limits.ts";
import { readMethod, readNumber, readReference, type Warn } from "./attributes.ts";
import type { EnqueueVerb, QueueNoun, TaskNoun } from "./document.ts";
import { readWait } from "./read-conference.ts";
import { type Element, elementsOf, textOf } from "./xml.ts";

export function readEnqueue(element: Element, warn: Warn): EnqueueVerb {
  const given = element.attributes;
  const task = given.workflowSid === undefined ? null : readTask(element, given.workflowSid);
  return {
    kind: "enqueue",
    name: task === null ? readName(element, warn, 14204) : task.workflowSid,
    task,
    action: given.action ?? null,
    method: readMethod(element, "method"),
    wait: readWait(given.waitUrl, () => readMethod(element, "waitUrlMethod")),
    maxSize: readNumber(element, "maxQueueSize", null),
  };
}

function readTask(element: Element, workflowSid: string): TaskNoun {
  const task = elementsOf(element).find(({ name }) => name === "Task");
  return {
    workflowSid,
    attributes: task ? textOf(task).trim() : "",
    priority: task ? readNumber(task, "priority", null, 2_147_483_647) : null,
    timeoutSeconds: task ? readNumber(task, "timeout", null, limits.taskSecondsMost) : null,
  };
}

/** Null without a name, unless a reservation says who is meant. */
export function readQueue(element: Element, warn: Warn): QueueNoun | null {
  const { reservationSid = null, postWorkActivitySid = null } = element.attributes;
  const name = reservationSid === null ? readName(element, warn, 14212) : null;
  if (name === null && reservationSid === null) return null;
  return { name, whisper: readReference(element, "url", "method"), reservationSid, postWorkActivitySid };
}

/** Too short is `code`, too long the code after it. */
function readName(element: Element, warn: Warn, code: number): string | null {
  const name = textOf(element).trim();
  const most = limits.queueNameCharacters;
  if (name !== "" && name.length <= most) return name;
  warn(
    name === "" ? code : code + 1,
    `<${element.name}>: expected a name of 1 to ${most} characters, found ${name.length}`,
  );
  return null;
}
