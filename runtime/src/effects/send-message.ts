/**
 * Sending a text message for a flow: at most one attempt that may have reached the carrier. The intent is the effect's
 * own row, stored before anything is sent; whoever takes that row over cannot know how far the attempt came, and says so.
 * Only "too many requests" is asked again: then nothing was accepted.
 */
import type { SendMessageOrder } from "@trunkline/schema/call";
import { diallingRefusal } from "@trunkline/schema/language";
import type { Database } from "../db/database.ts";
import { sendingNumber } from "../db/effects.ts";
import { type Clock, pause } from "../ports/clock.ts";
import type { Provider } from "../providers/provider.ts";
import { EffectError } from "./effect-error.ts";

export interface MessageParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly provider: Pick<Provider, "sendMessage">;
}

/** Waits before asking again, in milliseconds. */
const waits = [1000, 2000];

export async function sendMessage(
  { database, clock, provider }: MessageParts,
  { callId, clientId }: { readonly callId: string; readonly clientId: number },
  order: SendMessageOrder,
  attempts: number,
): Promise<void> {
  if (attempts > 1) throw new EffectError("not known whether it was sent: the attempt was cut off");
  const refused = diallingRefusal(order.to);
  if (refused !== null) throw new EffectError("The number may not be sent messages by the dialling policy.");
  const from = await sendingNumber(database, clientId, callId, order.from ?? null);
  if (from === null) throw new EffectError("Expected one of our own numbers to send from, found none.");
  for (const wait of [...waits, null]) {
    const sent = await provider.sendMessage({ from, to: order.to, text: order.text });
    if (sent.state === "sent") return;
    if (sent.state === "refused") throw new EffectError(`The carrier refused the message (${sent.code}).`);
    if (sent.state === "ambiguous")
      throw new EffectError("not known whether it was sent: the carrier did not say");
    if (wait !== null) await pause(clock, wait);
  }
  throw new EffectError("The carrier takes no messages just now (429).");
}
