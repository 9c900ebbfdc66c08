/**
 * Calls that we place. The intent is stored first, then the carrier is asked exactly once; whatever becomes of that
 * question, it is never asked again. A call whose question got no answer is `ambiguous` until a webhook with its token
 * comes or the carrier's own list says what happened: 15, 45 and 90 seconds after the intent.
 *
 * Doorway: `place` for the API and tests; `pickUp`, `report` and `verdict` for the webhooks of /out/<token>/…;
 * `start`, `stop` and `idle` as of effects. Every placed call ends with exactly one reason, even when the carrier never
 * says a word: then its own list is asked.
 */
import type { CallEvent, EndReason, Value } from "@trunkline/schema/call";
import { beginningOf } from "@trunkline/schema/document";
import { diallingRefusal } from "@trunkline/schema/language";
import type { Database } from "../db/database.ts";
import {
  adopt,
  checkLater,
  endUnanswered,
  giveBack,
  insertIntent,
  keepVerdict,
  nextCheck,
  noteAmbiguous,
  openPlaced,
  type PlacedCall,
  readPlaced,
  refusePlaced,
  takeDue,
} from "../db/placed-calls.ts";
import { commitTurn, readCall } from "../db/turns.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import { makeId, makeSeed, makeToken, type Random } from "../ports/random.ts";
import type { Provider, StatusReport, VerdictReport, VoiceRequest } from "../providers/provider.ts";
import type { Answer, Heard } from "./calls.ts";
import { type Deciding, decideOpening } from "./decide.ts";
import type { FlowCache } from "./flow-cache.ts";
import { placedLinks } from "./links.ts";
import { type Memo, mostRaces, type Replying, ringingRank } from "./replying.ts";
import { createWatch } from "./watch.ts";

export interface PlaceRequest {
  readonly clientId: number;
  readonly flowId: string;
  readonly flowVersionId: string;
  readonly hash: string;
  /** One of our own numbers. */
  readonly from: string;
  /** E.164. */
  readonly to: string;
  readonly inputs: { readonly [variable: string]: Value };
}

export type PlaceAnswer =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly why: "dialling-refused" | "flow-not-outbound"; readonly sentence: string };

export interface Placing {
  /** Stores the intent and begins to place the call; resolves when the intent is stored. */
  place(request: PlaceRequest): Promise<PlaceAnswer>;
  /** The first webhook of a call we placed, and its repetitions. */
  pickUp(token: string, request: VoiceRequest, memo: Memo): Promise<Answer>;
  /** `answered`: it is a call by now, and the report is the call's. */
  report(token: string, report: StatusReport): Promise<Heard | "answered">;
  verdict(token: string, report: VerdictReport): Promise<Heard | "answered">;
  /** The line is known to be dead: ends what was not answered. */
  lost(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
  idle(): Promise<void>;
}

export interface PlacingParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly provider: Provider;
  readonly log: Log;
  readonly publicBaseUrl: string;
  readonly cache: FlowCache;
  readonly deciding: Deciding;
  readonly replying: Replying;
}

const ringSeconds = 60;
/** When the carrier's list is asked for a call whose placing got no answer, in milliseconds after the intent. */
const looks = [15_000, 45_000, 90_000];
/** A placed call nobody reports on is looked for after this, and then every minute. */
const silenceMs = (ringSeconds + 60) * 1000;
const minuteMs = 60_000;
/** Looks after which a call the carrier does not tell of is given up. */
const mostLooks = 300;
/** The carrier's clock and ours may differ by this. */
const skewMs = 2000;

export function createPlacing(parts: PlacingParts): Placing {
  const { database, clock, random, provider, log, publicBaseUrl, cache, deciding, replying } = parts;
  const watch = createWatch({ clock, log, work: lookAtDue, next: () => nextCheck(database) });

  async function place(request: PlaceRequest): Promise<PlaceAnswer> {
    const refused = diallingRefusal(request.to);
    if (refused !== null) return { ok: false, why: "dialling-refused", sentence: refused };
    const flow = (await cache.flows(request.hash)).get(request.hash)!.flow; // the cache answers with it or rejects
    const beginning = beginningOf(flow);
    if (beginning.calls !== "outbound") {
      const sentence = "Expected a flow whose start says that we call out, found another.";
      return { ok: false, why: "flow-not-outbound", sentence };
    }
    const at = clock.now();
    const id = makeId(random, at);
    const token = makeToken(random);
    const intent = { ...request, id, token, provider: provider.name, createdAt: at };
    await insertIntent(database, intent, at + looks[0]!);
    watch.expect(at + looks[0]!);
    const { detection, greeting } = beginning;
    const limitSeconds = flow.settings.maxCallMinutes * 60;
    const { from, to } = request;
    const links = placedLinks(publicBaseUrl, token);
    watch.hold(
      provider
        .placeCall({ from, to, ringSeconds, limitSeconds, detection, greeting, links })
        .then(async (placed) => {
          if (placed.state === "placed") await adopt(database, id, placed.callId, at + silenceMs);
          else if (placed.state === "refused") await refusePlaced(database, id, placed.code);
          else await noteAmbiguous(database, id);
        })
        // The row says `intended`: its first look finds out what became of it.
        .catch((error: unknown) => log.warn("What became of a placed call could not be stored.", {}, error)),
    );
    return { ok: true, id };
  }

  async function pickUp(token: string, request: VoiceRequest, memo: Memo): Promise<Answer> {
    const inboxKey = "0/voice";
    for (let race = 0; race < mostRaces; race++) {
      const row = await readPlaced(database, { token });
      if (!row) return "unknown";
      const by = { by: "provider", provider: row.provider, providerCallId: request.callId } as const;
      const call = await readCall(database, by, { turn: 0, inboxKey });
      const another = row.providerCallId !== null && row.providerCallId !== request.callId;
      if (another || (call && call.id !== row.id)) {
        log.warn("A second call came with the token of a placed one; it was closed.", { call: row.id });
        return replying.hangUp();
      }
      if (call) return await replying.again(call, 0, memo);
      // Given up, or over before it asked for anything.
      if (row.state === "ended" || row.state === "refused") return replying.hangUp();
      await claim(row, request.callId);
      const flows = await cache.flows(row.hash);
      memo.flow = flows.get(row.hash);
      const at = clock.now();
      const answered = row.verdict ?? request.answered;
      const { clientId, id, provider: name, flowId, flowVersionId, hash, from, to, inputs } = row;
      const event: CallEvent = {
        type: "call-started",
        at,
        turn: 0,
        direction: "outbound",
        from,
        to,
        seed: makeSeed(random),
        inputs,
        ...(answered ? { answered } : {}),
      };
      const opening = {
        clientId,
        id,
        token,
        provider: name,
        providerCallId: request.callId,
        number: from,
        flowId,
        flowVersionId,
        hash,
        direction: "outbound",
        from,
        to,
        startedAt: at,
        placed: { verdict: row.verdict !== null },
      };
      const write = decideOpening(deciding, flows, opening, event, {
        inboxKey,
        awaited: () => true,
        rank: ringingRank,
      });
      if (!(await commitTurn(database, write))) continue;
      return await replying.settled(write, request.callId, 0, flows);
    }
    throw new Error(`Expected to open the placed call within ${mostRaces} tries.`);
  }

  async function report(token: string, { callId, ended }: StatusReport): Promise<Heard | "answered"> {
    const row = await readPlaced(database, { token });
    if (!row || (row.providerCallId !== null && row.providerCallId !== callId)) return "unknown";
    if (row.state === "answered" || (row.state === "ended" && (await isCall(row)))) return "answered";
    await claim(row, callId);
    if (!ended) await adopt(database, row.id, callId, clock.now() + silenceMs);
    else if (
      !(await endUnanswered(database, row.id, { reason: ended.reason, code: null, providerCallId: callId }))
    ) {
      // Answered since it was read, or over.
      return (await isCall(row)) ? "answered" : "heard";
    }
    return "heard";
  }

  /** The token says whose call this is; what the carrier's list was taken to say gives way. */
  async function claim(row: PlacedCall, callId: string): Promise<void> {
    if (row.providerCallId === null) await giveBack(database, row, callId, clock.now() + minuteMs);
  }

  async function verdict(token: string, told: VerdictReport): Promise<Heard | "answered"> {
    const row = await readPlaced(database, { token });
    if (!row || (row.providerCallId !== null && row.providerCallId !== told.callId)) return "unknown";
    if (await keepVerdict(database, row.id, told.verdict)) return "heard";
    return (await isCall(row)) ? "answered" : "heard";
  }

  async function isCall({ id }: PlacedCall): Promise<boolean> {
    return (await readCall(database, { by: "id", id }, {})) !== null;
  }

  async function lookAtDue(now: number): Promise<void> {
    for (const row of await takeDue(database, now, now + minuteMs, 20)) {
      try {
        await look(row);
      } catch (error) {
        log.warn("The carrier could not be asked about a placed call; it will be asked again.", {}, error);
      }
    }
  }

  /** Ask the carrier's list what became of a call that nobody tells us about. */
  async function look(row: PlacedCall): Promise<void> {
    if (row.checks > mostLooks) {
      await endUnanswered(database, row.id, { reason: "failed", code: "lost", providerCallId: null });
      return;
    }
    const found = await provider.findCalls(row.from, row.to, row.createdAt - skewMs);
    if (row.state === "placed") {
      const listed = found.find(({ callId }) => callId === row.providerCallId);
      const reason = listed && endOf(listed.status);
      if (reason) await endUnanswered(database, row.id, { reason, code: null, providerCallId: null });
      return;
    }
    // The oldest first: the one that is nearest to our question.
    for (const { callId } of found.toReversed()) {
      if (await adopt(database, row.id, callId, clock.now())) return;
    }
    const next = looks[row.checks];
    if (next === undefined) await refusePlaced(database, row.id, "not-placed");
    else await checkLater(database, row.id, row.createdAt + next);
  }

  return {
    place,
    pickUp,
    report,
    verdict,
    async lost() {
      for (const id of await openPlaced(database))
        await endUnanswered(database, id, { reason: "failed", code: "lost", providerCallId: null });
    },
    ...watch.doorway,
  };
}

const ends: ReadonlySet<string> = new Set<EndReason>([
  "completed",
  "busy",
  "no-answer",
  "failed",
  "canceled",
]);

function endOf(status: string): EndReason | null {
  return ends.has(status) ? (status as EndReason) : null; // the set holds exactly these
}
