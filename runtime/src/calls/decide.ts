/**
 * One event against one call: runs the engine and turns its answer into the write of a turn. Pure apart from the
 * provider's rendering, which is pure too. Throws only for our own mistakes.
 */
import type { CallEvent, Session, TimerChange } from "@trunkline/schema/call";
import { type Flows, openSession, type StepResult, step } from "@trunkline/schema/engine";
import type { CallState, LoadedCall, NewCall, StoredReply, TurnWrite } from "../db/turns.ts";
import type { Provider } from "../providers/provider.ts";
import { turnLinks } from "./links.ts";

export interface Deciding {
  readonly provider: Pick<Provider, "render">;
  readonly publicBaseUrl: string;
  /** Names this process in the leases of effects. */
  readonly owner: string;
}

/** How long nobody else may perform an effect this process has just ordered, in milliseconds, beside its own time. */
const leaseMs = 5000;
/** A message may have to be offered to the carrier three times. */
const messageMs = 15_000;

export interface Asking {
  readonly inboxKey: string;
  /** Is a phone waiting for this turn's reply right now? */
  readonly awaited: (turn: number) => boolean;
  readonly rank?: number;
  readonly settles?: TurnWrite["settles"];
  /** The timer that fired: its row goes. */
  readonly fired?: string;
}

export function decideOpening(
  parts: Deciding,
  flows: Flows,
  call: NewCall,
  event: CallEvent,
  asking: Asking,
): TurnWrite {
  const flow = flows.get(call.hash);
  if (!flow) throw new Error("Expected the flow of a new call, found none.");
  // The session names the flow by the hash the version was published under.
  const fresh = openSession(flow);
  const session = { ...fresh, frames: fresh.frames.map((frame) => ({ ...frame, flow: call.hash })) };
  const result = step(flows, session, event);
  return writeOf(parts, { open: call }, call, result, event, asking);
}

export function decide(
  parts: Deciding,
  flows: Flows,
  call: LoadedCall,
  event: CallEvent,
  asking: Asking,
): TurnWrite {
  const session: Session = JSON.parse(call.session); // written by `step`, read back by nobody else
  const result = step(flows, session, event);
  const at = { id: call.id, revision: call.revision };
  return writeOf(parts, at, call, result, event, asking);
}

/**
 * What is told of a call without being an event of the engine: journalled, and the rank grows. `verdict` says whether
 * it told anything new.
 */
export function journal(
  parts: Deciding,
  call: LoadedCall,
  told: { type: string; at: number; status: string; verdict: "applied" | "late" },
  asking: Pick<Asking, "inboxKey"> & { readonly rank: number },
): TurnWrite {
  const { verdict, ...payload } = told;
  const { type, at } = told;
  return {
    call: { id: call.id, revision: call.revision },
    token: call.token,
    clientId: call.clientId,
    placed: call.direction === "outbound",
    event: { at, type, payload: JSON.stringify(payload), verdict, inboxKey: asking.inboxKey },
    state: null,
    rank: asking.rank,
    trace: [],
    reply: null,
    effects: [],
    owner: parts.owner,
    leaseUntil: at,
    settles: null,
    timers: { set: [], drop: [] },
  };
}

function writeOf(
  parts: Deciding,
  call: TurnWrite["call"],
  { token, clientId, direction }: Pick<LoadedCall, "token" | "clientId" | "direction">,
  result: StepResult,
  event: CallEvent,
  asking: Asking,
): TurnWrite {
  const applied = result.verdict === "applied";
  return {
    call,
    token,
    clientId,
    placed: direction === "outbound",
    event: {
      at: event.at,
      type: event.type,
      payload: JSON.stringify(event),
      verdict: result.verdict,
      inboxKey: asking.inboxKey,
    },
    state: applied ? stateOf(result, event.at) : null,
    rank: asking.rank ?? 0,
    trace: result.trace,
    reply: applied ? replyOf(parts, token, result, asking) : null,
    effects: result.effects,
    owner: parts.owner,
    leaseUntil: event.at + leaseMs + longest(result.effects),
    settles: asking.settles ?? null,
    timers: timersOf(result.timers, asking.fired),
  };
}

function longest(effects: StepResult["effects"]): number {
  return effects.reduce((most, one) => {
    if (one.effect === "send-message") return Math.max(most, messageMs);
    return one.effect === "http-request" ? Math.max(most, one.timeoutSeconds * 1000) : most;
  }, 0);
}

function stateOf({ session, ended }: StepResult, at: number): CallState {
  return {
    session: JSON.stringify(session),
    turn: session.turn,
    visits: session.counters.visits,
    node: session.ended ? null : (session.frames.at(-1)?.node ?? null),
    phone: session.phone,
    ended: ended && { ...ended, at },
  };
}

function replyOf(parts: Deciding, token: string, { reply }: StepResult, asking: Asking): StoredReply | null {
  if (!reply) return null;
  const links = turnLinks(parts.publicBaseUrl, token, reply.turn + 1);
  const rendered = parts.provider.render(reply.verbs, links);
  return { turn: reply.turn, ...rendered, fetched: asking.awaited(reply.turn) };
}

/** The last word on each timer counts; one that fired and is not set again is gone. */
function timersOf(changes: readonly TimerChange[], fired: string | undefined): TurnWrite["timers"] {
  const last = new Map<string, number | null>(fired === undefined ? [] : [[fired, null]]);
  for (const change of changes) last.set(change.id, change.timer === "set" ? change.at : null);
  return {
    set: [...last].flatMap(([id, at]) => (at === null ? [] : [{ id, at }])),
    drop: [...last].flatMap(([id, at]) => (at === null ? [id] : [])),
  };
}
