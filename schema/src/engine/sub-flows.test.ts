/** A flow inside a flow: what goes in and comes back, by which way, and how each of them ends. */
import { describe, expect, it } from "vitest";
import type { FlowDocument } from "../document/index.ts";
import { callOf, enters, flowOf, goBack, hangUp, menu, node, note, say, words } from "../testdata/call.ts";
import { callLimitTimer, limits } from "./index.ts";

const asked = { "key-1": "back", invalid: "back", silence: "back" };
/** A called flow that asks for a key and returns `done`. */
const asking = flowOf("ask", { ask: menu("Press 1.", asked), back: goBack("done") });
type Pairs = { readonly [name: string]: string };
const leads = { done: "bye", failed: "sorry" };

function main(called: FlowDocument, next = leads, more: object = {}) {
  return flowOf("sub", { sub: enters(called, next), sorry: hangUp("sorry") }, more);
}

describe("what goes in and comes back", () => {
  const internal = { sensitivity: "internal" };
  const types = [
    ["text", " Ada ", "Ada"],
    ["digits", "0417", "0417"],
    ["number", 2.5, 2.5],
    ["money", 12_550, 12_550],
    ["date", "2026-03-02", "2026-03-02"],
    ["time", "16:30", "16:30"],
    ["phone", "5550100001", "+15550100001"],
    ["list", "a, b", ["a", "b"]],
    ["list", ["a", "b"], ["a", "b"]],
    ["claim", { dob: "1980-01-05", billed_amount: 500 }, { dob: "1980-01-05", billed_amount: 500 }],
  ] as const;
  it.each(types)("%s %j", (type, initial, held) => {
    const inner = flowOf(
      "back",
      { back: goBack("done") },
      { variables: { inside: { type, ...internal, origin: "input", output: true } } },
    );
    const sub = enters(inner, leads, { inputs: { inside: "{{given}}" }, outputs: { inside: "got" } });
    const call = callOf(
      flowOf(
        "sub",
        { sub, sorry: hangUp("sorry") },
        { variables: { given: { type, ...internal, initial }, got: { type, ...internal } } },
      ),
      [inner],
    );
    call.start();
    expect(call.values()).toEqual({ given: held, got: held });
    expect(call.session.frames[0]?.values.got?.origin).toEqual({
      source: "computed",
      node: "sub",
      turn: 0,
      event: 1,
    });
  });

  const counter = { type: "number", ...internal };
  it.each<[string, object, Pairs, Pairs, unknown]>([
    [
      "what does not fit the called flow's type",
      { n: { ...counter, origin: "input" } },
      { n: "{{name}}" },
      {},
      "no",
    ],
    ["what is no input of it", { n: { ...counter, initial: 3 } }, { n: "4" }, { n: "out" }, 3],
    ["what it does not declare", {}, { constructor_: "4" }, {}, undefined],
    [
      "a blank value leaves its default",
      { n: { ...counter, initial: 3, origin: "input" } },
      { n: "{{blank}}" },
      { n: "out" },
      3,
    ],
    [
      "a value goes before its default",
      { n: { ...counter, initial: 3, origin: "input" } },
      { n: "4" },
      { n: "out" },
      4,
    ],
    [
      "what does not fit here",
      { n: { type: "text", ...internal, initial: "many" } },
      {},
      { n: "out" },
      undefined,
    ],
    ["what nobody here declares", { n: { ...counter, initial: 3 } }, {}, { n: "gone" }, undefined],
  ])("%s", (name, variables, inputs, outputs, out) => {
    const seen = node("say", { text: "{{n}}" }, { done: "back" });
    const inner = flowOf("seen", { seen, back: goBack("done") }, { variables });
    const sub = enters(inner, leads, { inputs, outputs });
    const known = { name: { type: "text", ...internal, initial: "Ada" }, blank: counter, out: counter };
    const call = callOf(flowOf("sub", { sub, sorry: hangUp("sorry") }, { variables: known }), [inner]);
    const started = call.start();
    expect(call.path()).toContain("sub:done");
    if (name.startsWith("what does not fit the called"))
      expect(words(started.reply?.verbs)).toEqual(["say ", "hang-up"]);
    else expect(call.values().out).toEqual(out);
  });

  it("is out of the calling flow's sight", () => {
    const secret = { secret: { type: "text", ...internal, initial: "inside" } };
    const tell = say("It is {{secret}}.", "back");
    const inner = flowOf("tell", { tell, back: goBack("done") }, { variables: secret });
    const outer = flowOf(
      "sub",
      { sub: enters(inner, { done: "tell" }), tell: say("It is {{secret}}.", "bye") },
      { variables: { secret: { ...secret.secret, initial: "outside" } } },
    );
    const call = callOf(outer, [inner]);
    expect(words(call.start().reply?.verbs)).toEqual(["say It is inside.", "say It is outside.", "hang-up"]);
  });

  it("is shared where both declare it so, and keeps what it has", () => {
    const mood = { type: "text", ...internal, scope: "call" };
    const change = node(
      "set",
      { assignments: [{ variable: "mood", to: "{{mood}} and glad" }] },
      { done: "back" },
    );
    const inner = flowOf(
      "change",
      { change, back: goBack("done") },
      { variables: { mood: { ...mood, initial: "new" } } },
    );
    const first = node("set", { assignments: [{ variable: "mood", to: "calm" }] }, { done: "sub" });
    const outer = flowOf("first", { first, sub: enters(inner, { done: "bye" }) }, { variables: { mood } });
    const call = callOf(outer, [inner]);
    call.start();
    expect(call.values()).toEqual({ mood: "calm and glad" });
    expect(call.session.frames[0]?.values).toEqual({});
    const blank = callOf(flowOf("sub", { sub: enters(inner, { done: "bye" }) }, { variables: { mood } }), [
      inner,
    ]);
    blank.start();
    expect(blank.values()).toEqual({ mood: "new and glad" });
  });

  it("is not shared with a flow that declares it as its own", () => {
    const mood = { type: "text", ...internal, initial: "calm" };
    const tell = say("{{mood}}", "back");
    const inner = flowOf(
      "tell",
      { tell, back: goBack("done") },
      { variables: { mood: { ...mood, initial: "own" } } },
    );
    const shared = { variables: { mood: { ...mood, scope: "call" } } };
    const call = callOf(flowOf("sub", { sub: enters(inner, { done: "bye" }) }, shared), [inner]);
    expect(words(call.start().reply?.verbs)).toEqual(["say own", "hang-up"]);
    expect(call.values()).toEqual({ mood: "calm" });
  });

  it("a shared value is made blank for every flow", () => {
    const mood = { type: "text", ...internal, scope: "call" };
    const clear = node("set", { assignments: [{ variable: "mood", how: "clear" }] }, { done: "back" });
    const inner = flowOf("clear", { clear, back: goBack("done") }, { variables: { mood } });
    const name = { ...mood, initial: "Ada" };
    const call = callOf(
      flowOf(
        "sub",
        { sub: enters(inner, { done: "bye" }) },
        { variables: { mood: { ...mood, initial: "calm" }, name } },
      ),
      [inner],
    );
    call.start();
    expect(call.values()).toEqual({ name: "Ada" });
  });
});

describe("outputs come back", () => {
  const found = { type: "text", sensitivity: "internal" };
  const set = (next: string) =>
    node("set", { assignments: [{ variable: "found", to: "it" }] }, { done: next });
  const inner = (after: string, nodes: object) =>
    flowOf("set", { set: set(after), ...nodes }, { variables: { found: { ...found, output: true } } });
  const outer = (called: FlowDocument, more: object = {}) =>
    flowOf(
      "sub",
      {
        sub: enters(called, leads, { outputs: { found: "kept" } }),
        sorry: hangUp("sorry"),
        last: hangUp("noted"),
      },
      { variables: { kept: found }, ...more },
    );

  it.each<[string, string, object, string]>([
    ["by a way back", "back", { back: goBack("done") }, "done"],
    ["by a way that nobody here knows", "back", { back: goBack("other") }, "sorry"],
    ["when the call ends inside", "bye", {}, "done"],
    ["at a way out that nobody wired", "ask", { ask: node("say", { text: "Hm." }) }, "unwired-outcome"],
    ["at a limit", "round", { round: say("x", "round") }, "limit-reached"],
  ])("%s", (_name, after, nodes, disposition) => {
    const called = inner(after, nodes);
    const call = callOf(outer(called), [called]);
    const { ended } = call.start();
    expect(ended?.disposition).toBe(disposition);
    expect(call.values()).toEqual({ kept: "it" });
    expect(call.session.frames).toHaveLength(1);
  });

  it("blank, when it is not known this time: what was known the last time does not stand for it", () => {
    const ask = menu("Press 1.", { "key-1": "set", invalid: "back", silence: "back" });
    const called = flowOf(
      "ask",
      { ask, set: set("back"), back: goBack("done") },
      { variables: { found: { ...found, output: true } } },
    );
    const sub = enters(called, { done: "sub", failed: "sorry" }, { outputs: { found: "kept" } });
    const main = flowOf("sub", { sub, sorry: hangUp("sorry") }, { variables: { kept: found } });
    const call = callOf(main, [called]);
    call.start();
    call.press("1");
    expect(call.values()).toEqual({ kept: "it" });
    call.feed({ type: "no-input" });
    expect(call.values()).toEqual({});
  });

  it("when the caller hangs up, for the main flow's path after it", () => {
    const called = inner("ask", { ask: menu("Press 1.", asked), back: goBack("done") });
    const call = callOf(outer(called, { onHangUp: "last" }), [called]);
    call.start();
    expect(call.session.frames).toHaveLength(2);
    expect(call.hangUp().ended).toEqual({ reason: "completed", disposition: "noted" });
    expect(call.values()).toEqual({ kept: "it" });
    expect(call.path()).toEqual([
      "start:call",
      "sub/start:call",
      "sub/set:done",
      "sub/ask:caller-hung-up",
      "sub:caller-hung-up",
      "last:end",
    ]);
  });
});

describe("the end inside", () => {
  const inner = asking;
  const middle = flowOf("deep", { deep: enters(inner, { done: "back" }), back: goBack("done") });
  const nested = (more: object = {}) => callOf(main(middle, leads, more), [middle, inner]);

  it("a return goes back one flow at a time", () => {
    const call = nested();
    call.start();
    expect(call.session.frames.map(({ path, node: at }) => [path, at])).toEqual([
      ["", "sub"],
      ["sub", "deep"],
      ["sub/deep", "ask"],
    ]);
    const { ended } = call.press("1", 3);
    expect(ended).toEqual({ reason: "completed", disposition: "done" });
    expect(call.path()).toEqual([
      "start:call",
      "sub/start:call",
      "sub/deep/start:call",
      "sub/deep/ask:key-1",
      "sub/deep/back:end",
      "sub/deep:done",
      "sub/back:end",
      "sub:done",
      "bye:end",
    ]);
    expect(call.trace.map((entry) => entry.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    // The node that called was visited all the while.
    expect(call.trace[7]).toMatchObject({
      node: "sub",
      kind: "call-flow",
      enteredAt: 1000,
      leftAt: 4000,
      turn: 1,
    });
    expect(call.trace[7]?.value).toEqual({ text: "done" });
    expect(call.trace[4]).toMatchObject({ kind: "return", value: { text: "done" } });
  });

  it.each(["completed", "failed"] as const)("a caller who is gone (%s) leaves every flow", (reason) => {
    const call = nested();
    call.start();
    const { ended, reply } = call.feed({ type: "call-ended", reason, seconds: 4 });
    expect(ended).toEqual({ reason, disposition: reason === "completed" ? "caller-hung-up" : reason });
    expect(reply).toBeNull();
    expect(call.path().slice(3)).toEqual([
      "sub/deep/ask:caller-hung-up",
      "sub/deep:caller-hung-up",
      "sub:caller-hung-up",
    ]);
  });

  it("only the main flow has a path after a hang-up", () => {
    const called = flowOf(
      "ask",
      { ask: menu("Press 1.", asked), back: goBack("done"), never: hangUp("never") },
      { onHangUp: "never" },
    );
    const call = callOf(main(called, leads, { onHangUp: "sorry" }), [called]);
    call.start();
    expect(call.hangUp().ended?.disposition).toBe("sorry");
    const without = callOf(main(called), [called]);
    without.start();
    expect(without.hangUp().ended?.disposition).toBe("caller-hung-up");
  });

  it("the path after a hang-up may enter a flow, and ends where that one needs the caller", () => {
    const quiet = flowOf("note", { note: note("told", "back"), back: goBack("done") });
    const entering = (called: FlowDocument) =>
      flowOf(
        "wait",
        {
          wait: menu("Press 1.", { ...asked, "key-1": "bye" }),
          back: hangUp("back"),
          sub: enters(called, { done: "back" }),
        },
        { onHangUp: "sub" },
      );
    const silent = callOf(entering(quiet), [quiet]);
    silent.start();
    silent.hangUp();
    const id = silent.effects.at(-1)?.id ?? "";
    expect(silent.feed({ type: "effect-done", id, result: null }).ended?.disposition).toBe("back");
    const call = callOf(entering(asking), [asking]);
    call.start();
    expect(call.hangUp().ended?.disposition).toBe("caller-hung-up");
    expect(call.path().slice(-2)).toEqual(["sub/ask:caller-hung-up", "sub:caller-hung-up"]);
  });

  it("a hang-up node ends the call, not its flow", () => {
    const ending = flowOf("bye", {});
    const outer = flowOf("deep", { deep: enters(ending, { done: "back" }), back: goBack("done") });
    const call = callOf(main(outer), [outer, ending]);
    const { ended, reply } = call.start();
    expect(ended).toEqual({ reason: "completed", disposition: "done" });
    expect(words(reply?.verbs)).toEqual(["hang-up"]);
    expect(call.path().slice(-3)).toEqual(["sub/deep/bye:end", "sub/deep:end", "sub:end"]);
  });

  it("a return of the main flow ends the call by its way", () => {
    const call = callOf(flowOf("back", { back: goBack("served") }));
    expect(call.start().ended).toEqual({ reason: "completed", disposition: "served" });
    expect(call.path().at(-1)).toBe("back:end");
    const gone = callOf(
      flowOf("ask", { ask: menu("1?", asked), back: goBack("served") }, { onHangUp: "back" }),
    );
    gone.start();
    expect(gone.feed({ type: "call-ended", reason: "failed", seconds: null }).ended).toEqual({
      reason: "failed",
      disposition: "served",
    });
  });

  it("a limit is told in the called flow's own words", () => {
    const settings = { language: "es-MX", voice: "Polly.Mia", maxCallMinutes: 1, apology: "Lo siento." };
    const called = flowOf("ask", { ask: menu("1?", asked), back: goBack("done") }, { settings });
    const call = callOf(main(called), [called]);
    call.start();
    const { reply, ended } = call.feed({ type: "timer", id: callLimitTimer }, 600);
    expect(ended?.disposition).toBe("limit-reached");
    expect(reply?.verbs).toEqual([
      { verb: "say", text: "Lo siento.", language: "es-MX", voice: "Polly.Mia" },
      { verb: "hang-up" },
    ]);
    expect(call.path().slice(-2)).toEqual(["sub/ask:limit-reached", "sub:limit-reached"]);
    // How long a call may last is the main flow's word.
    expect(call.timers[0]).toEqual({ timer: "set", id: callLimitTimer, at: 601_000 });
  });
});

it("each flow speaks its own language with its own voice", () => {
  const settings = { language: "es-MX", voice: "Polly.Mia", maxCallMinutes: 1, apology: "Lo siento." };
  const called = flowOf("tell", { tell: say("Hola.", "back"), back: goBack("done") }, { settings });
  const outer = flowOf("hello", {
    hello: say("Hello.", "sub"),
    sub: enters(called, { done: "end" }),
    end: say("Bye.", "bye"),
  });
  expect(callOf(outer, [called]).start().reply?.verbs).toEqual([
    { verb: "say", text: "Hello.", language: "en-US" },
    { verb: "say", text: "Hola.", language: "es-MX", voice: "Polly.Mia" },
    { verb: "say", text: "Bye.", language: "en-US" },
    { verb: "hang-up" },
  ]);
});

describe("a flow that cannot be entered", () => {
  it("is not at hand", () => {
    const call = callOf(main(asking));
    expect(call.start().ended?.disposition).toBe("sorry");
    expect(call.path()).toEqual(["start:call", "sub:failed", "sorry:end"]);
    expect(call.trace[1]?.value).toEqual({ text: "the flow is not at hand" });
  });

  it("returns a way that the calling node does not know", () => {
    const called = flowOf("back", { back: goBack("other") });
    const call = callOf(main(called), [called]);
    expect(call.start().ended?.disposition).toBe("sorry");
    expect(call.trace.find((entry) => entry.node === "sub")).toMatchObject({
      outcome: "failed",
      value: { text: "other" },
    });
  });

  it("is one too deep", () => {
    const tower = (floors: number): FlowDocument[] => {
      if (floors === 1) return [asking];
      const below = tower(floors - 1);
      const next = { done: "back", failed: "sorry" };
      const floor = {
        sub: enters(below[0] as FlowDocument, next),
        back: goBack("done"),
        sorry: goBack("sorry"),
      };
      return [flowOf("sub", floor), ...below];
    };
    const [just, ...under] = tower(limits.flowsDeep);
    const fits = callOf(just as FlowDocument, under);
    expect(fits.start().ended).toBeNull();
    expect(fits.session.frames).toHaveLength(limits.flowsDeep);
    const [beyond, ...all] = tower(limits.flowsDeep + 1);
    const call = callOf(beyond as FlowDocument, all);
    expect(call.start().ended?.disposition).toBe("sorry");
    const failed = call.trace.find((entry) => entry.outcome === "failed");
    expect(failed?.frame.split("/")).toHaveLength(limits.flowsDeep - 1);
    expect(failed?.value?.text).toMatch(/8 flows deep/);
  });
});

describe("visits and limits inside", () => {
  const round = (called: FlowDocument) => flowOf("sub", { sub: enters(called, { done: "sub" }) });

  it("a flow entered twice begins anew, and its visits and timers are told apart", () => {
    const waiting = flowOf(
      "ask",
      {
        ask: node("pause", { seconds: 30, endsOnKey: true }, { done: "back", key: "back" }),
        back: goBack("done"),
      },
      { variables: { seen: { type: "text", sensitivity: "internal", origin: "input" } } },
    );
    const deep = flowOf("in", { in: enters(waiting, { done: "back" }), back: goBack("done") });
    const call = callOf(round(deep), [waiting, deep]);
    call.start();
    const first = call.session.wait?.timer ?? "";
    call.press("1");
    const second = call.session.wait?.timer ?? "";
    expect(second).not.toBe(first);
    // One that was on its way when it was cancelled means nothing to the next visit.
    expect(call.feed({ type: "timer", id: first }).verdict).toBe("late");
    expect(call.session.frames.map((frame) => frame.visits)).toEqual([
      {
        start: 1,
        sub: 2,
        "sub/start": 1,
        "sub/in": 1,
        "sub/back": 1,
        "sub/in/start": 1,
        "sub/in/ask": 1,
        "sub/in/back": 1,
      },
      { start: 2, in: 2, back: 1, "in/start": 1, "in/ask": 1, "in/back": 1 },
      { start: 2, ask: 2, back: 1 },
    ]);
    call.press("1");
    const asks = call.trace.filter((entry) => entry.node === "ask");
    expect(asks.map(({ frame, visit }) => [frame, visit])).toEqual([
      ["sub/in", 1],
      ["sub/in", 2],
    ]);
    expect(call.trace.filter((entry) => entry.node === "in").map((entry) => entry.visit)).toEqual([1, 2]);
    expect(call.trace.filter((entry) => entry.node === "sub").map((entry) => entry.visit)).toEqual([1, 2]);
  });

  it("the same node's timer in two flows is two timers", () => {
    const pause = (next: string) =>
      node("pause", { seconds: 30, endsOnKey: true }, { done: next, key: next });
    const inner = flowOf("wait", { wait: pause("back"), back: goBack("done") });
    const call = callOf(flowOf("wait", { wait: pause("sub"), sub: enters(inner, { done: "bye" }) }), [inner]);
    call.start();
    const outside = call.session.wait?.timer;
    expect(outside).toBe("visit-wait-1");
    call.press("1");
    expect(call.session.wait?.timer).not.toBe(outside);
  });

  it("a loop through flows that never waits is cut", () => {
    const empty = flowOf("back", { back: goBack("done") });
    const call = callOf(round(empty), [empty]);
    expect(call.start().ended?.disposition).toBe("limit-reached");
    expect(call.session.counters.visits).toBe(limits.visitsPerStep);
  });

  it("much to say is told over several turns, across flows", () => {
    const long = "Words and words. ".repeat(150);
    const telling = flowOf("tell", { tell: say(long, "back"), back: goBack("done") });
    const next = (to: string) => enters(telling, { done: to });
    const call = callOf(
      flowOf("a", { a: next("b"), b: next("c"), c: next("d"), d: next("e"), e: next("bye") }),
      [telling],
    );
    call.start();
    expect(call.session.wait?.enter).toBe("back");
    expect(call.session.frames).toHaveLength(2);
    expect(call.feed({ type: "done" }).ended?.disposition).toBe("done");
    const cut = callOf(
      flowOf("a", { a: next("b"), b: next("c"), c: next("d"), d: next("e"), e: next("bye") }),
      [telling],
    );
    cut.start();
    expect(cut.hangUp().ended?.disposition).toBe("caller-hung-up");
    // Between two turns no visit is open inside; the node that called is.
    expect(cut.path().slice(-2)).toEqual(["d/tell:done", "d:caller-hung-up"]);
  });
});
