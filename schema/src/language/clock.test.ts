/** Local time over the days the clock changes. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { atLocal, isZone, localTime, nextLocal } from "./index.ts";

const utc = (text: string) => Date.parse(text);
const newYork = "America/New_York";

describe("local time", () => {
  it.each([
    ["2026-03-08T06:59:00Z", newYork, "2026-03-08", "01:59", 7],
    ["2026-03-08T07:00:00Z", newYork, "2026-03-08", "03:00", 7],
    ["2026-11-01T05:30:00Z", newYork, "2026-11-01", "01:30", 7],
    ["2026-11-01T06:30:00Z", newYork, "2026-11-01", "01:30", 7],
    ["2026-01-01T04:59:59Z", newYork, "2025-12-31", "23:59", 3],
    ["2026-01-01T05:00:00Z", newYork, "2026-01-01", "00:00", 4],
    ["2026-03-29T01:00:00Z", "Europe/Berlin", "2026-03-29", "03:00", 7],
    ["2026-06-15T18:45:00Z", "Asia/Kolkata", "2026-06-16", "00:15", 2],
    ["1969-12-31T23:59:00Z", "UTC", "1969-12-31", "23:59", 3],
  ])("%s in %s", (instant, zone, date, time, weekday) => {
    const [hours = 0, minutes = 0] = time.split(":").map(Number);
    expect(localTime(utc(instant), zone)).toEqual({ date, time, weekday, minutes: hours * 60 + minutes });
  });

  it.each([
    ["2026-03-08", "01:30", newYork, "2026-03-08T06:30:00Z"],
    ["2026-03-08", "02:30", newYork, "2026-03-08T07:30:00Z"],
    ["2026-03-08", "03:00", newYork, "2026-03-08T07:00:00Z"],
    ["2026-11-01", "00:59", newYork, "2026-11-01T04:59:00Z"],
    ["2026-11-01", "01:30", newYork, "2026-11-01T05:30:00Z"],
    ["2026-11-01", "02:00", newYork, "2026-11-01T07:00:00Z"],
    ["2026-03-29", "02:30", "Europe/Berlin", "2026-03-29T01:30:00Z"],
    ["2026-10-25", "02:30", "Europe/Berlin", "2026-10-25T00:30:00Z"],
    ["2026-06-16", "00:15", "Asia/Kolkata", "2026-06-15T18:45:00Z"],
    ["2026-06-16", "08:00", "No/Where", "2026-06-16T08:00:00Z"],
  ])("%s %s in %s is %s", (date, time, zone, instant) => {
    expect(new Date(atLocal(date, time, zone)).toISOString()).toBe(instant.replace("Z", ".000Z"));
  });

  it.each([
    ["2026-03-07T20:00:00Z", "02:30", "2026-03-08T07:30:00Z"],
    ["2026-03-08T07:30:00Z", "02:30", "2026-03-09T06:30:00Z"],
    ["2026-11-01T05:30:00Z", "01:30", "2026-11-02T06:30:00Z"],
    ["2026-05-05T12:00:00Z", "08:00", "2026-05-06T12:00:00Z"],
    ["2026-05-05T11:59:59Z", "08:00", "2026-05-05T12:00:00Z"],
  ])("after %s it is %s at %s in New York", (at, time, next) => {
    expect(new Date(nextLocal(utc(at), time, newYork)).toISOString()).toBe(next.replace("Z", ".000Z"));
  });

  it.each([
    [newYork, true],
    ["UTC", true],
    ["Asia/Kolkata", true],
    ["+05:00", false],
    ["Mars/Olympus", false],
    ["", false],
    ["x".repeat(100), false],
  ])("%j is a zone: %j", (zone, wanted) => {
    expect(isZone(zone)).toBe(wanted);
  });

  it("finds its way back from any minute that is not told twice", () => {
    const at = fc.integer({
      min: utc("2000-01-01T00:00:00Z") / 60_000,
      max: utc("2037-01-01T00:00:00Z") / 60_000,
    });
    fc.assert(
      fc.property(
        at,
        fc.constantFrom(newYork, "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"),
        (minute, zone) => {
          const shown = localTime(minute * 60_000, zone);
          const back = atLocal(shown.date, shown.time, zone);
          expect(localTime(back, zone)).toEqual(shown);
          expect(back).toBeLessThanOrEqual(minute * 60_000);
          expect(nextLocal(minute * 60_000, shown.time, zone)).toBeGreaterThan(minute * 60_000);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.double(), fc.string(), fc.string(), (at, one, two) => {
        localTime(at, one);
        atLocal(one, two, one);
        nextLocal(at, two, one);
        nextLocal(at, "10:00", newYork);
      }),
    );
    expect(atLocal("2026-02-31", "10:00", "UTC")).toBeNaN();
  });
});
