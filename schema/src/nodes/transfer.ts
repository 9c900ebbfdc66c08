import { z } from "zod";
import type { DecidingValue, DialEnded, DialTarget, DialVerb } from "../call/index.ts";
import { coerce, diallingRefusal, dialTargetOf } from "../language/index.ts";
import { prompt, template, wholeNumber, yesNo } from "./fields.ts";
import { defineNode, noFacts, type Visit, type VisitResult } from "./node.ts";
import { deliveryFields, refuseBadMarkup, spokenBy, spokenFacts } from "./shared/delivery.ts";
import { namesRead, toldOf } from "./shared/filled.ts";

const config = z
  .strictObject({
    to: z.enum(["number", "sip", "client"]).meta({
      label: "To",
      help: "A telephone number, a SIP address, or somebody at a browser phone.",
      widget: "choice",
    }),
    target: template("Whom", "The number, address or name that is rung; may hold {{variables}}.", 250).min(
      1,
      "Expected somebody to ring.",
    ),
    callerId: template("Shown number", "One of your numbers; the caller's own unless said.", 100).optional(),
    text: prompt("Before ringing", "What the caller hears first.").optional(),
    ringSeconds: wholeNumber("Ring for", "How long to let it ring.", "seconds", 5, 600),
    limitMinutes: wholeNumber("Talk for at most", "The two are parted after this long.", "minutes", 1, 240),
    detectMachine: yesNo(
      "Notice machines",
      "When an answering machine takes the call, come back instead of leaving the caller with it.",
    ),
    ...deliveryFields,
  })
  .superRefine((asked, context) => {
    // Where a call goes must be readable in the flow: only the user's part of an address may be a variable.
    if (asked.to === "sip" && !/^sips?:[^@\s]{1,100}@[A-Za-z0-9.-]{1,150}$/.test(asked.target)) {
      const message = "Expected an address such as sip:desk@office.example.";
      context.addIssue({ code: "custom", path: ["target"], message });
    }
    const shown = asked.callerId;
    if (shown !== undefined && namesRead(shown).length === 0 && !coerce(shown, "phone").ok) {
      const message = "Expected one of your numbers, such as +15550100001, or a variable.";
      context.addIssue({ code: "custom", path: ["callerId"], message });
    }
    refuseBadMarkup(context, asked.markup, spokenFacts(asked, { text: asked.text }));
  });
type Config = z.infer<typeof config>;
type Name = "completed" | "busy" | "no-answer" | "failed" | "machine";

/** Rings another party and joins it with the caller; goes on when that is over or came to nothing. */
export const transfer = defineNode({
  kind: "transfer",
  title: "Transfer",
  summary: "Ring somebody and join them with the caller.",
  group: "connect",
  icon: "phone-outgoing",
  config,
  initial: {
    to: "number",
    target: "+15550100002",
    text: "One moment, I will connect you.",
    ringSeconds: 20,
    limitMinutes: 60,
    detectMachine: false,
  },
  outcomes: (config) => [
    { name: "completed", label: "they talked" },
    { name: "busy", label: "busy", failure: true },
    { name: "no-answer", label: "no answer", failure: true },
    ...(config.detectMachine ? ([{ name: "machine", label: "a machine", failure: true }] as const) : []),
    { name: "failed", label: "failed", failure: true },
  ],
  facts: (config) => ({
    ...noFacts,
    waits: true,
    reads: namesRead(config.target, config.callerId),
    speaks: spokenFacts(config, { text: config.text }),
    dials: [{ text: config.target, field: "target", to: config.to }],
  }),
  glance: (config) => config.target,
  enter: (visit) => {
    const dial = dialOf(visit);
    if (!("verb" in dial)) return { leave: "failed", value: dial };
    return {
      wait: ["dial", "answered-by", "no-input"],
      verbs: [...spokenBy(visit, visit.config.text), dial],
    };
  },
  resume: (visit, event) => {
    if (event.type === "dial-ended") return dialEnded(event);
    if (event.type !== "answered-by") {
      return { leave: "failed", value: { text: "the phone came back without a word", by: "rule" } };
    }
    const machine = event.leg === "dialled" && (event.by === "machine" || event.by === "fax");
    if (machine && visit.config.detectMachine)
      return { leave: "machine", value: { text: event.by, by: "verdict" } };
    return { wait: ["dial", "answered-by", "no-input"] };
  },
  examples: [
    {
      name: "the two have talked",
      config: example(),
      variables: { desk: { type: "phone", sensitivity: "internal", value: "+15550100002" } },
      events: [{ dialEnded: "completed", seconds: 61, waitSeconds: 70 }],
      verbs: [
        { verb: "say", text: "One moment.", language: "en-US" },
        dialVerb({ to: "number", number: "+15550100002" }),
      ],
      outcome: "completed",
      value: { text: "completed, 61 s" },
    },
    ...(["busy", "no-answer", "failed"] as const).map((status) => ({
      name: `it ends with ${status}`,
      config: example({ to: "sip", target: "sip:desk@office.example", text: undefined }),
      events: [{ dialEnded: status }],
      verbs: [dialVerb({ to: "sip", address: "sip:desk@office.example" })],
      outcome: status,
      value: { text: status },
    })),
    {
      name: "a machine answers: the caller is taken back",
      config: example({ to: "client", target: "desk", text: undefined, detectMachine: true }),
      events: [{ answeredBy: "machine", leg: "dialled", waitSeconds: 8 }],
      verbs: [{ ...dialVerb({ to: "client", client: "desk" }), detectMachine: true }],
      outcome: "machine",
      value: { text: "machine", by: "verdict" },
    },
    {
      name: "a person answers, and nothing changes",
      config: example({ to: "client", target: "desk", text: undefined, detectMachine: true }),
      events: [
        { answeredBy: "human", leg: "dialled", waitSeconds: 8 },
        { dialEnded: "completed", seconds: 5 },
      ],
      verbs: [{ ...dialVerb({ to: "client", client: "desk" }), detectMachine: true }],
      outcome: "completed",
      value: { text: "completed, 5 s" },
    },
    {
      name: "a number outside the dialling policy",
      config: example({ target: "+19005550100" }),
      outcome: "failed",
      value: { text: diallingRefusal("+19005550100") ?? "", by: "rule" },
    },
  ],
});

/** The verb, or why nobody is rung. */
function dialOf(visit: Visit<Config>): DialVerb | DecidingValue {
  const { to, target: whom, callerId, ringSeconds, limitMinutes, detectMachine } = visit.config;
  const target = dialTargetOf(to, visit.text(whom));
  if (typeof target === "string") return toldOf(visit, target, whom);
  const shown = callerId === undefined ? null : coerce(visit.text(callerId), "phone");
  if (shown?.ok === false) return toldOf(visit, `The shown number: ${shown.sentence}`, callerId);
  return {
    verb: "dial",
    target,
    ...(shown ? { callerId: String(shown.value) } : {}),
    ringSeconds,
    limitSeconds: limitMinutes * 60,
    detectMachine,
  };
}

function dialEnded({ status, seconds }: DialEnded): VisitResult<Name> {
  const value = { text: seconds === null ? status : `${status}, ${seconds} s` };
  return { leave: status === "canceled" ? "no-answer" : status, value };
}

function example(change: Partial<Config> = {}): Config {
  const base = { text: "One moment.", ringSeconds: 20, limitMinutes: 60, detectMachine: false };
  return { to: "number", target: "{{desk}}", ...base, ...change };
}

/** The verb an example expects. */
function dialVerb(target: DialTarget): DialVerb {
  return { verb: "dial", target, ringSeconds: 20, limitSeconds: 3600, detectMachine: false };
}
