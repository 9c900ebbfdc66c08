/** The clock from outside: what it is, how fast it goes, and how a virtual one is stepped. */
import { afterEach, expect, test } from "vitest";
import { type Carrier, startCarrier } from "../carrier.ts";
import { type Clock, realClock, virtualClock } from "../clock/clock.ts";
import { fastClock } from "../clock/fast-clock.ts";

let carrier: Carrier;
afterEach(() => carrier.close());

async function open(clock: Clock) {
  carrier = await startCarrier({ clock });
  return async (path: string, method = "GET", body?: unknown) => {
    const response = await fetch(`${carrier.url}/_carrier/clock${path}`, {
      method,
      headers: { authorization: `Bearer ${carrier.phoneToken}` },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
}

test("a virtual clock is stepped, alone and until nothing is left to do", async () => {
  const clock = virtualClock(0);
  const ask = await open(clock);
  expect((await ask("")).body).toEqual({ kind: "virtual", now: 0, speed: 0 });
  expect((await ask("/advance", "POST", { seconds: 5 })).body).toEqual({ now: 5000 });
  clock.after(60_000, () => {});
  expect((await ask("/run-until-idle", "POST", { limitSeconds: 10 })).body).toEqual({
    now: 5000,
    passedSeconds: 0,
  });
  expect((await ask("/run-until-idle", "POST")).body).toEqual({ now: 65_000, passedSeconds: 60 });
  expect(await ask("", "PUT", { speed: 2 })).toMatchObject({
    status: 409,
    body: { error: { code: "fixed-clock" } },
  });
});

test("whoever steps a virtual clock at the same moment waits for the other", async () => {
  const ask = await open(virtualClock(0));
  const steps = await Promise.all([30, 10, 20].map((seconds) => ask("/advance", "POST", { seconds })));
  expect(Math.max(...steps.map(({ body }) => (body as { now: number }).now))).toBe(60_000);
});

test("a clock that passes by itself changes its speed and is not stepped", async () => {
  const ask = await open(fastClock(1));
  expect((await ask("")).body).toMatchObject({ kind: "real", speed: 1 });
  expect((await ask("", "PUT", { speed: 60 })).body).toMatchObject({ kind: "fast", speed: 60 });
  for (const speed of [0, 10_001, "60"]) expect((await ask("", "PUT", { speed })).status).toBe(400);
  expect((await ask("")).body).toMatchObject({ speed: 60 });
  for (const path of ["/advance", "/run-until-idle"])
    expect(await ask(path, "POST", { seconds: 1 })).toMatchObject({
      status: 409,
      body: { error: { code: "real-clock" } },
    });
});

test("the wall's own clock says so", async () => {
  const ask = await open(realClock());
  expect((await ask("")).body).toMatchObject({ kind: "real", speed: 1 });
  expect((await ask("", "PUT", { speed: 2 })).status).toBe(409);
});
