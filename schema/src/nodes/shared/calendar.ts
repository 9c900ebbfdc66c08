/** Fields and words for local time: zones, times of day, days, and how a moment is told in a trace. */
import { z } from "zod";
import { coerce, isZone, localTime } from "../../language/index.ts";
import type { FieldMeta } from "../fields.ts";

/** In the order of ISO 8601: Monday is day 1. */
export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];

const names: { readonly [day in Weekday]: string } = {
  mon: "Monday",
  tue: "Tuesday",
  wed: "Wednesday",
  thu: "Thursday",
  fri: "Friday",
  sat: "Saturday",
  sun: "Sunday",
};

export const zone = z
  .string()
  .max(60)
  .refine(isZone, "Expected a time zone such as America/New_York.")
  .meta({
    label: "Time zone",
    help: "Whose clock counts. Summer time is followed by itself.",
    widget: "zone",
  } satisfies FieldMeta);

/** `HH:MM`, 24 hours. */
export function timeOfDay(label: string, help: string) {
  return z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Expected a time of day such as 16:30.")
    .meta({ label, help, widget: "time" } satisfies FieldMeta);
}

/** As `timeOfDay`, or 24:00 for the end of the day. */
export function endOfSpan(label: string, help: string) {
  return z
    .string()
    .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "Expected a time of day such as 16:30, or 24:00.")
    .meta({ label, help, widget: "time" } satisfies FieldMeta);
}

/** `YYYY-MM-DD`, a day there is. */
export function calendarDate(label: string, help: string) {
  return z
    .string()
    .refine((text) => coerce(text, "date").ok, "Expected a date such as 2026-12-25.")
    .meta({ label, help, widget: "date" } satisfies FieldMeta);
}

/** A moment (epoch milliseconds) by a local clock. */
export interface LocalMoment {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly weekday: Weekday;
  /** `HH:MM`. */
  readonly time: string;
}

export function momentIn(at: number, zoneName: string): LocalMoment {
  const { date, time, weekday } = localTime(at, zoneName);
  return { date, time, weekday: weekdays[weekday - 1] ?? "mon" };
}

/** `Monday 09:30`. */
export function toldMoment({ weekday, time }: LocalMoment): string {
  return `${names[weekday]} ${time}`;
}

export function dayBefore(weekday: Weekday): Weekday {
  return weekdays[(weekdays.indexOf(weekday) + 6) % 7] ?? "sun";
}

/** The date before a date; worked out in UTC, where every day is as long as any other. */
export function dateBefore(date: string): string {
  return localTime(Date.parse(`${date}T00:00:00Z`) - 24 * 60 * 60 * 1000, "UTC").date;
}
