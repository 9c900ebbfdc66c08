import { z } from "zod";
import type { DecidingValue, EffectOrder } from "../call/index.ts";
import { numberToRing } from "../language/index.ts";
import { prompt, slug, template } from "./fields.ts";
import { defineNode, noFacts, type Visit } from "./node.ts";
import { deliveryFields, refuseBadMarkup, spokenFacts } from "./shared/delivery.ts";
import { filledUrl, namesRead, toldOf, writtenText } from "./shared/filled.ts";
import { effectWait, holdOn } from "./shared/waiting.ts";
import { webAddress } from "./shared/web-address.ts";

const config = z
  .strictObject({
    by: z.enum(["message", "request"]).meta({
      label: "By",
      help: "A text message to a telephone, or a request to a web service.",
      widget: "choice",
    }),
    to: template("Telephone", "The number that gets the message.", 100).optional(),
    url: webAddress("Address", "The web service that gets the text as JSON.").optional(),
    credential: slug(
      "Credential",
      "Name of a credential the operator has stored for the web service.",
    ).optional(),
    text: template(
      "Text",
      "What they are told; amounts and dates are written out. No PHI: neither is private.",
      1000,
    ).min(1, "Expected a text."),
    filler: prompt("While it takes long", "Spoken when sending takes more than a moment.").optional(),
    ...deliveryFields,
  })
  .superRefine((told, context) => {
    const needed = told.by === "message" ? "to" : "url";
    if (told[needed] === undefined) {
      const message = told.by === "message" ? "A message needs a telephone." : "A request needs an address.";
      context.addIssue({ code: "custom", path: [needed], message });
    }
    refuseBadMarkup(context, told.markup, spokenFacts(told, { filler: told.filler }));
  });
type Config = z.infer<typeof config>;

const timeoutSeconds = 10;
/** Longer than the runtime's own limit: for an answer that gets lost. */
const patienceSeconds = 12;
/** Twilio, "Messages: Body": longer ones are refused. */
const longestMessage = 1600;

/** Tells somebody outside the call something, once. */
export const notify = defineNode({
  kind: "notify",
  title: "Notify",
  summary: "Send a text message, or tell a web service.",
  group: "data",
  icon: "bell-ringing",
  config,
  initial: { by: "message", to: "+15550100002", text: "A caller asks to be called back." },
  outcomes: [
    { name: "sent", label: "sent" },
    { name: "failed", label: "not sent", failure: true },
  ],
  facts: (config) => ({
    ...noFacts,
    waits: true,
    reads: namesRead(config.text, config.by === "message" ? config.to : config.url),
    speaks: spokenFacts(config, { filler: config.filler }),
    sends: [
      { text: config.text, field: "text", to: "message" },
      ...(config.by === "request" && config.url
        ? [{ text: config.url, field: "url", to: "url" as const }]
        : []),
    ],
    dials: config.by === "message" && config.to ? [{ text: config.to, field: "to", to: "number" }] : [],
    silentSeconds: config.filler ? 1.5 : timeoutSeconds,
  }),
  glance: (config) => `${config.by === "message" ? config.to : config.url}: ${config.text}`,
  enter: (visit) => {
    const order = orderOf(visit);
    if (!("effect" in order)) return { leave: "failed", value: order };
    return { wait: effectWait, timerAt: visit.at + patienceSeconds * 1000, effects: [order] };
  },
  resume: (visit, event) => {
    switch (event.type) {
      case "effect-done": {
        const { result } = event;
        const answer =
          typeof result === "object" && result !== null && "status" in result ? Number(result.status) : 200;
        const sent = answer >= 200 && answer < 300;
        return sent
          ? { leave: "sent", value: { text: visit.config.by, by: "effect" } }
          : { leave: "failed", value: { text: String(answer), by: "effect" } };
      }
      case "effect-failed":
        return { leave: "failed", value: { text: event.error, by: "effect" } };
      case "timer":
        return { leave: "failed", value: { text: `no answer within ${patienceSeconds} s`, by: "timer" } };
      default:
        return holdOn(visit, visit.config.filler);
    }
  },
  examples: [
    {
      name: "a text message",
      config: { by: "message", to: "{{desk}}", text: "Call back {{name}}." },
      variables: {
        desk: { type: "phone", sensitivity: "internal", value: "+15550100002" },
        name: { type: "text", sensitivity: "internal", value: "Ada" },
      },
      events: [{ effect: "done" }],
      effects: [{ effect: "send-message", to: "+15550100002", text: "Call back Ada." }],
      outcome: "sent",
      value: { text: "message", by: "effect" },
    },
    {
      name: "a web service that answers late",
      config: { by: "request", url: "https://desk.example/alerts", text: "Urgent.", filler: "One moment." },
      events: [
        { comesBack: true, waitSeconds: 2 },
        { effect: "done", result: { status: 204, picked: {} } },
      ],
      verbs: [
        { verb: "say", text: "One moment.", language: "en-US" },
        { verb: "pause", seconds: 1 },
      ],
      effects: [
        {
          effect: "http-request",
          method: "POST",
          url: "https://desk.example/alerts",
          body: { text: "Urgent." },
          timeoutSeconds: 10,
          pick: {},
        },
      ],
      outcome: "sent",
      value: { text: "request", by: "effect" },
    },
    {
      name: "a web service that refuses",
      config: { by: "request", url: "https://desk.example/alerts", text: "Urgent." },
      events: [{ effect: "done", result: { status: 500, picked: {} } }],
      outcome: "failed",
      value: { text: "500", by: "effect" },
    },
    {
      name: "no telephone to send to",
      config: { by: "message", to: "{{desk}}", text: "Urgent." },
      variables: { desk: { type: "phone", sensitivity: "internal" } },
      effects: [],
      outcome: "failed",
      value: { text: "Expected a phone number such as +15550100001, found something else.", by: "rule" },
    },
    {
      name: "nothing to say: the text's only value is blank",
      config: { by: "message", to: "+15550100002", text: "{{note}}" },
      variables: { note: { type: "text", sensitivity: "internal" } },
      effects: [],
      outcome: "failed",
      value: { text: "Expected words to send, found none.", by: "rule" },
    },
    {
      name: "an amount and a day as a person reads them",
      config: { by: "message", to: "+15550100002", text: "{{owed}} until {{due}}." },
      variables: {
        owed: { type: "money", sensitivity: "internal", value: 12_550 },
        due: { type: "date", sensitivity: "internal", value: "2026-03-02" },
      },
      events: [{ effect: "done" }],
      effects: [
        {
          effect: "send-message",
          to: "+15550100002",
          text: "$125.50 until March 2nd, 2026.",
        },
      ],
      outcome: "sent",
      value: { text: "message", by: "effect" },
    },
    {
      name: "the carrier refuses it",
      config: { by: "message", to: "+15550100002", text: "Urgent." },
      events: [{ effect: "failed" }],
      outcome: "failed",
      value: { text: "the effect failed", by: "effect" },
    },
    {
      name: "nobody says what became of it",
      config: { by: "message", to: "+15550100002", text: "Urgent." },
      events: [{ timer: true, waitSeconds: 12 }],
      outcome: "failed",
      value: { text: "no answer within 12 s", by: "timer" },
    },
  ],
});

/** What is to be sent, or why nothing is. Who reads it is a person: values are written as one writes them. */
function orderOf(visit: Visit<Config>): EffectOrder | DecidingValue {
  const { by, to = "", url = "", credential, text, language } = visit.config;
  const words = writtenText(visit, text, language ?? visit.language);
  if (words.trim() === "") return toldOf(visit, "Expected words to send, found none.", text);
  if (by === "request") {
    const address = filledUrl(visit, url);
    if (!address.ok) return toldOf(visit, address.sentence);
    return {
      effect: "http-request",
      method: "POST",
      url: address.url,
      ...(credential === undefined ? {} : { credential }),
      body: { text: words },
      timeoutSeconds,
      pick: {},
    };
  }
  if (words.length > longestMessage) {
    return toldOf(visit, `Expected at most ${longestMessage} characters, found ${words.length}.`);
  }
  const number = numberToRing(visit.text(to));
  if (!number.ok) return toldOf(visit, number.sentence, to);
  return { effect: "send-message", to: number.number, text: words };
}
