/**
 * The engine: a call is a fold of its events, and this is the function folded. Pure and total: for any parsed flow,
 * any session it produced and any event it returns; it looks at no clock (`event.at` is the time) and waits for
 * nothing. The trace is part of the answer, not something written on the way.
 *
 * It throws only for our own mistakes: a session whose flow was not handed in, or that holds a node its flow lacks.
 */
import {
  type AnsweredBy,
  type CallEnd,
  type CallEvent,
  type CallStarted,
  type Effect,
  isControlling,
  type NextVerb,
  type RecordingMade,
  type Session,
  type TimerChange,
  type TraceEntry,
  type Verb,
} from "../call/index.ts";
import type { CompiledFlow } from "./compile.ts";
import { callLimitTimer, engineDispositions, limits } from "./limits.ts";
import { Turn } from "./turn.ts";
import { afterTheCaller, giveUp, resume, takeInitials, takeInputs, walk } from "./walk.ts";

/** The published flows a call may enter, by content hash. */
export type Flows = ReadonlyMap<string, CompiledFlow>;

/** Orders for the phone that asks for `turn`; the links rendered into them carry the turn after. */
export interface Reply {
  readonly turn: number;
  readonly verbs: readonly Verb[];
}

export interface StepResult {
  readonly session: Session;
  /** Null when nothing new is to be said yet: the turn stays open for a later step to answer. */
  readonly reply: Reply | null;
  readonly effects: readonly Effect[];
  readonly timers: readonly TimerChange[];
  readonly trace: readonly TraceEntry[];
  /** `late` and `unexpected` events change nothing: the session is the same object. */
  readonly verdict: "applied" | "late" | "unexpected";
  /** Set by the one step that ended the call. */
  readonly ended: CallEnd | null;
}

/** The session of a call that has not begun: its first event is `call-started`. */
export function openSession(flow: CompiledFlow): Session {
  const { hash } = flow;
  const frame = {
    flow: hash,
    path: "",
    node: flow.flow.entry,
    visit: 0,
    enteredAt: 0,
    memory: null,
    values: {},
    visits: {},
  };
  return {
    version: 1,
    frames: [frame],
    wait: null,
    turn: 0,
    phone: "asking",
    party: { direction: "inbound", from: "", to: "", humanEvidence: false },
    pending: {},
    counters: { events: 0, entries: 0, visits: 0 },
    seed: 0,
    startedAt: 0,
    hungUp: null,
    disposition: null,
    ended: null,
  };
}

export function step(flows: Flows, session: Session, event: CallEvent): StepResult {
  if (session.ended || session.phone === "gone") {
    // A recording's report may come after the hang-up that ended it: it is the reason the caller called.
    const awaited = event.type === "recording-made" && session.wait?.accepts.includes("recording");
    if (session.ended || (isControlling(event) && !awaited) || event.type === "call-ended")
      return afterHangUp(session, event);
  }
  if (isControlling(event) && event.turn !== session.turn) {
    return unchanged(session, event.turn < session.turn ? "late" : "unexpected");
  }
  const turn = new Turn(flows, session, event);
  const verdict = apply(turn, session);
  return verdict === "applied" ? close(turn) : unchanged(session, verdict);
}

function unchanged(session: Session, verdict: "late" | "unexpected", reply: Reply | null = null): StepResult {
  return { session, reply, effects: [], timers: [], trace: [], verdict, ended: null };
}

/** The line is closed: whoever still asks is told to hang up, and nothing changes. */
function afterHangUp(session: Session, event: CallEvent): StepResult {
  const reply: Reply | null = isControlling(event)
    ? { turn: event.turn, verbs: [{ verb: "hang-up" }] }
    : null;
  return unchanged(session, "late", reply);
}

function apply(turn: Turn, session: Session): StepResult["verdict"] {
  const { event } = turn;
  if (event.type === "call-started") {
    if (session.counters.events > 0) return "unexpected";
    begin(turn, event);
    return "applied";
  }
  if (session.counters.events === 0) return "unexpected";
  switch (event.type) {
    case "call-ended":
      hungUp(turn, event.reason);
      return "applied";
    case "timer":
      return timerFired(turn, event.id, event.at);
    case "answered-by":
      return answeredBy(turn, event);
    case "effect-done":
    case "effect-failed": {
      if (!turn.wait?.effects.includes(event.id)) return "late";
      delete turn.pending[event.id];
      resume(turn, event);
      return "applied";
    }
    default:
      if (turn.phone !== "gone") turn.phone = "asking";
      if (event.turn >= limits.turnsPerCall) {
        giveUp(turn, engineDispositions.limit);
        return "applied";
      }
      if (event.type === "input") turn.party = { ...turn.party, humanEvidence: true };
      cameBack(turn);
      return "applied";
  }
}

function begin(turn: Turn, event: CallStarted): void {
  const { direction, from, to, answered } = event;
  turn.party = { ...turn.party, direction, from, to, ...(answered ? { answered } : {}) };
  turn.seed = event.seed;
  turn.startedAt = event.at;
  const { settings, entry } = turn.flow.flow;
  turn.timers.push({ timer: "set", id: callLimitTimer, at: event.at + settings.maxCallMinutes * 60_000 });
  takeInitials(turn);
  takeInputs(turn, event.inputs ?? {});
  walk(turn, entry);
}

/**
 * The carrier's verdict on who answered. The first one on this call's far end stays; one that comes after a person
 * has pressed a key or spoken is kept for the record and resumes nobody (F11).
 */
function answeredBy(turn: Turn, event: AnsweredBy): StepResult["verdict"] {
  const { by, greeting, leg } = event;
  const awaited = turn.wait?.accepts.includes("answered-by") ?? false;
  if (leg === "call") {
    if (turn.party.answered) return "late";
    turn.party = { ...turn.party, answered: { by, ...(greeting ? { greeting } : {}) } };
    if (!awaited || turn.party.humanEvidence) return "applied";
  } else if (!awaited || !turn.wait?.accepts.includes("dial")) {
    return "late";
  }
  resume(turn, event);
  return "applied";
}

function timerFired(turn: Turn, id: string, at: number): StepResult["verdict"] {
  if (id === callLimitTimer) {
    giveUp(turn, engineDispositions.limit);
    return "applied";
  }
  if (turn.wait?.timer !== id) return "late";
  turn.wait = { ...turn.wait, timer: null };
  if (turn.hungUp && turn.wait.accepts.includes("recording")) {
    afterTheCaller(turn, turn.hungUp);
    return "applied";
  }
  resume(turn, { type: "timer", at });
  return "applied";
}

/** The phone asks for orders: hand the visit what it brings, or tell it to hold on while something else is awaited. */
function cameBack(turn: Turn): void {
  const { event, wait } = turn;
  const accepts = wait?.accepts ?? [];
  if (wait?.enter !== undefined) walk(turn, wait.enter);
  else if (event.type === "input" && accepts.includes("input")) resume(turn, event);
  else if (event.type === "recording-made" && accepts.includes("recording")) recordingMade(turn, event);
  else if (event.type === "dial-ended" && accepts.includes("dial")) resume(turn, event);
  else if (accepts.includes("no-input")) resume(turn, { type: "no-input", at: event.at });
  else if (accepts.includes("done")) resume(turn, { type: "done", at: event.at });
  else turn.verbs.push({ verb: "pause", seconds: 1 });
}

/**
 * Whoever hung up to end a recording hears nothing more, but what the flow does with the recording is done. The path
 * after a hang-up is walked only where the flow would then need the caller.
 */
function recordingMade(turn: Turn, event: RecordingMade): void {
  if (event.hungUp && !turn.hungUp) callerGone(turn, "completed");
  resume(turn, event);
}

function callerGone(turn: Turn, reason: CallEnd["reason"]): void {
  turn.hungUp = reason;
  turn.phone = "gone";
  turn.pathDue = true;
}

/** The caller is gone. A recording that is being made is waited for first. */
function hungUp(turn: Turn, reason: CallEnd["reason"]): void {
  callerGone(turn, reason);
  if (turn.wait?.accepts.includes("recording")) {
    const timerAt = turn.event.at + limits.recordingGraceSeconds * 1000;
    turn.stay(["recording", "timer"], [], timerAt, undefined);
    return;
  }
  afterTheCaller(turn, reason);
}

function close(turn: Turn): StepResult {
  const reply = turn.phone === "gone" ? null : replyOf(turn);
  return {
    session: turn.close(reply !== null),
    reply,
    effects: turn.effects,
    timers: turn.timers,
    trace: turn.trace,
    verdict: "applied",
    ended: turn.ended,
  };
}

/** Verbs that bring an event of their own; the phone that merely comes back after one has heard nothing. */
const handingBack: ReadonlySet<string> = new Set(["gather", "record", "dial"]);

/** What the phone is told. Nothing yet, when the visit has nothing to say and an effect will bring it on. */
function replyOf(turn: Turn): Reply | null {
  const { verbs, ended, wait } = turn;
  const number = turn.openTurn;
  if (ended && verbs.at(-1)?.verb !== "hang-up") verbs.push({ verb: "hang-up" });
  if (!ended && verbs.length === 0 && turn.phone === "asking" && wait?.accepts.includes("effect"))
    return null;
  // Told something that changes nothing for the ear: a phone that speaks, listens or talks is left alone.
  if (!ended && verbs.length === 0 && turn.phone !== "asking" && !turn.leftThePhone) return null;
  if (turn.phone === "busy") turn.order({ effect: "pull-call", turn: number });
  const cut = verbs.findIndex((verb) => verb.verb === "hang-up");
  if (cut >= 0) return told(turn, number, verbs.slice(0, cut + 1), "busy");
  const handsBack = handingBack.has(verbs.at(-1)?.verb ?? "");
  const why: NextVerb["why"] = handsBack ? "no-input" : wait?.effects.length ? "poll" : "done";
  if (verbs.length === 0) verbs.push({ verb: "pause", seconds: 1 });
  return told(turn, number, [...verbs, { verb: "next", why }], why === "poll" ? "polling" : "busy");
}

function told(turn: Turn, number: number, verbs: readonly Verb[], phone: "busy" | "polling"): Reply {
  turn.phone = phone;
  return { turn: number, verbs };
}
