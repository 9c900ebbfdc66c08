/**
 * Live calls: what an authentic webhook, an effect's answer or a timer does to a call. Each event is read, decided
 * and written once (db/turns.ts); a lost race reads again; a repetition gets the stored bytes.
 *
 * Doorway: `createCalls` in app.ts; routes/voice.ts calls `ring`, `ask`, `report`, `verdict`, `legVerdict` and, for
 * calls we placed, what `placing` has. Stores and decides, translates nothing. Rejects when the database is away or we
 * made a mistake: calls/answer-safely.ts turns that into orders the caller can live with.
 */
import type { AnsweredBy, CallEvent, ControllingEvent, Session } from "@trunkline/schema/call";
import type { Database } from "../db/database.ts";
import { type DueTimer, dropTimer } from "../db/effects.ts";
import {
  type CallKey,
  type CallQuestion,
  commitTurn,
  type LoadedCall,
  readCall,
  readDocument,
  readNumber,
} from "../db/turns.ts";
import { createEffects, type EffectAnswer, type Effects } from "../effects/effects.ts";
import type { RequestRules } from "../effects/http-request.ts";
import type { LiveBus } from "../live/bus.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import { makeId, makeSeed, makeToken, type Random } from "../ports/random.ts";
import type {
  Provider,
  Rendered,
  StatusReport,
  TurnKind,
  VerdictReport,
  VoiceRequest,
} from "../providers/provider.ts";
import { type Asking, type Deciding, decide, decideOpening, journal } from "./decide.ts";
import { createFlowCache } from "./flow-cache.ts";
import { turnUrl } from "./links.ts";
import { createPlacing, type Placing } from "./placing.ts";
import { createReplying, type Memo, mostRaces, overRank, ringingRank } from "./replying.ts";

export type { Memo } from "./replying.ts";

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
  readonly requests: RequestRules;
}

/** `unknown`: no such address; answered like a wrong signature. */
export type Answer = Rendered | "unknown";
export type Heard = "heard" | "unknown";

export interface Calls {
  /** The first webhook of an inbound call, and its repetitions. */
  ring(hookToken: string, request: VoiceRequest, memo: Memo): Promise<Answer>;
  /** The phone asks for the orders of a turn. */
  ask(token: string, turn: number, kind: TurnKind, request: VoiceRequest, memo: Memo): Promise<Answer>;
  /** The carrier tells how the call goes. */
  report(address: ReportAddress, report: StatusReport): Promise<Heard>;
  /** The carrier's verdict on who answered the call of this token. */
  verdict(token: string, report: VerdictReport): Promise<Heard>;
  /** The carrier's verdict on the party that the orders of the turn before let ring. */
  legVerdict(token: string, turn: number, report: VerdictReport): Promise<Heard>;
  /** The line of a call is known to be dead without any report. */
  lost(callId: string): Promise<void>;
  readonly effects: Effects;
  readonly placing: Placing;
}

export type ReportAddress = { readonly token: string } | { readonly hookToken: string };

export function createCalls(parts: CallsParts): Calls {
  const { database, clock, random, provider, publicBaseUrl } = parts;
  const cache = createFlowCache((hash) => readDocument(database, hash));
  const deciding: Deciding = { provider, publicBaseUrl, owner: makeToken(random) };
  const replying = createReplying({ ...parts, cache, deciding, effects: () => effects });
  const { committed, settled, again, awaitedIn, timeFor } = replying;
  const effects = createEffects({
    ...parts,
    owner: deciding.owner,
    pollUrl: (token, turn) => turnUrl(publicBaseUrl, token, turn, "poll"),
    answer: answerEffect,
    fire,
  });
  const placing = createPlacing({ ...parts, cache, deciding, replying });

  async function ring(hookToken: string, request: VoiceRequest, memo: Memo): Promise<Answer> {
    const inboxKey = "0/voice";
    for (let race = 0; race < mostRaces; race++) {
      const found = await readNumber(database, hookToken, provider.name, request.callId, {
        turn: 0,
        inboxKey,
      });
      if (!found) return "unknown";
      if (found.call) return await again(found.call, 0, memo);
      if (!found.live) return replying.notInService();
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
        placed: null,
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
      // It tells of the call's end sooner than the report does: what the transfer came to is nobody's way on (F11).
      const over = kind === "dial" && request.hungUp;
      const at = timeFor(call);
      const event: CallEvent = over
        ? { type: "call-ended", at, reason: "completed", seconds: null }
        : controllingEvent(turn, kind, request, at);
      // A question that brings nothing new about an answered turn is a repetition, not an event.
      const news = !call.seen && (!call.reply || bringing.has(kind));
      if (!news) return await again(call, turn, memo);
      const rank = over ? overRank : 0;
      const write = decide(deciding, flows, call, event, { inboxKey, awaited: () => true, rank });
      if (!(await commitTurn(database, write))) continue;
      if (over) {
        committed(write, call.providerCallId);
        return replying.hangUp();
      }
      if (write.state) return await settled(write, call.providerCallId, turn, flows);
      committed(write, call.providerCallId);
      return await again(call, turn, memo);
    }
    throw new Error(`Expected to answer the turn within ${mostRaces} tries.`);
  }

  /** Feed an informing event to a call: at most once per inbox key. */
  async function inform(
    key: CallKey,
    question: CallQuestion & { inboxKey: string },
    eventFor: (call: LoadedCall) => { event: CallEvent; asking?: Partial<Asking> } | "skip" | "unknown",
  ): Promise<"applied" | "skipped" | "unknown"> {
    for (let race = 0; race < mostRaces; race++) {
      const call = await readCall(database, key, question);
      if (!call) return "unknown";
      if (call.seen) return "skipped";
      const wanted = eventFor(call);
      if (wanted === "unknown") return "unknown";
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
      const progress = {
        type: "progress",
        at,
        status,
        verdict: rank > call.rank ? "applied" : "late",
      } as const;
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
        : journal(deciding, call, progress, { inboxKey: key, rank });
      if (!(await commitTurn(database, write))) continue;
      committed(write, call.providerCallId);
      return "heard";
    }
    throw new Error(`Expected to hear the report within ${mostRaces} tries.`);
  }

  async function verdict(token: string, { callId, verdict: told }: VerdictReport): Promise<Heard> {
    const event = (call: LoadedCall): AnsweredBy => ({
      type: "answered-by",
      at: timeFor(call),
      leg: "call",
      ...told,
    });
    // One verdict on a call, whatever comes after it.
    const heard = await inform({ by: "token", token }, { inboxKey: "amd" }, (call) =>
      call.providerCallId === callId ? { event: event(call) } : "unknown",
    );
    return heard === "unknown" ? "unknown" : "heard";
  }

  async function legVerdict(token: string, turn: number, report: VerdictReport): Promise<Heard> {
    const inboxKey = `leg-amd/${turn}/${report.callId}`;
    const heard = await inform({ by: "token", token }, { inboxKey }, (call) => {
      const { turn: open }: Session = JSON.parse(call.session); // written by `step`
      // Of a party that is gone by now: it must not be taken for one that is dialled later.
      if (turn !== open) return "skip";
      return { event: { type: "answered-by", at: timeFor(call), leg: "dialled", ...report.verdict } };
    });
    return heard === "unknown" ? "unknown" : "heard";
  }

  async function lost(callId: string): Promise<void> {
    await inform({ by: "id", id: callId }, { inboxKey: "lost" }, (call) => ({
      event: { type: "call-ended", at: timeFor(call), reason: "failed", seconds: null },
      asking: { rank: overRank },
    }));
  }

  return { ring, ask, report, verdict, legVerdict, lost, effects, placing };
}

/** Questions that bring something of their own: news also about a turn that is answered. */
const bringing: ReadonlySet<TurnKind> = new Set(["input", "no-input", "recording", "dial"]);

/** What a question brings. An address that brings nothing of its own is silence: a redirect of ours leads there too. */
function controllingEvent(turn: number, kind: TurnKind, request: VoiceRequest, at: number): ControllingEvent {
  const { input, recording, hungUp, dialled } = request;
  switch (kind) {
    case "input":
      return input ? { type: "input", at, turn, ...input } : { type: "no-input", at, turn };
    case "recording":
      return recording
        ? {
            type: "recording-made",
            at,
            turn,
            recording: recording.address,
            seconds: recording.seconds,
            hungUp,
          }
        : { type: "no-input", at, turn };
    case "dial":
      return dialled ? { type: "dial-ended", at, turn, ...dialled } : { type: "no-input", at, turn };
    default:
      return { type: kind, at, turn };
  }
}
