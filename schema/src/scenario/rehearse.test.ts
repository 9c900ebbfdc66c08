/** A flow played without a phone: time, effects, third parties, and what is kept of a rehearsal as a scenario. */
import { describe, expect, it } from "vitest";
import type { FlowDocument } from "../document/index.ts";
import { compileFlow, limits } from "../engine/index.ts";
import { callOf, enters, flowOf, goBack, hangUp, menu, node, note, say } from "../testdata/call.ts";
import type { Caller, CallerAction, Rehearsal } from "./index.ts";
import { act, parseScenario, pathOf, playScenario, scenarioOf, startRehearsal } from "./index.ts";

const asked = { "key-1": "bye", invalid: "bye", silence: "bye" };
const mondayNoon = Date.UTC(2026, 0, 5, 12);

/** A rehearsal from its beginning through every action. */
function play(
  flow: FlowDocument,
  caller: Caller = {},
  actions: readonly CallerAction[] = [],
  called: readonly FlowDocument[] = [],
) {
  const turns = [startRehearsal(compileFlow(flow), caller, called.map(compileFlow))];
  for (const action of actions) turns.push(act(turns.at(-1) as Rehearsal, action)); // never empty
  const last = turns.at(-1) as Rehearsal; // never empty
  return { turns, last, path: pathOf(last.trace), heard: heard(last) };
}

/** Lines with the second they began at. */
function heard({ transcript }: Rehearsal): string[] {
  const began = transcript[0]?.at ?? 0;
  return transcript.slice(1).map(({ at, who, text }) => `${(at - began) / 1000} ${who}: ${text}`);
}

describe("effects", () => {
  const request = node(
    "request",
    {
      method: "GET",
      url: "https://claims.example/status?id={{id}}",
      map: [{ pointer: "/status", into: "status" }],
      timeoutSeconds: 10,
      filler: "One moment.",
    },
    { ok: "tell", refused: "refused", unfit: "unfit", failed: "failed", timeout: "late" },
  );
  const text = { type: "text", sensitivity: "internal" };
  const asking = flowOf(
    "request",
    {
      request,
      tell: say("It is {{status}}.", "bye"),
      ...Object.fromEntries(["refused", "unfit", "failed", "late"].map((word) => [word, hangUp(word)])),
    },
    { variables: { id: { ...text, origin: "input" }, status: text } },
  );
  const answer = (more: object) => ({ inputs: { id: "A 1" }, answers: [{ node: "request", ...more }] });

  it.each<[string, object, string, string[]]>([
    ["at once", { json: { status: "paid" } }, "done", ["0 flow: It is paid."]],
    [
      "within a moment: nobody is told to wait",
      { json: { status: "paid" }, afterSeconds: 1.5 },
      "done",
      ["1.5 flow: It is paid."],
    ],
    [
      "late: a filler after a moment, once, then silence",
      { json: { status: "paid" }, afterSeconds: 4 },
      "done",
      ["1.5 flow: One moment.", "4.5 flow: It is paid."],
    ],
    ["refused", { status: 404 }, "refused", []],
    ["an answer without the value", { json: {} }, "done", ["0 flow: It is ."]],
    ["an answer that does not fit", { json: { status: "x".repeat(2000) } }, "unfit", []],
    ["down", { status: 503 }, "failed", []],
    ["cannot be asked", { fails: "no such host", afterSeconds: 1 }, "failed", []],
    ["says itself that it took too long", { fails: "timeout: no answer", afterSeconds: 1 }, "late", []],
    ["never answers in time", { afterSeconds: 60 }, "late", ["1.5 flow: One moment."]],
  ])("a web service answers %s", (_name, more, disposition, lines) => {
    const { last } = play(asking, answer(more));
    expect(last.session.disposition).toBe(disposition);
    const spoken = heard(last).filter((line) => line.includes("flow:"));
    expect(spoken.slice(0, Math.max(1, lines.length))).toEqual(lines);
    expect(last.requests.map((one) => one.url)).toEqual(["https://claims.example/status?id=A%201"]);
    expect(last.over).toBe(true);
    expect(heard(last).at(-1)).toMatch(new RegExp(`line: The call is over: ${disposition}$`));
  });

  it("answers go to the next effect of their node, in order", () => {
    const twice = flowOf("a", { a: note("one", "b"), b: note("two", "c"), c: note("three", "bye") });
    const failing = { node: "b", fails: "down" };
    const { last } = play(twice, { answers: [failing, { node: "c", afterSeconds: 1 }, { node: "b" }] });
    expect(last.outcomes.map((one) => one.outcome)).toEqual(["one", "three"]);
    expect(last.answers).toEqual([{ node: "b" }]);
    expect(pathOf(last.trace)).toEqual(["start:call", "a:recorded", "b:failed", "c:recorded", "bye:end"]);
  });

  it("what nobody answers is done, or fails where the rehearsal says so", () => {
    const flow = flowOf("a", { a: note("one", "bye") });
    expect(play(flow).last.outcomes).toHaveLength(1);
    const failed = play(flow, { effects: "failed" });
    expect([failed.path[1], failed.last.outcomes]).toEqual(["a:failed", []]);
    // An answer that is given counts all the same.
    expect(play(flow, { effects: "failed", answers: [{ node: "a" }] }).path[1]).toBe("a:recorded");
  });

  it("messages are kept when they were sent", () => {
    const send = node(
      "notify",
      { by: "message", to: "+15550100002", text: "Hello." },
      { sent: "bye", failed: "bye" },
    );
    const flow = flowOf("send", { send });
    expect(play(flow).last.messages.map(({ to, text: words }) => [to, words])).toEqual([
      ["+15550100002", "Hello."],
    ]);
    expect(play(flow, { answers: [{ node: "send", fails: "blocked" }] }).last.messages).toEqual([]);
  });

  it("an answer that comes while the phone speaks is heard after that", () => {
    const slow = flowOf("hello", {
      hello: say("Hello, and welcome to the claims line.", "a"),
      a: note("one", "tell"),
      tell: say("Done.", "bye"),
    });
    const { last } = play(slow, { answers: [{ node: "a", afterSeconds: 2 }] });
    expect(heard(last)).toEqual([
      "0 flow: Hello, and welcome to the claims line.",
      "3 flow: Done.",
      "4 line: The call is over: done",
    ]);
  });
});

describe("time", () => {
  it("passes while a pause lasts, in slices; its timer is cancelled", () => {
    const flow = flowOf("wait", {
      wait: node("pause", { seconds: 35, endsOnKey: false }, { done: "tell" }),
      tell: say("Hi.", "bye"),
    });
    const { last } = play(flow);
    expect(heard(last)[0]).toBe("35 flow: Hi.");
    expect(last.timers).toEqual({});
  });

  it("passes in silence until nobody presses a key", () => {
    const flow = flowOf("ask", { ask: menu("1?", asked) });
    const { last, path } = play(flow, {}, [{ silence: true }]);
    expect(path[1]).toBe("ask:silence");
    expect(last.at - mondayNoon).toBe(6000);
  });

  it("ends a call that lasts too long, whatever the phone does", () => {
    const settings = { language: "en-US", maxCallMinutes: 1, apology: "Too long." };
    const flow = flowOf(
      "a",
      { a: node("pause", { seconds: 50, endsOnKey: false }, { done: "a" }) },
      { settings },
    );
    const { last, path } = play(flow);
    expect(last.session.ended).toEqual({ reason: "completed", disposition: "limit-reached" });
    expect(heard(last)).toEqual(["60 flow: Too long.", "61 line: The call is over: limit-reached"]);
    expect(path.at(-1)).toBe("a:limit-reached");
  });

  it("begins when the rehearsal says", () => {
    const at = Date.UTC(2026, 6, 4, 9, 30);
    const { last } = play(flowOf("bye", {}), { at });
    expect([last.session.startedAt, last.transcript[0]?.at]).toEqual([at, at]);
    expect(play(flowOf("bye", {})).last.session.startedAt).toBe(mondayNoon);
  });

  it("passes while an audio file is played and keys are sent", () => {
    const flow = flowOf("play", {
      play: node("say", { audio: "https://files.example/a.mp3" }, { done: "keys" }),
      keys: node("press", { text: "12wW", as: "keys" }, { pressed: "tell", cannot: "tell" }),
      tell: say("Hi.", "bye"),
    });
    const { last } = play(flow);
    expect(heard(last).slice(0, 3)).toEqual([
      "0 flow: plays https://files.example/a.mp3",
      "5 flow: presses 12wW",
      "7 flow: Hi.",
    ]);
  });
});

describe("who answered", () => {
  const judging = (detection: string, calls = "outbound", line = "person") =>
    flowOf(
      "who",
      {
        who: node(
          "answered-by",
          { waitSeconds: 10 },
          { human: "person", machine: "machine", fax: "machine", unknown: "nobody" },
        ),
        person: hangUp("person"),
        machine: hangUp("machine"),
        nobody: hangUp("nobody"),
      },
      {},
      { calls, detection, line },
    );
  const machine = { by: "machine", greeting: "beep" } as const;

  it.each<[string, FlowDocument, Caller["answered"], string, number]>([
    ["first: known before the call begins", judging("first"), machine, "machine", 0],
    ["meanwhile: four seconds later", judging("meanwhile"), machine, "machine", 4],
    [
      "meanwhile: when the rehearsal says",
      judging("meanwhile"),
      { ...machine, afterSeconds: 7 },
      "machine",
      7,
    ],
    ["meanwhile: too late", judging("meanwhile"), { ...machine, afterSeconds: 70 }, "nobody", 10],
    ["off: nobody is asked", judging("off"), machine, "nobody", 10],
    ["a payer's line is never judged", judging("first", "outbound", "payer"), machine, "nobody", 10],
    ["nothing is said of it", judging("first"), undefined, "nobody", 10],
    ["whoever calls us is not judged", judging("first", "inbound"), machine, "person", 0],
  ])("%s", (_name, flow, answered, disposition, seconds) => {
    const { last } = play(flow, answered ? { answered } : {});
    expect(last.session.disposition).toBe(disposition);
    expect((last.at - mondayNoon) / 1000).toBe(seconds);
    if (disposition === "machine") expect(last.session.party.answered).toEqual(machine);
  });

  it("comes beside what the flow has asked for by then", () => {
    const flow = flowOf(
      "note",
      {
        note: node("record-outcome", { outcome: "begun", fields: [] }, { recorded: "bye", failed: "late" }),
        late: hangUp("late"),
      },
      {},
      { calls: "outbound", detection: "meanwhile" },
    );
    expect(play(flow, { answered: machine }).last.session.disposition).toBe("done");
  });

  it("the two ends follow from how the flow begins", () => {
    const ends = ({ last }: { readonly last: Rehearsal }) => {
      const { direction, from, to } = last.session.party;
      return [direction, from, to];
    };
    expect(ends(play(flowOf("bye", {})))).toEqual(["inbound", "+15550100009", "+15550100001"]);
    const out = flowOf("bye", {}, {}, { calls: "outbound" });
    expect(ends(play(out))).toEqual(["outbound", "+15550100001", "+15550100009"]);
    expect(ends(play(out, { direction: "inbound", from: "a", to: "b" }))).toEqual(["inbound", "a", "b"]);
    expect(play(out).last.transcript[0]?.text).toBe("Call from +15550100001 to +15550100009");
  });
});

describe("who is rung", () => {
  const ring = node(
    "transfer",
    { to: "number", target: "+15550100002", ringSeconds: 20, limitMinutes: 2, detectMachine: true },
    { completed: "talked", busy: "busy", "no-answer": "rang", failed: "failed", machine: "machine" },
  );
  const ends = ["talked", "busy", "rang", "failed", "machine"];
  const flow = flowOf("ring", { ring, ...Object.fromEntries(ends.map((word) => [word, hangUp(word)])) });

  it.each<[Extract<CallerAction, { dialled: string }>, string, number]>([
    [{ dialled: "completed" }, "talked", 60],
    [{ dialled: "completed", seconds: 7 }, "talked", 7],
    [{ dialled: "completed", seconds: 7000 }, "talked", 120],
    [{ dialled: "busy" }, "busy", 0],
    [{ dialled: "no-answer" }, "rang", 0],
    [{ dialled: "canceled" }, "rang", 0],
    [{ dialled: "failed" }, "failed", 0],
    [{ dialled: "machine" }, "machine", 4],
    [{ dialled: "fax" }, "machine", 4],
  ])("%j", (action, disposition, seconds) => {
    const { turns, last } = play(flow, {}, [action]);
    expect(turns[0]?.listening?.verb).toBe("dial");
    expect(last.session.disposition).toBe(disposition);
    expect((last.at - mondayNoon) / 1000).toBe(seconds);
    expect(heard(last).slice(0, 2)).toEqual([
      "0 line: Rings +15550100002",
      `0 line: The party that was dialled: ${action.dialled}`,
    ]);
  });

  it("a machine nobody listens for changes nothing", () => {
    const deaf = { ...ring, config: { ...ring.config, detectMachine: false } };
    const plain = flowOf("ring", {
      ring: deaf,
      ...Object.fromEntries(ends.map((word) => [word, hangUp(word)])),
    });
    const { turns, last } = play(plain, {}, [{ dialled: "machine" }, { dialled: "completed", seconds: 3 }]);
    expect(turns[1]?.listening?.verb).toBe("dial");
    expect(last.session.disposition).toBe("talked");
  });

  it.each<CallerAction>([{ silence: true }, { speak: "hello" }, { press: "1" }, { record: "hello" }])(
    "rings on whatever the caller does meanwhile: %j",
    (action) => {
      const { turns, last } = play(flow, {}, [action, { dialled: "completed" }]);
      expect(turns[1]?.listening?.verb).toBe("dial");
      expect(last.session.disposition).toBe("talked");
    },
  );

  it("the call's own limit parts them, and the apology is heard", () => {
    const settings = { language: "en-US", maxCallMinutes: 1, apology: "Too long." };
    const short = flowOf(
      "ring",
      { ring, ...Object.fromEntries(ends.map((word) => [word, hangUp(word)])) },
      { settings },
    );
    const { last } = play(short, {}, [{ dialled: "completed", seconds: 100 }]);
    expect(last.session.disposition).toBe("limit-reached");
    expect(heard(last).slice(-2)).toEqual(["60 flow: Too long.", "61 line: The call is over: limit-reached"]);
  });

  it("is told by its address or its name", () => {
    const other = (more: object) =>
      flowOf("ring", {
        ring: { ...ring, config: { ...ring.config, ...more } },
        ...Object.fromEntries(ends.map((word) => [word, hangUp(word)])),
      });
    expect(play(other({ to: "client", target: "desk" })).heard[0]).toBe("0 line: Rings desk");
    expect(play(other({ to: "sip", target: "sip:a@b.example" })).heard[0]).toBe(
      "0 line: Rings sip:a@b.example",
    );
  });
});

describe("what is recorded", () => {
  const record = (more: object = {}) =>
    flowOf(
      "record",
      {
        record: node(
          "record",
          {
            into: "message",
            maxSeconds: 20,
            silenceSeconds: 5,
            finishOnKeys: "#",
            beep: true,
            needsConsent: false,
            ...more,
          },
          { recorded: "thanks", "no-audio": "nothing" },
        ),
        thanks: say("Thank you.", "note"),
        note: note("message", "bye"),
        nothing: hangUp("nothing"),
        gone: hangUp("gone"),
      },
      { variables: { message: { type: "text", sensitivity: "phi" } }, onHangUp: "gone" },
    );
  const words = "It is about my claim of March."; // two seconds

  it.each<[CallerAction, string, number, boolean]>([
    [{ record: words }, "done", 7, true],
    [{ record: words, end: "key" }, "done", 2, true],
    [{ record: words, end: "hang-up" }, "done", 2, false],
    [{ record: words.repeat(20), end: "key" }, "done", 20, true],
    [{ silence: true }, "nothing", 5, false],
    [{ press: "#" }, "nothing", 0, false],
    [{ hangUp: true }, "gone", 30, false],
  ])("%j", (action, disposition, seconds, thanked) => {
    const { turns, last } = play(record(), {}, [action]);
    expect(turns[0]?.listening?.verb).toBe("record");
    expect(last.session.disposition).toBe(disposition);
    const thanks = last.transcript.filter((line) => line.text === "Thank you.");
    expect(thanks).toHaveLength(thanked ? 1 : 0);
    expect(last.outcomes).toHaveLength(disposition === "done" ? 1 : 0);
    expect((last.at - mondayNoon) / 1000).toBe(seconds + (thanked ? 1 : 0));
    if (disposition === "done")
      expect(last.session.frames[0]?.values.message?.value).toBe("rehearsal:recording-1");
  });

  it("goes on where a key does not end it", () => {
    const { turns, last } = play(record(), {}, [{ press: "5" }, { record: words }]);
    expect(turns[1]?.listening?.verb).toBe("record");
    expect(last.session.disposition).toBe("done");
  });

  it("says when it begins", () => {
    expect(play(record()).heard).toContain("0 line: A beep: recording");
    expect(play(record({ beep: false })).heard).toEqual([]);
  });
});

describe("keys and words", () => {
  const collect = (more: object = {}) =>
    flowOf(
      "ask",
      {
        ask: node(
          "collect",
          {
            prompt: "Number?",
            into: "ref",
            answer: "keys",
            minDigits: 2,
            maxDigits: 4,
            timeoutSeconds: 5,
            tries: 1,
            ...more,
          },
          { collected: "bye", invalid: "invalid", silence: "silence" },
        ),
        invalid: hangUp("invalid"),
        silence: hangUp("silence"),
      },
      { variables: { ref: { type: "digits", sensitivity: "internal" } } },
    );
  it.each<[CallerAction, string, unknown]>([
    [{ press: "0417" }, "done", "0417"],
    [{ press: "041799" }, "done", "0417"],
    [{ press: "04#99" }, "done", "04"],
    [{ press: "4" }, "invalid", undefined],
    [{ press: "#" }, "silence", undefined],
    [{ silence: true }, "silence", undefined],
    [{ speak: "four" }, "silence", undefined],
    [{ hangUp: true }, "caller-hung-up", undefined],
  ])("asked for keys: %j", (action, disposition, value) => {
    const { last } = play(collect(), {}, [action]);
    expect(last.session.disposition).toBe(disposition);
    expect(last.session.frames[0]?.values.ref?.value).toBe(value);
  });

  it.each<[CallerAction, string]>([
    [{ speak: "417", confidence: 0.9 }, "done"],
    [{ press: "417" }, "silence"],
  ])("asked to speak: %j", (action, disposition) => {
    const { last } = play(collect({ answer: "speech" }), {}, [action]);
    expect(last.session.disposition).toBe(disposition);
  });

  it("nothing happens after the call is over", () => {
    const { last } = play(flowOf("bye", {}));
    expect(act(last, { press: "1" })).toBe(last);
    expect(act(last, { hangUp: true })).toBe(last);
  });

  it("what was kept before an action is as it was: rewinding is going back to it", () => {
    const { turns } = play(collect(), {}, [{ press: "4" }]);
    const again = act(turns[0] as Rehearsal, { press: "0417" }); // the beginning
    expect([turns[1]?.session.disposition, again.session.disposition]).toEqual(["invalid", "done"]);
  });
});

describe("a hang-up", () => {
  const wait = node("pause", { seconds: 60, endsOnKey: true }, { done: "bye", key: "bye" });
  const inner = flowOf("ask", {
    ask: menu("1?", { "key-1": "back", invalid: "back", silence: "back" }),
    back: goBack("done"),
  });
  it.each<[string, FlowDocument, CallerAction[], string[]]>([
    [
      "at a question",
      flowOf("ask", { ask: menu("1?", asked), gone: note("gone", "bye") }, { onHangUp: "gone" }),
      [],
      ["ask:caller-hung-up", "gone:recorded", "bye:end"],
    ],
    ["in a wait", flowOf("wait", { wait }), [], ["wait:caller-hung-up"]],
    [
      "in a called flow",
      flowOf("sub", { sub: enters(inner, { done: "bye" }) }),
      [],
      ["sub/start:call", "sub/ask:caller-hung-up", "sub:caller-hung-up"],
    ],
  ])("%s", (_name, flow, actions, path) => {
    const played = play(flow, {}, [...actions, { hangUp: true }], [inner]);
    expect(played.path.slice(1)).toEqual(path);
    expect(played.last.over).toBe(true);
    expect(played.heard.some((line) => line.includes("caller: hangs up"))).toBe(true);
  });
});

it("inputs are given to the flow's input variables", () => {
  const text = { type: "text", sensitivity: "internal" };
  const flow = flowOf(
    "tell",
    { tell: say("{{name}} {{own}}", "bye") },
    { variables: { name: { ...text, origin: "input" }, own: text } },
  );
  const { last } = play(flow, { inputs: { name: "Ada", own: "no", gone: "no" } });
  expect(heard(last)[0]).toBe("0 flow: Ada");
});

it("the session a rehearsal holds is the one the engine would store", () => {
  const flow = flowOf("ask", { ask: menu("1?", asked) });
  const call = callOf(flow);
  call.at = mondayNoon;
  call.start({ seed: 1 });
  expect(startRehearsal(compileFlow(flow)).session).toEqual(call.session);
});

it("a flow that never comes to rest is stopped by its own limits", () => {
  const flow = flowOf("a", { a: node("pause", { seconds: 2, endsOnKey: false }, { done: "a" }) });
  const { last } = play(flow);
  expect(last.over).toBe(true);
  expect(last.trace.length).toBeLessThanOrEqual(limits.visitsPerStep);
});

describe("a scenario", () => {
  const base = { name: "a-call", steps: [], expect: { path: [] as string[], disposition: "done" } };
  const flow = flowOf("hello", { hello: say("Hello there.", "ask"), ask: menu("Press 1.", asked) });
  const scenario = (steps: object[], more: object = {}) => {
    const parsed = parseScenario({ ...base, steps, ...more });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    return parsed.scenario;
  };
  const expected = {
    expect: { path: ["start:call", "hello:done", "ask:key-1", "bye:end"], disposition: "done" },
  };
  const failures = (steps: object[], more: object = expected) =>
    playScenario(compileFlow(flow), scenario(steps, more)).failures;

  it("holds what was heard and what was not", () => {
    const steps = [
      { hears: "hello THERE" },
      { hears: "Hello there. Press 1." },
      { hearsNot: "Press 2" },
      { press: "1" },
    ];
    expect(failures(steps)).toEqual([]);
    expect(failures([{ hears: "Press 2" }, { press: "1" }])).toHaveLength(1);
    expect(failures([{ hearsNot: "press 1" }, { press: "1" }])).toHaveLength(1);
    // What was heard before the last action is past.
    expect(failures([{ press: "1" }, { hears: "Press 1" }])).toHaveLength(1);
    expect(failures([{ press: "1" }, { hearsNot: "Press 1" }])).toEqual([]);
  });

  it("is over when its steps are, and not before", () => {
    expect(failures([])).toContainEqual(expect.stringMatching(/to be over/));
    expect(failures([{ press: "1" }, { press: "1" }])).toEqual([
      expect.stringMatching(/^Step 2: the call was over/),
    ]);
  });

  it.each<[string, object, RegExp]>([
    ["another path", { path: ["start:call"], disposition: "done" }, /^Expected path/],
    [
      "another disposition",
      { ...expected.expect, disposition: "other" },
      /^Expected disposition "other", found "done"/,
    ],
    [
      "another value",
      { ...expected.expect, values: { name: "Ada" } },
      /^Expected name "Ada", found undefined/,
    ],
    [
      "another fact of the call",
      { ...expected.expect, values: { "call.direction": "outbound" } },
      /found "inbound"/,
    ],
    ["an outcome that was not recorded", { ...expected.expect, outcomes: ["noted"] }, /^Expected outcomes/],
    [
      "a tag that is not there",
      { ...expected.expect, tags: ["seen"] },
      /^Expected tags \["seen"\], found \[\]/,
    ],
    ["a message that was not sent", { ...expected.expect, messages: ["Hi"] }, /^Expected messages/],
    ["a request that was not made", { ...expected.expect, requests: ["x.example"] }, /^Expected requests/],
  ])("tells %s", (_name, expect_, sentence) => {
    expect(failures([{ press: "1" }], { expect: expect_ })).toEqual([expect.stringMatching(sentence)]);
  });

  it.each([
    [{ ...base, name: "No" }, "/name"],
    [{ ...base, when: "yesterday" }, "/when"],
    [{ ...base, steps: [{ press: "A" }] }, "/steps/0/press"],
    [{ ...base, seed: -1 }, "/seed"],
  ])("is refused with a place: %j", (given, pointer) => {
    const parsed = parseScenario(given);
    expect(parsed.ok ? [] : parsed.problems.map((one) => one.pointer)).toEqual([pointer]);
  });
});

describe("a rehearsal kept as a scenario plays the same way again", () => {
  const text = { type: "text", sensitivity: "internal" };
  const inner = flowOf(
    "ask",
    { ask: menu("Press 1.", { "key-1": "back", invalid: "back", silence: "back" }), back: goBack("done") },
    { variables: { shared: { ...text, scope: "call", initial: "both" } } },
  );
  const rich = flowOf(
    "tag",
    {
      tag: node("tag", { tag: "seen" }, { done: "split" }),
      split: node(
        "split",
        {
          shares: [
            { name: "a", percent: 50 },
            { name: "b", percent: 50 },
          ],
        },
        { a: "sub", b: "sub" },
      ),
      sub: enters(inner, { done: "request", failed: "bye" }),
      request: node(
        "request",
        {
          method: "POST",
          url: "https://claims.example/{{name}}",
          body: [{ name: "who", value: "{{name}}" }],
          map: [{ pointer: "/claim/status", into: "status" }],
          timeoutSeconds: 5,
          filler: "One moment.",
        },
        { ok: "send", refused: "send", unfit: "send", failed: "send", timeout: "send" },
      ),
      send: node(
        "notify",
        { by: "message", to: "+15550100002", text: "{{name}}: {{status}}" },
        { sent: "note", failed: "note" },
      ),
      note: note("told", "tell"),
      tell: say(`{{status}}. ${"And so on and on. ".repeat(20)}`, "again"),
      again: menu("Again?", { "key-1": "bye", invalid: "bye", silence: "bye" }),
    },
    { variables: { name: { ...text, origin: "input" }, status: text, shared: { ...text, scope: "call" } } },
  );
  const caller: Caller = {
    from: "+15550100007",
    at: Date.UTC(2026, 6, 4, 9, 30),
    seed: 99,
    inputs: { name: "Ada" },
    answers: [{ node: "request", json: { claim: { status: "paid" } }, afterSeconds: 3 }],
  };
  const out = flowOf("ask", { ask: menu("1?", asked) }, {}, { calls: "outbound", detection: "meanwhile" });

  it.each<[string, FlowDocument, Caller, CallerAction[]]>([
    ["everything at once", rich, caller, [{ press: "1" }, { speak: "what" }]],
    [
      "everything fails",
      rich,
      { inputs: { name: "A&B" }, effects: "failed" },
      [{ silence: true }, { press: "1" }],
    ],
    ["a hang-up in a called flow", rich, {}, [{ hangUp: true }]],
    ["nothing but the beginning", flowOf("bye", {}), {}, []],
    [
      "a verdict",
      out,
      { direction: "outbound", answered: { by: "machine", greeting: "beep", afterSeconds: 1 } },
      [{ press: "1" }],
    ],
  ])("%s", (_name, flow, who, actions) => {
    const { turns, last } = play(flow, who, actions, [inner]);
    expect(last.over).toBe(true);
    const made = scenarioOf("kept", { caller: who, turns, actions });
    const parsed = parseScenario(made);
    expect(parsed).toMatchObject({ ok: true });
    expect(made.steps.filter((one) => !("hears" in one))).toEqual(actions);
    expect(made.expect.path).toEqual(pathOf(last.trace));
    const again = playScenario(compileFlow(flow), made, [compileFlow(inner)]);
    expect(again.failures).toEqual([]);
    expect(again.rehearsal.transcript).toEqual(last.transcript);
  });

  it("with what was heard cut at a word, and what came of it", () => {
    const actions: CallerAction[] = [{ press: "1" }, { press: "1" }];
    const { turns } = play(rich, caller, actions, [inner]);
    const made = scenarioOf("kept", { caller, turns, actions });
    expect(made).toMatchObject({
      caller: { from: "+15550100007" },
      when: "2026-07-04T09:30:00.000Z",
      seed: 99,
      inputs: { name: "Ada" },
      answers: caller.answers,
      expect: {
        disposition: "done",
        values: { name: "Ada", status: "paid", shared: "both" },
        outcomes: ["told"],
        tags: ["seen"],
        messages: ["Ada: paid"],
        requests: ["https://claims.example/Ada"],
      },
    });
    expect(made.steps).toContainEqual({ hears: "Again?" });
    expect(JSON.stringify(made)).not.toContain("undefined");
  });

  it("needs a rehearsal that has begun", () => {
    expect(() => scenarioOf("none", { caller: {}, turns: [], actions: [] })).toThrow(/begun/);
  });
});
