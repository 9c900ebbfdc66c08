/** What time it is, and how fast it passes: `GET` and `PUT /_carrier/clock`, and what a virtual clock is stepped by. */
import { Hono } from "hono";
import { z } from "zod";
import type { Clock, VirtualClock } from "../clock/clock.ts";
import { type FastClock, mostTimes } from "../clock/fast-clock.ts";
import { limits } from "../limits.ts";
import { problem, readJson } from "./json.ts";

const speedBody = z.strictObject({ speed: z.number().min(1).max(mostTimes) });
const advanceBody = z.strictObject({
  seconds: z
    .number()
    .min(0)
    .max(limits.callMs / 1000),
});
/** A day. */
const idleSecondsMost = 86_400;
const idleBody = z.strictObject({
  limitSeconds: z.number().min(0).max(idleSecondsMost).default(idleSecondsMost),
});

/** As JSON: `speed` is 0 while time stands still. */
export function clockState(clock: Clock): { kind: "real" | "fast" | "virtual"; now: number; speed: number } {
  const now = clock.now();
  if (isVirtual(clock)) return { kind: "virtual", now, speed: 0 };
  const speed = isFast(clock) ? clock.times : 1;
  return { kind: speed === 1 ? "real" : "fast", now, speed };
}

const isVirtual = (clock: Clock): clock is VirtualClock => "advance" in clock;
const isFast = (clock: Clock): clock is FastClock => "setTimes" in clock;

export function clockRoutes(clock: Clock): Hono {
  const app = new Hono();
  /** One step after the other, however many ask. */
  let last: Promise<unknown> = Promise.resolve();
  const step = <Body>(
    path: string,
    schema: z.ZodType<Body>,
    take: (clock: VirtualClock, body: Body) => Promise<object>,
  ) =>
    app.post(path, async (c) => {
      if (!isVirtual(clock))
        return problem(
          "real-clock",
          "this carrier's time passes by itself: start it with --virtual-clock",
          409,
        );
      const body = await readJson(c, schema);
      if (body instanceof Response) return body;
      const taken = last.then(() => take(clock, body));
      last = taken.catch(() => {});
      return c.json(await taken);
    });
  app.get("/", (c) => c.json(clockState(clock)));
  app.put("/", async (c) => {
    if (!isFast(clock)) {
      const message =
        "this carrier's speed is fixed: start it without --virtual-clock, or in code with fastClock";
      return problem("fixed-clock", message, 409);
    }
    const body = await readJson(c, speedBody);
    if (body instanceof Response) return body;
    clock.setTimes(body.speed);
    return c.json(clockState(clock));
  });
  step("/advance", advanceBody, async (virtual, { seconds }) => {
    await virtual.advance(seconds * 1000);
    return { now: virtual.now() };
  });
  step("/run-until-idle", idleBody, async (virtual, { limitSeconds }) => {
    const passedMs = await virtual.runUntilIdle(limitSeconds * 1000);
    return { now: virtual.now(), passedSeconds: passedMs / 1000 };
  });
  return app;
}
