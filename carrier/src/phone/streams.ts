/**
 * What happens to calls and lines, as server-sent events: of one, numbered, so that a browser resumes by itself; or of several at once,
 * because a browser keeps only six connections to one host for all its tabs.
 */
import type { Context } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import type { EventLog } from "../people/event-log.ts";
import type { PhoneCall, PhoneLine } from "./telephones.ts";

export interface Source {
  readonly of: string;
  readonly log: EventLog<unknown>;
  readonly presence: PhoneCall["presence"];
  readonly over: () => boolean;
  /** The last event this browser has seen. */
  readonly last: number;
}

export const sourceOf = (one: PhoneCall | PhoneLine, last: number): Source =>
  "person" in one
    ? {
        of: one.id,
        log: one.person.events,
        presence: one.presence,
        over: () => one.person.over,
        last,
      }
    : { of: one.id, log: one.events, presence: one.presence, over: () => one.closed, last };

/** Every event after the last one seen, then each new one; ends with the last. */
export const streamOne = (c: Context, source: Source): Response =>
  stream(c, [source], true, (to, _of, id, event) =>
    to.writeSSE({ id: String(id), data: JSON.stringify(event) }),
  );

/** The same of several, each message with `of` and `id`; it stays open. Of what is not there any more it says so. */
export const streamSeveral = (c: Context, sources: readonly Source[], unknown: readonly string[]): Response =>
  stream(
    c,
    sources,
    false,
    (to, of, id, event) => to.writeSSE({ data: JSON.stringify({ of, id, event }) }),
    async (to) => {
      for (const of of unknown)
        await to.writeSSE({ data: JSON.stringify({ of, id: 0, event: { type: "unknown" } }) });
    },
  );

function stream(
  c: Context,
  sources: readonly Source[],
  endsWithTheLast: boolean,
  write: (to: SSEStreamingApi, of: string, id: number, event: unknown) => Promise<void>,
  first?: (to: SSEStreamingApi) => Promise<void>,
): Response {
  c.header("cache-control", "no-store");
  c.header("x-accel-buffering", "no");
  return streamSSE(c, async (to) => {
    const sent = new Map(sources.map(({ of, last }) => [of, last]));
    const unsent = ({ of, log }: Source) => log.since(sent.get(of) ?? 0);
    let wake = () => {};
    const unwatch = sources.map(({ log }) => log.watch(() => wake()));
    to.onAbort(() => wake());
    for (const { presence } of sources) presence.arrive();
    try {
      await first?.(to);
      while (!to.aborted) {
        const more = new Promise<void>((resolve) => {
          wake = resolve;
        });
        for (const source of sources)
          for (const { id, event } of unsent(source)) {
            await write(to, source.of, id, event);
            sent.set(source.of, id);
          }
        if (sources.some((source) => unsent(source).length > 0)) continue;
        if (endsWithTheLast && sources.every(({ over }) => over())) return;
        if (!to.aborted) await more;
      }
    } finally {
      for (const stop of unwatch) stop();
      for (const { presence } of sources) presence.leave();
    }
  });
}
