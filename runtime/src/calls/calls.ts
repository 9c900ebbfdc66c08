/**
 * Live calls: what an authentic webhook, an effect's answer or a timer does to a call. Each event is read, decided
 * and written once (db/turns.ts); a lost race reads again; a repetition gets the stored bytes.
 *
 * Doorway: `createCalls` in app.ts; routes/voice.ts calls `ring`, `ask` and `report`. Stores and decides, translates
 * nothing. Rejects when the database is away or we made a mistake: calls/answer-safely.ts turns that into orders the
 * caller can live with.
 */
import type { CallEvent, ControllingEvent } from "@trunkline/schema/call";
import type { CompiledFlow, Flows } from "@trunkline/schema/engine";
import type { Database } from "../db/database.ts";
import { type DueTimer, dropTimer } from "../db/effects.ts";
import {
  type CallKey,
  type CallQuestion,
  callIdOf,
  commitTurn,
  type LoadedCall,
  markFetched,
  readCall,
  readDocument,
  readNumber,
  type StoredReply,
  type TurnWrite,
} from "../db/turns.ts";
import { createEffects, type EffectAnswer, type Effects } from "../effects/effects.ts";
import type { LiveBus } from "../live/bus.ts";
import { type Clock, within } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import { makeId, makeSeed, makeToken, type Random } from "../ports/random.ts";
import type { Provider, Rendered, StatusReport, TurnKind, VoiceRequest } from "../providers/provider.ts";
import { type Asking, type Deciding, decide, decideOpening } from "./decide.ts";
import { createFlowCache } from "./flow-cache.ts";
import { turnLinks, turnUrl } from "./links.ts";
import { createTurnBoard } from "./turn-board.ts";

export interface CallsParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly provider: Provider;
  readonly log: Log;
  readonly bus: LiveBus;
  readonly publicBaseUrl: string;
  /** True when no other process can have this database open. */
  readonly soleOwner: boolean;
}

/** What a webhook knows while it is answered: the flow says how to apologise if all goes wrong. */
export interface Memo {
  flow?: CompiledFlow;
}

/** `unknown`: no such address; answered like a wrong signature. */
export type Answer = Rendered | "unknown";

export interface Calls {
  /** The first webhook of an inbound call, and its repetitions. */
  ring(hookToken: string, request: VoiceRequest, memo: Memo): Promise<Answer>;
  /** The phone asks for the orders of a turn. */
  ask(token: string, turn: number, kind: TurnKind, request: VoiceRequest, memo: Memo): Promise<Answer>;
  /** The carrier tells how the call goes. */
  report(address: ReportAddress, report: StatusReport): Promise<"heard" | "unknown">;
  /** The line of a call is known to be dead without any report. */
  lost(callId: string): Promise<void>;
  readonly effects: Effects;
}

export type ReportAddress = { readonly token: string } | { readonly hookToken: string };

/** How long a webhook waits for effects before the caller is told to hold on. */
const thinkingMs = 1500;
/** Races one event may lose before we give up; each loss means somebody else made progress. */
const mostRaces = 50;

export function createCalls(parts: CallsParts): Calls {
  const { database, clock, random, provider, log, bus, publicBaseUrl } = parts;
  const board = createTurnBoard();
  const cache = createFlowCache((hash) => readDocument(database, hash));
  const deciding: Deciding = { provider, publicBaseUrl, owner: makeToken(random) };
  const effects = createEffects({
    ...parts,
    owner: deciding.owner,
    pollUrl: (token, turn) => turnUrl(publicBaseUrl, token, turn, "poll"),
    answer: answerEffect,
    fire,
  });
  const awaitedIn = (callId: string) => (turn: number) => board.awaited(callId, turn);
  const timeFor = (call: LoadedCall) => Math.max(clock.now(), call.touchedAt);

  /** After the write is stored, and only then: tell who waits, perform, expect, publish. */
  function committed(write: TurnWrite, providerCallId: string): void {
    const callId = callIdOf(write);
    if (write.reply) board.post(callId, write.reply);
    effects.perform({ callId, clientId: write.clientId, token: write.token, providerCallId }, write.effects);
    for (const { at } of write.timers.set) effects.expect(at);
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
    const callId = callIdOf(write);
    // Taken before anything is performed: an effect may be done at once.
    const ticket = board.take(callId, turn);
    committed(write, providerCallId);
    return await waitFor(ticket, null, callId, turn, flows);
  }

  async function ring(hookToken: string, request: VoiceRequest, memo: Memo): Promise<Answer> {
    const inboxKey = "0/voice";
    for (let race = 0; race < mostRaces; race++) {
      const found = await readNumber(database, hookToken, provider.name, request.callId, {
        turn: 0,
        inboxKey,
      });
      if (!found) return "unknown";
      if (found.call) return await answerAgain(found.call, 0, memo);
      if (!found.live) return notInService();
      const flows = await cache.flows(found.live.hash);
      memo.flow = flows.get(found.live.hash);
      const at = clock.now();
      const { from, to, direction } = request;
      const call = {
        clientId: found.clientId,
        id: makeId(random, at),
        token: makeToken(random),
        provider: provider.name,
        providerCallId: request.callId,
        number: found.number,
        flowId: found.live.flowId,
        flowVersionId: found.live.versionId,
        hash: found.live.hash,
        direction,
        from,
        to,
        startedAt: at,
      };
      const event: CallEvent = {
        type: "call-started",
        at,
        turn: 0,
        direction,
        from,
        to,
        seed: makeSeed(random),
      };
      const asking: Asking = { inboxKey, awaited: () => true, rank: ringingRank };
      const write = decideOpening(deciding, flows, call, event, asking);
      if (!(await commitTurn(database, write))) continue;
      return await settled(write, request.callId, 0, flows);
    }
    throw new Error(`Expected to open the call within ${mostRaces} tries.`);
  }

  async function ask(
    token: string,
    turn: number,
    kind: TurnKind,
    request: VoiceRequest,
    memo: Memo,
  ): Promise<Answer> {
    const inboxKey = `${turn}/${kind}`;
    for (let race = 0; race < mostRaces; race++) {
      const call = await readCall(database, { by: "token", token }, { turn, inboxKey });
      if (!call || call.providerCallId !== request.callId) return "unknown";
      const flows = await cache.flows(call.hash);
      memo.flow = flows.get(call.hash);
      const event = controllingEvent(turn, kind, request, timeFor(call));
      // A question that brings nothing new about an answered turn is a repetition, not an event.
      const news = !call.seen && (!call.reply || kind === "input" || kind === "no-input");
      if (!news) return await answerAgain(call, turn, memo);
      const write = decide(deciding, flows, call, event, { inboxKey, awaited: () => true });
      if (!(await commitTurn(database, write))) continue;
      if (write.state) return await settled(write, call.providerCallId, turn, flows);
      committed(write, call.providerCallId);
      return await answerAgain(call, turn, memo);
    }
    throw new Error(`Expected to answer the turn within ${mostRaces} tries.`);
  }

  /** Orders for a question that changes nothing: the stored ones, or those still being thought about. */
  async function answerAgain(call: LoadedCall, turn: number, memo: Memo): Promise<Rendered> {
    const flows = await cache.flows(call.hash);
    memo.flow = flows.get(call.hash);
    if (call.rank >= overRank) return hangUp();
    if (call.reply) {
      if (!call.reply.fetched) await markFetched(database, call.id, turn);
      return call.reply;
    }
    if (call.status === "ended") return hangUp();
    const open: number = JSON.parse(call.session).turn; // a session always has its turn
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
      if (call.status === "ended" || call.rank >= overRank) return hangUp();
      const event: CallEvent = { type: "poll", at: timeFor(call), turn };
      const write = decide(deciding, flows, call, event, { inboxKey, awaited: () => true });
      if (!(await commitTurn(database, write))) continue;
      committed(write, call.providerCallId);
      if (write.reply) return write.reply;
      throw new Error("Expected a reply to a poll, found none.");
    }
    throw new Error(`Expected to hold the turn within ${mostRaces} tries.`);
  }

  /** Feed an informing event to a call: at most once per inbox key. */
  async function inform(
    key: CallKey,
    question: CallQuestion & { inboxKey: string },
    eventFor: (call: LoadedCall) => { event: CallEvent; asking?: Partial<Asking> } | "skip",
  ): Promise<"applied" | "skipped" | "unknown"> {
    for (let race = 0; race < mostRaces; race++) {
      const call = await readCall(database, key, question);
      if (!call) return "unknown";
      if (call.seen) return "skipped";
      const wanted = eventFor(call);
      if (wanted === "skip") return "skipped";
      const flows = await cache.flows(call.hash);
      const asking = { inboxKey: question.inboxKey, awaited: awaitedIn(call.id), ...wanted.asking };
      const write = decide(deciding, flows, call, wanted.event, asking);
      if (!(await commitTurn(database, write))) continue;
      committed(write, call.providerCallId);
      return "applied";
    }
    throw new Error(`Expected to inform the call within ${mostRaces} tries.`);
  }

  async function answerEffect(callId: string, answer: EffectAnswer): Promise<void> {
    const state = answer.type === "effect-done" ? "done" : "failed";
    const inboxKey = `effect/${answer.id}`;
    await inform({ by: "id", id: callId }, { inboxKey }, (call) => ({
      event: { ...answer, at: timeFor(call) },
      asking: { settles: { id: answer.id, state } },
    }));
  }

  async function fire({ callId, id, dueAt }: DueTimer): Promise<void> {
    const inboxKey = `timer/${id}/${dueAt}`;
    const fired = await inform({ by: "id", id: callId, timer: id }, { inboxKey }, (call) =>
      // Cancelled or moved since it was read: not due any more.
      call.dueAt === dueAt
        ? { event: { type: "timer", at: timeFor(call), id }, asking: { fired: id } }
        : "skip",
    );
    // Fired by another write already, or a call that is not there: the row must not come up again.
    if (fired !== "applied") await dropTimer(database, callId, id, dueAt);
  }

  async function report(address: ReportAddress, { callId, key, rank, status, ended }: StatusReport) {
    if ("hookToken" in address) {
      const found = await readNumber(database, address.hookToken, provider.name, callId, { inboxKey: key });
      if (!found) return "unknown";
      if (!found.call) return "heard";
    }
    const by: CallKey =
      "token" in address
        ? { by: "token", token: address.token }
        : { by: "provider", provider: provider.name, providerCallId: callId };
    for (let race = 0; race < mostRaces; race++) {
      const call = await readCall(database, by, { inboxKey: key });
      if (!call || call.providerCallId !== callId) return "unknown";
      if (call.seen) return "heard";
      const at = timeFor(call);
      const write = ended
        ? decide(
            deciding,
            await cache.flows(call.hash),
            call,
            { type: "call-ended", at, ...ended },
            {
              inboxKey: key,
              awaited: awaitedIn(call.id),
              rank,
            },
          )
        : progressWrite(call, { at, key, rank, status }, deciding.owner);
      if (!(await commitTurn(database, write))) continue;
      committed(write, call.providerCallId);
      return "heard";
    }
    throw new Error(`Expected to hear the report within ${mostRaces} tries.`);
  }

  async function lost(callId: string): Promise<void> {
    await inform({ by: "id", id: callId }, { inboxKey: "lost" }, (call) => ({
      event: { type: "call-ended", at: timeFor(call), reason: "failed", seconds: null },
      asking: { rank: overRank },
    }));
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

  return { ring, ask, report, lost, effects };
}

/** Ranks of the carrier's statuses (provider.ts). */
const ringingRank = 2;
const overRank = 4;

function controllingEvent(turn: number, kind: TurnKind, request: VoiceRequest, at: number): ControllingEvent {
  if (kind !== "input") return { type: kind, at, turn };
  // Input without any is silence: the carrier may come back so after a redirect of ours.
  if (!request.input) return { type: "no-input", at, turn };
  return { type: "input", at, turn, ...request.input };
}

/** Progress the engine has no event for: journalled, and the rank grows; a lower rank is late. */
function progressWrite(
  call: LoadedCall,
  told: { at: number; key: string; rank: number; status: string },
  owner: string,
): TurnWrite {
  const verdict = told.rank > call.rank ? "applied" : "late";
  return {
    call: { id: call.id, revision: call.revision },
    token: call.token,
    clientId: call.clientId,
    event: {
      at: told.at,
      type: "progress",
      payload: JSON.stringify({ type: "progress", at: told.at, status: told.status }),
      verdict,
      inboxKey: told.key,
    },
    state: null,
    rank: told.rank,
    trace: [],
    reply: null,
    effects: [],
    owner,
    leaseUntil: told.at,
    settles: null,
    timers: { set: [], drop: [] },
  };
}
