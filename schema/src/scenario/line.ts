/**
 * The line a rehearsal is played on: the phone does what it is told, time passes, what is due is told to the engine.
 * It keeps a carrier's and the runtime's manners: orders for a turn are kept until the phone asks for them, a pulled
 * phone drops what it does, and a phone that waits too long for orders is told to hold on.
 */
import {
  type CallEvent,
  type Effect,
  type InformingEvent,
  isControlling,
  type Json,
  type RequestResult,
  type Session,
  type Verb,
} from "../call/index.ts";
import { step } from "../engine/index.ts";
import { pickFrom } from "../language/index.ts";
import type { Answer, Rehearsal, TranscriptLine } from "./rehearsal.ts";

/** How fast a voice speaks, for the virtual clock; about 170 English words a minute. */
const charactersPerSecond = 15;
/** How long an audio file is taken to last: nobody has fetched it. */
const audioSeconds = 5;
/** The runtime's patience with effects before the caller is told to hold on. */
const thinkingMs = 1500;
/** Things one action may bring about before the rehearsal stops it; a flow's own limits come first. */
const mostMoves = 20_000;

export function said(rehearsal: Rehearsal, who: TranscriptLine["who"], text: string): Rehearsal {
  const node = rehearsal.session.frames.at(-1)?.node;
  const line: TranscriptLine = { at: rehearsal.at, who, text, ...(who === "line" ? {} : { node }) };
  return { ...rehearsal, transcript: [...rehearsal.transcript, line] };
}

/** Let the phone and the clock go on until the far end has to do something, or the call is over. */
export function run(start: Rehearsal): Rehearsal {
  let now = start;
  for (let moves = 0; moves < mostMoves && now.listening === null && !now.over; moves += 1) now = move(now);
  return now;
}

function move(now: Rehearsal): Rehearsal {
  const { phone, session } = now;
  const due = earliest(now);
  if (due && due.at <= now.at) return tell(now, due);
  const [verb, ...rest] = phone.verbs;
  if (verb && session.phone !== "gone") return perform({ ...now, phone: { ...phone, verbs: rest } }, verb);
  if (session.ended) return over(now);
  // The phone waits for orders, or is gone: whatever comes next is told.
  const patience = session.phone === "gone" || phone.askedAt === null ? null : phone.askedAt + thinkingMs;
  if (due && (patience === null || due.at <= patience)) return tell({ ...now, at: due.at }, due);
  if (patience === null) return { ...now, over: true };
  return feed({ ...now, at: patience }, { type: "poll", at: patience, turn: session.turn });
}

function over(now: Rehearsal): Rehearsal {
  return { ...said(now, "line", `The call is over: ${now.session.disposition ?? "ended"}`), over: true };
}

/** The phone does the first of its orders. */
function perform(now: Rehearsal, verb: Verb): Rehearsal {
  switch (verb.verb) {
    case "say": {
      const spoken = verb.text.trim() ? said(now, "flow", verb.text) : now;
      return passTime(spoken, Math.ceil(verb.text.length / charactersPerSecond) * 1000);
    }
    case "play":
      return passTime(said(now, "flow", `plays ${verb.url}`), audioSeconds * verb.times * 1000);
    case "send-digits":
      return passTime(said(now, "flow", `presses ${verb.digits}`), keySeconds(verb.digits) * 1000);
    case "pause":
      return passTime(now, verb.seconds * 1000);
    case "gather": {
      if (verb.prompts.length === 0) return { ...now, listening: verb };
      const verbs = [...verb.prompts, { ...verb, prompts: [] }, ...now.phone.verbs];
      return { ...now, phone: { ...now.phone, verbs } };
    }
    case "record":
      return { ...(verb.beep ? said(now, "line", "A beep: recording") : now), listening: verb };
    case "dial": {
      const { target } = verb;
      const whom =
        target.to === "number" ? target.number : target.to === "sip" ? target.address : target.client;
      return { ...said(now, "line", `Rings ${whom}`), listening: verb };
    }
    case "next": {
      const [verbs, ...stored] = now.phone.stored;
      if (verbs) return { ...now, phone: { verbs, stored, askedAt: null } };
      return feed(now, { type: verb.why, at: now.at, turn: now.session.turn });
    }
    case "hang-up":
      return { ...now, phone: { verbs: [], stored: [], askedAt: null } };
  }
}

/** About a quarter of a second a key; `w` and `W` are silences of half a second and a second. */
function keySeconds(digits: string): number {
  return [...digits].reduce((sum, key) => sum + (key === "W" ? 1 : key === "w" ? 0.5 : 0.25), 0);
}

/** Let time pass; what is due in between is told, and may give the phone something else to do. */
export function passTime(start: Rehearsal, ms: number): Rehearsal {
  const until = start.at + ms;
  let now = start;
  for (let told = 0; told < mostMoves; told += 1) {
    const due = earliest(now);
    if (!due || due.at > until) return { ...now, at: until };
    const before = now.session.turn;
    now = tell({ ...now, at: Math.max(now.at, due.at) }, due);
    // Pulled away from what it did, or the call is over.
    if (now.session.turn !== before && now.phone.stored.length === 0) return now;
    if (now.session.ended && now.phone.verbs.length === 0) return now;
  }
  return now;
}

function earliest(now: Rehearsal): InformingEvent | null {
  const timers = Object.entries(now.timers).map(([id, at]): InformingEvent => ({ type: "timer", at, id }));
  return [...now.coming, ...timers].reduce<InformingEvent | null>(
    (a, b) => (a && a.at <= b.at ? a : b),
    null,
  );
}

function tell(now: Rehearsal, due: InformingEvent): Rehearsal {
  const at = Math.max(now.at, due.at);
  const coming = now.coming.filter((one) => one !== due);
  const { [due.type === "timer" ? due.id : ""]: _fired, ...timers } = now.timers;
  return feed({ ...now, at, coming, timers: due.type === "timer" ? timers : now.timers }, { ...due, at });
}

/** Tell the engine what happened, and the phone what came of it. */
export function feed(before: Rehearsal, event: CallEvent): Rehearsal {
  const result = step(before.flows, before.session, event);
  const timers = { ...before.timers };
  for (const change of result.timers) {
    if (change.timer === "set") timers[change.id] = change.at;
    else delete timers[change.id];
  }
  let now: Rehearsal = {
    ...before,
    session: JSON.parse(JSON.stringify(result.session)) as Session, // the round trip every stored session makes
    timers,
    trace: [...before.trace, ...result.trace],
  };
  now = tellPhone(now, event, result.reply?.verbs ?? null, result.effects);
  for (const effect of result.effects) if (effect.effect !== "pull-call") now = order(now, effect);
  return now;
}

function tellPhone(
  now: Rehearsal,
  event: CallEvent,
  verbs: readonly Verb[] | null,
  effects: readonly Effect[],
): Rehearsal {
  const { phone } = now;
  if (now.session.phone === "gone") {
    return { ...now, listening: null, phone: { verbs: [], stored: [], askedAt: null } };
  }
  if (isControlling(event)) {
    const askedAt = verbs ? null : (phone.askedAt ?? now.at);
    return { ...now, listening: null, phone: { verbs: verbs ?? [], stored: [], askedAt } };
  }
  if (!verbs) return now;
  const pulled = effects.some((effect) => effect.effect === "pull-call");
  if (pulled || phone.askedAt !== null) {
    return { ...now, listening: null, phone: { verbs, stored: [], askedAt: null } };
  }
  return { ...now, phone: { ...phone, stored: [...phone.stored, verbs] } };
}

/** An effect is asked for: what becomes of it is told after the answer's delay. */
function order(now: Rehearsal, effect: Exclude<Effect, { effect: "pull-call" }>): Rehearsal {
  const node = now.session.pending[effect.id]?.node ?? now.session.frames.at(-1)?.node ?? "";
  const index = now.answers.findIndex((answer) => answer.node === node);
  const answer = now.answers[index];
  const answers = index < 0 ? now.answers : now.answers.toSpliced(index, 1);
  const at = now.at + (answer?.afterSeconds ?? 0) * 1000;
  const fails = answer ? answer.fails : now.effects === "failed" ? "failed in this rehearsal" : undefined;
  const back: InformingEvent =
    fails === undefined
      ? { type: "effect-done", at, id: effect.id, result: resultOf(effect, answer) }
      : { type: "effect-failed", at, id: effect.id, error: fails };
  const asked = { ...now, answers, coming: [...now.coming, back] };
  switch (effect.effect) {
    case "record-outcome":
      return fails === undefined ? { ...asked, outcomes: [...now.outcomes, effect] } : asked;
    case "http-request":
      return { ...asked, requests: [...now.requests, effect] };
    case "send-message":
      return fails === undefined ? { ...asked, messages: [...now.messages, effect] } : asked;
  }
}

function resultOf(effect: Effect, answer: Answer | undefined): Json {
  if (effect.effect !== "http-request") return null;
  const { status = 200, json = {} } = answer ?? {};
  const result: RequestResult = { status, picked: pickFrom(json, effect.pick) };
  return result as unknown as Json; // a plain object of plain values
}
