/**
 * The switchboard: connects people and applications, and owns every call from its first ring to its end (protocol 3 and 4).
 *
 * Life cycle: `createExchange` once per carrier; `dial` (a person calls a number), `place` (an application calls a person) and a Dial
 * begin calls; `redirect`, `hangUp` and the person's handset steer them; `end` happens exactly once per call. `shutDown` ends what is left.
 * Must not: nobody else changes a call's status.
 */
import type { AlertLog } from "../alerts.ts";
import type { Clock } from "../clock/clock.ts";
import type { Conferences } from "../conferences/conference.ts";
import type { Random } from "../ids.ts";
import { limits } from "../limits.ts";
import type { Library } from "../media/library.ts";
import type { Messages } from "../messaging/messages.ts";
import { nobody } from "../people/nobody.ts";
import type { Ending, Handset, Person, Refusal } from "../people/person.ts";
import type { Queues } from "../queues/queue.ts";
import type { CallTasks } from "../taskrouter/calls.ts";
import type { Inform } from "../webhooks/inform.ts";
import type { Sender } from "../webhooks/send.ts";
import type { StatusCallbacks } from "../webhooks/status-callbacks.ts";
import type { Sockets } from "../webhooks/web-socket.ts";
import type { Backgrounds } from "./background.ts";
import {
  type Call,
  type CallRequest,
  callParameters,
  callSeconds,
  createCall,
  type FinalStatus,
  hasEnded,
} from "./call.ts";
import type { Listed } from "./geography.ts";
import { makeHandset } from "./handset.ts";
import { type Leg, type LegRequest, makeLeg } from "./leg.ts";
import { createLine } from "./line.ts";
import { type LiveCall, openCall } from "./live-call.ts";
import type { Source } from "./load-document.ts";
import { type OutboundRequest, preparePickUp } from "./pick-up.ts";
import type { Recording, Recordings } from "./recordings.ts";
import { refuse } from "./refusal.ts";
import { createRegister } from "./register.ts";
import { runDocuments } from "./run-documents.ts";
import type { Aside, Outcome, Stage } from "./stage.ts";
import type { Transcriptions } from "./transcriptions.ts";
import { reportVerdict } from "./verdict.ts";

/** Who or what is at a number that is called. */
export type FarEnd = Person | Refusal;

export interface Exchange {
  /** A person calls a number. Null when the carrier is at its limit of live calls. */
  dial(request: CallRequest, person: Person, source: Source): Call | null;
  /** An application calls a number. Null when the carrier is at its limit of live calls. */
  place(request: OutboundRequest): Call | null;
  /** Replaces what a call in progress is doing. */
  redirect(call: Call, source: Source): void;
  hangUp(call: Call, status: "completed" | "canceled"): void;
  /** Ends the call this long after its answer, s. */
  limit(call: Call, seconds: number): void;
  /** How long a call placed now would wait in the queue, ms. */
  queueMs(): number;
  /** Records a call in progress from now on, until its end or `control` says so; null when it is not in progress. */
  record(call: Call, how: NonNullable<OutboundRequest["record"]>): Recording | null;
  /** What can be begun beside the document of a call in progress; null when it is not in progress. */
  stageOf(callSid: string): Stage | null;
  /** Drops what is known of an ended call. */
  forget(call: Call): void;
  get(sid: string): Call | undefined;
  /** Every known call, newest first. */
  list(): Call[];
  /** Resolves when the call has ended. */
  ended(call: Call): Promise<void>;
  liveCalls(): number;
  shutDown(): void;
}

export interface ExchangeParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly alerts: AlertLog;
  readonly sender: Sender;
  readonly statusCallbacks: StatusCallbacks;
  readonly inform: Inform;
  readonly recordings: Recordings;
  readonly transcriptions: Transcriptions;
  readonly conferences: Conferences;
  readonly queues: Queues;
  readonly tasks: CallTasks;
  readonly backgrounds: Backgrounds;
  readonly sockets: Sockets;
  readonly messages: Messages;
  /** Who is at the other end of this call; asked once per call that is placed. */
  readonly farEndOf: (call: Call, application?: LegRequest["application"]) => FarEnd;
  /** What is known of a number's place. */
  readonly listed: Listed;
  /** Whether the account may show this number as its own. */
  readonly owns: (phoneNumber: string) => boolean;
  /** False where calls fail. */
  readonly reaches: (address: string) => boolean;
  /** Outbound calls begun per second; 0 is no limit. Protocol 6: 1 by default. */
  readonly callsPerSecond: number;
  readonly media: Library;
  /** How long a piece of media lasts of which nothing is known, ms. */
  readonly mediaMs: number;
}

/** Between dialling and the first ring, ms. An estimate of ours. */
const dialMs = 500;

export function createExchange(parts: ExchangeParts): Exchange {
  const { clock, alerts } = parts;
  const register = createRegister();
  const live = new Map<string, LiveCall>();
  let nextSlot = 0;

  const begin = (call: Call, person: Person, limitMs: number): LiveCall => {
    const started = openCall(call, createLine(clock, person, parts.mediaMs), limitMs);
    started.referred = (target) => {
      const message = `a transfer to ${target} is not performed: only who was dialled and is being talked to can ask for one`;
      alerts.add({ level: "warning", code: null, message, callSid: call.sid });
    };
    register.add(call);
    live.set(call.sid, started);
    return started;
  };
  const setStatus = (call: Call, status: Call["status"]) => {
    call.status = status;
    call.updatedAt = clock.now();
    call.history.push({ at: call.updatedAt, status });
  };
  const end = (one: LiveCall, status: FinalStatus, by: Ending["by"]) => {
    const { call, line } = one;
    if (hasEnded(call)) return;
    call.endedAt = clock.now();
    setStatus(call, status);
    line.closed = true;
    live.delete(call.sid);
    for (const cancel of one.timers) cancel();
    one.over.abort(isOver);
    one.run.abort(isOver);
    line.person.ended({ reason: status, by, seconds: callSeconds(call, clock.now()) });
    if (one.dialled) parts.statusCallbacks.fire(call, "completed");
    for (const tell of one.whenEnded) tell();
  };
  const endAtLimit = (one: LiveCall, since: number) => {
    one.limitReached();
    const leftMs = Math.max(0, since + one.limitMs - clock.now());
    one.limitReached = clock.after(leftMs, () =>
      end(one, one.call.answeredAt === null ? "no-answer" : "completed", "carrier"),
    );
    one.timers.push(one.limitReached);
  };
  const answer = (one: LiveCall) => {
    if (one.call.answeredAt !== null || hasEnded(one.call)) return;
    one.call.answeredAt = clock.now();
    setStatus(one.call, "in-progress");
    endAtLimit(one, one.call.answeredAt);
    // Told before the person, who may hang up at once; listened to before, as the person may speak at once.
    parts.statusCallbacks.fire(one.call, "answered");
    one.pickUp.prepare();
    one.line.person.answered();
  };
  const stageOf = (one: LiveCall, within: Stage["within"]): Stage => ({
    clock,
    alerts,
    call: one.call,
    line: one.line,
    stop: one.run.signal,
    within,
    recordings: parts.recordings,
    transcriptions: parts.transcriptions,
    conferences: parts.conferences,
    queues: parts.queues,
    tasks: parts.tasks,
    backgrounds: parts.backgrounds,
    sockets: parts.sockets,
    messages: parts.messages,
    inform: parts.inform,
    media: parts.media,
    random: parts.random,
    over: one.over.signal,
    answer: () => answer(one),
    ringOut: (request) => ringOut(one, request),
    owns: parts.owns,
    reaches: parts.reaches,
    askInVain: (source) => void askInVain(one.call, source),
    aside: (what) => aside(one, what),
  });
  const aside = async (
    one: LiveCall,
    { within, source, stop, also, line, loopsMedia, joined }: Aside,
  ): Promise<Outcome> => {
    const stage = { ...stageOf(one, within), stop, line: line ?? one.line, loopsMedia, joined };
    try {
      return await runDocuments(parts, stage, source, one.count, also);
    } catch (error) {
      const message = bug(error);
      alerts.add({ level: "error", code: null, message, callSid: one.call.sid });
      return { go: "failed", code: null, message };
    }
  };
  const askInVain = async (call: Call, source: Source) => {
    if (source.kind !== "url") return;
    const parameters = [...callParameters(call), ...source.parameters];
    const answer = await parts.sender.send({ ...source, parameters, callSid: call.sid, controlsCall: true });
    if (answer.ok) return;
    const { code, message } = answer;
    alerts.add({ level: "error", code, message, callSid: call.sid, url: source.url });
  };
  /** Fetches and performs document after document until the call ends or another run takes over. */
  const run = async (one: LiveCall, first: Source): Promise<void> => {
    one.run.abort(isOver);
    one.run = new AbortController();
    const stage = stageOf(one, "call");
    const outcome = await runDocuments(parts, stage, first, one.count);
    if (stage.stop.aborted) return;
    if (outcome.go === "refuse") end(one, outcome.status, "application");
    else end(one, "completed", outcome.go === "apologised" ? "carrier" : "application");
  };
  /** A mistake of ours ends the call and is written down. */
  const guard = (one: LiveCall, work: Promise<void>) =>
    void work.catch((error: unknown) => {
      alerts.add({ level: "error", code: null, message: bug(error), callSid: one.call.sid });
      end(one, "failed", "carrier");
    });
  const start = (one: LiveCall, source: Source) => {
    if (!hasEnded(one.call)) guard(one, run(one, source));
  };
  const handsetOf = (one: LiveCall, side: "caller" | "callee"): Handset =>
    makeHandset(one, side, () => answer(one), end);
  const ring = (one: LiveCall, farEnd: FarEnd, ringSeconds: number) => {
    if (typeof farEnd === "string" && farEnd !== "no-answer") return refuse(one, farEnd, end);
    setStatus(one.call, "ringing");
    parts.statusCallbacks.fire(one.call, "ringing");
    one.timers.push(
      clock.after(ringSeconds * 1000, () => {
        if (one.call.status === "ringing") end(one, "no-answer", "carrier");
      }),
    );
    if (one.invitation) one.line.person.invited?.(one.invitation);
    one.line.person.ringing(handsetOf(one, "callee"), "callee", clock);
  };
  const dialFarEnd = (one: LiveCall, farEnd: FarEnd, ringSeconds: number) => {
    one.dialled = true;
    parts.statusCallbacks.fire(one.call, "initiated");
    one.timers.push(clock.after(dialMs, () => ring(one, farEnd, ringSeconds)));
  };
  const ringOut = (parent: LiveCall, request: LegRequest): Leg | null => {
    if (live.size >= limits.liveCalls) return null;
    const { to, from, ringSeconds, statusCallback, detection } = request;
    const { accountSid, sid: parentCallSid } = parent.call;
    const direction = "outbound-dial";
    const call = createCall(
      {
        accountSid,
        from,
        to,
        direction,
        parentCallSid,
        phoneNumberSid: null,
        fallback: null,
        statusCallback,
      },
      clock.now(),
      parts.random,
      parts.listed,
    );
    const farEnd = parts.farEndOf(call, request.application);
    const one = begin(call, personAt(farEnd), limits.callMs);
    const leg = makeLeg(one, {
      detect() {
        if (detection) guard(one, reportVerdict(parts, one, detection.settings, detection.callback));
      },
      perform: (source) => runDocuments(parts, stageOf(one, "whisper"), source, one.count),
      end,
    });
    one.invitation = request.invitation;
    dialFarEnd(one, farEnd, ringSeconds);
    return leg;
  };
  /** When the next outbound call may leave the queue, ms since the epoch. */
  const takeSlot = () => {
    const slot = Math.max(clock.now(), nextSlot);
    nextSlot = parts.callsPerSecond === 0 ? slot : slot + 1000 / parts.callsPerSecond;
    return slot;
  };

  return {
    dial(request, person, source) {
      if (live.size >= limits.liveCalls) return null;
      const call = createCall(request, clock.now(), parts.random, parts.listed);
      const one = begin(call, person, limits.callMs);
      // Nor does anybody let it ring for longer than a call may last.
      endAtLimit(one, clock.now());
      person.ringing(handsetOf(one, "caller"), "caller", clock);
      start(one, source);
      return call;
    },
    place(request) {
      if (live.size >= limits.liveCalls) return null;
      const call = createCall(request.call, clock.now(), parts.random, parts.listed);
      const farEnd = parts.farEndOf(call);
      const one = begin(call, personAt(farEnd), request.limitSeconds * 1000);
      one.pickUp = preparePickUp(parts, request, one, {
        start: (source) => start(one, source),
        guard: (work) => guard(one, work),
      });
      const slot = takeSlot();
      call.queueMs = slot - clock.now();
      const waitMs = call.queueMs + (request.delaySeconds ?? 0) * 1000;
      one.timers.push(clock.after(waitMs, () => dialFarEnd(one, farEnd, request.ringSeconds)));
      return call;
    },
    redirect(call, source) {
      const one = live.get(call.sid);
      if (!one) throw new Error(`expected call ${call.sid} to be live, found ${call.status}`);
      call.updatedAt = clock.now();
      start(one, source);
    },
    hangUp(call, status) {
      const one = live.get(call.sid);
      if (one) end(one, status, "application");
    },
    limit(call, seconds) {
      const one = live.get(call.sid);
      if (!one) return;
      one.limitMs = seconds * 1000;
      if (call.answeredAt !== null) endAtLimit(one, call.answeredAt);
    },
    queueMs: () => Math.max(0, nextSlot - clock.now()),
    record(call, how) {
      const one = live.get(call.sid);
      if (!one || call.status !== "in-progress") return null;
      const tape = parts.recordings.start({ ...how, call, line: one.line, source: "StartCallRecordingAPI" });
      one.over.signal.addEventListener("abort", () => tape.finish());
      return tape.recording;
    },
    stageOf(callSid) {
      const one = live.get(callSid);
      return one?.call.status === "in-progress" ? stageOf(one, "call") : null;
    },
    forget: (call) => register.remove(call.sid),
    get: register.get,
    list: register.list,
    ended(call) {
      const one = live.get(call.sid);
      return one ? new Promise((resolve) => one.whenEnded.push(resolve)) : Promise.resolve();
    },
    liveCalls: () => live.size,
    shutDown() {
      // Calls are dropped without a word: nobody is told of what their end leads to.
      parts.sender.close();
      for (const one of [...live.values()]) {
        one.line.closed = true;
        for (const cancel of one.timers) cancel();
        live.delete(one.call.sid);
        one.over.abort(isOver);
        one.run.abort(isOver);
      }
    },
  };
}

/** Given as a reason, because a signal without one makes an error with a stack trace, which nobody reads. */
const isOver = "over";

const bug = (error: unknown) => `carrier bug: ${error instanceof Error ? error.stack : String(error)}`;

const personAt = (farEnd: FarEnd): Person => (typeof farEnd === "string" ? nobody : farEnd);
