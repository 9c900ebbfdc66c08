/**
 * REST reads are eventually consistent (protocol 4): with a lag, a call or a message is shown as it was that long ago, and a list does not
 * yet have what is younger. What a request itself has made or changed is answered as it is. Pure.
 */
import type { Call } from "../calls/call.ts";
import type { Message } from "../messaging/messages.ts";

/** As it was at that time; as it was made, when that was later. */
export function callAsOf(call: Call, at: number): Call {
  const { createdAt, history, answeredAt, endedAt, verdict, updatedAt } = call;
  if (at >= updatedAt) return call;
  const then = Math.max(at, createdAt);
  return {
    ...call,
    ...stateAt(history, then),
    history: history.filter((one) => one.at <= then),
    answeredAt: before(answeredAt, then),
    endedAt: before(endedAt, then),
    verdict: answeredAt !== null && verdict && answeredAt + verdict.durationMs <= then ? verdict : null,
  };
}

export function messageAsOf(message: Message, at: number): Message {
  const { createdAt, history, sentAt, updatedAt, errorCode } = message;
  if (at >= updatedAt) return message;
  const then = Math.max(at, createdAt);
  const state = stateAt(history, then);
  const isFailure = state.status === "failed" || state.status === "undelivered";
  return { ...message, ...state, sentAt: before(sentAt, then), errorCode: isFailure ? errorCode : null };
}

/** The last status until then, and since when. The first is as old as what it is of. */
function stateAt<Status>(history: readonly { readonly at: number; readonly status: Status }[], then: number) {
  const { at, status } = history.findLast((one) => one.at <= then) ?? history[0]!;
  return { status, updatedAt: at };
}

const before = (time: number | null, then: number) => (time === null || time > then ? null : time);
