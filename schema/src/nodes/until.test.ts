/** Waiting for a time of day over the changes of summer time. */
import { expect, it } from "vitest";
import { atLocal } from "../language/index.ts";
import { playNode } from "../testdata/one-node.ts";

const ny = "America/New_York";

it.each<[string, string, string, number, number | null]>([
  ["minutes away", "2026-03-09 08:50", "09:00", 15, 600],
  ["as far away as allowed", "2026-03-09 08:45", "09:00", 15, 900],
  ["now", "2026-03-09 09:00", "09:00", 15, null],
  ["over midnight", "2026-03-09 23:58", "00:03", 15, 300],
  ["over the hour that is skipped", "2026-03-08 01:55", "03:05", 15, 600],
  ["in the hour that is skipped", "2026-03-08 01:55", "02:10", 30, 900],
  ["in the hour that comes twice: its first time", "2026-11-01 00:50", "01:10", 30, 1200],
])("%s", (_name, local, time, mostMinutes, seconds) => {
  const [date = "", from = ""] = local.split(" ");
  const at = atLocal(date, from, ny);
  const config = { time, zone: ny, mostMinutes };
  const comeBack = (after: number) => ({ type: "done" as const, at: at + after * 1000 });
  if (seconds === null) {
    expect(playNode("until", config, { at }).outcome).toBe("reached");
    return;
  }
  expect(playNode("until", config, { at }, [comeBack(seconds - 1)]).outcome).toBeNull();
  expect(playNode("until", config, { at }, [comeBack(seconds)]).outcome).toBe("reached");
});
