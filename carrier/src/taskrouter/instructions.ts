/**
 * What an application answers to an assignment, or asks for by REST (protocol 8): accept, reject, dequeue, call, redirect, conference.
 * Every instruction is read from a form with REST's names (`DequeueFrom`); an answer's JSON (`from`) is turned into one before.
 * Source: Twilio, "Assigning Tasks to Workers: Handling Assignment Callbacks", "Reservations Resource", errors 40100 to 40159.
 */

import { isE164 } from "../account/numbers.ts";
import type { Call } from "../calls/call.ts";
import { hasEnded } from "../calls/call.ts";
import { dialConference } from "../calls/dial-conference.ts";
import type { Exchange } from "../calls/exchange.ts";
import type { Source } from "../calls/load-document.ts";
import type { OutboundRequest } from "../calls/pick-up.ts";
import { limits } from "../limits.ts";
import { plainDial, readNoun } from "../rest/create-participant.ts";
import { isRestError } from "../rest/errors.ts";
import { flagOf, isWebUrl, methodOf, wholeNumberOf, wordsIn } from "../rest/form.ts";
import { type ConferenceNoun, progressEvents } from "../twiml/document.ts";
import type { Complaint, Waiting } from "./calls.ts";
import { accept, expire, type House, reject, wrapUp } from "./dispatch.ts";
import type { Activity, Reservation, Task, Workspace } from "./model.ts";

export interface InstructionParts {
  readonly house: House;
  readonly accountSid: string;
  readonly waiting: ReadonlyMap<Task, Waiting>;
  readonly exchange: () => Pick<Exchange, "place" | "hangUp" | "ended" | "redirect" | "get">;
  readonly pick: (queue: Waiting["queue"], member: Waiting["member"]) => boolean;
  /** For work that nobody waits for. */
  readonly guard: (work: Promise<void>) => void;
}

/** What is done about one reservation. */
interface Order {
  readonly parts: InstructionParts;
  readonly workspace: Workspace;
  readonly reservation: Reservation;
  readonly form: URLSearchParams;
}

const complaint = (code: number, message: string): Complaint => ({ code, message });

/** Parameters of an answer's JSON, as REST names them. */
export function formOf(instruction: string, fields: Readonly<Record<string, unknown>>): URLSearchParams {
  const prefix = { dequeue: "Dequeue", call: "Call", redirect: "Redirect" }[instruction] ?? "";
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    if (name === "instruction" || value === null || typeof value === "object") continue;
    const plain = name.replace(/status_callback_events$/, "status_callback_event");
    const words = plain.split("_").map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
    const camel = words.join("");
    form.append(name === "activity_sid" ? "WorkerActivitySid" : prefix + camel, String(value));
  }
  return form;
}

/** Does it; or says why not. */
export function instruct(
  parts: InstructionParts,
  workspace: Workspace,
  reservation: Reservation,
  instruction: string,
  form: URLSearchParams,
): Complaint | null {
  const order: Order = { parts, workspace, reservation, form };
  switch (instruction) {
    case "accept":
      return accept(parts.house, workspace, reservation) ? null : notPending(40100, "Accept");
    case "reject":
      return refuse(order);
    case "dequeue":
      return dequeue(order);
    case "call":
      return call(order);
    case "redirect":
      return redirect(order);
    case "conference":
      return confer(order);
    default:
      return complaint(
        40151,
        `TaskRouter->Invalid instruction: expected accept, reject, dequeue, call, redirect or conference, found ${instruction}`,
      );
  }
}

const notPending = (code: number, what: string): Complaint =>
  complaint(code, `TaskRouter->${what}: expected a pending reservation`);

function refuse({ parts, workspace, reservation, form }: Order): Complaint | null {
  const activity = activityIn(workspace, form, "WorkerActivitySid");
  if (activity === undefined) return complaint(40100, "TaskRouter->Reject: expected the SID of an Activity");
  return reject(parts.house, workspace, reservation, activity) ? null : notPending(40100, "Reject");
}

/** null when none is named, undefined when it is not in this workspace. */
export function activityIn(
  workspace: Workspace,
  form: URLSearchParams,
  name: string,
): Activity | null | undefined {
  const sid = form.get(name);
  return sid ? workspace.activities.get(sid) : null;
}

/** Rings the worker, who talks with the queued caller when the telephone is answered. */
function dequeue(order: Order): Complaint | null {
  const { parts, workspace, reservation, form } = order;
  const { task } = reservation;
  const entry = parts.waiting.get(task);
  if (!entry) return complaint(40140, "TaskRouter->Dequeue: expected a task with a queued call (call_sid)");
  if (reservation.status !== "pending") return notPending(40135, "Dequeue");
  const postWork = activityIn(workspace, form, "DequeuePostWorkActivitySid");
  if (postWork === undefined)
    return complaint(40133, "TaskRouter->Dequeue: expected the SID of an Activity as post_work_activity_sid");
  const told = statusCallbackIn(form, "DequeueStatusCallback", "Url", 40157, 40134);
  if (told && "code" in told) return told;
  const record = form.get("DequeueRecord") ?? "";
  const queue = { name: null, whisper: null, reservationSid: reservation.sid, postWorkActivitySid: null };
  reservation.postWork = postWork;
  return ring(order, {
    to: form.get("DequeueTo"),
    from: form.get("DequeueFrom") ?? entry.member.call.to,
    codes: [40130, 40131],
    what: "Dequeue",
    source: { kind: "verbs", verbs: [{ ...plainDial, queue }] },
    ringSeconds: secondsIn(form, "DequeueTimeout"),
    told,
    record: record.startsWith("record-from") || record === "true",
  });
}

/** Rings the worker and lets the application say what happens then. */
function call(order: Order): Complaint | null {
  const { parts, workspace, reservation, form } = order;
  if (reservation.status !== "pending") return notPending(40114, "Call");
  const url = form.get("CallUrl") ?? "";
  if (!isWebUrl(url)) return complaint(40112, "TaskRouter->Call: expected a URL");
  const told = statusCallbackIn(form, "CallStatusCallback", "Url", 40158, 40158);
  if (told && "code" in told) return told;
  const wrong = ring(order, {
    to: form.get("CallTo"),
    from: form.get("CallFrom"),
    codes: [40110, 40111],
    what: "Call",
    source: { kind: "url", url, method: "POST", parameters: [] },
    ringSeconds: secondsIn(form, "CallTimeout"),
    told,
    record: (form.get("CallRecord") ?? "").startsWith("record-from"),
  });
  if (wrong === null && flagOf(form, "CallAccept")) accept(parts.house, workspace, reservation);
  return wrong;
}

/** Gives a call something else to do. */
function redirect({ parts, workspace, reservation, form }: Order): Complaint | null {
  if (reservation.status !== "pending") return notPending(40123, "Redirect");
  const url = form.get("RedirectUrl") ?? "";
  if (!isWebUrl(url)) return complaint(40122, "TaskRouter->Redirect: expected a URL");
  const exchange = parts.exchange();
  const found = exchange.get(form.get("RedirectCallSid") ?? "");
  if (found?.status !== "in-progress")
    return complaint(40121, "TaskRouter->Redirect: expected the SID of a call in progress as call_sid");
  if (flagOf(form, "RedirectAccept")) accept(parts.house, workspace, reservation);
  exchange.redirect(found, { kind: "url", url, method: "POST", parameters: [] });
  return null;
}

/** Rings the worker; who answers meets the queued caller in a conference named for the task. */
function confer(order: Order): Complaint | null {
  const { parts, workspace, reservation, form } = order;
  const { task } = reservation;
  const entry = parts.waiting.get(task);
  if (!entry)
    return complaint(40142, "TaskRouter->Conference: expected a task with a queued call (call_sid)");
  if (reservation.status !== "pending") return notPending(40144, "Conference");
  const postWork = activityIn(workspace, form, "PostWorkActivitySid");
  if (postWork === undefined)
    return complaint(40139, "TaskRouter->Conference: expected the SID of an Activity");
  const noun = readNoun(form, task.sid);
  if (isRestError(noun)) return complaint(40141, `TaskRouter->Conference: ${noun.message}`);
  const told = statusCallbackIn(form, "StatusCallback", "", 40159, 40159);
  if (told && "code" in told) return told;
  reservation.postWork = postWork;
  const customer: ConferenceNoun = {
    ...noun,
    label: null,
    muted: false,
    coach: null,
    startOnEnter: true,
    endOnExit: flagOf(form, "EndConferenceOnCustomerExit") ?? false,
    beepOnEnter: flagOf(form, "BeepOnCustomerEntrance") ?? false,
  };
  return ring(order, {
    to: form.get("To"),
    from: form.get("From") ?? entry.member.call.to,
    codes: [40137, 40138],
    what: "Conference",
    source: { kind: "verbs", verbs: [{ ...plainDial, conference: noun }] },
    ringSeconds: secondsIn(form, "Timeout"),
    told,
    record: form.get("Record") === "true",
    answered: (worker) => {
      if (!accept(parts.house, workspace, reservation) || !parts.pick(entry.queue, entry.member)) return;
      entry.inConference = true;
      entry.member.joined = true;
      const { stage } = entry.member;
      const document = { origin: null, verbs: [], plain: null };
      const participants = { customer: entry.member.call.sid, worker: worker.sid };
      parts.guard(dialConference(stage, document, plainDial, customer).then(entry.member.parted));
      setAttributes(task, { conference: { sid: stage.conferences.find(noun.name)?.sid, participants } });
      const workerGone = parts.exchange().ended(worker);
      parts.guard(workerGone.then(() => wrapUp(parts.house, workspace, task)));
    },
  });
}

/** What Twilio notes on the task itself. [obs] */
function setAttributes(task: Task, more: object): void {
  const fields = typeof task.attributes.value === "object" ? task.attributes.value : {};
  const value = { ...fields, ...more };
  task.attributes = { text: JSON.stringify(value), value };
}

type Told = NonNullable<Call["statusCallback"]>;

function statusCallbackIn(
  form: URLSearchParams,
  name: string,
  ending: string,
  urlCode: number,
  eventCode: number,
): Told | Complaint | null {
  const url = form.get(name + ending);
  if (!url) return null;
  if (!isWebUrl(url)) return complaint(urlCode, `expected a URL as status callback, found ${url}`);
  const method = methodOf(form.get(`${name}Method`)) ?? "POST";
  const named = wordsIn(form, `${name}Event`);
  const events = progressEvents.filter((event) => named.includes(event));
  if (events.length < named.length)
    return complaint(eventCode, `expected ${progressEvents.join(", ")}, found ${named.join(" ")}`);
  return { url, method, events: new Set(events.length === 0 ? ["completed"] : events) };
}

const secondsIn = (form: URLSearchParams, name: string): number =>
  Math.min(wholeNumberOf(form.get(name) ?? "") || limits.ringSeconds, limits.ringSecondsMost);

/** Calls the worker. A reservation that ends meanwhile takes the call back; a call that leads to nothing ends the reservation. */
function ring(
  { parts, workspace, reservation }: Order,
  what: {
    readonly to: string | null;
    readonly from: string | null;
    /** Without somebody to call, without a caller's number. */
    readonly codes: readonly [to: number, from: number];
    readonly what: string;
    readonly source: Source;
    readonly ringSeconds: number;
    readonly told: Told | null;
    readonly record: boolean;
    readonly answered?: (worker: Call) => void;
  },
): Complaint | null {
  const to = what.to || contactOf(reservation);
  if (to === null || !(isE164(to) || /^(client|sip):\S+$/.test(to)))
    return complaint(
      what.codes[0],
      `TaskRouter->${what.what}: expected a number, client: or sip: in to or in the worker's contact_uri, found ${to}`,
    );
  if (!what.from)
    return complaint(what.codes[1], `TaskRouter->${what.what}: expected a caller's number (from)`);
  const exchange = parts.exchange();
  const record: OutboundRequest["record"] = what.record
    ? { channels: 1, track: "both", trimsSilence: false, statusCallback: null }
    : null;
  const worker = exchange.place({
    call: {
      accountSid: parts.accountSid,
      from: what.from,
      to,
      direction: "outbound-api",
      parentCallSid: null,
      phoneNumberSid: null,
      fallback: null,
      statusCallback: what.told,
    },
    source: what.source,
    ringSeconds: what.ringSeconds,
    limitSeconds: limits.callMs / 1000,
    sendDigits: null,
    detection: null,
    record,
    ...(what.answered && { answered: () => what.answered?.(worker!) }),
  });
  if (!worker) return complaint(10004, "Call concurrency limit exceeded");
  setAttributes(reservation.task, { worker_call_sid: worker.sid });
  reservation.watchers.push(() => {
    const { status } = reservation;
    if (status === "accepted" || status === "wrapping" || status === "completed" || hasEnded(worker)) return;
    exchange.hangUp(worker, worker.answeredAt === null ? "canceled" : "completed");
  });
  parts.guard(exchange.ended(worker).then(() => unanswered(parts, workspace, reservation, worker)));
  return null;
}

function contactOf({ worker }: Reservation): string | null {
  const { value } = worker.attributes;
  // An object that has this key may have anything in it.
  const contact =
    typeof value === "object" && value !== null && Object.hasOwn(value, "contact_uri")
      ? (value as Record<string, unknown>).contact_uri
      : null;
  return typeof contact === "string" ? contact : null;
}

/** Nobody there: as if the reservation had run out. Refused or unreachable: a rejection. Both move the worker aside. */
function unanswered(
  { house }: InstructionParts,
  workspace: Workspace,
  reservation: Reservation,
  worker: Call,
): void {
  if (worker.status === "no-answer") expire(house, workspace, reservation);
  else reject(house, workspace, reservation, workspace.timeoutActivity);
}
