/** The fast clock: the virtual clock's order, and the wall's pace for an application that is being asked. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wallSleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { startCarrier } from "../carrier.ts";
import { caller, number, twiml } from "../testdata/line.ts";
import { fastClock } from "./fast-clock.ts";

test("timers fire in order, each at its own time, those that timers set too", async () => {
  const clock = fastClock(10_000);
  const from = clock.now();
  const fired: [string, number][] = [];
  const note = (name: string) => () => fired.push([name, Math.round(clock.now() - from)]);
  await new Promise<void>((resolve) => {
    clock.after(1000, () => {
      const base = clock.now() - from;
      fired.push(["first", 0]);
      const cancel = clock.after(30_000, note("never"));
      clock.after(20_000, () => cancel());
      clock.after(10_000, () => {
        fired.push(["a", Math.round(clock.now() - from - base)]);
        clock.after(1, () => fired.push(["a1", Math.round(clock.now() - from - base)]));
      });
      clock.after(10_000, () => fired.push(["b", Math.round(clock.now() - from - base)]));
      clock.after(40_000, resolve);
    });
  });
  expect(fired).toEqual([
    ["first", 0],
    ["a", 10_000],
    ["b", 10_000],
    ["a1", 10_001],
  ]);
});

test("an answer that takes a moment of the wall takes a moment of the call, however fast the rest", async () => {
  const application = createServer((request, response) => {
    request.resume();
    // At ten thousand times the wall's pace this would be eight minutes: far over the limit of a webhook.
    void wallSleep(50).then(() =>
      response
        .setHeader("content-type", "text/xml")
        .end(twiml('<Say>Hi.</Say><Pause length="60"/><Hangup/>')),
    );
  }).listen(0, "127.0.0.1");
  await once(application, "listening");
  // Listening on TCP: never a pipe name and never null.
  const { port } = application.address() as AddressInfo;
  const voiceUrl = `http://127.0.0.1:${port}/voice`;
  const clock = fastClock(10_000);
  const carrier = await startCarrier({ clock, numbers: [{ phoneNumber: number, voiceUrl }] });
  const { sid, ended } = carrier.call({ from: caller, to: number });
  await ended;
  expect(carrier.alerts()).toEqual([]);
  expect(carrier.find(sid)).toMatchObject({ status: "completed", duration: "60" });
  await carrier.close();
  application.closeAllConnections();
  application.close();
});

test("the pace can be changed, and is checked", async () => {
  const clock = fastClock(1);
  const from = clock.now();
  const fired = new Promise<number>((resolve) => clock.after(3_600_000, () => resolve(clock.now() - from)));
  clock.setTimes(10_000);
  expect(clock.times).toBe(10_000);
  expect(Math.round(await fired)).toBe(3_600_000);
  for (const wrong of [0, 0.5, 10_001, Number.NaN])
    expect(() => clock.setTimes(wrong)).toThrow("expected a speed from 1 to 10000");
});
