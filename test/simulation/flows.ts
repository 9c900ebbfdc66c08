/**
 * The flows of the simulation: some of the shipped ones, and three of its own with everything in them that takes a
 * third party: recordings, transfers, web requests, messages, another flow, deadlines, verdicts on who answered.
 */
import { catalogue, withCalledFlows } from "@trunkline/flows";
import { testFlow } from "@trunkline/runtime/testing";
import type { Value } from "@trunkline/schema/call";
import { type FlowDocument, hashFlow, parseFlow } from "@trunkline/schema/document";
import { type Chance, pick } from "./random-caller.ts";

export interface Played {
  readonly document: FlowDocument;
  /** Does somebody call its number, do we place a call, or do only other flows enter it? */
  readonly calls: "inbound" | "outbound" | "flows";
  /** Values for its inputs. */
  readonly inputs?: (chance: Chance) => { readonly [variable: string]: Value };
}

/** The host that the flows ask. */
export const webHost = "claims.example.com";

const bye = { kind: "hang-up", config: { disposition: "done" } };
const noted = (next: string, outcome: string, fields: object[] = []) => ({
  kind: "record-outcome",
  config: { outcome, fields, filler: "One moment." },
  next: { recorded: next, failed: next },
});
const all = (ways: readonly string[], to: string) => Object.fromEntries(ways.map((way) => [way, to]));

const part = parsed(
  testFlow(
    {
      ask: {
        kind: "collect",
        config: {
          ...{ prompt: "Your number?", into: "reference", answer: "either", minDigits: 3, maxDigits: 10 },
          ...{ timeoutSeconds: 4, tries: 2 },
        },
        next: { collected: "look-up", invalid: "none", silence: "none" },
      },
      "look-up": {
        kind: "request",
        config: {
          method: "POST",
          url: `https://${webHost}/look-up`,
          body: [{ name: "reference", value: "{{reference}}" }],
          map: [{ pointer: "/status", into: "status" }],
          timeoutSeconds: 8,
          filler: "I am looking it up.",
        },
        next: { ok: "found", ...all(["refused", "unfit", "failed", "timeout"], "none") },
      },
      found: { kind: "return", config: { way: "found" } },
      none: { kind: "return", config: { way: "none" } },
    },
    {
      name: "Part",
      start: { calls: "flows" },
      variables: {
        reference: { type: "digits", sensitivity: "phi" },
        status: { type: "text", sensitivity: "internal", output: true },
      },
    },
  ),
);

/** What anybody can choose from; every choice leads back to the menu as often as not. */
function choices(name: string) {
  const option = (key: string, label: string) => ({ key, label });
  return {
    menu: {
      kind: "menu",
      config: {
        prompt: "One to seven.",
        options: [..."1234567"].map((key) => option(key, `Choice ${key}`)),
        timeoutSeconds: 4,
        tries: 2,
      },
      next: {
        ...{ "key-1": "record", "key-2": "transfer", "key-3": "tell", "key-4": "ask", "key-5": "part" },
        ...{ "key-6": "wait", "key-7": "report", invalid: "note", silence: "note" },
      },
    },
    record: {
      kind: "record",
      config: {
        ...{ prompt: "After the tone.", into: "message", maxSeconds: 30, silenceSeconds: 3 },
        ...{ finishOnKeys: "#", beep: true, minSeconds: 1, needsConsent: false },
      },
      next: { recorded: "keep", "no-audio": "again" },
    },
    keep: noted("again", "message", [{ name: "message", variable: "message" }]),
    transfer: {
      kind: "transfer",
      config: {
        ...{ to: "number", target: "+15550170001", text: "I connect you.", ringSeconds: 10 },
        ...{ limitMinutes: 2, detectMachine: true },
      },
      next: all(["completed", "busy", "no-answer", "machine", "failed"], "again"),
    },
    tell: {
      kind: "notify",
      config: { by: "message", to: "+15550170002", text: `${name} from {{call.from}} to {{call.to}}.` },
      next: all(["sent", "failed"], "again"),
    },
    ask: {
      kind: "request",
      config: {
        ...{ method: "GET", url: `https://${webHost}/status`, timeoutSeconds: 3 },
        map: [{ pointer: "/status", into: "status" }],
      },
      next: all(["ok", "refused", "unfit", "failed", "timeout"], "again"),
    },
    part: {
      kind: "call-flow",
      config: {
        flow: { id: "part", name: "Part", hash: hashFlow(part) },
        inputs: [],
        outputs: [{ output: "status", into: "status" }],
        ways: ["found", "none"],
      },
      next: all(["found", "none", "failed"], "again"),
    },
    wait: { kind: "pause", config: { seconds: 25, endsOnKey: true }, next: all(["done", "key"], "again") },
    report: {
      kind: "notify",
      config: { by: "request", url: `https://${webHost}/report`, text: "A caller asks." },
      next: all(["sent", "failed"], "again"),
    },
    again: {
      kind: "split",
      config: {
        shares: [
          { name: "more", percent: 85 },
          { name: "enough", percent: 15 },
        ],
      },
      next: { more: "menu", enough: "note" },
    },
    note: noted("bye", "noted", [{ name: "status", variable: "status" }]),
    bye,
    gone: noted("bye", "abandoned"),
  };
}

const variables = {
  message: { type: "text", sensitivity: "phi" },
  status: { type: "text", sensitivity: "internal" },
};

const switchboard = parsed(
  testFlow(choices("Switchboard"), { name: "Switchboard", variables, onHangUp: "gone" }),
);

/** Begins at once while the carrier listens for a machine. */
const meanwhile = parsed(
  testFlow(
    {
      hello: { kind: "say", config: { text: "Hello." }, next: { done: "who" } },
      who: {
        kind: "answered-by",
        config: { waitSeconds: 6 },
        next: { human: "menu", machine: "drop", fax: "note", unknown: "menu" },
      },
      drop: {
        kind: "voicemail-drop",
        config: { text: "Please call us back.", waitSeconds: 15 },
        next: { dropped: "note", ...all(["already-dropped", "not-a-machine", "no-beep"], "menu") },
      },
      ...choices("Meanwhile"),
    },
    {
      ...{ name: "Meanwhile", variables, onHangUp: "gone" },
      start: { calls: "outbound", detection: "meanwhile", greeting: "over" },
    },
  ),
);

/** Begins when the carrier knows who answered. */
const first = parsed(
  testFlow(
    {
      who: {
        kind: "answered-by",
        config: { waitSeconds: 2, unknownIs: "human" },
        next: { human: "menu", machine: "note", fax: "bye" },
      },
      ...choices("First"),
    },
    {
      ...{ name: "First", variables },
      start: { calls: "outbound", detection: "first", greeting: "begun" },
    },
  ),
);

/** In the order in which the line publishes them: the called before those that call them. */
export const played: readonly Played[] = [
  { document: part, calls: "flows" },
  { document: switchboard, calls: "inbound" },
  { document: meanwhile, calls: "outbound" },
  { document: first, calls: "outbound" },
  ...["after-hours", "appointment-reminder", "claim-status-generic"].flatMap((id) => shipped(id)),
];

function shipped(id: string): Played[] {
  const entry = catalogue.find((one) => one.id === id);
  if (!entry) throw new Error(`Expected the shipped flow "${id}", found none.`);
  const inputs = entry.scenarios.flatMap((one) => (one.inputs ? [one.inputs] : []));
  const [own, ...called] = withCalledFlows(entry).toReversed();
  return [
    ...called.toReversed().map((document) => ({ document, calls: "flows" as const })),
    {
      document: own!, // a flow comes with itself
      calls: id === "after-hours" ? "inbound" : "outbound",
      inputs: (chance) => (inputs.length > 0 ? pick(chance, inputs) : {}),
    },
  ];
}

function parsed(value: unknown): FlowDocument {
  const read = parseFlow(value);
  if (!read.ok) throw new Error(`Expected a flow, found ${JSON.stringify(read.problems)}.`);
  return read.flow;
}
