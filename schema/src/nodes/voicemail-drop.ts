import { z } from "zod";
import { audio, prompt, wholeNumber } from "./fields.ts";
import { defineNode, noFacts, type Visit, type VisitResult } from "./node.ts";
import { deliveryFields, refuseBadMarkup, spokenBy, spokenFacts } from "./shared/delivery.ts";
import { awaitMore, awaitVerdict, humanBecause, noVerdict } from "./shared/who-answered.ts";

const config = z
  .strictObject({
    text: prompt("Message", "What is left. Anybody may listen to it: nothing about a patient.")
      .min(1, "Expected a message.")
      .optional(),
    audio: audio(
      "Recording",
      "An audio file that is played, before the text if there is one too.",
    ).optional(),
    ...deliveryFields,
    waitSeconds: wholeNumber(
      "Wait for the beep",
      "How long to wait for the carrier's word that the greeting is over.",
      "seconds",
      1,
      120,
    ),
  })
  .superRefine((drop, context) => {
    if (drop.text === undefined && drop.audio === undefined) {
      const message = "Expected a message or an audio file, found neither.";
      context.addIssue({ code: "custom", path: ["text"], message });
    }
    refuseBadMarkup(context, drop.markup, spokenFacts(drop, { text: drop.text }));
  });
type Config = z.infer<typeof config>;
type Name = "dropped" | "not-a-machine" | "no-beep" | "already-dropped";

/** Put on the call when a message was left: there is one in a call, whatever way leads here again. */
const leftTag = "voicemail-left";

/** How long a phone may take with the message before it is taken to be gone for good. */
const longestMessageSeconds = 600;

/** Leaves one message after an answering machine's greeting, and speaks to nobody else. */
export const voicemailDrop = defineNode({
  kind: "voicemail-drop",
  title: "Voicemail drop",
  summary: "Leave a message on an answering machine, after its greeting, once in a call.",
  group: "connect",
  icon: "record-mail",
  config,
  initial: { text: "Hello, please call us back. Thank you.", waitSeconds: 30 },
  outcomes: [
    { name: "dropped", label: "message left" },
    { name: "already-dropped", label: "left before" },
    { name: "not-a-machine", label: "no machine", failure: true },
    { name: "no-beep", label: "no end of the greeting", failure: true },
  ],
  facts: (config) => ({
    ...noFacts,
    waits: true,
    speaks: spokenFacts(config, { text: config.text }).map((one) => ({
      ...one,
      bargeIn: false,
      voicemail: true,
    })),
    needsVerdict: "greeting-over",
    silentSeconds: config.waitSeconds,
  }),
  glance: (config) => config.text ?? config.audio ?? "",
  entersInSilence: () => true,
  enter: (visit) => {
    if (visit.tagged(leftTag)) return { leave: "already-dropped", value: { text: leftTag, by: "rule" } };
    return decided(visit) ?? awaitVerdict(visit);
  },
  resume: (visit, event) => {
    if (visit.memory === speaking) {
      return { leave: "dropped", tag: leftTag, value: { text: toldVerdict(visit), by: "verdict" } };
    }
    return (
      decided(visit) ?? awaitMore(visit, event) ?? { leave: "no-beep" as const, value: noVerdict(visit) }
    );
  },
  examples: [
    {
      name: "the greeting is over when the node is entered",
      config: { text: "Please call Lakeside Billing.", waitSeconds: 30 },
      direction: "outbound",
      answered: { by: "machine", greeting: "beep" },
      events: [{ comesBack: true, waitSeconds: 4 }],
      verbs: [{ verb: "say", text: "Please call Lakeside Billing.", language: "en-US" }],
      outcome: "dropped",
      value: { text: "machine, beep", by: "verdict" },
      tagged: [leftTag],
    },
    {
      name: "the greeting ends meanwhile; a file is played",
      config: { audio: "https://files.example.org/callback.mp3", waitSeconds: 30 },
      direction: "outbound",
      events: [
        { comesBack: true, waitSeconds: 10 },
        { answeredBy: "machine", greeting: "silence", waitSeconds: 7 },
        { comesBack: true, waitSeconds: 12 },
      ],
      verbs: [
        { verb: "pause", seconds: 10 },
        { verb: "pause", seconds: 10 },
        { verb: "play", url: "https://files.example.org/callback.mp3", times: 1 },
      ],
      outcome: "dropped",
      value: { text: "machine, silence", by: "verdict" },
      tagged: [leftTag],
    },
    {
      name: "a message was left before",
      config: { text: "Please call us.", waitSeconds: 30 },
      direction: "outbound",
      answered: { by: "machine", greeting: "beep" },
      tags: [leftTag],
      outcome: "already-dropped",
      value: { text: leftTag, by: "rule" },
    },
    {
      name: "a person answered",
      config: { text: "Please call us.", waitSeconds: 30 },
      direction: "outbound",
      events: [{ answeredBy: "human", waitSeconds: 4 }],
      verbs: [{ verb: "pause", seconds: 10 }],
      outcome: "not-a-machine",
      value: { text: "human", by: "verdict" },
    },
    {
      name: "somebody pressed a key: no machine, whatever the verdict says later (F11)",
      config: { text: "Please call us.", waitSeconds: 30 },
      direction: "outbound",
      events: [{ press: "1", waitSeconds: 4 }],
      verbs: [{ verb: "pause", seconds: 10 }],
      outcome: "not-a-machine",
      value: { text: "human: a key or a word was heard", by: "rule" },
    },
    {
      name: "whoever calls us is no machine",
      config: { text: "Please call us.", waitSeconds: 30 },
      outcome: "not-a-machine",
      value: { text: "human: they called", by: "rule" },
    },
    {
      name: "the carrier told of the greeting's beginning only",
      config: { text: "Please call us.", waitSeconds: 30 },
      direction: "outbound",
      answered: { by: "machine", greeting: "begun" },
      outcome: "no-beep",
      value: { text: "machine, begun", by: "verdict" },
    },
    {
      name: "no verdict in time",
      config: { text: "Please call us.", waitSeconds: 12 },
      direction: "outbound",
      events: [
        { comesBack: true, waitSeconds: 10 },
        { comesBack: true, waitSeconds: 2 },
      ],
      verbs: [
        { verb: "pause", seconds: 10 },
        { verb: "pause", seconds: 2 },
      ],
      outcome: "no-beep",
      value: { text: "no verdict within 12 s", by: "timer" },
    },
  ],
});

/** The visit's memory while the message is spoken. */
const speaking = "speaking";

/**
 * What the evidence says, if there is any. A carrier gives one verdict: where it told of the greeting's beginning, no
 * word of its end will follow.
 */
function decided(visit: Visit<Config>): VisitResult<Name> | null {
  const human = humanBecause(visit.party);
  if (human) return { leave: "not-a-machine", value: human };
  const { answered } = visit.party;
  if (!answered) return null;
  const value = { text: toldVerdict(visit), by: "verdict" } as const;
  if (answered.by !== "machine") return { leave: "not-a-machine", value };
  if (answered.greeting === undefined || answered.greeting === "begun") return { leave: "no-beep", value };
  // The visit lasts until the phone has spoken, so that only a message that was heard counts as left.
  return {
    wait: ["done", "timer"],
    memory: speaking,
    timerAt: visit.at + longestMessageSeconds * 1000,
    verbs: spokenBy(visit, visit.config.text, visit.config.audio),
  };
}

function toldVerdict({ party: { answered } }: Visit<Config>): string {
  return [answered?.by, answered?.greeting].filter(Boolean).join(", ");
}
