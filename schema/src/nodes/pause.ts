import { z } from "zod";
import { wholeNumber, yesNo } from "./fields.ts";
import { defineNode, noFacts, type Visit, type VisitResult } from "./node.ts";
import { gather, oneKey } from "./shared/asking.ts";
import { secondsLeft, silence, sliceOf, timerAfter } from "./shared/slices.ts";

const config = z.strictObject({
  seconds: wholeNumber("Length", "How long to wait.", "seconds", 1, 600),
  endsOnKey: yesNo("Ends on a key", "Let the caller press any key to go on at once."),
});
type Config = z.infer<typeof config>;

/** A pause this long or shorter is told to the phone together with what follows; a longer one is waited for. */
const inOneBreathSeconds = 5;

/**
 * Waits for time to pass, or a key. A pause that is waited for holds a timer as well as the phone's own silence, so
 * that a phone which never comes back does not hold the call.
 */
export const pause = defineNode({
  kind: "pause",
  title: "Pause",
  summary: "Wait some seconds in silence, or until a key is pressed.",
  group: "wait",
  icon: "player-pause",
  config,
  initial: { seconds: 2, endsOnKey: false },
  outcomes: (config) => [
    { name: "done", label: "time is over" },
    ...(config.endsOnKey ? ([{ name: "key", label: "key pressed" }] as const) : []),
  ],
  facts: (config) => ({ ...noFacts, waits: isWaitedFor(config), silentSeconds: config.seconds }),
  glance: (config) => `${config.seconds} s${config.endsOnKey ? ", or a key" : ""}`,
  entersInSilence: isWaitedFor,
  enter: (visit) => {
    const { seconds } = visit.config;
    if (!isWaitedFor(visit.config)) return { leave: "done", verbs: [{ verb: "pause", seconds }] };
    return { ...slice(visit), timerAt: timerAfter(overAt(visit)) };
  },
  resume: (visit, event) => {
    if (event.type === "input") return { leave: "key", value: { text: event.digits ?? "", by: "keys" } };
    const over = event.type === "timer" || secondsLeft(visit.at, overAt(visit)) <= 0;
    return over ? { leave: "done", value: { by: "timer" } } : slice(visit);
  },
  examples: [
    {
      name: "a short pause",
      config: { seconds: 2, endsOnKey: false },
      verbs: [{ verb: "pause", seconds: 2 }],
      outcome: "done",
    },
    {
      name: "a long pause, in slices",
      config: { seconds: 15, endsOnKey: false },
      events: [
        { comesBack: true, waitSeconds: 10 },
        { comesBack: true, waitSeconds: 5 },
      ],
      verbs: [
        { verb: "pause", seconds: 10 },
        { verb: "pause", seconds: 5 },
      ],
      outcome: "done",
      value: { by: "timer" },
    },
    {
      name: "the timer ends a pause whose phone did not come back",
      config: { seconds: 20, endsOnKey: false },
      events: [{ timer: true, waitSeconds: 25 }],
      verbs: [{ verb: "pause", seconds: 10 }],
      outcome: "done",
      value: { by: "timer" },
    },
    {
      name: "a key ends it",
      config: { seconds: 8, endsOnKey: true },
      events: [{ press: "5", waitSeconds: 3 }],
      verbs: [gather([], 8, oneKey)],
      outcome: "key",
      value: { text: "5", by: "keys" },
    },
  ],
});

function isWaitedFor(config: Config): boolean {
  return config.endsOnKey || config.seconds > inOneBreathSeconds;
}

function overAt(visit: Visit<Config>): number {
  return visit.enteredAt + visit.config.seconds * 1000;
}

function slice(visit: Visit<Config>): VisitResult<"done" | "key"> {
  const left = secondsLeft(visit.at, overAt(visit));
  if (!visit.config.endsOnKey) return { wait: ["done", "timer"], verbs: [silence(left)] };
  return { wait: ["input", "no-input", "timer"], verbs: [gather([], sliceOf(left), oneKey)] };
}
