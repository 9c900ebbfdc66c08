/**
 * The engine: a call is a fold of its events, and this is the function folded. Pure and total: for any parsed flow,
 * any session it produced and any event it returns; it looks at no clock (`event.at` is the time) and waits for
 * nothing. The trace is part of the answer, not something written on the way.
 *
 * It throws only for our own mistakes: a session whose flow was not handed in, or that holds a node its flow lacks.
 */
import {
  type CallEnd,
  type CallEvent,
  type CallStarted,
  type Effect,
  type EngineOutcome,
  isControlling,
  type NextVerb,
  type Session,
  type TimerChange,
  type TraceEntry,
  type Verb,
} from "../call/index.ts";
import type { ResumeEvent, VisitResult } from "../nodes/index.ts";
import type { CompiledFlow, CompiledNode } from "./compile.ts";
import { callLimitTimer, engineDispositions, limits } from "./limits.ts";
import { Turn } from "./turn.ts";
import { visitOf } from "./visit.ts";

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
    if (session.ended || isControlling(event) || event.type === "call-ended")
      return afterHangUp(session, event);
  }
  if (isControlling(event) && event.turn !== session.turn) {
    return unchanged(session, event.turn < session.turn ? "late" : "unexpected");
  }
  const flow = flows.get(session.frames.at(-1)?.flow ?? "");
  if (!flow) throw new Error("Expected the session's flow among the flows handed to step, found none.");
  const turn = new Turn(flow, session, event);
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
    case "effect-done":
    case "effect-failed": {
      if (!turn.wait?.effects.includes(event.id)) return "late";
      delete turn.pending[event.id];
      resume(turn, event);
      return "applied";
    }
    default:
      turn.phone = "asking";
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
  const { direction, from, to } = event;
  turn.party = { direction, from, to, humanEvidence: false };
  turn.seed = event.seed;
  turn.startedAt = event.at;
  const { settings, variables, entry } = turn.flow.flow;
  turn.timers.push({ timer: "set", id: callLimitTimer, at: event.at + settings.maxCallMinutes * 60_000 });
  for (const [name, { initial }] of Object.entries(variables)) {
    if (initial !== undefined) turn.set({ [name]: initial }, "start");
  }
  walk(turn, entry);
}

function timerFired(turn: Turn, id: string, at: number): StepResult["verdict"] {
  if (id === callLimitTimer) {
    giveUp(turn, engineDispositions.limit);
    return "applied";
  }
  if (turn.wait?.timer !== id) return "late";
  turn.wait = { ...turn.wait, timer: null };
  resume(turn, { type: "timer", at });
  return "applied";
}

/** The phone asks for orders: hand the visit what it brings, or tell it to hold on while something else is awaited. */
function cameBack(turn: Turn): void {
  const { event, wait } = turn;
  const accepts = wait?.accepts ?? [];
  if (wait?.enter !== undefined) walk(turn, wait.enter);
  else if (event.type === "input" && accepts.includes("input")) resume(turn, event);
  else if (accepts.includes("no-input")) resume(turn, { type: "no-input", at: event.at });
  else if (accepts.includes("done")) resume(turn, { type: "done", at: event.at });
  else turn.verbs.push({ verb: "pause", seconds: 1 });
}

function nodeOf(turn: Turn, id = turn.frame.node): CompiledNode {
  const node = turn.flow.nodes.get(id);
  if (!node) throw new Error(`Expected node "${id}" in the flow, found none.`);
  return node;
}

function resume(turn: Turn, event: ResumeEvent): void {
  const node = nodeOf(turn);
  const { resume: resumeKind } = node.definition;
  if (!resumeKind) throw new Error(`Expected kind "${node.definition.kind}" to resume, found it cannot.`);
  const next = settle(turn, node, resumeKind(visitOf(turn, node.config), event));
  if (next !== null) walk(turn, next);
}

/** Enter nodes one after the other until one waits or the call ends. */
function walk(turn: Turn, from: string): void {
  turn.wait = null;
  for (let id: string | null = from; id !== null; ) {
    if (turn.visitsNow >= limits.visitsPerStep || turn.visitsInCall() >= limits.visitsPerCall) {
      giveUp(turn, engineDispositions.limit);
      return;
    }
    const node = nodeOf(turn, id);
    if (mustSpeakFirst(turn, node)) {
      turn.wait = { accepts: ["done"], effects: [], timer: null, enter: id };
      return;
    }
    turn.enter(id);
    id = settle(turn, node, node.definition.enter(visitOf(turn, node.config)));
  }
}

/** What the phone has been told so far goes out before this node is entered: it is much, or the node's time counts. */
function mustSpeakFirst(turn: Turn, node: CompiledNode): boolean {
  const characters = turn.characters();
  return (
    characters > limits.charactersPerTurn ||
    (characters > 0 && !!node.definition.entersInSilence?.(node.config))
  );
}

/** Write a visit's result into the turn; the answer is the node to enter next, or null to stop here. */
function settle(turn: Turn, node: CompiledNode, result: VisitResult<string>): string | null {
  if (!turn.hungUp && result.verbs) turn.verbs.push(...result.verbs);
  if ("end" in result) {
    turn.leave(node.definition.kind, "end", { text: result.disposition });
    turn.end(turn.hungUp ?? "completed", result.disposition);
    return null;
  }
  const ordered = (result.effects ?? []).map((effect) => turn.order(effect));
  if ("wait" in result) {
    turn.stay(result.wait, ordered, result.timerAt, result.memory);
    if (turn.hungUp && !result.wait.includes("effect")) closeByHangUp(turn, turn.hungUp);
    return null;
  }
  if (result.set) turn.set(result.set, result.source ?? "computed");
  turn.leave(node.definition.kind, result.leave, result.value ?? null);
  const target = Object.hasOwn(node.next, result.leave) ? node.next[result.leave] : undefined;
  if (target === undefined) giveUp(turn, engineDispositions.unwired);
  return target ?? null;
}

/** The caller is gone: close the open visit, then walk the flow's path after a hang-up in silence. */
function hungUp(turn: Turn, reason: CallEnd["reason"]): void {
  turn.hungUp = reason;
  turn.phone = "gone";
  leaveOpenVisit(turn, "caller-hung-up");
  const { onHangUp } = turn.flow.flow;
  if (onHangUp !== undefined) walk(turn, onHangUp);
  else endByHangUp(turn, reason);
}

/** Close the visit that waits, if one does, by a way out that the engine adds to every kind. */
function leaveOpenVisit(turn: Turn, outcome: EngineOutcome): void {
  if (turn.wait && turn.wait.enter === undefined) turn.leave(nodeOf(turn).definition.kind, outcome, null);
}

/** On the path after a hang-up something needs the caller: there is none. */
function closeByHangUp(turn: Turn, reason: CallEnd["reason"]): void {
  leaveOpenVisit(turn, "caller-hung-up");
  endByHangUp(turn, reason);
}

function endByHangUp(turn: Turn, reason: CallEnd["reason"]): void {
  turn.end(reason, reason === "completed" ? engineDispositions.hungUp : reason);
}

/** The engine ends the call: a limit, or a way out that nobody wired. The caller hears the flow's apology. */
function giveUp(turn: Turn, disposition: string): void {
  leaveOpenVisit(turn, "limit-reached");
  const { apology, language, voice } = turn.flow.flow.settings;
  if (!turn.hungUp) {
    turn.verbs.push(
      { verb: "say", text: apology, language, ...(voice ? { voice } : {}) },
      { verb: "hang-up" },
    );
  }
  turn.end(turn.hungUp ?? "completed", disposition);
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

/** What the phone is told. Nothing yet, when the visit has nothing to say and an effect will bring it on. */
function replyOf(turn: Turn): Reply | null {
  const { verbs, ended, wait } = turn;
  const number = turn.openTurn;
  if (ended && verbs.at(-1)?.verb !== "hang-up") verbs.push({ verb: "hang-up" });
  if (!ended && verbs.length === 0 && wait?.accepts.includes("effect")) return null;
  if (turn.phone === "busy") turn.order({ effect: "pull-call", turn: number });
  const cut = verbs.findIndex((verb) => verb.verb === "hang-up");
  if (cut >= 0) return told(turn, number, verbs.slice(0, cut + 1), "busy");
  const why: NextVerb["why"] =
    verbs.at(-1)?.verb === "gather" ? "no-input" : wait?.effects.length ? "poll" : "done";
  if (verbs.length === 0) verbs.push({ verb: "pause", seconds: 1 });
  return told(turn, number, [...verbs, { verb: "next", why }], why === "poll" ? "polling" : "busy");
}

function told(turn: Turn, number: number, verbs: readonly Verb[], phone: "busy" | "polling"): Reply {
  turn.phone = phone;
  return { turn: number, verbs };
}
