import { z } from "zod";
import { type HttpRequestOrder, type RequestResult, type Value, variableTypes } from "../call/index.ts";
import { prompt, slug, template, variable, wholeNumber } from "./fields.ts";
import { defineNode, noFacts, type Visit, type VisitResult } from "./node.ts";
import { deliveryFields, refuseBadMarkup, spokenFacts } from "./shared/delivery.ts";
import { filledUrl, filledValue, namesRead } from "./shared/filled.ts";
import { refuseTwice } from "./shared/once.ts";
import { effectWait, holdOn } from "./shared/waiting.ts";
import { webAddress } from "./shared/web-address.ts";

const bodyField = z.strictObject({
  name: z
    .string()
    .regex(
      /^[A-Za-z_][A-Za-z0-9_-]{0,59}$/,
      "Expected a field's name: letters, digits, dashes and underscores.",
    )
    .meta({ label: "Field", help: "The field's name in the JSON that is sent.", widget: "text" }),
  value: template("Value", "A text, or a variable as {{name}}, which then keeps its type."),
});

const mapping = z.strictObject({
  pointer: z
    .string()
    .max(200)
    .regex(/^(\/([^/~]|~[01])*)+$/, "Expected a JSON pointer such as /claim/status.")
    .meta({ label: "Where", help: "The place in the answer, such as /claim/status.", widget: "text" }),
  into: variable("Save as", "The variable that gets the value."),
});

const config = z
  .strictObject({
    method: z.enum(["GET", "POST", "PUT"]).meta({
      label: "Method",
      help: "GET asks, POST and PUT send the fields below as JSON.",
      widget: "choice",
    }),
    url: webAddress("Address", "https, a host this installation may ask. Variables only behind the host."),
    credential: slug("Credential", "Name of a credential the operator has stored.").optional(),
    body: z.array(bodyField).max(30).optional().meta({
      label: "Fields sent",
      help: "The JSON that is sent; none with GET.",
      widget: "list",
    }),
    map: z.array(mapping).max(30).meta({
      label: "Values kept",
      help: "What of the answer is kept, and nothing else. What the answer lacks becomes blank. Amounts are whole cents, dates such as 2026-03-02.",
      widget: "list",
    }),
    timeoutSeconds: wholeNumber("Wait for the answer", "Longer means no answer.", "seconds", 1, 20),
    filler: prompt("While it takes long", "Spoken when the answer takes more than a moment.").optional(),
    ...deliveryFields,
  })
  .superRefine((asked, context) => {
    if (asked.method === "GET" && asked.body && asked.body.length > 0) {
      const message = "GET sends no fields; use POST, or put them into the address.";
      context.addIssue({ code: "custom", path: ["body"], message });
    }
    refuseTwice(
      context,
      "body",
      "name",
      (asked.body ?? []).map((one) => one.name),
    );
    refuseTwice(
      context,
      "map",
      "into",
      asked.map.map((one) => one.into),
    );
    refuseBadMarkup(context, asked.markup, spokenFacts(asked, { filler: asked.filler }));
  });
type Config = z.infer<typeof config>;
type Name = "ok" | "refused" | "unfit" | "failed" | "timeout";

/** What a single value of an answer can become. */
const notClaims = variableTypes.filter((type) => type !== "claim");

/** Longer than the runtime's own limit: for an answer that gets lost. */
const graceSeconds = 2;

/**
 * Asks a web service and keeps the values it is told to keep, all or none. A value the answer lacks is blank from then
 * on: what an earlier answer said is not this one's.
 */
export const request = defineNode({
  kind: "request",
  title: "Request",
  summary: "Ask a web service, and keep values from its answer.",
  group: "data",
  icon: "world-download",
  config,
  initial: {
    method: "GET",
    url: "https://service.example/lookup?number={{call.from}}",
    map: [],
    timeoutSeconds: 5,
    filler: "One moment please.",
  },
  outcomes: [
    { name: "ok", label: "answered" },
    { name: "refused", label: "refused (4xx)", failure: true },
    { name: "unfit", label: "unusable answer", failure: true },
    { name: "failed", label: "failed", failure: true },
    { name: "timeout", label: "no answer in time", failure: true },
  ],
  facts: (config) => ({
    ...noFacts,
    waits: true,
    reads: namesRead(config.url, ...(config.body ?? []).map((one) => one.value)),
    writes: config.map.map((one) => one.into),
    writesOn: ["ok"],
    writesInto: Object.fromEntries(config.map.map(({ into }) => [into, notClaims])),
    speaks: spokenFacts(config, { filler: config.filler }),
    sends: [
      { text: config.url, field: "url", to: "url" },
      ...(config.body ?? []).map(({ value }, index) => ({
        text: value,
        field: `body/${index}/value`,
        to: "body" as const,
      })),
    ],
    silentSeconds: config.filler ? 1.5 : config.timeoutSeconds,
  }),
  glance: (config) => `${config.method} ${config.url}`,
  enter: (visit) => {
    const address = filledUrl(visit, visit.config.url);
    if (!address.ok) return { leave: "failed", value: { text: address.sentence, by: "rule" } };
    return {
      wait: effectWait,
      timerAt: visit.at + (visit.config.timeoutSeconds + graceSeconds) * 1000,
      effects: [orderOf(visit, address.url)],
    };
  },
  resume: (visit, event) => {
    switch (event.type) {
      case "effect-done":
        return answered(visit, event.result as unknown as RequestResult | null); // what the order asks for
      case "effect-failed": {
        const late = event.error.startsWith("timeout");
        return { leave: late ? "timeout" : "failed", value: { text: event.error, by: "effect" } };
      }
      case "timer":
        return { leave: "timeout", value: { text: "no answer in time", by: "timer" } };
      default:
        return holdOn(visit, visit.config.filler);
    }
  },
  examples: [
    {
      name: "a claim's status",
      config: example(),
      variables: known(),
      events: [{ effect: "done", result: { status: 200, picked: { status: "paid", amount: 12_550 } } }],
      effects: [order("A1%2F2")],
      outcome: "ok",
      value: { text: "200", by: "effect" },
      sets: { status: "paid", amount: 12_550 },
    },
    {
      name: "slow: the caller is told to wait while the carrier polls",
      config: example({ filler: "One moment please." }),
      variables: known(),
      events: [
        { comesBack: true, waitSeconds: 2 },
        { effect: "done", result: { status: 200, picked: { status: null, amount: null } } },
      ],
      verbs: [
        { verb: "say", text: "One moment please.", language: "en-US" },
        { verb: "pause", seconds: 1 },
      ],
      outcome: "ok",
      value: { text: "200", by: "effect" },
    },
    {
      name: "sent as JSON, a variable with its type",
      config: {
        method: "POST",
        url: "https://claims.example/notes",
        credential: "claims",
        body: [
          { name: "amount", value: "{{amount}}" },
          { name: "note", value: "About {{member_id}}" },
        ],
        map: [],
        timeoutSeconds: 5,
      },
      variables: { ...known(), amount: { type: "money", sensitivity: "internal", value: 500 } },
      events: [{ effect: "done", result: { status: 404, picked: {} } }],
      effects: [
        {
          effect: "http-request",
          method: "POST",
          url: "https://claims.example/notes",
          credential: "claims",
          body: { amount: 500, note: "About A1/2" },
          timeoutSeconds: 5,
          pick: {},
        },
      ],
      outcome: "refused",
      value: { text: "404", by: "effect" },
    },
    {
      name: "an amount that is none",
      config: example(),
      variables: known(),
      events: [{ effect: "done", result: { status: 200, picked: { status: "paid", amount: "much" } } }],
      outcome: "unfit",
      value: { variable: "amount", by: "effect" },
    },
    {
      name: "the service is down",
      config: example(),
      variables: known(),
      events: [{ effect: "done", result: { status: 503, picked: {} } }],
      outcome: "failed",
      value: { text: "503", by: "effect" },
    },
    {
      name: "what the answer lacks is blank afterwards",
      config: example({ map: [{ pointer: "/claim/paid", into: "amount" }] }),
      variables: { ...known(), amount: { type: "money", sensitivity: "internal", value: 500 } },
      events: [{ effect: "done", result: { status: 200, picked: { amount: null } } }],
      outcome: "ok",
      value: { text: "200", by: "effect" },
    },
    {
      name: "a blank value would make it another address: nothing is asked",
      config: example({ url: "https://claims.example/members/{{status}}/claims" }),
      variables: known(),
      effects: [],
      outcome: "failed",
      value: {
        text: "Expected a value for each part of the address, found a blank one or only dots.",
        by: "rule",
      },
    },
    {
      name: "it could not be asked",
      config: example(),
      variables: known(),
      events: [{ effect: "failed" }],
      outcome: "failed",
      value: { text: "the effect failed", by: "effect" },
    },
    {
      name: "no answer in time",
      config: example(),
      variables: known(),
      events: [{ timer: true, waitSeconds: 7 }],
      outcome: "timeout",
      value: { text: "no answer in time", by: "timer" },
    },
  ],
});

function orderOf(visit: Visit<Config>, url: string): HttpRequestOrder {
  const { method, credential, body, map, timeoutSeconds } = visit.config;
  const fields = (body ?? []).map(({ name, value }) => [name, filledValue(visit, value)] as const);
  return {
    effect: "http-request",
    method,
    url,
    ...(credential === undefined ? {} : { credential }),
    ...(method === "GET" ? {} : { body: Object.fromEntries(fields) }),
    timeoutSeconds,
    pick: Object.fromEntries(map.map(({ pointer, into }) => [into, pointer])),
  };
}

function answered(visit: Visit<Config>, result: RequestResult | null): VisitResult<Name> {
  const status = result?.status ?? 0;
  const value = { text: String(status), by: "effect" } as const;
  if (status >= 400 && status < 500) return { leave: "refused", value };
  if (status < 200 || status >= 300) return { leave: "failed", value };
  const set: { [variable: string]: Value } = {};
  const clear: string[] = [];
  for (const { into } of visit.config.map) {
    const picked = result?.picked[into];
    if (picked === undefined || picked === null || String(picked).trim() === "") {
      clear.push(into);
      continue;
    }
    const fitted = visit.fits(into, String(picked));
    if (!fitted.ok) return { leave: "unfit", value: { variable: into, by: "effect" } };
    set[into] = fitted.value;
  }
  return { leave: "ok", value, set, clear };
}

function example(change: Partial<Config> = {}): Config {
  return {
    method: "GET",
    url: "https://claims.example/status?member={{member_id}}",
    map: [
      { pointer: "/claim/status", into: "status" },
      { pointer: "/claim/cents", into: "amount" },
    ],
    timeoutSeconds: 5,
    ...change,
  };
}

/** The order the example gives. */
function order(member: string): HttpRequestOrder {
  return {
    effect: "http-request",
    method: "GET",
    url: `https://claims.example/status?member=${member}`,
    timeoutSeconds: 5,
    pick: { status: "/claim/status", amount: "/claim/cents" },
  };
}

function known() {
  return {
    member_id: { type: "text", sensitivity: "internal", value: "A1/2" },
    status: { type: "text", sensitivity: "internal" },
    amount: { type: "money", sensitivity: "internal" },
  } as const;
}
