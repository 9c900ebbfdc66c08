import { z } from "zod";
import type { DecidingValue, Verdict } from "../call/index.ts";
import { wholeNumber } from "./fields.ts";
import { defineNode, noFacts, type Visit, type VisitResult } from "./node.ts";
import { awaitMore, awaitVerdict, humanBecause, noVerdict } from "./shared/who-answered.ts";

const config = z.strictObject({
  waitSeconds: wholeNumber(
    "Wait at most",
    "How long to wait in silence for the carrier's verdict. A person who answered hears nothing meanwhile.",
    "seconds",
    1,
    60,
  ),
  unknownIs: z.enum(["unknown", "human"]).optional().meta({
    label: "When nobody can tell",
    help: "A way out of its own, or the same as a person. It is a way out of its own unless said.",
    widget: "choice",
  }),
});
type Config = z.infer<typeof config>;
type Name = Verdict["by"];

/** Goes a way each for a person, a machine and a fax, by the strongest evidence there is within a while. */
export const answeredBy = defineNode({
  kind: "answered-by",
  title: "Answered by",
  summary: "Go different ways for a person, an answering machine and a fax.",
  group: "decide",
  icon: "user-question",
  config,
  initial: { waitSeconds: 10 },
  outcomes: (config) => [
    { name: "human", label: "a person" },
    { name: "machine", label: "an answering machine" },
    { name: "fax", label: "a fax" },
    ...(config.unknownIs === "human"
      ? []
      : ([{ name: "unknown", label: "nobody can tell", failure: true }] as const)),
  ],
  facts: (config) => ({
    ...noFacts,
    waits: true,
    needsVerdict: "who",
    silentSeconds: config.waitSeconds,
  }),
  glance: (config) => `waits up to ${config.waitSeconds} s for the verdict`,
  entersInSilence: () => true,
  enter: (visit) => judged(visit) ?? awaitVerdict(visit),
  resume: (visit, event) =>
    judged(visit) ?? awaitMore(visit, event) ?? leaveAs(visit, "unknown", noVerdict(visit)),
  examples: [
    {
      name: "the verdict was there before",
      config: { waitSeconds: 10 },
      direction: "outbound",
      answered: { by: "machine", greeting: "beep" },
      outcome: "machine",
      value: { text: "machine", by: "verdict" },
    },
    {
      name: "the verdict comes meanwhile",
      config: { waitSeconds: 10 },
      direction: "outbound",
      events: [{ answeredBy: "human", waitSeconds: 3 }],
      verbs: [{ verb: "pause", seconds: 10 }],
      outcome: "human",
      value: { text: "human", by: "verdict" },
    },
    {
      name: "a fax",
      config: { waitSeconds: 10 },
      direction: "outbound",
      events: [{ answeredBy: "fax", waitSeconds: 3 }],
      verbs: [{ verb: "pause", seconds: 10 }],
      outcome: "fax",
      value: { text: "fax", by: "verdict" },
    },
    {
      name: "whoever calls us is a person",
      config: { waitSeconds: 10 },
      outcome: "human",
      value: { text: "human: they called", by: "rule" },
    },
    {
      name: "a key outweighs the verdict that comes after it (F11)",
      config: { waitSeconds: 10 },
      direction: "outbound",
      events: [{ press: "1", waitSeconds: 2 }],
      verbs: [{ verb: "pause", seconds: 10 }],
      outcome: "human",
      value: { text: "human: a key or a word was heard", by: "rule" },
    },
    {
      name: "no verdict in time",
      config: { waitSeconds: 15 },
      direction: "outbound",
      events: [
        { comesBack: true, waitSeconds: 10 },
        { comesBack: true, waitSeconds: 5 },
      ],
      verbs: [
        { verb: "pause", seconds: 10 },
        { verb: "pause", seconds: 5 },
      ],
      outcome: "unknown",
      value: { text: "no verdict within 15 s", by: "timer" },
    },
    {
      name: "the timer ends the wait of a phone that did not come back; unknown counts as a person",
      config: { waitSeconds: 8, unknownIs: "human" },
      direction: "outbound",
      events: [{ timer: true, waitSeconds: 13 }],
      verbs: [{ verb: "pause", seconds: 8 }],
      outcome: "human",
      value: { text: "no verdict within 8 s", by: "timer" },
    },
    {
      name: "a machine, where unknown counts as a person",
      config: { waitSeconds: 8, unknownIs: "human" },
      direction: "outbound",
      answered: { by: "machine" },
      outcome: "machine",
      value: { text: "machine", by: "verdict" },
    },
    {
      name: "a fax, where unknown counts as a person",
      config: { waitSeconds: 8, unknownIs: "human" },
      direction: "outbound",
      answered: { by: "fax" },
      outcome: "fax",
      value: { text: "fax", by: "verdict" },
    },
  ],
});

/** Who answered, by the strongest evidence there is; null when there is none yet. */
function judged(visit: Visit<Config>): VisitResult<Name> | null {
  const human = humanBecause(visit.party);
  if (human) return { leave: "human", value: human };
  const { answered } = visit.party;
  return answered ? leaveAs(visit, answered.by, { text: answered.by, by: "verdict" }) : null;
}

function leaveAs({ config }: Visit<Config>, who: Name, value: DecidingValue): VisitResult<Name> {
  return { leave: who === "unknown" ? (config.unknownIs ?? who) : who, value };
}
