/** What the engine promises to a kind, whichever it is: a kind made for the test is entered and resumed. */
import { describe, expect, it } from "vitest";
import type { Accepts, Session } from "../call/index.ts";
import { definitionOf } from "../document/index.ts";
import type { NodeDefinition, ResumeEvent, Visit, VisitResult } from "../nodes/index.ts";
import { callOf, flowOf, type Happening, hangUp, menu, node, note, say, words } from "../testdata/call.ts";
import { type CompiledFlow, compileFlow, limits, openSession, step } from "./index.ts";

const text = { type: "text", sensitivity: "internal" };
const order = { effect: "record-outcome", outcome: "asked", fields: [] } as const;

type Result = VisitResult<string>;
type Decide = (visit: Visit<unknown>, event: ResumeEvent | null) => Result;

/** A flow with one node, `probe`, whose kind is decided by the test; `first` may lead there. */
function probing(decide: Decide, { more = {}, nodes = {}, first = "probe", definition = {} }: Options = {}) {
  const compiled = compileFlow(
    flowOf(first, { probe: node("say", { text: "unused" }, { done: "bye" }), ...nodes }, more),
  );
  const probe: NodeDefinition = {
    ...definitionOf("say"),
    kind: "probe",
    entersInSilence: () => false,
    enter: (visit) => decide(visit, null),
    resume: decide,
    ...definition,
  };
  const own = compiled.nodes.get("probe")!; // just made
  const flow: CompiledFlow = {
    ...compiled,
    nodes: new Map(compiled.nodes).set("probe", { ...own, definition: probe }),
  };
  return callOf(flow);
}
interface Options {
  readonly more?: object;
  readonly nodes?: object;
  readonly first?: string;
  readonly definition?: Partial<NodeDefinition>;
}

const done: Result = { leave: "done" };

describe("a visit that waits is resumed by what it accepts", () => {
  const input: Happening = { type: "input", digits: "5" };
  const recording: Happening = { type: "recording-made", recording: "r", seconds: 1, hungUp: false };
  const dial: Happening = { type: "dial-ended", status: "busy", seconds: null };
  const verdict: Happening = { type: "answered-by", leg: "call", by: "human" };
  const dialled: Happening = { type: "answered-by", leg: "dialled", by: "human" };
  it.each<[string, Accepts[], Happening, string | null]>([
    ["a key", ["input", "no-input", "done"], input, "input"],
    ["a key where none is asked for", ["no-input", "recording", "dial"], input, "no-input"],
    ["a recording", ["recording", "no-input"], recording, "recording-made"],
    ["a recording where none is made", ["input", "dial", "done"], recording, "done"],
    ["a dial's end", ["dial", "no-input"], dial, "dial-ended"],
    ["a dial's end where nobody is rung", ["input", "recording", "no-input"], dial, "no-input"],
    ["coming back, where keys are asked for", ["input", "no-input", "done"], { type: "done" }, "no-input"],
    ["silence, where none is awaited", ["done"], { type: "no-input" }, "done"],
    ["a poll", ["effect", "done"], { type: "poll" }, "done"],
    ["coming back, where only time counts", ["timer"], { type: "done" }, null],
    ["a key, where only time counts", ["timer"], input, null],
    ["a verdict", ["answered-by"], verdict, "answered-by"],
    ["a verdict nobody waits for", ["dial", "timer"], verdict, null],
    ["a verdict on who was rung", ["dial", "answered-by"], dialled, "answered-by"],
    ["a verdict on nobody", ["answered-by"], dialled, null],
    ["a verdict on who was rung, unasked", ["dial"], dialled, null],
  ])("%s", (_name, wait, happening, type) => {
    const seen: (ResumeEvent | null)[] = [];
    const call = probing((_visit, event) => {
      seen.push(event);
      return { wait };
    });
    const told = call.start();
    expect(told.reply?.verbs).toEqual(
      wait.includes("effect")
        ? undefined
        : [
            { verb: "pause", seconds: 1 },
            { verb: "next", why: "done" },
          ],
    );
    const result = call.feed(happening, 3);
    expect(seen.slice(1).map((event) => [event?.type, event?.at])).toEqual(type ? [[type, 4000]] : []);
    // The phone that came back for nothing is told to hold on.
    if (!type && !happening.type.startsWith("answered"))
      expect(words(result.reply?.verbs)).toEqual(["pause 1", "next done"]);
    if (!happening.type.startsWith("answered")) expect(result.effects).toEqual([]);
  });

  it("by its timer, and by its effects, with what they bring", () => {
    const seen: (ResumeEvent | null)[] = [];
    const call = probing((_visit, event) => {
      seen.push(event);
      return { wait: ["effect", "timer"], ...(event ? {} : { effects: [order], timerAt: 9000 }) };
    });
    call.start();
    call.feed({ type: "effect-failed", id: "1.1", error: "down" });
    call.feed({ type: "timer", id: "visit-probe-1" }, 8);
    expect(seen).toEqual([
      null,
      { type: "effect-failed", id: "1.1", error: "down", at: 1000 },
      { type: "timer", at: 9000 },
    ]);
    expect(call.feed({ type: "timer", id: "visit-probe-1" }).verdict).toBe("late");
    expect(call.feed({ type: "effect-done", id: "1.1", result: null }).verdict).toBe("late");
  });
});

describe("the session of a visit", () => {
  it("keeps its timer until another time is given, its memory, and the effects it still waits for", () => {
    const rounds: Result[] = [
      { wait: ["effect", "timer"], effects: [order, order], timerAt: 5000, memory: { round: 1 } },
      { wait: ["effect", "timer"] },
      { wait: ["effect", "timer"], effects: [order], timerAt: 7000, memory: null },
      done,
    ];
    const seen: unknown[] = [];
    const call = probing((visit) => {
      seen.push([visit.memory, visit.effects, visit.enteredAt, visit.at]);
      return rounds.shift() ?? done;
    });
    call.start();
    expect(call.session.wait).toEqual({
      accepts: ["effect", "timer"],
      effects: ["1.1", "1.2"],
      timer: "visit-probe-1",
    });
    expect(call.session.pending).toEqual({
      "1.1": { effect: "record-outcome", node: "probe" },
      "1.2": { effect: "record-outcome", node: "probe" },
    });
    expect(call.feed({ type: "effect-done", id: "1.1", result: null }, 1).timers).toEqual([]);
    expect(call.session.wait).toMatchObject({ effects: ["1.2"], timer: "visit-probe-1" });
    const third = call.feed({ type: "effect-done", id: "1.2", result: null }, 1);
    expect(third.timers).toEqual([{ timer: "set", id: "visit-probe-1", at: 7000 }]);
    expect(third.effects.map(({ id }) => id)).toEqual(["3.1"]);
    expect(call.session.wait).toMatchObject({ effects: ["3.1"], timer: "visit-probe-1" });
    const last = call.feed({ type: "poll" }, 1);
    expect(last.verdict).toBe("applied");
    expect(call.session.pending).toEqual({ "3.1": { effect: "record-outcome", node: "probe" } });
    expect(seen).toEqual([
      [null, [], 1000, 1000],
      [{ round: 1 }, ["1.1", "1.2"], 1000, 2000],
      [{ round: 1 }, ["1.2"], 1000, 3000],
    ]);
  });

  it("is dropped when it is left: its timer, and the effects that have not come back", () => {
    let left = false;
    const call = probing(
      () => {
        if (left) return done;
        left = true;
        return { wait: ["effect", "timer", "done"], effects: [order], timerAt: 5000 };
      },
      { nodes: { ask: menu("1?", { "key-1": "probe" }) }, more: {} },
    );
    call.start();
    const over = call.feed({ type: "poll" });
    expect(over.timers[0]).toEqual({ timer: "cancel", id: "visit-probe-1" });
    expect(call.session.pending).toEqual({});
    expect(call.trace.at(1)).toMatchObject({
      node: "probe",
      kind: "probe",
      visit: 1,
      outcome: "done",
      value: null,
    });
  });

  it("is another's when the node is visited again", () => {
    const round = { again: menu("1?", { "key-1": "probe", invalid: "bye", silence: "bye" }) };
    const memories: unknown[] = [];
    const call = probing(
      (visit, event) => {
        memories.push(visit.memory);
        return event
          ? { leave: "done" }
          : { wait: ["done", "timer"], memory: "noted", timerAt: visit.at + 5000 };
      },
      { nodes: { ...round, probe: node("say", { text: "x" }, { done: "again" }) } },
    );
    call.start();
    call.feed({ type: "done" });
    call.press("1");
    expect(call.session.wait?.timer).toBe("visit-probe-2");
    call.feed({ type: "done" });
    expect(memories).toEqual([null, "noted", null, "noted"]);
    expect(call.session.frames[0]?.visits).toEqual({ start: 1, probe: 2, again: 2 });
    expect(call.trace.filter((entry) => entry.node === "probe").map((entry) => entry.visit)).toEqual([1, 2]);
  });
});

describe("what leaving does", () => {
  const variables = {
    name: text,
    count: { type: "number", sensitivity: "phi" },
    mood: { type: "choice", sensitivity: "public", choices: ["Glad", "Sad"] },
    shared: { ...text, scope: "call" },
  };
  const once = (result: Result, more: object = {}) => {
    const call = probing(() => result, {
      more: { variables, ...more },
      nodes: { probe: node("say", { text: "x" }, { done: "ask" }), ask: menu("1?", {}) },
    });
    return { call, told: call.start() };
  };

  it("keeps values under their types, with where they come from", () => {
    const { call } = once({
      leave: "done",
      set: { name: " Ada ", count: "4", mood: "glad", shared: "both", gone: "x", constructor_: "x" },
      source: "collected",
    });
    const origin = { source: "collected", node: "probe", turn: 0, event: 1 };
    expect(call.session.frames[0]?.values).toEqual({
      name: { value: "Ada", type: "text", sensitivity: "internal", origin },
      count: { value: 4, type: "number", sensitivity: "phi", origin },
      mood: { value: "Glad", type: "choice", sensitivity: "public", origin },
    });
    expect(call.session.shared).toEqual({
      shared: { value: "both", type: "text", sensitivity: "internal", origin },
    });
  });

  it("keeps nothing that does not fit, and calls the rest computed", () => {
    const { call } = once({ leave: "done", set: { count: "many", mood: "angry", name: "Ada" } });
    expect(call.values()).toStrictEqual({ name: "Ada" });
    expect(call.session.frames[0]?.values.name?.origin.source).toBe("computed");
    expect("shared" in call.session).toBe(false);
  });

  it("makes variables blank, its own and shared ones", () => {
    const begun = {
      variables: {
        name: { ...text, initial: "Ada" },
        count: { ...variables.count, initial: 4 },
        shared: { ...variables.shared, initial: "both" },
        other: { ...variables.shared, initial: "too" },
      },
    };
    const { call } = once({ leave: "done", clear: ["name", "shared", "gone"] }, begun);
    expect(call.values()).toEqual({ count: 4, other: "too" });
    const none = once({ leave: "done", clear: ["shared"] });
    expect("shared" in none.call.session).toBe(false);
  });

  it("says its verbs, orders its effects, and does not wait for them", () => {
    const { call, told } = once({
      leave: "done",
      value: { text: "why", by: "rule" },
      verbs: [{ verb: "say", text: "Hi.", language: "en-US" }],
      effects: [order],
    });
    expect(words(told.reply?.verbs)).toEqual(["say Hi.", "gather 1?", "next no-input"]);
    expect(told.effects).toEqual([{ ...order, id: "1.1" }]);
    expect(call.session.pending).toEqual({ "1.1": { effect: "record-outcome", node: "probe" } });
    expect(call.feed({ type: "effect-done", id: "1.1", result: null }).verdict).toBe("late");
    expect(call.trace.at(-1)?.value).toEqual({ text: "why", by: "rule" });
  });

  it("ends the call in its own words", () => {
    const { call, told } = once({
      end: true,
      disposition: "served",
      verbs: [{ verb: "say", text: "Bye.", language: "en-US" }],
    });
    expect(words(told.reply?.verbs)).toEqual(["say Bye.", "hang-up"]);
    expect(told.ended).toEqual({ reason: "completed", disposition: "served" });
    expect(call.session).toMatchObject({ disposition: "served", wait: null, pending: {}, phone: "busy" });
    expect(call.timers.at(-1)).toEqual({ timer: "cancel", id: "call-limit" });
  });

  it("tells the phone nothing after a hang-up", () => {
    const both = { verb: "say", text: "Hi.", language: "en-US" } as const;
    const { told } = once({ end: true, disposition: "served", verbs: [{ verb: "hang-up" }, both] });
    expect(words(told.reply?.verbs)).toEqual(["hang-up"]);
  });

  it("by a way that nobody wired ends the call, whatever it is called", () => {
    for (const leave of ["gone", "toString", "constructor"]) {
      const { told } = once({ leave });
      expect(told.ended?.disposition).toBe("unwired-outcome");
    }
  });
});

describe("what a kind sees", () => {
  const see = (more: object, look: (visit: Visit<unknown>) => unknown) => {
    const found: unknown[] = [];
    const call = probing(
      (visit) => {
        found.push(look(visit));
        return done;
      },
      { more },
    );
    call.start({ inputs: { name: "Ada" } });
    return found[0];
  };
  const variables = {
    name: { ...text, origin: "input" },
    amount: { type: "money", sensitivity: "phi", initial: 12_550 },
    day: { type: "date", sensitivity: "internal", initial: "2026-03-02" },
    blank: text,
    mood: { type: "choice", sensitivity: "public", choices: ["Glad", "Sad"] },
    case: { type: "claim", sensitivity: "phi", initial: { dob: "1980-01-05" } },
  };
  const voiced = { language: "es-MX", voice: "Polly.Mia", maxCallMinutes: 5, apology: "Perdón." };

  it.each<[string, (visit: Visit<unknown>) => unknown, unknown]>([
    [
      "a text with values as they are stored",
      (visit) => visit.text("{{name}}, {{amount}} {{day}} {{blank}} {{call.direction}}"),
      "Ada, 12550 2026-03-02 inbound",
    ],
    ["a text as it is said", (visit) => visit.say("{{name}} {{day}}").text, "Ada March 2nd, 2026"],
    ["a text that is no template", (visit) => visit.say("{{no").text, "{{no"],
    ["a value", (visit) => visit.held("amount")?.value, 12_550],
    ["a field of a claim", (visit) => visit.held("case.dob")?.value, "1980-01-05"],
    ["a fact of the call", (visit) => visit.held("call.from")?.value, "+15550100009"],
    ["nothing under a name that every object has", (visit) => visit.held("toString"), undefined],
    ["how a variable is declared", (visit) => visit.declared("mood"), variables.mood],
    [
      "how a claim's field is declared",
      (visit) => visit.declared("case.dob"),
      { type: "date", sensitivity: "phi" },
    ],
    ["what fits", (visit) => visit.fits("mood", "SAD"), { ok: true, value: "Sad" }],
    ["what does not", (visit) => visit.fits("amount", "much").ok, false],
    ["that nothing fits what is not declared", (visit) => visit.fits("gone", "x").ok, false],
    ["what holds", (visit) => visit.holds({ variable: "name", is: "equals", to: "ada" }), true],
    ["what does not hold", (visit) => visit.holds({ variable: "blank", is: "not-blank" }), false],
    ["that there is no tag", (visit) => visit.tagged("seen"), false],
    ["that nothing is established", (visit) => visit.established("identity"), false],
    ["the flow's language", (visit) => visit.language, "en-US"],
    ["its own config", (visit) => visit.config, { text: "unused" }],
  ])("%s", (_name, look, expected) => {
    expect(see({ variables }, look)).toEqual(expected);
  });

  it.each<[string, (visit: Visit<unknown>) => unknown, unknown]>([
    [
      "in the flow's language and voice",
      (visit) => visit.say("{{day}}"),
      { verb: "say", text: "2 de marzo de 2026", language: "es-MX", voice: "Polly.Mia" },
    ],
    [
      "in another",
      (visit) => visit.say("{{day}}", { language: "en-US", voice: "Joanna" }),
      { verb: "say", text: "March 2nd, 2026", language: "en-US", voice: "Joanna" },
    ],
    [
      "with a filter in that language",
      (visit) => visit.say("{{day|date}}", { language: "en-US" }).text,
      "March 2nd, 2026",
    ],
    [
      "with values not held yet",
      (visit) => visit.say("{{blank}} {{name}}", { holding: { blank: "now" } }).text,
      "now Ada",
    ],
  ])("speaks %s", (_name, look, expected) => {
    expect(see({ variables, settings: voiced }, look)).toEqual(expected);
  });

  it.each<[string, string, string, unknown]>([
    [
      "with values as words in it",
      "Hi <emphasis>{{name}}</emphasis> there",
      "Hi Ada there",
      ["Hi ", { tag: "emphasis", attributes: {}, parts: ["Ada"] }, " there"],
    ],
    [
      "without what is blank",
      "Hi <s>{{blank}}</s> there",
      "Hi there",
      ["Hi ", { tag: "s", attributes: {}, parts: [] }, " there"],
    ],
    [
      "a blank between words keeps none of its spaces",
      "<s>a</s> {{blank}} <s>b</s>",
      "a b",
      [
        { tag: "s", attributes: {}, parts: ["a"] },
        { tag: "s", attributes: {}, parts: ["b"] },
      ],
    ],
    [
      "a space between elements keeps words apart",
      "<s>a</s> <s>b</s>",
      "a b",
      [{ tag: "s", attributes: {}, parts: ["a"] }, " ", { tag: "s", attributes: {}, parts: ["b"] }],
    ],
    [
      "a break is a space",
      'a<break time="1s"/>b',
      "a b",
      ["a", { tag: "break", attributes: { time: "1s" }, parts: [] }, "b"],
    ],
  ])("speaks markup %s", (_name, source, plain, speech) => {
    const found = see({ variables }, (visit) => visit.say(source, { markup: true }));
    expect(found).toEqual({ verb: "say", text: plain, language: "en-US", speech });
  });

  it("takes broken markup, and markup nobody asked for, as words", () => {
    expect(see({ variables }, (visit) => visit.say("a <b", { markup: true }))).toEqual({
      verb: "say",
      text: "a <b",
      language: "en-US",
    });
    expect(see({ variables }, (visit) => visit.say("<s>a</s>"))).toEqual({
      verb: "say",
      text: "<s>a</s>",
      language: "en-US",
    });
  });

  it("its tags and what is established", () => {
    const seen: unknown[] = [];
    const call = probing(
      (visit) => {
        seen.push([
          visit.tagged("seen"),
          visit.established("identity"),
          visit.established("recording-consent"),
        ]);
        return done;
      },
      {
        first: "tag",
        nodes: {
          tag: node("tag", { tag: "seen" }, { done: "ask" }),
          ask: menu(
            "1?",
            { "key-1": "probe", invalid: "bye", silence: "bye" },
            { means: "confirms-identity" },
          ),
        },
      },
    );
    call.start();
    call.press("1");
    expect(seen).toEqual([[true, true, false]]);
  });
});

describe("what goes out before a node is entered", () => {
  const ask = menu("1?", { "key-1": "bye", invalid: "bye", silence: "bye" });
  const quiet = { entersInSilence: () => true };
  const wait: Result = { wait: ["done"] };
  it.each<[string, object, boolean]>([
    ["a text", say("Hello.", "probe"), true],
    ["an audio file", node("say", { audio: "https://files.example/a.mp3" }, { done: "probe" }), true],
    ["keys", node("press", { text: "12", as: "keys" }, { pressed: "probe", cannot: "probe" }), true],
    ["a short pause", node("pause", { seconds: 2, endsOnKey: false }, { done: "probe" }), false],
    ["nothing", node("tag", { tag: "seen" }, { done: "probe" }), false],
  ])("%s", (_name, before, waits) => {
    const call = probing(() => wait, { first: "before", nodes: { before }, definition: quiet });
    call.start();
    expect(call.session.wait?.enter).toBe(waits ? "probe" : undefined);
    if (waits) {
      expect(call.session.wait).toEqual({ accepts: ["done"], effects: [], timer: null, enter: "probe" });
      call.feed({ type: "done" }, 5);
      expect(call.session.frames[0]).toMatchObject({ node: "probe", enteredAt: 6000 });
    }
  });

  it("a turn's worth of words, and no more", () => {
    const long = (length: number) => say("x".repeat(length), "b");
    const after = { b: say("y", "c"), c: say("z", "ask"), ask };
    const fits = (first: number) => {
      const rest = Array.from({ length: 9 }, (_unused, index) => [
        `r${index}`,
        say("x".repeat(1000), index < 8 ? `r${index + 1}` : "b"),
      ]);
      return callOf(
        flowOf("a", { a: { ...long(first), next: { done: "r0" } }, ...Object.fromEntries(rest), ...after }),
      );
    };
    const just = fits(1000);
    just.start();
    // Ten thousand characters are within the limit: one more node is entered.
    expect(just.session.wait?.enter).toBe("c");
  });

  it("audio files and keys count as a hundred characters each", () => {
    const nodes = Object.fromEntries(
      Array.from({ length: 20 }, (_unused, index) => [
        `n${index}`,
        index % 2
          ? node("say", { audio: "https://files.example/a.mp3" }, { done: `n${index + 1}` })
          : node("press", { text: "1", as: "keys" }, { pressed: `n${index + 1}`, cannot: "bye" }),
      ]),
    );
    const texts = Object.fromEntries(
      Array.from({ length: 8 }, (_unused, index) => [
        `t${index}`,
        say("x".repeat(1000), index < 7 ? `t${index + 1}` : "n0"),
      ]),
    );
    const call = callOf(flowOf("t0", { ...texts, ...nodes, n20: say("y", "last"), last: ask }));
    call.start();
    expect(call.session.wait?.enter).toBe("last");
  });
});

describe("the phone", () => {
  it("is pulled only by what happens elsewhere, and only when it is busy", () => {
    const call = probing(
      (_visit, event) =>
        event?.type === "timer" ? done : { wait: ["timer", "done"], ...(event ? {} : { timerAt: 9000 }) },
      { nodes: { probe: node("say", { text: "x" }, { done: "ask" }), ask: menu("1?", {}) } },
    );
    expect(call.start().effects).toEqual([]);
    expect(call.session.phone).toBe("busy");
    const back = call.feed({ type: "done" });
    expect([back.effects, back.reply?.turn, call.session.phone]).toEqual([[], 1, "busy"]);
    const timer = call.feed({ type: "timer", id: "visit-probe-1" }, 8);
    expect([timer.effects, timer.reply?.turn]).toEqual([[{ effect: "pull-call", turn: 2, id: "3.1" }], 2]);
    // Nothing comes back of a pull: it is not waited for.
    expect([call.session.pending, call.session.phone, call.session.turn]).toEqual([{}, "busy", 3]);
  });

  it("polls while an effect is out, and is told when it asks", () => {
    const call = probing((_visit, event) =>
      event?.type === "effect-done"
        ? done
        : { wait: ["effect", "done"], ...(event ? {} : { effects: [order] }) },
    );
    expect(call.start().reply).toBeNull();
    expect(call.session.phone).toBe("asking");
    const polled = call.feed({ type: "poll" });
    // It has nothing to say: the turn stays open, and the phone waits for it.
    expect([polled.reply, call.session.phone]).toEqual([null, "asking"]);
    const filled = probing((_visit, event) => {
      if (event?.type === "effect-done") return done;
      return {
        wait: ["effect", "done"],
        verbs: [{ verb: "pause", seconds: 3 }],
        ...(event ? {} : { effects: [order] }),
      };
    });
    expect(words(filled.start().reply?.verbs)).toEqual(["pause 3", "next poll"]);
    expect(filled.session.phone).toBe("polling");
    const over = filled.feed({ type: "effect-done", id: "1.1", result: null });
    expect([over.effects, over.reply?.turn]).toEqual([[], 1]);
  });

  it.each<[string, Result, string]>([
    ["a question", { wait: ["input", "no-input"], verbs: [gather()] }, "no-input"],
    [
      "a recording",
      {
        wait: ["recording"],
        verbs: [{ verb: "record", maxSeconds: 5, silenceSeconds: 2, finishOnKeys: "", beep: false }],
      },
      "no-input",
    ],
    ["words", { wait: ["done"], verbs: [{ verb: "say", text: "Hi.", language: "en-US" }] }, "done"],
  ])("comes back after %s", (_name, result, why) => {
    const call = probing(() => result);
    expect(call.start().reply?.verbs.at(-1)).toEqual({ verb: "next", why });
  });
});

function gather() {
  return {
    verb: "gather",
    input: ["keys"],
    prompts: [],
    timeoutSeconds: 5,
    finishOnKey: "#",
    bargeIn: true,
    hints: [],
  } as const;
}

describe("sessions", () => {
  const flow = flowOf("ask", {
    ask: menu("1?", { "key-1": "ask", invalid: "bye", silence: "bye" }),
    note: note("x", "bye"),
  });
  const compiled = compileFlow(flow);

  it("before the call begins", () => {
    expect(openSession(compiled)).toEqual({
      version: 1,
      frames: [
        {
          flow: compiled.hash,
          path: "",
          node: "start",
          visit: 0,
          enteredAt: 0,
          memory: null,
          values: {},
          visits: {},
        },
      ],
      wait: null,
      turn: 0,
      phone: "asking",
      party: { direction: "inbound", from: "", to: "", humanEvidence: false },
      pending: {},
      counters: { events: 0, entries: 0, visits: 0 },
      seed: 0,
      startedAt: 0,
      hungUp: null,
      disposition: null,
      ended: null,
    } satisfies Session);
  });

  it("once it has begun", () => {
    const call = callOf(flow);
    call.start({ seed: 3 });
    expect(call.session).toMatchObject({
      version: 1,
      turn: 1,
      phone: "busy",
      party: { direction: "inbound", from: "+15550100009", to: "+15550100001", humanEvidence: false },
      counters: { events: 1, entries: 1, visits: 2 },
      seed: 3,
      startedAt: 1000,
      hungUp: null,
      disposition: null,
      ended: null,
    });
    expect("answered" in call.session.party).toBe(false);
  });

  it("know of every value where it came from", () => {
    const text = { type: "text", sensitivity: "internal" };
    const variables = { given: { ...text, origin: "input" }, initial: { ...text, initial: "x" }, own: text };
    const call = callOf(flowOf("ask", { ask: menu("1?", {}) }, { variables }));
    call.start({ inputs: { given: "y", own: "no input", gone: "z" } });
    const origin = { source: "start", node: "start", turn: 0, event: 1 };
    const held = { type: "text", sensitivity: "internal", origin };
    expect(call.session.frames[0]?.values).toEqual({
      given: { value: "y", ...held },
      initial: { value: "x", ...held },
    });
  });

  it("have so many turns and no more", () => {
    const call = callOf(flow);
    call.start();
    call.session = { ...call.session, turn: limits.turnsPerCall - 1 };
    expect(call.press("1").ended).toBeNull();
    const over = call.press("1");
    expect([over.verdict, over.ended?.disposition]).toEqual(["applied", "limit-reached"]);
    expect(words(over.reply?.verbs)).toEqual(["say Sorry.", "hang-up"]);
  });

  it("are refused where they cannot be of this flow", () => {
    const call = callOf(flow);
    call.start();
    const event = { type: "input", at: 1, turn: 1, digits: "1" } as const;
    expect(() => step(new Map(), call.session, event)).toThrow(/flow/);
    const flows = new Map([[compiled.hash, compiled]]);
    const at = (node: string): Session => ({
      ...call.session,
      frames: call.session.frames.map((frame) => ({ ...frame, node })),
    });
    expect(() => step(flows, at("gone"), event)).toThrow(/node "gone"/);
    expect(() => step(flows, at("bye"), event)).toThrow(/hang-up/);
  });

  it("nobody who only tells something is told anything once the call is over", () => {
    const call = callOf(flowOf("bye", {}));
    call.start();
    for (const happening of [
      { type: "call-ended", reason: "completed", seconds: 1 },
      { type: "timer", id: "call-limit" },
      { type: "answered-by", leg: "call", by: "human" },
    ] as const) {
      const late = call.feed(happening);
      expect([late.verdict, late.reply]).toEqual(["late", null]);
    }
  });

  it("in silence an effect that never comes back is given up in its time", () => {
    const flow = flowOf(
      "ask",
      {
        ask: menu("1?", {}),
        note: node("record-outcome", { outcome: "x", fields: [] }, { recorded: "bye", failed: "last" }),
        last: hangUp("last"),
      },
      { onHangUp: "note" },
    );
    const call = callOf(flow);
    call.start();
    call.hangUp();
    const over = call.feed({ type: "timer", id: call.session.wait?.timer ?? "" }, 15);
    expect([over.verdict, over.ended?.disposition]).toEqual(["applied", "last"]);
    expect(call.path().slice(1)).toEqual(["ask:caller-hung-up", "note:failed", "last:end"]);
  });

  it("the path after a hang-up is walked once, also when it takes several steps", () => {
    const silent = callOf(
      flowOf("ask", { ask: menu("1?", {}), note: note("x", "ask") }, { onHangUp: "note" }),
    );
    silent.start();
    expect("pathDue" in silent.session).toBe(false);
    silent.hangUp();
    const id = silent.effects.at(-1)?.id ?? "";
    const over = silent.feed({ type: "effect-done", id, result: null });
    expect(over.ended?.disposition).toBe("caller-hung-up");
    expect(silent.path().slice(1)).toEqual(["ask:caller-hung-up", "note:recorded", "ask:caller-hung-up"]);
  });

  it("hold no effects once the call is over", () => {
    const call = probing(() => ({ leave: "done", effects: [order] }));
    const { ended, effects } = call.start();
    expect([ended?.disposition, effects.length, call.session.pending]).toEqual(["done", 1, {}]);
  });

  it("a flow is made ready once", () => {
    expect(compileFlow(flow)).toBe(compiled);
    expect([...compiled.nodes.keys()].toSorted()).toEqual(["ask", "bye", "note", "start"]);
    expect(compiled.nodes.get("ask")?.establishes).toEqual({});
  });

  it("a late effect in a call that nobody is on changes nothing", () => {
    const silent = callOf(
      flowOf(
        "ask",
        { ask: menu("1?", {}), note: note("x", "bye"), last: hangUp("last") },
        { onHangUp: "note" },
      ),
    );
    silent.start();
    silent.hangUp();
    const before = JSON.stringify(silent.session);
    const late = silent.feed({ type: "effect-done", id: "9.9", result: null });
    expect([late.verdict, late.reply, JSON.stringify(silent.session)]).toEqual(["late", null, before]);
  });
});
