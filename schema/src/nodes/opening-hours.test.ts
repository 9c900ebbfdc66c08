/** Open or closed by the clock of a place, over nights, holidays and the changes of summer time. */
import { describe, expect, it } from "vitest";
import { atLocal } from "../language/index.ts";
import { playNode } from "../testdata/one-node.ts";
import { type OpeningHours, openingHours, opensEver } from "./opening-hours.ts";

const day = { days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "17:00" };
const night = { days: ["sat"], from: "22:00", to: "03:30" };
const whole = { days: ["sun"], from: "00:00", to: "24:00" };
const ny = "America/New_York";
const newYear = { date: "2027-01-01", name: "New Year" };
const eve = { date: "2026-12-31", name: "New Year's Eve", from: "09:00", to: "24:00" };

describe("opening hours", () => {
  it.each<[string, object, string, string]>([
    ["before the first minute", { hours: [day] }, "2026-03-09 08:59", "closed"],
    ["the first minute", { hours: [day] }, "2026-03-09 09:00", "open"],
    ["the last minute", { hours: [day] }, "2026-03-13 16:59", "open"],
    ["the end", { hours: [day] }, "2026-03-13 17:00", "closed"],
    ["the weekend", { hours: [day] }, "2026-03-14 12:00", "closed"],
    ["no hours at all", { hours: [] }, "2026-03-09 12:00", "closed"],
    ["the last minute of a whole day", { hours: [whole] }, "2026-03-15 23:59", "open"],
    ["the minute after a whole day", { hours: [whole] }, "2026-03-16 00:00", "closed"],
    ["the first minute of a night", { hours: [night] }, "2026-03-07 22:00", "open"],
    ["a night, before midnight", { hours: [night] }, "2026-03-07 23:59", "open"],
    ["a night, just after midnight before the clock changes", { hours: [night] }, "2026-03-08 00:30", "open"],
    ["a night, after the skipped hour", { hours: [night] }, "2026-03-08 03:15", "open"],
    ["the morning after a short night", { hours: [night] }, "2026-03-08 03:30", "closed"],
    ["the night before does not count on the next one", { hours: [night] }, "2026-03-09 00:30", "closed"],
    ["a long night, in the hour that comes twice", { hours: [night] }, "2026-11-01 01:30", "open"],
    [
      "two spans, in the break",
      {
        hours: [
          { ...day, to: "12:00" },
          { ...day, from: "13:00" },
        ],
      },
      "2026-03-09 12:30",
      "closed",
    ],
    [
      "two spans, after it",
      {
        hours: [
          { ...day, to: "12:00" },
          { ...day, from: "13:00" },
        ],
      },
      "2026-03-09 13:00",
      "open",
    ],
    ["a holiday", { hours: [day], holidays: [newYear] }, "2027-01-01 10:00", "holiday"],
    ["short hours of a holiday", { hours: [day], holidays: [eve] }, "2026-12-31 23:59", "open"],
    ["before them", { hours: [day], holidays: [eve] }, "2026-12-31 08:00", "holiday"],
    [
      "a night that runs into a holiday",
      { hours: [{ days: ["thu"], from: "22:00", to: "06:00" }], holidays: [newYear] },
      "2027-01-01 01:00",
      "holiday",
    ],
    [
      "the night a holiday took away",
      { hours: [{ days: ["fri"], from: "22:00", to: "06:00" }], holidays: [newYear] },
      "2027-01-02 01:00",
      "closed",
    ],
  ])("%s", (_name, hours, local, outcome) => {
    const [date = "", time = ""] = local.split(" ");
    const at = atLocal(date, time, ny);
    expect(playNode("opening-hours", { zone: ny, holidays: [], ...hours }, { at }).outcome).toBe(outcome);
  });

  it("counts by the place's own clock, also at half-hour zones", () => {
    const at = Date.UTC(2026, 5, 1, 3, 30);
    const config = { hours: [day], holidays: [] };
    expect(playNode("opening-hours", { ...config, zone: "Asia/Kolkata" }, { at }).outcome).toBe("open");
    expect(playNode("opening-hours", { ...config, zone: "Asia/Dubai" }, { at }).outcome).toBe("closed");
  });

  it.each<[string, object, RegExp]>([
    ["a zone nobody knows", { zone: "America/Lakeside" }, /time zone/],
    ["an offset for a zone", { zone: "+05:00" }, /time zone/],
    ["an hour there is not", { hours: [{ ...day, from: "25:00" }] }, /16:30/],
    ["hours that end as they begin", { hours: [{ ...day, to: "09:00" }] }, /00:00 to 24:00/],
    ["a holiday twice", { holidays: [newYear, newYear] }, /each date once/],
    ["a holiday with half its hours", { holidays: [{ ...newYear, from: "09:00" }] }, /both ends/],
    ["a holiday over midnight", { holidays: [{ ...newYear, from: "22:00", to: "02:00" }] }, /later than/],
    ["a day there is not", { holidays: [{ ...newYear, date: "2027-02-29" }] }, /Expected a date/],
  ])("refuses %s", (_name, change, sentence) => {
    const found = openingHours.config.safeParse({ zone: ny, hours: [day], holidays: [], ...change });
    expect(found.error?.issues.map((one) => one.message).join(" ")).toMatch(sentence);
  });

  it.each<[string, Partial<OpeningHours>, boolean]>([
    ["the first config", {}, true],
    ["no hours", { hours: [] }, false],
    ["hours on no day", { hours: [{ days: [], from: "09:00", to: "17:00" }] }, false],
    ["open on one holiday only", { hours: [], holidays: [eve] }, true],
    ["closed on a holiday", { hours: [], holidays: [newYear] }, false],
  ])("knows whether it ever opens: %s", (_name, change, opens) => {
    expect(opensEver({ ...openingHours.initial, ...change })).toBe(opens);
  });
});
