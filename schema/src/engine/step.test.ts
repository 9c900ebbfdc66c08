/** The engine's contract, case by case: turns, late and unexpected events, hang-ups, timers, effects, limits. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { CallEvent, Effect, Session, TimerChange, TraceEntry, Verb } from "../call/index.ts";
import { type FlowDocument, parseFlow } from "../document/index.ts";
import { callLimitTimer, compileFlow, limits, openSession, type StepResult, step } from "./index.ts";

const settings = { language: "en-US", maxCallMinutes: 10, apology: "Sorry, a problem." };
const bye = { kind: "hang-up", title: "Bye", config: { disposition: "done", farewell: "Bye." }, next: {} };
const menuConfig = { prompt: "Press 1.", options: [{ key: "1", label: "One" }], timeoutSeconds: 5, tries: 2 };
const menu = {
  kind: "menu",
  title: "Menu",
  config: menuConfig,
  next: { "key-1": "bye", invalid: "bye", silence: "bye" },
};
const note = {
  kind: "record-outcome",
  title: "Note",
  config: { outcome: "noted", fields: [] },
  next: { recorded: "bye", failed: "bye" },
};
const wait = {
  kind: "pause",
  title: "Wait",
  config: { seconds: 30, endsOnKey: false },
  next: { done: "bye" },
};
const say = (text: string, next: string) => ({
  kind: "say",
  title: "Say",
  config: { text },
  next: { done: next },
});

function flowOf(first: string, nodes: object, more: object = {}): FlowDocument {
  const start = { kind: "start", title: "Start", config: {}, next: { call: first } };
  const parsed = parseFlow({
    formatVersion: 1,
    name: "T",
    settings,
    variables: {},
    entry: "start",
    nodes: { start, bye, ...nodes },
    layout: { nodes: {} },
    ...more,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.flow;
}

/** A call under test: feeds events, keeps what came out, and serialises the session between any two. */
function callOf(document: FlowDocument) {
  const flow = compileFlow(document);
  const flows = new Map([[flow.hash, flow]]);
  const call = {
    session: openSession(flow) as Session,
    trace: [] as TraceEntry[],
    effects: [] as Effect[],
    timers: [] as TimerChange[],
    at: 1000,
    feed(event: DistributiveOmit<CallEvent, "at">, afterSeconds = 0): StepResult {
      call.at += afterSeconds * 1000;
      const result = step(flows, call.session, { ...event, at: call.at } as CallEvent); // `at` is all that was left out
      call.session = JSON.parse(JSON.stringify(result.session)) as Session;
      call.trace.push(...result.trace);
      call.effects.push(...result.effects);
      call.timers.push(...result.timers);
      return result;
    },
    start: () =>
      call.feed({
        type: "call-started",
        turn: 0,
        direction: "inbound",
        from: "+15550100009",
        to: "+15550100001",
        seed: 7,
      }),
    path: () => call.trace.map((entry) => `${entry.node}:${entry.outcome}`),
  };
  return call;
}
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

function words(verbs: readonly Verb[] | undefined): string[] {
  return (verbs ?? []).map((verb) => {
    if (verb.verb === "say") return `say ${verb.text}`;
    if (verb.verb === "gather")
      return `gather ${verb.prompts.map((p) => (p.verb === "say" ? p.text : "…")).join(" ")}`;
    if (verb.verb === "pause") return `pause ${verb.seconds}`;
    return verb.verb === "next" ? `next ${verb.why}` : verb.verb;
  });
}

describe("turns", () => {
  it("answers the turn that is asked and moves on", () => {
    const call = callOf(flowOf("hello", { hello: say("Hello.", "menu"), menu }));
    const started = call.start();
    expect(started.reply?.turn).toBe(0);
    expect(words(started.reply?.verbs)).toEqual(["say Hello.", "gather Press 1.", "next no-input"]);
    expect(call.session.turn).toBe(1);
    const chosen = call.feed({ type: "input", turn: 1, digits: "1" });
    expect(words(chosen.reply?.verbs)).toEqual(["say Bye.", "hang-up"]);
    expect(chosen.ended).toEqual({ reason: "completed", disposition: "done" });
    expect(call.path()).toEqual(["start:call", "hello:done", "menu:key-1", "bye:end"]);
    expect(call.trace.map((entry) => entry.seq)).toEqual([1, 2, 3, 4]);
  });

  it.each<[string, DistributiveOmit<CallEvent, "at">, StepResult["verdict"]]>([
    ["an older turn", { type: "input", turn: 0, digits: "1" }, "late"],
    ["a turn to come", { type: "input", turn: 9, digits: "1" }, "unexpected"],
    [
      "a second start",
      { type: "call-started", turn: 1, direction: "inbound", from: "a", to: "b", seed: 1 },
      "unexpected",
    ],
    ["a timer nobody set", { type: "timer", id: "visit-x-1" }, "late"],
    ["an effect nobody ordered", { type: "effect-done", id: "9.9", result: null }, "late"],
  ])("%s changes nothing", (_name, event, verdict) => {
    const call = callOf(flowOf("menu", { menu }));
    call.start();
    const before = JSON.stringify(call.session);
    const result = call.feed(event);
    expect(result.verdict).toBe(verdict);
    expect(result.reply).toBeNull();
    expect(JSON.stringify(call.session)).toBe(before);
  });

  it("nothing counts before the call has started", () => {
    const call = callOf(flowOf("menu", { menu }));
    expect(call.feed({ type: "input", turn: 0, digits: "1" }).verdict).toBe("unexpected");
    expect(call.feed({ type: "call-ended", reason: "completed", seconds: 1 }).verdict).toBe("unexpected");
  });

  it("tells an ended call's phone to hang up, and nothing else (I14)", () => {
    const call = callOf(flowOf("bye", {}));
    call.start();
    const before = JSON.stringify(call.session);
    const late = call.feed({ type: "input", turn: 1, digits: "1" });
    expect([late.verdict, words(late.reply?.verbs)]).toEqual(["late", ["hang-up"]]);
    expect(call.feed({ type: "call-ended", reason: "failed", seconds: null }).verdict).toBe("late");
    expect(JSON.stringify(call.session)).toBe(before);
  });

  it("notes that a human answered, and where a value came from", () => {
    const collect = {
      kind: "collect",
      title: "Ask",
      config: {
        prompt: "Number?",
        into: "ref",
        answer: "keys",
        minDigits: 1,
        maxDigits: 4,
        timeoutSeconds: 5,
        tries: 1,
      },
      next: { collected: "menu", invalid: "bye", silence: "bye" },
    };
    const call = callOf(
      flowOf("ask", { ask: collect, menu }, { variables: { ref: { type: "digits", sensitivity: "phi" } } }),
    );
    call.start();
    call.feed({ type: "input", turn: 1, digits: "0417" });
    expect(call.session.party.humanEvidence).toBe(true);
    expect(call.session.frames[0]?.values.ref).toEqual({
      value: "0417",
      type: "digits",
      sensitivity: "phi",
      origin: { source: "collected", node: "ask", turn: 1, event: 2 },
    });
    // PHI stands in the trace by name only.
    expect(call.trace.at(-1)?.value).toEqual({ variable: "ref", by: "keys" });
    expect(JSON.stringify(call.trace)).not.toContain("0417");
  });
});

describe("effects", () => {
  it("keep the turn open until they come back, and the answer is for that turn", () => {
    const call = callOf(flowOf("note", { note }));
    const started = call.start();
    expect(started.reply).toBeNull();
    expect(call.session.turn).toBe(0);
    expect(call.effects).toEqual([{ effect: "record-outcome", outcome: "noted", fields: [], id: "1.1" }]);
    const done = call.feed({ type: "effect-done", id: "1.1", result: null });
    expect(done.reply?.turn).toBe(0);
    expect(words(done.reply?.verbs)).toEqual(["say Bye.", "hang-up"]);
    expect(done.effects).toEqual([]);
  });

  it("are covered by a poll when slow, and do not pull a phone that polls", () => {
    const call = callOf(flowOf("note", { note }));
    call.start();
    const polled = call.feed({ type: "poll", turn: 0 }, 1.5);
    expect(words(polled.reply?.verbs)).toEqual(["pause 1", "next poll"]);
    const done = call.feed({ type: "effect-done", id: "1.1", result: null });
    expect(done.reply?.turn).toBe(1);
    expect(done.effects).toEqual([]);
  });

  it("are spoken over when there is something to say", () => {
    const call = callOf(flowOf("hello", { hello: say("Hello.", "note"), note }));
    expect(words(call.start().reply?.verbs)).toEqual(["say Hello.", "next poll"]);
  });

  it("that come back after their node has left are late", () => {
    const call = callOf(flowOf("note", { note }));
    call.start();
    call.feed({ type: "timer", id: call.session.wait?.timer ?? "" }, 10);
    expect(call.path().slice(0, 2)).toEqual(["start:call", "note:failed"]);
    expect(call.feed({ type: "effect-done", id: "1.1", result: null }).verdict).toBe("late");
  });
});

describe("timers", () => {
  it("wait together with the phone: whichever comes first ends the wait, and a busy phone is pulled", () => {
    const call = callOf(flowOf("wait", { wait }));
    expect(words(call.start().reply?.verbs)).toEqual(["pause 10", "next done"]);
    const timer = call.session.wait?.timer ?? "";
    expect(call.timers).toContainEqual({ timer: "set", id: timer, at: 36_000 });
    const fired = call.feed({ type: "timer", id: timer }, 35);
    expect(fired.reply).toEqual({
      turn: 1,
      verbs: [{ verb: "say", text: "Bye.", language: "en-US" }, { verb: "hang-up" }],
    });
    expect(fired.effects.map(({ id: _id, ...effect }) => effect)).toEqual([{ effect: "pull-call", turn: 1 }]);
    expect(call.feed({ type: "timer", id: timer }).verdict).toBe("late");
  });

  it("count from when the phone has spoken, not from when it was told to", () => {
    const call = callOf(flowOf("hello", { hello: say("A long address to write down.", "wait"), wait }));
    const told = call.start();
    expect(words(told.reply?.verbs)).toEqual(["say A long address to write down.", "next done"]);
    expect(call.timers.map((change) => change.id)).toEqual([callLimitTimer]);
    expect(words(call.feed({ type: "done", turn: 1 }, 60).reply?.verbs)).toEqual(["pause 10", "next done"]);
    expect(call.timers.at(-1)).toMatchObject({ timer: "set", at: 61_000 + 35_000 });
  });

  it("the phone first: the timer is cancelled", () => {
    const call = callOf(flowOf("wait", { wait }));
    call.start();
    call.feed({ type: "done", turn: 1 }, 10);
    call.feed({ type: "done", turn: 2 }, 10);
    const last = call.feed({ type: "done", turn: 3 }, 10);
    expect(last.ended?.disposition).toBe("done");
    expect(last.timers.map((change) => change.timer)).toEqual(["cancel", "cancel"]);
  });

  it("the call's own limit ends a call nobody reports the end of (I1)", () => {
    const call = callOf(flowOf("menu", { menu }));
    call.start();
    expect(call.timers).toContainEqual({ timer: "set", id: callLimitTimer, at: 601_000 });
    const over = call.feed({ type: "timer", id: callLimitTimer }, 600);
    expect(over.ended).toEqual({ reason: "completed", disposition: "limit-reached" });
    expect(words(over.reply?.verbs)).toEqual(["say Sorry, a problem.", "hang-up"]);
    expect(call.path()).toEqual(["start:call", "menu:limit-reached"]);
  });
});

describe("hang-ups", () => {
  it("end the call at the node that waited", () => {
    const call = callOf(flowOf("menu", { menu }));
    call.start();
    const gone = call.feed({ type: "call-ended", reason: "completed", seconds: 4 });
    expect(gone.reply).toBeNull();
    expect(gone.ended).toEqual({ reason: "completed", disposition: "caller-hung-up" });
    expect(call.path()).toEqual(["start:call", "menu:caller-hung-up"]);
  });

  it("walk the path after a hang-up in silence (I16)", () => {
    const call = callOf(
      flowOf("menu", { menu, sorry: say("Nobody hears this.", "note"), note }, { onHangUp: "sorry" }),
    );
    call.start();
    const gone = call.feed({ type: "call-ended", reason: "completed", seconds: 4 });
    expect([gone.reply, gone.ended]).toEqual([null, null]);
    const late = call.feed({ type: "input", turn: 1, digits: "1" });
    expect([late.verdict, words(late.reply?.verbs)]).toEqual(["late", ["hang-up"]]);
    const id = gone.effects[0]?.id ?? "";
    const done = call.feed({ type: "effect-done", id, result: null });
    expect([done.reply, done.ended?.disposition]).toEqual([null, "done"]);
    expect(call.path()).toEqual([
      "start:call",
      "menu:caller-hung-up",
      "sorry:done",
      "note:recorded",
      "bye:end",
    ]);
  });

  it("end that path where it would need the caller", () => {
    const call = callOf(flowOf("menu", { menu }, { onHangUp: "menu" }));
    call.start();
    const gone = call.feed({ type: "call-ended", reason: "completed", seconds: 4 });
    expect(gone.ended?.disposition).toBe("caller-hung-up");
    expect(call.path().slice(1)).toEqual(["menu:caller-hung-up", "menu:caller-hung-up"]);
  });

  it.each(["busy", "no-answer", "failed", "canceled"] as const)("%s is its own disposition", (reason) => {
    const call = callOf(flowOf("menu", { menu }));
    call.start();
    expect(call.feed({ type: "call-ended", reason, seconds: null }).ended).toEqual({
      reason,
      disposition: reason,
    });
  });
});

describe("limits", () => {
  it("cut a loop that never waits, with an apology", () => {
    const call = callOf(flowOf("a", { a: say("x", "b"), b: say("y", "a") }));
    const started = call.start();
    expect(started.ended?.disposition).toBe("limit-reached");
    expect(call.trace.length).toBe(limits.visitsPerStep);
    expect(words(started.reply?.verbs).slice(-2)).toEqual(["say Sorry, a problem.", "hang-up"]);
  });

  it("split a text too long for one reply over turns, without a visit of its own", () => {
    const long = (next: string) => say("Words and words. ".repeat(150), next);
    const call = callOf(
      flowOf("a", { a: long("b"), b: long("c"), c: long("d"), d: long("e"), e: long("bye") }),
    );
    const first = call.start();
    expect(words(first.reply?.verbs).map((word) => word.slice(0, 4))).toEqual([
      "say ",
      "say ",
      "say ",
      "say ",
      "next",
    ]);
    expect(call.path()).toEqual(["start:call", "a:done", "b:done", "c:done", "d:done"]);
    const second = call.feed({ type: "done", turn: 1 });
    expect(second.ended?.disposition).toBe("done");
    expect(call.path().slice(5)).toEqual(["e:done", "bye:end"]);
  });

  it("end a call between two turns of a long text where it stands", () => {
    const long = (next: string) => say("Words and words. ".repeat(170), next);
    const call = callOf(
      flowOf("a", { a: long("b"), b: long("c"), c: long("d"), d: long("e"), e: long("bye") }),
    );
    call.start();
    const gone = call.feed({ type: "call-ended", reason: "completed", seconds: 4 });
    expect(gone.ended?.disposition).toBe("caller-hung-up");
    expect(call.path()).toEqual(["start:call", "a:done", "b:done", "c:done", "d:done"]);
  });

  it("cut a loop that goes on for ever", () => {
    const round = { ...menu, next: { "key-1": "menu", invalid: "menu", silence: "menu" } };
    const call = callOf(flowOf("menu", { menu: round }));
    let result = call.start();
    while (!result.ended) result = call.feed({ type: "input", turn: call.session.turn, digits: "1" });
    expect(result.ended.disposition).toBe("limit-reached");
    expect(call.trace.length).toBe(limits.visitsPerCall);
  });

  it("end a call at an outcome nobody wired, with an apology", () => {
    const call = callOf(flowOf("menu", { menu: { ...menu, next: {} } }));
    call.start();
    const result = call.feed({ type: "input", turn: 1, digits: "1" });
    expect(result.ended?.disposition).toBe("unwired-outcome");
    expect(words(result.reply?.verbs)).toEqual(["say Sorry, a problem.", "hang-up"]);
    expect(call.path()).toEqual(["start:call", "menu:key-1"]);
  });
});

describe("a phone whose visit was left by somebody else's word", () => {
  const config = {
    to: "number",
    target: "+15550100002",
    ringSeconds: 20,
    limitMinutes: 5,
    detectMachine: true,
  };
  const next = { completed: "bye", busy: "bye", "no-answer": "bye", failed: "bye", machine: "note" };
  const ring = { kind: "transfer", title: "Ring", config, next };

  it("is taken out of a dial, even where the flow has nothing to say yet", () => {
    const call = callOf(flowOf("ring", { ring, note }));
    call.start();
    const told = call.feed({ type: "answered-by", by: "machine", leg: "dialled" }, 8);
    expect(told.effects.map((effect) => effect.effect)).toEqual(["record-outcome", "pull-call"]);
    expect(told.reply?.verbs).toEqual([
      { verb: "pause", seconds: 1 },
      { verb: "next", why: "poll" },
    ]);
  });

  it("is left alone by a verdict that changes nothing", () => {
    const call = callOf(flowOf("menu", { menu }));
    call.start();
    const told = call.feed({ type: "answered-by", by: "human", leg: "call" }, 2);
    expect(told).toMatchObject({ verdict: "applied", reply: null, effects: [] });
  });
});

describe("stored sessions of released versions still resume", () => {
  const folder = new URL("../testdata/sessions/", import.meta.url);
  const files = readdirSync(folder);
  it("there are some", () => expect(files.length).toBeGreaterThan(0));
  const released = (name: string) => {
    const text = readFileSync(new URL(`../testdata/flows/${name}`, import.meta.url), "utf8");
    const parsed = parseFlow((JSON.parse(text) as { document: unknown }).document);
    if (!parsed.ok) throw new Error("a released document must parse");
    return compileFlow(parsed.flow);
  };
  it.each(files)("%s", (file) => {
    const stored = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as {
      flow: string;
      /** Flows that the flow enters. */
      calls?: string[];
      session: Session;
      event: CallEvent;
      path: string[];
      disposition: string | null;
    };
    const flows = [stored.flow, ...(stored.calls ?? [])].map(released);
    const result = step(new Map(flows.map((flow) => [flow.hash, flow])), stored.session, stored.event);
    expect(result.verdict).toBe("applied");
    const path = result.trace.map(
      ({ frame, node, outcome }) => `${frame ? `${frame}/` : ""}${node}:${outcome}`,
    );
    expect(path).toEqual(stored.path);
    expect(result.ended?.disposition ?? null).toBe(stored.disposition);
  });
});
