/**
 * What the clock on a wall shows: an instant as local date and time, and back. There is no clock in here; the caller
 * brings the instant. Zones are IANA names; the rules come from the platform's `Intl`.
 */
import { coerce } from "./coerce.ts";

export interface LocalTime {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** `HH:MM`, 24 hours. */
  readonly time: string;
  /** 1 is Monday, 7 Sunday. */
  readonly weekday: number;
  /** Minutes since midnight by the clock. */
  readonly minutes: number;
}

const dayMs = 86_400_000;
const minuteMs = 60_000;
/** Instants `Intl` can show. */
const farthest = 8.64e15;

/** Formatters by zone, null for a name that is no zone. Made once each, for they are slow to make. */
const formats = new Map<string, Intl.DateTimeFormat | null>();
const keptZones = 100;

function formatOf(zone: string): Intl.DateTimeFormat | null {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = attempt(zone);
  const oldest = formats.size >= keptZones ? formats.keys().next().value : undefined;
  if (oldest !== undefined) formats.delete(oldest);
  formats.set(zone, made);
  return made;
}

function attempt(zone: string): Intl.DateTimeFormat | null {
  // A name, not an offset such as +05:00: an offset knows no summer.
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]{0,49}$/.test(zone)) return null;
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
    });
  } catch {
    return null; // Intl's only way to say that there is no such zone
  }
}

export function isZone(zone: string): boolean {
  return formatOf(zone) !== null;
}

/** Wall-clock time as if it were UTC, in whole minutes; an unknown zone counts as UTC, a wrong instant as 1970. */
function wall(at: number, zone: string): number {
  const instant = Number.isFinite(at) && Math.abs(at) <= farthest ? at : 0;
  const format = formatOf(zone);
  if (!format) return Math.floor(instant / minuteMs) * minuteMs;
  const part: { [type: string]: number } = {};
  for (const { type, value } of format.formatToParts(instant)) part[type] = Number(value);
  return Date.UTC(part.year ?? 1970, (part.month ?? 1) - 1, part.day ?? 1, part.hour ?? 0, part.minute ?? 0);
}

export function localTime(at: number, zone: string): LocalTime {
  const shown = wall(at, zone);
  const iso = new Date(shown).toISOString();
  const days = Math.floor(shown / dayMs);
  return {
    date: iso.slice(0, -14),
    time: iso.slice(-13, -8),
    weekday: ((((days + 3) % 7) + 7) % 7) + 1, // 1 January 1970 was a Thursday
    minutes: Math.floor((shown - days * dayMs) / minuteMs),
  };
}

/**
 * The instant, in milliseconds, when the clock shows this date and time. A time that is skipped in spring is taken as
 * after the gap by its own length (02:30 is 03:30); of a time that comes twice in autumn the first counts.
 * `NaN` for what is no date or time.
 */
export function atLocal(date: string, time: string, zone: string): number {
  if (!coerce(date, "date").ok || !coerce(time, "time").ok) return Number.NaN;
  const wanted = Date.parse(`${date.trim()}T${time.trim()}:00Z`);
  // The offsets a day before and after: a change of the clock lies between them.
  const before = wall(wanted - dayMs, zone) - (wanted - dayMs);
  const after = wall(wanted + dayMs, zone) - (wanted + dayMs);
  const fitting = [wanted - before, wanted - after].filter((instant) => wall(instant, zone) === wanted);
  return fitting.length > 0 ? Math.min(...fitting) : wanted - Math.min(before, after);
}

/** The next instant after `at` when the clock shows `time`. */
export function nextLocal(at: number, time: string, zone: string): number {
  const today = Date.parse(`${localTime(at, zone).date}T00:00:00Z`);
  for (let day = 0; day <= 2; day++) {
    const date = new Date(today + day * dayMs).toISOString().slice(0, 10);
    const instant = atLocal(date, time, zone);
    if (!(instant <= at)) return instant;
  }
  return Number.NaN;
}
