/**
 * How each effect is performed. One function per member of the closed list: a forgotten one does not compile.
 * Each may be performed twice (a process can die after doing and before saying so), so each is idempotent by its id, or
 * gives up when it is asked for the second time.
 * Rejects when the world refuses: with an `EffectError` for good, else the caller decides about another try.
 */
import type { EffectOrder, Json } from "@trunkline/schema/call";
import type { Database } from "../db/database.ts";
import { type CallAddress, insertOutcome, isFetched } from "../db/effects.ts";
import type { Clock } from "../ports/clock.ts";
import type { Provider } from "../providers/provider.ts";
import { type RequestRules, sendRequest } from "./http-request.ts";
import { sendMessage } from "./send-message.ts";

export interface PerformParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly provider: Pick<Provider, "updateCall" | "sendMessage">;
  readonly requests: RequestRules;
  /** Where the phone of this call asks for a turn it was pulled to. */
  readonly pollUrl: (token: string, turn: number) => string;
}

/** The carrier refused or is out of reach: its codes look like a database's, and it is not waited for without end. */
export class CarrierError extends Error {
  override name = "CarrierError";
}

/** What comes back to the call; `nobody` when no visit waits for this effect. */
export type Performed = { readonly answer: Json } | "nobody";

type Order<Name extends EffectOrder["effect"]> = Extract<EffectOrder, { effect: Name }>;
type Performers = {
  readonly [Name in EffectOrder["effect"]]: (
    parts: PerformParts,
    call: CallAddress,
    order: Order<Name>,
    id: string,
    attempts: number,
  ) => Promise<Performed>;
};

const performers: Performers = {
  async "record-outcome"({ database, clock }, { clientId, callId }, { outcome, fields }, effectId) {
    const row = { clientId, callId, effectId, outcome, fields: JSON.stringify(fields), at: clock.now() };
    await insertOutcome(database, row);
    return { answer: null };
  },
  async "http-request"({ requests, clock }, { callId }, order, effectId) {
    const { status, picked } = await sendRequest(order, `${callId}/${effectId}`, requests, clock);
    return { answer: { status, picked } };
  },
  async "send-message"(parts, call, order, _effectId, attempts) {
    await sendMessage(parts, call, order, attempts);
    return { answer: null };
  },
  async "pull-call"({ database, provider, pollUrl }, call, { turn }) {
    // The phone may have come by itself already; pulling it now would repeat what it heard.
    if ((await isFetched(database, call.callId, turn)) === false) {
      const asked = provider.updateCall(call.providerCallId, pollUrl(call.token, turn));
      await asked.catch((cause: unknown) => {
        throw new CarrierError("The carrier did not pull the call.", { cause });
      });
    }
    return "nobody";
  },
};

type AnyPerformer = (
  parts: PerformParts,
  call: CallAddress,
  order: EffectOrder,
  id: string,
  attempts: number,
) => Promise<Performed>;

export function performEffect(
  parts: PerformParts,
  call: CallAddress,
  order: EffectOrder,
  id: string,
  attempts: number,
): Promise<Performed> {
  // The entry under an effect's own name takes that effect; the compiler cannot follow the correlation.
  return (performers[order.effect] as AnyPerformer)(parts, call, order, id, attempts);
}
