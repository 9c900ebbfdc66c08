import { z } from "zod";
import { text } from "./fields.ts";
import { defineNode, noFacts } from "./node.ts";
import {
  calendarDate,
  dateBefore,
  dayBefore,
  endOfSpan,
  type LocalMoment,
  momentIn,
  timeOfDay,
  toldMoment,
  type Weekday,
  weekdays,
  zone,
} from "./shared/calendar.ts";

const span = z
  .strictObject({
    days: z
      .array(z.enum(weekdays))
      .max(7)
      .meta({ label: "Days", help: "The days these hours begin on.", widget: "days" }),
    from: timeOfDay("From", "When the hours begin."),
    to: endOfSpan("To", "When they end; earlier than the beginning means the next morning."),
  })
  .refine(({ from, to }) => from !== to, {
    path: ["to"],
    message: "Expected another time than the beginning; a whole day is 00:00 to 24:00.",
  });

const holiday = z
  .strictObject({
    date: calendarDate("Date", "The day that is different."),
    name: text("Name", "What the day is called, for people who read the flow.", 60),
    from: timeOfDay("Open from", "Only when the day has short hours of its own.").optional(),
    to: endOfSpan("Open to", "Only when the day has short hours of its own.").optional(),
  })
  .refine(({ from, to }) => (from === undefined) === (to === undefined), {
    path: ["to"],
    message: "Expected both ends of the day's own hours, or neither.",
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, {
    path: ["to"],
    message: "Expected a time later than the beginning.",
  });

const config = z
  .strictObject({
    zone,
    hours: z
      .array(span)
      .max(20)
      .meta({ label: "Opening hours", help: "Every week the same, except on holidays.", widget: "list" }),
    holidays: z
      .array(holiday)
      .max(200)
      .meta({ label: "Holidays", help: "Days on which the weekly hours do not count.", widget: "list" }),
  })
  .superRefine(({ holidays }, context) => {
    const seen = new Set<string>();
    holidays.forEach(({ date }, index) => {
      if (seen.has(date)) {
        const message = `Expected each date once, found ${date} again.`;
        context.addIssue({ code: "custom", path: ["holidays", index, "date"], message });
      }
      seen.add(date);
    });
  });
export type OpeningHours = z.infer<typeof config>;

const officeDays: Weekday[] = ["mon", "tue", "wed", "thu", "fri"];

/** Goes different ways by the clock of one place: open, closed, or a holiday. */
export const openingHours = defineNode({
  kind: "opening-hours",
  title: "Opening hours",
  summary: "Go different ways when it is open, closed, or a holiday.",
  group: "decide",
  icon: "clock-hour-9",
  config,
  initial: {
    zone: "America/New_York",
    hours: [{ days: officeDays, from: "09:00", to: "17:00" }],
    holidays: [],
  },
  outcomes: [
    { name: "open", label: "open" },
    { name: "closed", label: "closed" },
    { name: "holiday", label: "holiday" },
  ],
  facts: () => noFacts,
  glance: ({ hours, zone: zoneName }) =>
    `${hours.map((one) => `${toldDays(one.days)} ${one.from}–${one.to}`).join("; ")} (${zoneName})`,
  enter: (visit) => {
    const { config: asked, at } = visit;
    const now = momentIn(at, asked.zone);
    const today = asked.holidays.find((one) => one.date === now.date);
    const told = toldMoment(now);
    if (today) {
      const open =
        today.from !== undefined && today.to !== undefined && within(now.time, today.from, today.to);
      return {
        leave: open ? "open" : "holiday",
        value: { text: `${told}, ${today.name || today.date}`, by: "clock" },
      };
    }
    const yesterday = dateBefore(now.date);
    const spills = !asked.holidays.some((one) => one.date === yesterday);
    const open = asked.hours.some((one) => covers(one, now, spills));
    return { leave: open ? "open" : "closed", value: { text: told, by: "clock" } };
  },
  examples: [
    {
      name: "a Monday morning",
      config: example(),
      at: Date.UTC(2026, 2, 9, 13, 0),
      outcome: "open",
      value: { text: "Monday 09:00", by: "clock" },
    },
    {
      name: "at the end of the hours it is closed",
      config: example(),
      at: Date.UTC(2026, 2, 9, 21, 0),
      outcome: "closed",
      value: { text: "Monday 17:00", by: "clock" },
    },
    {
      name: "the Friday before summer time the same hour of the world is still too early",
      config: example(),
      at: Date.UTC(2026, 2, 6, 13, 0),
      outcome: "closed",
      value: { text: "Friday 08:00", by: "clock" },
    },
    {
      name: "a night shift reaches into the next morning",
      config: example({ hours: [{ days: ["fri"], from: "22:00", to: "06:00" }] }),
      at: Date.UTC(2026, 6, 11, 9, 59),
      outcome: "open",
      value: { text: "Saturday 05:59", by: "clock" },
    },
    {
      name: "no morning follows a night shift that a holiday took away",
      config: example({
        hours: [{ days: ["fri"], from: "22:00", to: "06:00" }],
        holidays: [{ date: "2026-07-10", name: "Founders' day" }],
      }),
      at: Date.UTC(2026, 6, 11, 9, 59),
      outcome: "closed",
      value: { text: "Saturday 05:59", by: "clock" },
    },
    {
      name: "a holiday",
      config: example({ holidays: [{ date: "2026-12-25", name: "Christmas Day" }] }),
      at: Date.UTC(2026, 11, 25, 15, 0),
      outcome: "holiday",
      value: { text: "Friday 10:00, Christmas Day", by: "clock" },
    },
    {
      name: "a holiday with short hours",
      config: example({
        holidays: [{ date: "2026-12-24", name: "Christmas Eve", from: "09:00", to: "12:00" }],
      }),
      at: Date.UTC(2026, 11, 24, 16, 59),
      outcome: "open",
      value: { text: "Thursday 11:59, Christmas Eve", by: "clock" },
    },
  ],
});

/** Is there any moment at which it is open? */
export function opensEver({ hours, holidays }: OpeningHours): boolean {
  return hours.some((one) => one.days.length > 0) || holidays.some((one) => one.from !== undefined);
}

/** `HH:MM` compares as text. */
function within(time: string, from: string, to: string): boolean {
  return from <= time && time < to;
}

/** Do these hours cover the moment? Those that last past midnight cover the next morning when yesterday's count. */
function covers(hours: OpeningHours["hours"][number], now: LocalMoment, spills: boolean): boolean {
  const { days, from, to } = hours;
  if (from < to) return days.includes(now.weekday) && within(now.time, from, to);
  if (days.includes(now.weekday) && now.time >= from) return true;
  return spills && days.includes(dayBefore(now.weekday)) && now.time < to;
}

/** `mon–fri`, or the days one by one. */
function toldDays(days: readonly Weekday[]): string {
  const inOrder = weekdays.filter((day) => days.includes(day));
  const [first, last] = [inOrder[0], inOrder.at(-1)];
  if (!first || !last) return "never";
  const whole = weekdays.indexOf(last) - weekdays.indexOf(first) === inOrder.length - 1;
  return whole && inOrder.length > 2 ? `${first}–${last}` : inOrder.join(", ");
}

function example(change: Partial<OpeningHours> = {}): OpeningHours {
  const hours = [{ days: officeDays, from: "09:00", to: "17:00" }];
  return { zone: "America/New_York", hours, holidays: [], ...change };
}
