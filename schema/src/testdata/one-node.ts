/** One node between a start and a hang-up, played through the engine: what a table of a kind's cases needs. */
import type { CallEvent, CallStarted, Effect, TraceEntry, Verb } from "../call/index.ts";
import { outcomesOf, parseFlow } from "../document/index.ts";
import { compileFlow, openSession, step } from "../engine/index.ts";

export interface Given {
  /** When the call begins, epoch milliseconds. */
  readonly at?: number;
  /** Declared as the document declares them; `initial` is the value. */
  readonly variables?: object;
  readonly direction?: CallStarted["direction"];
  readonly answered?: CallStarted["answered"];
  /** The node is on the path after a hang-up, and the caller hangs up first. */
  readonly afterHangUp?: boolean;
}

type Happening = CallEvent extends infer Event
  ? Event extends CallEvent
    ? Omit<Event, "turn">
    : never
  : never;

/** The node's first trace entry, what the phone was told by it, what it asked for, the call's tags and its values. */
export function playNode(kind: string, config: object, given: Given = {}, events: readonly Happening[] = []) {
  const { at = 1_000_000, variables = {}, direction = "inbound", answered, afterHangUp = false } = given;
  const ways = outcomesOf({ kind, config } as Parameters<typeof outcomesOf>[0]); // parsed below
  const parsed = parseFlow({
    formatVersion: 1,
    name: "One node",
    settings: { language: "en-US", maxCallMinutes: 240, apology: "Sorry." },
    variables,
    entry: "start",
    ...(afterHangUp ? { onHangUp: "subject" } : {}),
    nodes: {
      start: { kind: "start", title: "Start", config: {}, next: { call: afterHangUp ? "wait" : "subject" } },
      wait: {
        kind: "pause",
        title: "Wait",
        config: { seconds: 60, endsOnKey: false },
        next: { done: "over" },
      },
      subject: {
        kind,
        title: "Subject",
        config,
        next: Object.fromEntries(ways.map((way) => [way.name, "over"])),
      },
      over: { kind: "hang-up", title: "Over", config: { disposition: "over" }, next: {} },
    },
    layout: { nodes: {} },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const flow = compileFlow(parsed.flow);
  const flows = new Map([[flow.hash, flow]]);
  let session = openSession(flow);
  const verbs: Verb[] = [];
  const trace: TraceEntry[] = [];
  const effects: Effect[] = [];
  const feed = (event: CallEvent) => {
    const result = step(flows, session, event);
    session = result.session;
    trace.push(...result.trace);
    effects.push(...result.effects.filter(({ effect }) => effect !== "pull-call"));
    verbs.push(...(result.reply?.verbs ?? []).filter(({ verb }) => verb !== "next" && verb !== "hang-up"));
  };
  const [from, to] = ["+15550100009", "+15550100001"];
  const started = { type: "call-started", at, turn: 0, direction, from, to, seed: 1 } as const;
  feed({ ...started, ...(answered ? { answered } : {}) });
  for (const event of events) feed({ ...event, turn: session.turn } as CallEvent); // informing ones ignore the turn
  const entry = trace.find((one) => one.node === "subject");
  const held = { ...session.shared, ...session.frames[0]?.values };
  const values = Object.fromEntries(Object.entries(held).map(([name, { value }]) => [name, value]));
  return {
    outcome: entry?.outcome ?? null,
    value: entry?.value ?? null,
    verbs,
    effects,
    tags: session.tags ?? [],
    values,
  };
}
