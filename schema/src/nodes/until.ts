import { z } from "zod";
import { nextLocal } from "../language/index.ts";
import { prompt, wholeNumber } from "./fields.ts";
import { defineNode, noFacts, type Stay, type Visit } from "./node.ts";
import { momentIn, timeOfDay, toldMoment, zone } from "./shared/calendar.ts";
import { deliveryFields, refuseBadMarkup, spokenBy, spokenFacts } from "./shared/delivery.ts";
import { secondsLeft, silence, timerAfter } from "./shared/slices.ts";

const config = z
  .strictObject({
    time: timeOfDay("Until", "The time of day to wait for."),
    zone,
    mostMinutes: wholeNumber(
      "At most",
      "When the time is further away than this, nobody is kept waiting. When it passed no longer ago than this, it is reached at once.",
      "minutes",
      1,
      240,
    ),
    text: prompt("While waiting", "Spoken at the beginning and again and again.").optional(),
    repeatSeconds: wholeNumber(
      "Say it every",
      "How often the text is spoken.",
      "seconds",
      10,
      600,
    ).optional(),
    ...deliveryFields,
  })
  .superRefine((wait, context) =>
    refuseBadMarkup(context, wait.markup, spokenFacts(wait, { text: wait.text })),
  );
type Config = z.infer<typeof config>;

const repeatUnlessSaid = 60;
const minute = 60_000;

/** Keeps the line until a time of day, such as the minute an office opens. */
export const until = defineNode({
  kind: "until",
  title: "Until",
  summary: "Wait until a time of day.",
  group: "wait",
  icon: "clock-pause",
  config,
  initial: { time: "09:00", zone: "America/New_York", mostMinutes: 15 },
  outcomes: [
    { name: "reached", label: "it is time" },
    { name: "too-long", label: "too far away", failure: true },
  ],
  facts: (config) => ({
    ...noFacts,
    waits: true,
    speaks: spokenFacts(config, { text: config.text }),
    silentSeconds: config.text ? repeatSeconds(config) : config.mostMinutes * 60,
  }),
  glance: (config) => `${config.time} (${config.zone}), at most ${config.mostMinutes} min`,
  entersInSilence: () => true,
  enter: (visit) => {
    const { zone: zoneName, mostMinutes, text } = visit.config;
    const over = overAt(visit);
    if (over <= visit.at || over - visit.at > mostMinutes * minute) {
      const leave = over <= visit.at ? "reached" : "too-long";
      return { leave, value: { text: toldMoment(momentIn(visit.at, zoneName)), by: "clock" } };
    }
    return { ...waited(visit, text), timerAt: timerAfter(over) };
  },
  resume: (visit, event) => {
    const { text, time } = visit.config;
    if (event.type === "timer" || secondsLeft(visit.at, overAt(visit)) <= 0) {
      return { leave: "reached", value: { text: time, by: "clock" } };
    }
    const due = secondsLeft(spokenAt(visit), visit.at) >= repeatSeconds(visit.config);
    return waited(visit, due ? text : undefined);
  },
  examples: [
    {
      name: "twenty-five seconds before nine",
      config: { time: "09:00", zone: "America/New_York", mostMinutes: 1 },
      at: Date.UTC(2026, 2, 9, 12, 59, 35),
      events: [
        { comesBack: true, waitSeconds: 10 },
        { comesBack: true, waitSeconds: 10 },
        { comesBack: true, waitSeconds: 5 },
      ],
      verbs: [
        { verb: "pause", seconds: 10 },
        { verb: "pause", seconds: 10 },
        { verb: "pause", seconds: 5 },
      ],
      outcome: "reached",
      value: { text: "09:00", by: "clock" },
    },
    {
      name: "a text is spoken again and again",
      config: {
        time: "09:00",
        zone: "America/New_York",
        mostMinutes: 5,
        text: "We open at nine.",
        repeatSeconds: 20,
      },
      at: Date.UTC(2026, 2, 9, 12, 58, 0),
      events: [
        { comesBack: true, waitSeconds: 12 },
        { comesBack: true, waitSeconds: 10 },
        { timer: true, waitSeconds: 103 },
      ],
      verbs: [
        { verb: "say", text: "We open at nine.", language: "en-US" },
        { verb: "pause", seconds: 10 },
        { verb: "pause", seconds: 10 },
        { verb: "say", text: "We open at nine.", language: "en-US" },
        { verb: "pause", seconds: 10 },
      ],
      outcome: "reached",
      value: { text: "09:00", by: "clock" },
    },
    {
      name: "the time has just passed",
      config: { time: "09:00", zone: "America/New_York", mostMinutes: 15 },
      at: Date.UTC(2026, 2, 9, 13, 0, 2),
      outcome: "reached",
      value: { text: "Monday 09:00", by: "clock" },
    },
    {
      name: "the time is hours away",
      config: { time: "09:00", zone: "America/New_York", mostMinutes: 15 },
      at: Date.UTC(2026, 2, 9, 3, 30),
      outcome: "too-long",
      value: { text: "Sunday 23:30", by: "clock" },
    },
    {
      name: "the time passed long ago",
      config: { time: "09:00", zone: "America/New_York", mostMinutes: 15 },
      at: Date.UTC(2026, 2, 9, 13, 16),
      outcome: "too-long",
      value: { text: "Monday 09:16", by: "clock" },
    },
  ],
});

function repeatSeconds(config: Config): number {
  return config.repeatSeconds ?? repeatUnlessSaid;
}

/**
 * The moment that is waited for. One that has just passed counts: whoever was sent here a breath before nine because
 * it was not nine yet may arrive a breath after.
 */
function overAt({ config: { time, zone: zoneName, mostMinutes }, enteredAt }: Visit<Config>): number {
  return nextLocal(enteredAt - mostMinutes * minute, time, zoneName);
}

/** When the text was last spoken; noted in the visit's memory. */
function spokenAt({ memory, enteredAt }: Visit<Config>): number {
  return typeof memory === "number" ? memory : enteredAt;
}

function waited(visit: Visit<Config>, text: string | undefined): Stay {
  const pause = silence(secondsLeft(visit.at, overAt(visit)));
  const wait = ["done", "timer"] as const;
  return text === undefined
    ? { wait, verbs: [pause] }
    : { wait, memory: visit.at, verbs: [...spokenBy(visit, text), pause] };
}
