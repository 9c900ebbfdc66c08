/** `<Enqueue>` and the `<Queue>` of a Dial (protocol 5, Enqueue and Queue). */
import { limits } from "../limits.ts";
import { readMethod, readNumber, type Warn } from "./attributes.ts";
import type { EnqueueVerb, QueueNoun } from "./document.ts";
import { readWait } from "./read-conference.ts";
import { type Element, textOf } from "./xml.ts";

/** Null for a workflow's: tasks are not performed. */
export function readEnqueue(element: Element, warn: Warn): EnqueueVerb | null {
  const given = element.attributes;
  if (given.workflowSid !== undefined) return null;
  return {
    kind: "enqueue",
    name: readName(element, warn, 14204),
    action: given.action ?? null,
    method: readMethod(element, "method"),
    wait: readWait(given.waitUrl, () => readMethod(element, "waitUrlMethod")),
    maxSize: readNumber(element, "maxQueueSize", null),
  };
}

/** Null without a name. */
export function readQueue(element: Element, warn: Warn): QueueNoun | null {
  const { url } = element.attributes;
  const name = readName(element, warn, 14212);
  if (name === null) return null;
  return { name, whisper: url ? { url, method: readMethod(element, "method") } : null };
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
