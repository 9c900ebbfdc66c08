/** What happens to calls, as it happens: server-sent events. Clients refetch when they reconnect; nothing is replayed. */
import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { describeRoute } from "hono-openapi";
import { z } from "zod";
import type { SignIn } from "../accounts/sign-in.ts";
import { readCallRow } from "../db/calls.ts";
import type { Database } from "../db/database.ts";
import type { LiveBus, LiveNews } from "../live/bus.ts";
import type { Clock } from "../ports/clock.ts";
import { type PolicyEnv, policy } from "./policy.ts";
import { accept, uuid } from "./shapes.ts";
import { toCallSummary } from "./show-call.ts";

const pingMs = 15_000;
/** News kept for a slow reader; more ends the stream, and the client comes back and refetches. */
const mostWaiting = 1000;

export interface LiveParts {
  readonly database: Database;
  readonly bus: LiveBus;
  readonly clock: Clock;
  readonly signIn: SignIn;
}

export function liveRoutes({ database, bus, clock, signIn }: LiveParts) {
  return new Hono<PolicyEnv>().get(
    "/live",
    policy("member"),
    describeRoute({
      summary: "Events `call`, `trace` and `ping` as they happen",
      responses: { 200: { description: "A stream", content: { "text/event-stream": {} } } },
    }),
    accept("query", z.object({ call: uuid.optional() })),
    (c) => {
      const { clientId, tokenHash } = c.get("member");
      const { call } = c.req.valid("query");
      c.header("x-accel-buffering", "no");
      return streamSSE(c, async (stream) => {
        const waiting: (LiveNews | "ping")[] = ["ping"];
        let wake = () => {};
        let ended = false;
        let unsubscribe = () => {};
        let cancelPing = () => {};
        // At once, not when the loop comes round: sending to a reader that stands still takes for ever.
        const end = () => {
          ended = true;
          unsubscribe();
          cancelPing();
          wake();
        };
        const add = (news: LiveNews | "ping") => {
          if (waiting.push(news) > mostWaiting) end();
          else wake();
        };
        const ping = () => {
          cancelPing = clock.after(pingMs, ping);
          add("ping");
        };
        cancelPing = clock.after(pingMs, ping);
        unsubscribe = bus.subscribe((news) => {
          if (news.clientId === clientId && (call === undefined || call === news.callId)) add(news);
        });
        stream.onAbort(end);
        let sent = 0;
        const send = (event: string, data: unknown) =>
          stream.writeSSE({ event, data: JSON.stringify(data), id: String(++sent) });
        try {
          while (!ended) {
            const news = waiting.shift();
            if (news === undefined) {
              await new Promise<void>((resolve) => {
                wake = resolve;
              });
            } else if (news === "ping") {
              // Who signed out, or was idle too long, hears no more.
              if (!(await signIn.goesOn(tokenHash))) break;
              await send("ping", {});
            } else {
              for (const entry of news.trace) await send("trace", { callId: news.callId, entry });
              const row = await readCallRow(database, clientId, news.callId);
              if (row) await send("call", toCallSummary(row));
            }
          }
        } finally {
          end();
        }
      });
    },
  );
}
