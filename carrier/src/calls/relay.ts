/**
 * `<Connect><ConversationRelay>` (protocol 5): the carrier hears and speaks, the application reads and writes, over one WebSocket.
 * Comes back when the session is over: the application sent `end`, the call ended, or the socket was lost.
 */
import { makeSid } from "../ids.ts";
import type { RelayNoun } from "../twiml/document.ts";
import type { Parameters } from "../webhooks/signature.ts";
import { hasEnded } from "./call.ts";
import { converse } from "./relay-session.ts";
import type { Stage } from "./stage.ts";

/** What the action is told. */
export async function relay(stage: Stage, noun: RelayNoun): Promise<Parameters> {
  const { call, clock, alerts } = stage;
  const sessionId = makeSid("VX", stage.random);
  const since = clock.now();
  const ended = (status: "ended" | "completed" | "failed", more: Parameters = []): Parameters => [
    ["SessionId", sessionId],
    ["SessionStatus", status],
    ["SessionDuration", String(Math.round((clock.now() - since) / 1000))],
    ...more,
  ];
  const session = converse(stage, noun);
  const opened = await stage.sockets.open(noun.url, session.events);
  if (!opened.ok) {
    const message = `ConversationRelay: unable to connect to the WebSocket URL: ${opened.message}`;
    alerts.add({ level: "error", code: 64102, message, callSid: call.sid, url: noun.url });
    return ended("failed", [
      ["ErrorCode", "39001"],
      ["ErrorMessage", message],
    ]);
  }
  opened.socket.send({
    type: "setup",
    sessionId,
    accountSid: call.accountSid,
    parentCallSid: call.parentCallSid ?? "",
    callSid: call.sid,
    from: call.from,
    to: call.to,
    forwardedFrom: call.forwardedFrom ?? "",
    callType: "PSTN",
    callerName: call.callerName ?? "",
    direction: call.direction,
    callStatus: call.status.toUpperCase(),
    customParameters: noun.parameters,
  });
  const over = await session.run(opened.socket);
  if (over.how === "end")
    return ended("ended", over.handoffData === null ? [] : [["HandoffData", over.handoffData]]);
  if (over.how === "stopped") return ended(hasEnded(call) ? "completed" : "ended");
  alerts.add({ level: "error", code: 64105, message: over.message, callSid: call.sid, url: noun.url });
  return ended("failed", [
    ["ErrorCode", "64105"],
    ["ErrorMessage", over.message],
  ]);
}
