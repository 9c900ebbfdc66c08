/**
 * Rehearsing: a flow played without a phone, in virtual time. The rehearsal is an immutable value: `act` answers with
 * a new one, so keeping the old ones is all it takes to rewind. The session is written to JSON and read back between
 * any two events, as it would be on a live call.
 */
import type {
  CallEvent,
  GatherVerb,
  RecordOutcomeOrder,
  SayVerb,
  Session,
  TraceEntry,
  Verb,
} from "../call/index.ts";
import { type CompiledFlow, openSession, type StepResult, step } from "../engine/index.ts";

export type CallerAction =
  | { readonly press: string }
  | { readonly speak: string; readonly confidence?: number }
  | { readonly silence: true }
  | { readonly hangUp: true };

export interface TranscriptLine {
  readonly at: number;
  readonly who: "flow" | "caller" | "line";
  readonly text: string;
  readonly node?: string;
}

export interface Rehearsal {
  readonly compiled: CompiledFlow;
  /** The virtual clock, epoch milliseconds. */
  readonly at: number;
  readonly session: Session;
  readonly trace: readonly TraceEntry[];
  readonly transcript: readonly TranscriptLine[];
  /** What the phone waits for; null when the call is over. */
  readonly listening: GatherVerb | null;
  readonly outcomes: readonly RecordOutcomeOrder[];
  readonly over: boolean;
  /** Deadlines not fired yet, by id. */
  readonly timers: { readonly [id: string]: number };
  readonly effects: "done" | "failed";
}

export interface Caller {
  readonly from?: string;
  readonly to?: string;
  /** When the call begins, epoch milliseconds; a fixed Monday noon (UTC) unless said. */
  readonly at?: number;
  readonly seed?: number;
  /** What becomes of effects. */
  readonly effects?: "done" | "failed";
}

/** How fast a voice speaks, for the virtual clock; about 170 English words a minute. */
const charactersPerSecond = 15;
const mondayNoon = Date.UTC(2026, 0, 5, 12);
/** Replies one action may run through before the rehearsal stops it; a flow's own limits come first. */
const mostReplies = 5000;

export function startRehearsal(compiled: CompiledFlow, caller: Caller = {}): Rehearsal {
  const { from = "+15550100009", to = "+15550100001", at = mondayNoon, seed = 1, effects = "done" } = caller;
  const silent: Rehearsal = {
    compiled,
    at,
    session: openSession(compiled),
    trace: [],
    transcript: [{ at, who: "line", text: `Call from ${from} to ${to}` }],
    listening: null,
    outcomes: [],
    over: false,
    timers: {},
    effects,
  };
  return play(silent, { type: "call-started", at, turn: 0, direction: "inbound", from, to, seed });
}

/** What the caller does now. Runs until the phone listens again or the call is over. An ended rehearsal stays. */
export function act(rehearsal: Rehearsal, action: CallerAction): Rehearsal {
  if (rehearsal.over) return rehearsal;
  const { at, listening, session } = rehearsal;
  const turn = session.turn;
  if ("hangUp" in action) {
    return play(said(rehearsal, "caller", "hangs up"), {
      type: "call-ended",
      at,
      reason: "completed",
      seconds: null,
    });
  }
  if ("press" in action) {
    const digits = keysTaken(listening, action.press);
    return play(said(rehearsal, "caller", `presses ${action.press}`), { type: "input", at, turn, digits });
  }
  if ("speak" in action) {
    const spoken = said(rehearsal, "caller", `“${action.speak}”`);
    const heard = { text: action.speak, confidence: action.confidence ?? null };
    if (!listening?.input.includes("speech")) return play(spoken, { type: "no-input", at, turn });
    return play(spoken, { type: "input", at, turn, speech: heard });
  }
  const waited = (listening?.timeoutSeconds ?? 0) * 1000;
  return passTime(said(rehearsal, "caller", "stays silent"), waited, (later) =>
    play(later, { type: "no-input", at: later.at, turn }),
  );
}

/** Keys beyond what ends the gathering are not part of it: as on a real line. */
function keysTaken(listening: GatherVerb | null, pressed: string): string {
  const finish = listening?.finishOnKey ?? "";
  const end = finish ? pressed.indexOf(finish) : -1;
  const keys = end < 0 ? pressed : pressed.slice(0, end);
  return keys.slice(0, listening?.maxDigits ?? keys.length);
}

function said(rehearsal: Rehearsal, who: TranscriptLine["who"], text: string): Rehearsal {
  const node = rehearsal.session.frames.at(-1)?.node;
  const line: TranscriptLine = { at: rehearsal.at, who, text, ...(who === "line" ? {} : { node }) };
  return { ...rehearsal, transcript: [...rehearsal.transcript, line] };
}

/** Feed one event, perform its effects, then let the phone do what it is told. */
function play(start: Rehearsal, first: CallEvent): Rehearsal {
  let rehearsal = start;
  let event: CallEvent | null = first;
  for (let replies = 0; event && replies < mostReplies; replies += 1) {
    let verbs: readonly Verb[] | null;
    [rehearsal, verbs] = feed(rehearsal, event);
    [rehearsal, event] = verbs ? obey(rehearsal, verbs) : [rehearsal, nextTimer(rehearsal)];
  }
  return rehearsal.session.ended ? { ...rehearsal, over: true, listening: null } : rehearsal;
}

function feed(rehearsal: Rehearsal, event: CallEvent): [Rehearsal, readonly Verb[] | null] {
  const flows = new Map([[rehearsal.compiled.hash, rehearsal.compiled]]);
  const result = step(flows, rehearsal.session, event);
  let after = applied(rehearsal, result, event.at);
  let verbs = result.reply?.verbs ?? null;
  for (const effect of result.effects) {
    if (effect.effect === "pull-call") continue;
    if (after.effects === "done") after = { ...after, outcomes: [...after.outcomes, effect] };
    const back: CallEvent =
      after.effects === "done"
        ? { type: "effect-done", at: after.at, id: effect.id, result: null }
        : { type: "effect-failed", at: after.at, id: effect.id, error: "failed in this rehearsal" };
    const [then, more] = feed(after, back);
    // The phone speaks what it was told before the effect came back, then what came of it.
    after = then;
    verbs = more ? [...(verbs ?? []).filter((verb) => verb.verb !== "next"), ...more] : verbs;
  }
  return [after, verbs];
}

function applied(rehearsal: Rehearsal, result: StepResult, at: number): Rehearsal {
  const timers = { ...rehearsal.timers };
  for (const change of result.timers) {
    if (change.timer === "set") timers[change.id] = change.at;
    else delete timers[change.id];
  }
  const session = JSON.parse(JSON.stringify(result.session)) as Session; // the round trip every stored session makes
  const line = result.ended ? `The call is over: ${result.ended.disposition}` : null;
  const after = {
    ...rehearsal,
    at,
    session,
    timers,
    trace: [...rehearsal.trace, ...result.trace],
    listening: null,
  };
  return line && after.session.phone === "gone" ? said(after, "line", line) : after;
}

/** The phone at work: speaks, pauses, listens or comes back. Answers with the event that follows, or null to wait. */
function obey(start: Rehearsal, verbs: readonly Verb[]): [Rehearsal, CallEvent | null] {
  let rehearsal = start;
  for (const verb of verbs) {
    const turn = rehearsal.session.turn;
    switch (verb.verb) {
      case "say":
        rehearsal = speak(rehearsal, verb);
        break;
      case "gather":
        for (const part of verb.prompts) if (part.verb === "say") rehearsal = speak(rehearsal, part);
        return [{ ...rehearsal, listening: verb }, null];
      case "pause": {
        const due = dueWithin(rehearsal, verb.seconds * 1000);
        if (due) return [{ ...rehearsal, at: due.at }, due];
        rehearsal = { ...rehearsal, at: rehearsal.at + verb.seconds * 1000 };
        break;
      }
      case "next":
        return [rehearsal, { type: verb.why, at: rehearsal.at, turn }];
      case "hang-up":
        return [
          said(rehearsal, "line", `The call is over: ${rehearsal.session.disposition ?? "ended"}`),
          null,
        ];
    }
  }
  return [rehearsal, null];
}

function speak(rehearsal: Rehearsal, verb: SayVerb): Rehearsal {
  const seconds = Math.ceil(verb.text.length / charactersPerSecond);
  const spoken = verb.text ? said(rehearsal, "flow", verb.text) : rehearsal;
  return { ...spoken, at: spoken.at + seconds * 1000 };
}

/** Let time pass; a deadline in between comes first. */
function passTime(rehearsal: Rehearsal, ms: number, then: (later: Rehearsal) => Rehearsal): Rehearsal {
  const due = dueWithin(rehearsal, ms);
  if (due) return play({ ...rehearsal, at: due.at }, due);
  return then({ ...rehearsal, at: rehearsal.at + ms });
}

function dueWithin(rehearsal: Rehearsal, ms: number): (CallEvent & { type: "timer" }) | null {
  const next = earliest(rehearsal);
  if (!next || next.at > rehearsal.at + ms) return null;
  return { type: "timer", at: Math.max(next.at, rehearsal.at), id: next.id };
}

/** Nothing was said and nothing is asked: the next deadline is what happens next. */
function nextTimer(rehearsal: Rehearsal): CallEvent | null {
  const next = rehearsal.session.ended ? null : earliest(rehearsal);
  return next && { type: "timer", at: Math.max(next.at, rehearsal.at), id: next.id };
}

function earliest(rehearsal: Rehearsal): { id: string; at: number } | null {
  const waiting = Object.entries(rehearsal.timers).map(([id, at]) => ({ id, at }));
  return waiting.reduce<{ id: string; at: number } | null>((a, b) => (a && a.at <= b.at ? a : b), null);
}
