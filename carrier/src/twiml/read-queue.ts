/** `<Enqueue>` and the `<Queue>` of a Dial (protocol 5, Enqueue and Queue). */
import { limits } from "../limits.ts";
import { readMethod, readNumber, readReference, type Warn } from "./attributes.ts";
import type { EnqueueTaskVerb, EnqueueVerb, QueueNoun, Warning } from "./document.ts";
import { readWait } from "./read-conference.ts";
import { type Element, elementsOf, textOf } from "./xml.ts";

export function readEnqueue(element: Element, warn: Warn): EnqueueVerb | EnqueueTaskVerb {
  const given = element.attributes;
  const next = { action: given.action ?? null, method: readMethod(element, "method") };
  if (given.workflowSid !== undefined)
    return { kind: "enqueue-task", ...next, problem: taskProblem(element, given.workflowSid) };
  return {
    kind: "enqueue",
    ...next,
    name: readName(element, warn, 14204),
    wait: readWait(given.waitUrl, () => readMethod(element, "waitUrlMethod")),
    maxSize: readNumber(element, "maxQueueSize", null),
  };
}

/** Why there will be no task: what is wrong with it, or that there is no TaskRouter here. */
function taskProblem(element: Element, workflow: string): Warning {
  if (!/^WW[0-9a-fA-F]{32}$/.test(workflow))
    return { code: 14220, message: `<Enqueue workflowSid>: expected a workflow's SID, found ${workflow}` };
  const task = elementsOf(element).find(({ name }) => name === "Task");
  const attributes = task ? textOf(task).trim() : "";
  if (attributes !== "" && !isJsonObject(attributes))
    return { code: 14221, message: `<Task>: expected a JSON object, found ${attributes.slice(0, 100)}` };
  return { code: 14222, message: "Enqueue: Could not create Task: this carrier has no TaskRouter" };
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Null without a name. */
export function readQueue(element: Element, warn: Warn): QueueNoun | null {
  const { reservationSid } = element.attributes;
  const reservation = reservationSid ?? null;
  const whisper = readReference(element, "url", "method");
  if (reservation !== null) return { name: "", reservation, whisper };
  const name = readName(element, warn, 14212);
  return name === null ? null : { name, reservation, whisper };
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
