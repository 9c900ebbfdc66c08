import { z } from "zod";
import type { EffectOrder } from "../call/index.ts";
import { coerce, diallingRefusal } from "../language/index.ts";
import { prompt, template } from "./fields.ts";
import { defineNode, noFacts, type Visit } from "./node.ts";
import { filledUrl, namesRead } from "./shared/filled.ts";
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
    text: template("Text", "What they are told. No PHI: neither is private.", 1000),
    filler: prompt("While it takes long", "Spoken when sending takes more than a moment.").optional(),
  })
  .superRefine((told, context) => {
    const needed = told.by === "message" ? "to" : "url";
    if (told[needed] === undefined) {
      const message = told.by === "message" ? "A message needs a telephone." : "A request needs an address.";
      context.addIssue({ code: "custom", path: [needed], message });
    }
  });
type Config = z.infer<typeof config>;

const timeoutSeconds = 10;
/** Longer than the runtime's own limit: for an answer that gets lost. */
const patienceSeconds = 12;

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
    speaks: config.filler ? [{ text: config.filler, field: "filler" }] : [],
    sends: [
      { text: config.text, field: "text", to: config.by === "message" ? "message" : "body" },
      ...(config.by === "request" && config.url
        ? [{ text: config.url, field: "url", to: "url" as const }]
        : []),
    ],
    dials: config.by === "message" && config.to ? [{ text: config.to, field: "to", to: "number" }] : [],
    silentSeconds: 1.5,
  }),
  glance: (config) => `${config.by === "message" ? config.to : config.url}: ${config.text}`,
  enter: (visit) => {
    const order = orderOf(visit);
    if (typeof order === "string") return { leave: "failed", value: { text: order, by: "rule" } };
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

/** What is to be sent, or a sentence that says why it cannot be. */
function orderOf(visit: Visit<Config>): EffectOrder | string {
  const { by, to = "", url = "", text } = visit.config;
  const words = visit.text(text);
  if (by === "request") {
    return {
      effect: "http-request",
      method: "POST",
      url: filledUrl(visit, url),
      body: { text: words },
      timeoutSeconds,
      pick: {},
    };
  }
  const number = coerce(visit.text(to), "phone");
  if (!number.ok) return number.sentence;
  return (
    diallingRefusal(String(number.value)) ?? { effect: "send-message", to: String(number.value), text: words }
  );
}
