/**
 * `<Dial>` (protocol 5): of numbers, clients and SIP addresses it rings them together or in turn, lets a whisper be heard,
 * joins the first who answers with the caller, and tells the action how it went. Conferences and queues have their own files.
 *
 * Without an action the next verb runs. When the caller hangs up, the action is asked but not performed; when REST gives the call
 * something else to do, it is not asked.
 */
import type { DialTarget, DialVerb } from "../twiml/document.ts";
import type { Parameters } from "../webhooks/signature.ts";
import { join } from "./bridge.ts";
import { callSeconds, hasEnded } from "./call.ts";
import { dialConference } from "./dial-conference.ts";
import { dialQueue } from "./dial-queue.ts";
import type { Leg } from "./leg.ts";
import type { CallDocument } from "./load-document.ts";
import { recordingParameters } from "./record.ts";
import type { Recording, Tape } from "./recordings.ts";
import { type Ring, ringInTurn, ringTogether } from "./ring.ts";
import { callbackAddress, goTo, type Next, nextVerb, reportUnperformed, type Stage } from "./stage.ts";
import { transfer } from "./transfer.ts";

interface Dialled {
  readonly status: "completed" | "busy" | "no-answer" | "failed" | "canceled";
  /** The leg the parameters speak of; null when none could be made. */
  readonly leg: Leg | null;
  readonly bridged: boolean;
  /** What was recorded of it, if that was asked for. */
  readonly recording: Recording | null;
  /** Where the call has gone instead, when the one who was called has passed it on. */
  readonly passedOn: Next | null;
}

export async function performDial(stage: Stage, document: CallDocument, verb: DialVerb): Promise<Next> {
  for (const name of verb.unperformed) reportUnperformed(stage, document, `<Dial ${name}>`);
  if (!verb.answerOnBridge) stage.answer();
  if (stage.stop.aborted) return nextVerb;
  const dialled = await dialledParameters(stage, document, verb);
  if ("go" in dialled) return dialled;
  if (verb.action === null) return nextVerb;
  const next = goTo(document, verb.action, verb.method, dialled);
  // After a redirect by REST nobody asks: what this leads to is then not looked at.
  if (hasEnded(stage.call) && next.go === "document") stage.askInVain(next.source);
  return next;
}

/** What the action is told, or where the call has gone instead. */
async function dialledParameters(
  stage: Stage,
  document: CallDocument,
  verb: DialVerb,
): Promise<Parameters | Next> {
  if (verb.conference) return dialConference(stage, document, verb, verb.conference);
  if (verb.queue) return dialQueue(stage, document, verb, verb.queue);
  const dialled = await dialOut(stage, document, verb);
  return dialled.passedOn ?? dialParameters(stage, dialled);
}

const nobody: Dialled = { status: "failed", leg: null, bridged: false, recording: null, passedOn: null };

async function dialOut(stage: Stage, document: CallDocument, verb: DialVerb): Promise<Dialled> {
  const from = callerIdOf(stage, document, verb);
  if (from === null) return nobody;
  const rings = verb.targets.map((target) => ({
    target,
    begin: () =>
      stage.ringOut({
        to: target.address,
        from,
        ringSeconds: verb.timeoutSeconds,
        invitation: target.invitation,
        application: applicationCall(stage, target),
        statusCallback: statusCallbackOf(stage, document, target),
        detection: target.detection && {
          settings: target.detection.settings,
          callback: callbackAddress(stage, document, target.detection.callback),
        },
      }),
  }));
  const record = () => startRecording(stage, document, verb);
  const early = verb.record?.fromRinging ? record() : null;
  const { person } = stage.line;
  const hearsRinging = stage.call.answeredAt !== null;
  if (hearsRinging) person.ringback?.(true);
  const found = await (verb.sequential ? ringInTurn : ringTogether)(stage, rings);
  if (hearsRinging && !stage.line.closed) person.ringback?.(false);
  const { leg } = found;
  let tape = early;
  const joined = () => {
    tape ??= record();
    stage.joined?.();
  };
  const connected = found.answered && (await connect(stage, document, verb, found.ring, found.leg, joined));
  const recording = tape?.finish() ? tape.recording : null;
  if (!found.answered) return { ...nobody, status: endOf(leg), leg, recording };
  // Who refuses in the whisper has not taken the call: no-answer. A choice of ours.
  if (!connected) return { ...nobody, status: "no-answer", leg, recording };
  return { status: "completed", leg, bridged: true, recording, ...connected };
}

/** Listens on the caller's line: what the other one says is heard there. */
function startRecording(stage: Stage, document: CallDocument, { record }: DialVerb): Tape | null {
  if (record === null) return null;
  const address = callbackAddress(stage, document, record.statusCallback);
  const statusCallback = address && { ...address, events: record.statusCallback!.events };
  const { call, line } = stage;
  return stage.recordings.start({ ...record, call, line, source: "DialVerb", statusCallback });
}

/**
 * What the called person sees. The caller's own number unless told otherwise; other numbers must be the call's or the account's, and whoever
 * calls by client or SIP needs one of the account's to reach a number. Clients and SIP addresses are shown any name.
 * With a wrong one nobody is rung (13214).
 */
function callerIdOf({ call, alerts, owns }: Stage, document: CallDocument, verb: DialVerb): string | null {
  const wanted = verb.callerId ?? call.from;
  const ringsNumbers = verb.targets.some(({ address }) => !isNamed(address));
  const ofTheCall = wanted === call.from || wanted === call.to;
  if (owns(wanted) || !ringsNumbers || (ofTheCall && !isNamed(wanted))) return wanted;
  const message = `Dial: Invalid callerId value: expected the call's From or To or a number of the account, found ${wanted}`;
  alerts.add({ level: "warning", code: 13214, message, callSid: call.sid, url: document.origin?.url });
  return null;
}

/** A client, a SIP address or an application, not a number. */
const isNamed = (address: string) => /^(client|sips?|app):/.test(address);

/** What a dialled application is told beside the call (Twilio, Application): `Param_…`, and who sends the call. */
function applicationCall({ call }: Stage, { address, application, invitation }: DialTarget) {
  return (
    application && {
      to: application.copiesTo ? call.to : address.slice("app:".length),
      parameters: [
        ["CustomerId", application.customerId ?? call.accountSid],
        ...invitation.details.map(([name, value]) => [`Param_${name}`, value] as const),
      ] as const,
    }
  );
}

function statusCallbackOf(stage: Stage, document: CallDocument, { statusCallback }: DialTarget) {
  const address = callbackAddress(stage, document, statusCallback);
  return address && { ...address, events: new Set(statusCallback!.events) };
}

/** A leg nobody answered has one of these ends. */
function endOf(leg: Leg | null): Dialled["status"] {
  const status = leg?.call.status;
  return status === "busy" || status === "no-answer" || status === "canceled" ? status : "failed";
}

/** Keys, whisper, bridge. Comes back when it is over; false if the two were never joined. */
async function connect(
  stage: Stage,
  document: CallDocument,
  verb: DialVerb,
  { target }: Ring,
  leg: Leg,
  joined: () => void,
): Promise<false | Pick<Dialled, "passedOn">> {
  const hangUp = () => leg.hangUp(hasEnded(stage.call) ? "caller" : "application");
  stage.stop.addEventListener("abort", hangUp);
  try {
    if (stage.stop.aborted) hangUp();
    if (target.sendDigits !== null) await leg.line.play({ url: null, digits: target.sendDigits }, leg.gone);
    if (!(await whispered(stage, document, target, leg))) return false;
    stage.answer();
    if (stage.stop.aborted || leg.gone.aborted) return false;
    joined();
    const until = stage.clock.now() + verb.limitSeconds * 1000;
    for (;;) {
      const target = await bridged(stage, verb, leg, until - stage.clock.now());
      if (target === null) return { passedOn: null };
      const passedOn = await transfer(stage, document, verb, leg, target);
      if (passedOn !== null) return { passedOn };
    }
  } finally {
    stage.stop.removeEventListener("abort", hangUp);
  }
}

async function whispered(stage: Stage, document: CallDocument, { whisper }: DialTarget, leg: Leg) {
  if (whisper === null || leg.gone.aborted) return !leg.gone.aborted;
  const next = goTo(document, whisper.url, whisper.method, []);
  if (next.go === "document" && (await leg.whisper(next.source))) return true;
  if (next.go === "fail") {
    const { code, message } = next;
    stage.alerts.add({ level: "error", code, message, callSid: stage.call.sid });
  }
  leg.hangUp("application");
  return false;
}

/**
 * Until one of the two leaves, the time is up, or the caller presses `*` where that hangs up: null. Or until the called telephone asks for
 * a transfer: to whom.
 */
function bridged(
  { clock, line, stop }: Stage,
  verb: DialVerb,
  leg: Leg,
  leftMs: number,
): Promise<string | null> {
  return new Promise((resolve) => {
    if (leg.gone.aborted || stop.aborted) return resolve(null);
    const part = join(line, leg.line);
    const unlisten = line.listen({
      key: (key) => {
        if (verb.hangupOnStar && key === "*") leg.hangUp("caller");
      },
    });
    const timeUp = clock.after(leftMs, () => leg.hangUp("carrier"));
    const finish = (target: string | null) => {
      timeUp();
      unlisten();
      unrefer();
      part();
      leg.gone.removeEventListener("abort", over);
      stop.removeEventListener("abort", over);
      resolve(target);
    };
    const over = () => finish(null);
    const unrefer = leg.onRefer(finish);
    leg.gone.addEventListener("abort", over);
    stop.addEventListener("abort", over);
  });
}

function dialParameters({ clock, recordings }: Stage, dialled: Dialled): Parameters {
  const { status, leg, bridged: joined, recording } = dialled;
  return [
    ["DialCallStatus", status],
    ...(leg === null
      ? []
      : ([
          ["DialCallSid", leg.call.sid],
          ["DialCallDuration", String(callSeconds(leg.call, clock.now()))],
        ] as const)),
    ...(leg === null || !/^sips?:/i.test(leg.call.to) ? [] : sipParameters(leg)),
    ...(leg?.call.onwards?.returned ?? []).map(([name, value]) => [`ReturnParam_${name}`, value] as const),
    ["DialBridged", String(joined)],
    ...(recording === null ? [] : recordingParameters(recordings, recording)),
  ];
}

/** How the call by SIP went (Twilio, Sip: additional parameters). */
function sipParameters({ call }: Leg): Parameters {
  const code = call.answeredAt === null ? (call.sipCode ?? "487") : "200";
  return [
    ["DialSipCallId", `${call.sid.slice(2)}@carrier`],
    ["DialSipResponseCode", code],
  ];
}
