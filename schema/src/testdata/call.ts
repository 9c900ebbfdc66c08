/**
 * A call played against `step` event by event, for tests of the engine: small flows, and a call that writes its session
 * to JSON and reads it back between any two events.
 */
import type {
  CallEvent,
  CallStarted,
  Effect,
  Session,
  TimerChange,
  TraceEntry,
  Verb,
} from "../call/index.ts";
import { type FlowDocument, hashFlow, parseFlow } from "../document/index.ts";
import { type CompiledFlow, compileFlow, openSession, type StepResult, step } from "../engine/index.ts";

/** An event as a test writes it: the call knows the time, and the turn unless it is said. */
export type Happening = CallEvent extends infer Event
  ? Event extends CallEvent
    ? Omit<Event, "at" | "turn"> & { readonly turn?: number }
    : never
  : never;

type Next = { readonly [outcome: string]: string };

export const node = (kind: string, config: object, next: Next = {}) => ({ kind, title: kind, config, next });
export const say = (text: string, done: string) => node("say", { text }, { done });
export const hangUp = (disposition: string) => node("hang-up", { disposition });
export const goBack = (way: string) => node("return", { way });
export const note = (outcome: string, recorded: string) =>
  node("record-outcome", { outcome, fields: [] }, { recorded, failed: recorded });
/** One key, asked for once. */
export const menu = (prompt: string, next: Next, more: object = {}) =>
  node("menu", { prompt, options: [{ key: "1", label: "One", ...more }], timeoutSeconds: 5, tries: 1 }, next);

/** A call-flow node that enters this document. */
export function enters(
  called: FlowDocument,
  next: Next,
  { inputs = {}, outputs = {} }: { readonly inputs?: Next; readonly outputs?: Next } = {},
) {
  const config = {
    flow: { id: "called", name: called.name, hash: hashFlow(called) },
    inputs: Object.entries(inputs).map(([input, value]) => ({ input, value })),
    outputs: Object.entries(outputs).map(([output, into]) => ({ output, into })),
    ways: Object.keys(next).filter((way) => way !== "failed"),
  };
  return node("call-flow", config, next);
}

/** A flow that begins at `first`; every flow has a `bye` that ends the call as `done`. */
export function flowOf(first: string, nodes: object, more: object = {}, start: object = {}): FlowDocument {
  const parsed = parseFlow({
    formatVersion: 1,
    name: "T",
    settings: { language: "en-US", maxCallMinutes: 10, apology: "Sorry." },
    variables: {},
    entry: "start",
    nodes: { start: node("start", start, { call: first }), bye: hangUp("done"), ...nodes },
    layout: { nodes: {} },
    ...more,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.flow;
}

/** A call that has not begun; `called` are the flows it may enter. */
export function callOf(main: FlowDocument | CompiledFlow, called: readonly FlowDocument[] = []) {
  const compiled = "hash" in main ? main : compileFlow(main);
  const flows = new Map([compiled, ...called.map(compileFlow)].map((flow) => [flow.hash, flow]));
  const call = {
    session: openSession(compiled),
    trace: [] as TraceEntry[],
    effects: [] as Effect[],
    timers: [] as TimerChange[],
    at: 1000,
    feed(happening: Happening, afterSeconds = 0): StepResult {
      call.at += afterSeconds * 1000;
      const turn = informing.has(happening.type) ? {} : { turn: call.session.turn };
      const event = { ...turn, ...happening, at: call.at } as CallEvent; // all that was left out
      const result = step(flows, call.session, event);
      call.session = JSON.parse(JSON.stringify(result.session)) as Session;
      call.trace.push(...result.trace);
      call.effects.push(...result.effects);
      call.timers.push(...result.timers);
      return result;
    },
    start: (more: Partial<CallStarted> = {}): StepResult =>
      call.feed({
        type: "call-started",
        direction: "inbound",
        from: "+15550100009",
        to: "+15550100001",
        seed: 7,
        ...more,
      }),
    press: (digits: string, afterSeconds = 0) => call.feed({ type: "input", digits }, afterSeconds),
    hangUp: () => call.feed({ type: "call-ended", reason: "completed", seconds: null }),
    path: () => call.trace.map(({ frame, node, outcome }) => `${frame ? `${frame}/` : ""}${node}:${outcome}`),
    /** What the main flow knows, and what all flows share. */
    values(): { readonly [name: string]: unknown } {
      const held = { ...call.session.shared, ...call.session.frames[0]?.values };
      return Object.fromEntries(Object.entries(held).map(([name, { value }]) => [name, value]));
    },
  };
  return call;
}

/** Events that ask for no orders, and so belong to no turn. */
const informing: ReadonlySet<string> = new Set([
  "call-ended",
  "answered-by",
  "effect-done",
  "effect-failed",
  "timer",
]);

/** Verbs in short: `say Hello.`, `gather Press 1.`, `next done`. */
export function words(verbs: readonly Verb[] | undefined): string[] {
  return (verbs ?? []).map((verb) => {
    switch (verb.verb) {
      case "say":
        return `say ${verb.text}`;
      case "gather":
        return `gather ${verb.prompts.map((one) => (one.verb === "say" ? one.text : one.verb)).join(" ")}`;
      case "pause":
        return `pause ${verb.seconds}`;
      case "next":
        return `next ${verb.why}`;
      default:
        return verb.verb;
    }
  });
}
