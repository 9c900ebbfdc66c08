/**
 * Rehearsing: a flow played without a phone, in virtual time. The session is written to JSON and read back between any
 * two events, as it would be on a live call; effects are answered as the rehearsal was told.
 */
import type { CallEvent, DialStatus, DialVerb, RecordVerb } from "../call/index.ts";
import { beginningOf } from "../document/index.ts";
import { type CompiledFlow, openSession } from "../engine/index.ts";
import { feed, passTime, run, said } from "./line.ts";
import type { Caller, CallerAction, Listening, Rehearsal } from "./rehearsal.ts";

const mondayNoon = Date.UTC(2026, 0, 5, 12);
/** How long a carrier listens before it judges who answered, unless the rehearsal says. */
const verdictSeconds = 4;
/** How long two people talk, unless the rehearsal says. */
const talkSeconds = 60;
/** How sure a recogniser is of words that were said plainly, unless the rehearsal says. */
const usualConfidence = 0.9;
/** How fast a person speaks, for the length of a recording. */
const charactersPerSecond = 15;

export function startRehearsal(
  compiled: CompiledFlow,
  caller: Caller = {},
  calledFlows: readonly CompiledFlow[] = [],
): Rehearsal {
  const beginning = beginningOf(compiled.flow);
  const { direction = beginning.calls === "outbound" ? "outbound" : "inbound" } = caller;
  const outbound = direction === "outbound";
  const {
    from = outbound ? "+15550100001" : "+15550100009",
    to = outbound ? "+15550100009" : "+15550100001",
  } = caller;
  const { at = mondayNoon, seed = 1, effects = "done", inputs, answers = [] } = caller;
  const silent: Rehearsal = {
    compiled,
    flows: new Map([compiled, ...calledFlows].map((flow) => [flow.hash, flow])),
    at,
    session: openSession(compiled),
    trace: [],
    transcript: [{ at, who: "line", text: `Call from ${from} to ${to}` }],
    listening: null,
    outcomes: [],
    messages: [],
    requests: [],
    over: false,
    timers: {},
    coming: [],
    answers,
    effects,
    phone: { verbs: [], stored: [], askedAt: null },
  };
  const event = {
    type: "call-started",
    at,
    turn: 0,
    direction,
    from,
    to,
    seed,
    ...(inputs ? { inputs } : {}),
  } as const;
  const { answered } = caller;
  if (!answered || !outbound || beginning.detection === "off") return run(feed(silent, event));
  const { afterSeconds = verdictSeconds, ...verdict } = answered;
  if (beginning.detection === "first") return run(feed(silent, { ...event, answered: verdict }));
  const told = { type: "answered-by", at: at + afterSeconds * 1000, leg: "call", ...verdict } as const;
  const begun = feed(silent, event);
  return run({ ...begun, coming: [...begun.coming, told] });
}

/** What the far end does now. Runs until the phone listens again or the call is over. An ended rehearsal stays. */
export function act(rehearsal: Rehearsal, action: CallerAction): Rehearsal {
  if (rehearsal.over) return rehearsal;
  const { listening } = rehearsal;
  if ("hangUp" in action) return run(hangUp(said(rehearsal, "caller", "hangs up")));
  if ("dialled" in action) {
    return listening?.verb === "dial" ? run(dialled(rehearsal, listening, action)) : rehearsal;
  }
  if ("record" in action) {
    return listening?.verb === "record" ? run(recorded(rehearsal, listening, action)) : rehearsal;
  }
  if ("press" in action)
    return run(press(said(rehearsal, "caller", `presses ${action.press}`), action.press));
  if ("speak" in action) return run(speak(said(rehearsal, "caller", `“${action.speak}”`), action));
  const silent = said(rehearsal, "caller", "stays silent");
  return run(unheard(silent, silenceSeconds(listening)));
}

function silenceSeconds(listening: Listening | null): number {
  if (listening?.verb === "gather") return listening.timeoutSeconds;
  return listening?.verb === "record" ? listening.silenceSeconds : 0;
}

/** The phone heard nothing it can use: time passes, then it does what follows. One that rings somebody rings on. */
function unheard(rehearsal: Rehearsal, seconds: number): Rehearsal {
  if (rehearsal.listening?.verb === "dial") return rehearsal;
  const waited = passTime(rehearsal, seconds * 1000);
  return waited.listening === rehearsal.listening ? { ...waited, listening: null } : waited;
}

function hangUp(rehearsal: Rehearsal): Rehearsal {
  return feed(rehearsal, { type: "call-ended", at: rehearsal.at, reason: "completed", seconds: null });
}

function press(rehearsal: Rehearsal, pressed: string): Rehearsal {
  const { listening, at, session } = rehearsal;
  if (listening?.verb === "record") {
    const ends = [...pressed].some((key) => listening.finishOnKeys.includes(key));
    return ends ? unheard(rehearsal, 0) : rehearsal;
  }
  if (listening?.verb !== "gather") return rehearsal;
  if (!listening.input.includes("keys")) return unheard(rehearsal, silenceSeconds(listening));
  const finish = listening.finishOnKey;
  const end = finish ? pressed.indexOf(finish) : -1;
  const keys = end < 0 ? pressed : pressed.slice(0, end);
  // Keys beyond what ends the gathering are not part of it: as on a real line.
  const digits = keys.slice(0, listening.maxDigits ?? keys.length);
  // The finishing key alone is no input.
  if (digits === "") return unheard(rehearsal, 0);
  return feed(rehearsal, { type: "input", at, turn: session.turn, digits });
}

function speak(
  rehearsal: Rehearsal,
  said: { readonly speak: string; readonly confidence?: number },
): Rehearsal {
  const { listening, at, session } = rehearsal;
  const hears = listening?.verb === "gather" && listening.input.includes("speech");
  if (!hears) return unheard(rehearsal, silenceSeconds(listening));
  const speech = { text: said.speak, confidence: said.confidence ?? usualConfidence };
  return feed(rehearsal, { type: "input", at, turn: session.turn, speech });
}

function recorded(
  rehearsal: Rehearsal,
  listening: RecordVerb,
  action: Extract<CallerAction, { readonly record: string }>,
): Rehearsal {
  const { record: words, end = "silence" } = action;
  const seconds = Math.min(listening.maxSeconds, Math.max(1, Math.ceil(words.length / charactersPerSecond)));
  const quiet = end === "silence" ? listening.silenceSeconds : 0;
  const spoken = passTime(said(rehearsal, "caller", `“${words}”`), (seconds + quiet) * 1000);
  if (spoken.listening !== listening) return spoken;
  const recording = `rehearsal:recording-${rehearsal.session.turn}`;
  const { at, session } = spoken;
  const hungUp = end === "hang-up";
  const event: CallEvent = { type: "recording-made", at, turn: session.turn, recording, seconds, hungUp };
  if (!hungUp) return feed(spoken, event);
  return hangUp(feed(said(spoken, "caller", "hangs up"), event));
}

function dialled(
  rehearsal: Rehearsal,
  listening: DialVerb,
  action: Extract<CallerAction, { readonly dialled: string }>,
): Rehearsal {
  const { dialled: what } = action;
  const told = said(rehearsal, "line", `The party that was dialled: ${what}`);
  if (what === "machine" || what === "fax") {
    const heard = passTime(told, verdictSeconds * 1000);
    if (heard.listening !== listening) return heard;
    return feed(heard, { type: "answered-by", at: heard.at, by: what, leg: "dialled" });
  }
  const status: DialStatus = what;
  const seconds =
    status === "completed" ? Math.min(listening.limitSeconds, action.seconds ?? talkSeconds) : null;
  const talked = passTime(told, (seconds ?? 0) * 1000);
  if (talked.listening !== listening) return talked;
  return feed(talked, { type: "dial-ended", at: talked.at, turn: talked.session.turn, status, seconds });
}
