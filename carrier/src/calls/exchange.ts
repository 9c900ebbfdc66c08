/**
 * The switchboard: connects people and applications, and owns every call from its first ring to its end (protocol 3 and 4).
 *
 * Life cycle: `createExchange` once per carrier; `dial` (a person calls a number) and `place` (an application calls a person) begin calls;
 * `redirect`, `hangUp` and the person's handset steer them; `end` happens exactly once per call. `shutDown` ends what is left.
 * Must not: nobody else changes a call's status.
 */
import type { AlertLog } from "../alerts.ts";
import type { Cancel, Clock } from "../clock.ts";
import type { Random } from "../ids.ts";
import { limits } from "../limits.ts";
import { nobody } from "../people/nobody.ts";
import type { Ending, Handset, Person } from "../people/person.ts";
import { estimatedSpeechMs } from "../twiml/speech.ts";
import type { Sender } from "../webhooks/send.ts";
import type { StatusCallbacks } from "../webhooks/status-callbacks.ts";
import { type Call, type CallRequest, callSeconds, createCall, type FinalStatus, hasEnded } from "./call.ts";
import { createLine, type Line } from "./line.ts";
import { loadDocument, type Source } from "./load-document.ts";
import { perform } from "./perform.ts";
import { createRegister } from "./register.ts";

/** Who or what is at a number that an application calls. */
export type FarEnd = Person | "busy" | "failed";

export interface OutboundRequest extends CallRequest {
  readonly source: Source;
  readonly ringSeconds: number;
  readonly limitSeconds: number;
}

export interface Exchange {
  /** A person calls a number. Null when the carrier is at its limit of live calls. */
  dial(request: CallRequest, person: Person, source: Source): Call | null;
  /** An application calls a number. Null when the carrier is at its limit of live calls. */
  place(request: OutboundRequest, farEnd: FarEnd): Call | null;
  /** Replaces what a call in progress is doing. */
  redirect(call: Call, source: Source): void;
  hangUp(call: Call, status: "completed" | "canceled"): void;
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
  /** Outbound calls begun per second; 0 is no limit. Protocol 6: 1 by default. */
  readonly callsPerSecond: number;
  /** How long a piece of media lasts, ms; media are not fetched. */
  readonly mediaMs: number;
}

interface LiveCall {
  readonly call: Call;
  readonly line: Line;
  /** Stops the document being performed. */
  run: AbortController;
  readonly timers: Cancel[];
  /** Start of the minute in which documents are counted, ms since the epoch, and how many there were. */
  minute: number;
  documents: number;
  /** False while an outbound call is still queued: its end is then told to nobody (protocol 4). */
  dialled: boolean;
  readonly limitMs: number;
  readonly source: Source;
  readonly whenEnded: (() => void)[];
}

/** Between dialling and the first ring, ms. An estimate of ours. */
const dialMs = 500;
const minuteMs = 60_000;
/** What a caller hears when an application fails. [obs] */
const apology = "We're sorry, an application error has occurred. Goodbye.";

export function createExchange(parts: ExchangeParts): Exchange {
  const { clock, alerts } = parts;
  const register = createRegister();
  const live = new Map<string, LiveCall>();
  let nextSlot = 0;

  const begin = (call: Call, person: Person, source: Source, limitMs: number): LiveCall => {
    const line = createLine(clock, person, parts.mediaMs);
    const run = new AbortController();
    const dialled = call.direction === "inbound";
    const started: LiveCall = {
      call,
      line,
      run,
      source,
      limitMs,
      dialled,
      timers: [],
      minute: 0,
      documents: 0,
      whenEnded: [],
    };
    register.add(call);
    live.set(call.sid, started);
    return started;
  };
  const setStatus = (call: Call, status: Call["status"]) => {
    call.status = status;
    call.updatedAt = clock.now();
  };
  const end = (one: LiveCall, status: FinalStatus, by: Ending["by"]) => {
    const { call, line } = one;
    if (hasEnded(call)) return;
    call.endedAt = clock.now();
    setStatus(call, status);
    line.closed = true;
    live.delete(call.sid);
    for (const cancel of one.timers) cancel();
    one.run.abort();
    line.person.ended({ reason: status, by, seconds: callSeconds(call, clock.now()) });
    if (one.dialled) parts.statusCallbacks.fire(call, "completed");
    for (const tell of one.whenEnded) tell();
  };
  const answer = (one: LiveCall) => {
    if (one.call.answeredAt !== null || hasEnded(one.call)) return;
    one.call.answeredAt = clock.now();
    setStatus(one.call, "in-progress");
    one.timers.push(clock.after(one.limitMs, () => end(one, "completed", "carrier")));
    // Told before the person, who may hang up at once.
    parts.statusCallbacks.fire(one.call, "answered");
    one.line.person.answered();
  };
  /** Counts a document against the loop limit. */
  const tooManyDocuments = (one: LiveCall): boolean => {
    if (clock.now() - one.minute >= minuteMs) {
      one.minute = clock.now();
      one.documents = 0;
    }
    return ++one.documents > limits.documentsPerMinute;
  };
  const apologise = async (one: LiveCall, code: number | null, message: string, stop: AbortSignal) => {
    answer(one);
    if (stop.aborted) return;
    one.line.person.failed(code, message);
    const estimatedMs = estimatedSpeechMs(apology);
    await one.line.say(
      { kind: "say", text: apology, voice: "man", language: "en-US", loop: 1, estimatedMs },
      stop,
    );
    if (!stop.aborted) end(one, "completed", "carrier");
  };
  /** Fetches and performs document after document until the call ends or another run takes over. */
  const run = async (one: LiveCall, first: Source): Promise<void> => {
    one.run.abort();
    one.run = new AbortController();
    const stop = one.run.signal;
    const { call, line } = one;
    let source = first;
    for (;;) {
      if (tooManyDocuments(one)) {
        const message = `loop: more than ${limits.documentsPerMinute} documents within a minute`;
        alerts.add({ level: "error", code: null, message, callSid: call.sid });
        return apologise(one, null, message, stop);
      }
      const { document, failure } = await loadDocument(parts, call, source);
      if (stop.aborted) return;
      if (document === null) return apologise(one, failure!.code, failure!.message, stop);
      const next = await perform({ clock, alerts, call, line, stop, answer: () => answer(one) }, document);
      if (stop.aborted) return;
      if (next.go === "document") source = next.source;
      else if (next.go === "refuse") return end(one, next.status, "application");
      else if (next.go !== "fail") return end(one, "completed", "application");
      else {
        alerts.add({
          level: "error",
          code: next.code,
          message: next.message,
          callSid: call.sid,
          url: document.origin?.url,
        });
        return apologise(one, next.code, next.message, stop);
      }
    }
  };
  const start = (one: LiveCall, source: Source) => {
    if (hasEnded(one.call)) return;
    void run(one, source).catch((error: unknown) => {
      const message = `carrier bug: ${error instanceof Error ? error.stack : String(error)}`;
      alerts.add({ level: "error", code: null, message, callSid: one.call.sid });
      end(one, "failed", "carrier");
    });
  };
  const handsetOf = (one: LiveCall, side: "caller" | "callee"): Handset => ({
    answer() {
      if (side !== "callee" || one.call.status !== "ringing") return;
      answer(one);
      start(one, one.source);
    },
    refuse(how) {
      if (side === "callee" && one.call.status === "ringing") end(one, how, "callee");
    },
    press(digits) {
      for (const key of digits) if (/[0-9*#A-D]/.test(key)) one.line.listener?.key(key);
    },
    speak: (input) => one.line.listener?.speech(input),
    heard: (utterance) => one.line.heard(utterance),
    // An inbound caller who gives up before the answer leaves a `no-answer`. [open] in the protocol.
    hangUp: () => end(one, one.call.answeredAt === null ? "no-answer" : "completed", side),
  });
  const ring = (one: LiveCall, farEnd: FarEnd, ringSeconds: number) => {
    if (farEnd === "busy" || farEnd === "failed") return end(one, farEnd, "callee");
    setStatus(one.call, "ringing");
    parts.statusCallbacks.fire(one.call, "ringing");
    one.timers.push(
      clock.after(ringSeconds * 1000, () => {
        if (one.call.status === "ringing") end(one, "no-answer", "carrier");
      }),
    );
    one.line.person.ringing(handsetOf(one, "callee"), "callee", clock);
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
      const call = createCall(request, clock.now(), parts.random);
      const one = begin(call, person, source, limits.callMs);
      person.ringing(handsetOf(one, "caller"), "caller", clock);
      start(one, source);
      return call;
    },
    place(request, farEnd) {
      if (live.size >= limits.liveCalls) return null;
      const { source, ringSeconds, limitSeconds, ...rest } = request;
      const call = createCall(rest, clock.now(), parts.random);
      const one = begin(call, typeof farEnd === "string" ? nobody : farEnd, source, limitSeconds * 1000);
      const slot = takeSlot();
      call.queueMs = slot - clock.now();
      const dial = () => {
        one.dialled = true;
        parts.statusCallbacks.fire(call, "initiated");
        one.timers.push(clock.after(dialMs, () => ring(one, farEnd, ringSeconds)));
      };
      one.timers.push(clock.after(call.queueMs, dial));
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
    get: register.get,
    list: register.list,
    ended(call) {
      const one = live.get(call.sid);
      return one ? new Promise((resolve) => one.whenEnded.push(resolve)) : Promise.resolve();
    },
    liveCalls: () => live.size,
    shutDown() {
      for (const one of [...live.values()]) {
        one.line.closed = true;
        for (const cancel of one.timers) cancel();
        one.run.abort();
        live.delete(one.call.sid);
      }
    },
  };
}
