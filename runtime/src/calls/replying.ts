/**
 * How a phone that asks gets its orders: those just decided, the stored ones, or those still being thought about.
 * Whatever is asked for twice is answered with the same bytes.
 *
 * Doorway: `createReplying` for calls.ts. Rejects when the database is away or we made a mistake.
 */
import type { CallEvent, Session } from "@trunkline/schema/call";
import type { CompiledFlow, Flows } from "@trunkline/schema/engine";
import type { Database } from "../db/database.ts";
import {
  callIdOf,
  commitTurn,
  type LoadedCall,
  markFetched,
  readCall,
  type StoredReply,
  type TurnWrite,
} from "../db/turns.ts";
import type { Effects } from "../effects/effects.ts";
import type { LiveBus } from "../live/bus.ts";
import { type Clock, within } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { Provider, Rendered } from "../providers/provider.ts";
import { type Deciding, decide } from "./decide.ts";
import type { FlowCache } from "./flow-cache.ts";
import { turnLinks } from "./links.ts";
import { createTurnBoard } from "./turn-board.ts";

/** What a webhook knows while it is answered: the flow says how to apologise if all goes wrong. */
export interface Memo {
  flow?: CompiledFlow;
}

export interface ReplyingParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly provider: Pick<Provider, "render">;
  readonly log: Log;
  readonly bus: LiveBus;
  readonly publicBaseUrl: string;
  readonly cache: FlowCache;
  readonly deciding: Deciding;
  readonly effects: () => Pick<Effects, "perform" | "expect">;
}

export interface Replying {
  /** After a write is stored, and only then: tell who waits, perform, expect, publish. */
  committed(write: TurnWrite, providerCallId: string): void;
  /** The answer to the question that was just written: what was decided, or what its effects bring. */
  settled(write: TurnWrite, providerCallId: string, turn: number, flows: Flows): Promise<Rendered>;
  /** Orders for a question that changes nothing. */
  again(call: LoadedCall, turn: number, memo: Memo): Promise<Rendered>;
  awaitedIn(callId: string): (turn: number) => boolean;
  timeFor(call: Pick<LoadedCall, "touchedAt">): number;
  hangUp(): Rendered;
  notInService(): Rendered;
}

/** How long a webhook waits for effects before the caller is told to hold on. */
const thinkingMs = 1500;
/** Races one event may lose before we give up; each loss means somebody else made progress. */
export const mostRaces = 50;
/** Ranks of the carrier's statuses (provider.ts). */
export const ringingRank = 2;
export const overRank = 4;

export function createReplying(parts: ReplyingParts): Replying {
  const { database, clock, provider, log, bus, publicBaseUrl, cache, deciding, effects } = parts;
  const board = createTurnBoard();
  const timeFor = (call: Pick<LoadedCall, "touchedAt">) => Math.max(clock.now(), call.touchedAt);

  /** After the write is stored, and only then: tell who waits, perform, expect, publish. */
  function committed(write: TurnWrite, providerCallId: string): void {
    const callId = callIdOf(write);
    if (write.reply) board.post(callId, write.reply);
    effects().perform(
      { callId, clientId: write.clientId, token: write.token, providerCallId },
      write.effects,
    );
    for (const { at } of write.timers.set) effects().expect(at);
    bus.publish({ clientId: write.clientId, callId, trace: write.trace });
  }

  /** The answer to the question that was just written: what was decided, or what its effects bring. */
  async function settled(
    write: TurnWrite,
    providerCallId: string,
    turn: number,
    flows: Flows,
  ): Promise<Rendered> {
    if (write.reply) {
      committed(write, providerCallId);
      return write.reply;
    }
    // Nobody is there any more: a recording that ended by hanging up, or one reported after the end.
    if (write.state?.phone === "gone") {
      committed(write, providerCallId);
      return hangUp();
    }
    const callId = callIdOf(write);
    // Taken before anything is performed: an effect may be done at once.
    const ticket = board.take(callId, turn);
    committed(write, providerCallId);
    return await waitFor(ticket, null, callId, turn, flows);
  }

  /** Orders for a question that changes nothing: the stored ones, or those still being thought about. */
  async function again(call: LoadedCall, turn: number, memo: Memo): Promise<Rendered> {
    const flows = await cache.flows(call.hash);
    memo.flow = flows.get(call.hash);
    if (call.rank >= overRank) return hangUp();
    if (call.reply) {
      if (!call.reply.fetched) await markFetched(database, call.id, turn);
      return call.reply;
    }
    if (call.status === "ended") return hangUp();
    const { turn: open, phone }: Session = JSON.parse(call.session); // written by `step`
    if (phone === "gone") return hangUp();
    // Asked for a turn we never linked to: lead the phone back to the open one.
    if (turn !== open) return backTo(call, open);
    const ticket = board.take(call.id, turn);
    const stored = await readCall(database, { by: "id", id: call.id }, { turn });
    return await waitFor(ticket, stored?.reply ?? null, call.id, turn, flows);
  }

  /** The reply of this turn: at once, or when the effects are done, or after `thinkingMs` whatever the engine says then. */
  async function waitFor(
    ticket: ReturnType<typeof board.take>,
    ready: StoredReply | null,
    callId: string,
    turn: number,
    flows: Flows,
  ): Promise<Rendered> {
    try {
      const reply = ready ?? (await within<StoredReply | null>(clock, thinkingMs, ticket.reply, () => null));
      if (reply) return reply;
      return await holdOn(callId, turn, flows);
    } finally {
      ticket.close();
    }
  }

  /** Thinking took too long: the engine is told that the phone polls, and then always has something to say. */
  async function holdOn(callId: string, turn: number, flows: Flows): Promise<Rendered> {
    const inboxKey = `${turn}/waited`;
    for (let race = 0; race < mostRaces; race++) {
      const call = await readCall(database, { by: "id", id: callId }, { turn, inboxKey });
      if (!call) throw new Error("Expected the call that is being answered, found none.");
      if (call.reply) return call.reply;
      const { phone }: Session = JSON.parse(call.session); // written by `step`
      if (call.status === "ended" || call.rank >= overRank || phone === "gone") return hangUp();
      const event: CallEvent = { type: "poll", at: timeFor(call), turn };
      const write = decide(deciding, flows, call, event, { inboxKey, awaited: () => true });
      if (!(await commitTurn(database, write))) continue;
      committed(write, call.providerCallId);
      if (write.reply) return write.reply;
      throw new Error("Expected a reply to a poll, found none.");
    }
    throw new Error(`Expected to hold the turn within ${mostRaces} tries.`);
  }

  function hangUp(): Rendered {
    return provider.render([{ verb: "hang-up" }], turnLinks(publicBaseUrl, "", 0));
  }

  function backTo(call: LoadedCall, open: number): Rendered {
    log.warn("A phone asked for a turn it was never led to; it was led back.", { call: call.id });
    return provider.render([{ verb: "next", why: "poll" }], turnLinks(publicBaseUrl, call.token, open));
  }

  function notInService(): Rendered {
    const text = "This number is not in service. Goodbye.";
    return provider.render(
      [{ verb: "say", text, language: "en-US" }, { verb: "hang-up" }],
      turnLinks(publicBaseUrl, "", 0),
    );
  }

  return {
    committed,
    settled,
    again,
    awaitedIn: (callId) => (turn) => board.awaited(callId, turn),
    timeFor,
    hangUp,
    notInService,
  };
}
