/** The far end and third parties: who answered, what was recorded, who was rung, what the call knows of them. */
import { describe, expect, it } from "vitest";
import type { DialStatus, Verdict } from "../call/index.ts";
import { callOf, enters, flowOf, goBack, hangUp, menu, node, note, say, words } from "../testdata/call.ts";
import { limits } from "./index.ts";

const outbound = { direction: "outbound" } as const;
const asked = { "key-1": "bye", invalid: "bye", silence: "bye" };
const who = node(
  "answered-by",
  { waitSeconds: 10 },
  { human: "person", machine: "machine", fax: "fax", unknown: "nobody" },
);
const judging = (first: string, nodes: object = {}) =>
  flowOf(
    first,
    {
      who,
      person: hangUp("person"),
      machine: hangUp("machine"),
      fax: hangUp("fax"),
      nobody: hangUp("nobody"),
      ...nodes,
    },
    {},
    { calls: "outbound", detection: "meanwhile" },
  );
const verdict = (by: Verdict["by"], greeting?: Verdict["greeting"]) =>
  ({ type: "answered-by", leg: "call", by, ...(greeting ? { greeting } : {}) }) as const;

describe("who answered", () => {
  it("is known when the call begins", () => {
    const call = callOf(judging("who"));
    const { ended } = call.start({ ...outbound, answered: { by: "machine", greeting: "beep" } });
    expect(ended?.disposition).toBe("machine");
    expect(call.session.party.answered).toEqual({ by: "machine", greeting: "beep" });
    expect(callOf(judging("who")).start({ ...outbound, answered: { by: "fax" } }).ended?.disposition).toBe(
      "fax",
    );
  });

  it("comes while the flow waits for it: the phone is pulled", () => {
    const call = callOf(judging("who"));
    expect(words(call.start(outbound).reply?.verbs)).toEqual(["pause 10", "next done"]);
    expect(call.session.phone).toBe("busy");
    const told = call.feed(verdict("machine"), 3);
    expect(told.reply).toEqual({ turn: 1, verbs: [{ verb: "hang-up" }] });
    expect(told.effects).toEqual([{ effect: "pull-call", turn: 1, id: "2.1" }]);
    expect(told.timers.map((change) => change.timer)).toEqual(["cancel", "cancel"]);
    expect(call.session.party.answered).toEqual({ by: "machine" });
    expect(call.session.pending).toEqual({});
  });

  it("the first verdict stays", () => {
    const call = callOf(judging("ask", { ask: menu("1?", { ...asked, "key-1": "who" }) }));
    call.start(outbound);
    expect(call.feed(verdict("human", "other")).verdict).toBe("applied");
    const again = call.feed(verdict("machine"));
    expect([again.verdict, call.session.party.answered]).toEqual([
      "late",
      { by: "human", greeting: "other" },
    ]);
  });

  it("a key goes before a verdict, whichever comes first (F11)", () => {
    const ask = { ask: menu("1?", { ...asked, "key-1": "who" }) };
    const before = callOf(judging("ask", ask));
    before.start(outbound);
    before.feed(verdict("machine"));
    expect(before.press("1").ended?.disposition).toBe("person");
    expect(before.session.party.answered?.by).toBe("machine");
    const after = callOf(
      judging("talk", { talk: menu("1?", { ...asked, "key-1": "again" }), again: menu("2?", asked) }),
    );
    after.start(outbound);
    after.press("1");
    const late = after.feed(verdict("machine"));
    expect([late.verdict, late.reply, late.effects, after.session.party.answered?.by]).toEqual([
      "applied",
      null,
      [],
      "machine",
    ]);
  });

  it("a key in the silence of the wait shows a person (F11)", () => {
    const call = callOf(judging("who", { person: menu("1?", asked) }));
    call.start(outbound);
    expect(words(call.press("1").reply?.verbs)).toEqual(["gather 1?", "next no-input"]);
    expect(call.session.party.humanEvidence).toBe(true);
    expect(call.path()).toEqual(["start:call", "who:human"]);
    expect([call.feed(verdict("machine")).reply, call.session.frames[0]?.node]).toEqual([null, "person"]);
  });

  it.each([
    ["listens", { ask: menu("1?", asked) }, "ask"],
    ["rings somebody", { ring: node("transfer", dialling(), { completed: "bye" }) }, "ring"],
    ["waits", { wait: node("pause", { seconds: 60, endsOnKey: false }, { done: "bye" }) }, "wait"],
  ])("is only noted while the phone %s for something else", (_name, nodes, first) => {
    const call = callOf(judging(first, nodes));
    call.start(outbound);
    const before = call.session;
    const told = call.feed(verdict("human"));
    expect([told.verdict, told.reply, told.effects, told.timers, told.trace]).toEqual([
      "applied",
      null,
      [],
      [],
      [],
    ]);
    expect(call.session.party).toEqual({ ...before.party, answered: { by: "human" } });
    expect([call.session.turn, call.session.phone, call.session.wait]).toEqual([
      before.turn,
      "busy",
      before.wait,
    ]);
  });

  it("nobody can tell in time", () => {
    const call = callOf(judging("who"));
    call.start(outbound);
    expect(call.feed({ type: "done" }, 10).ended?.disposition).toBe("nobody");
    const slow = callOf(judging("who"));
    slow.start(outbound);
    expect(slow.feed({ type: "done" }, 4).ended).toBeNull();
    const timer = slow.session.wait?.timer ?? "";
    expect(slow.feed({ type: "timer", id: timer }, 11).ended?.disposition).toBe("nobody");
  });

  it("does not come to a call that is over", () => {
    const call = callOf(judging("bye"));
    call.start(outbound);
    expect(call.feed(verdict("human")).verdict).toBe("late");
    const silent = callOf(
      flowOf("ask", { ask: menu("1?", asked), last: note("gone", "bye") }, { onHangUp: "last" }),
    );
    silent.start(outbound);
    silent.hangUp();
    expect(silent.feed(verdict("machine")).reply).toBeNull();
  });
});

describe("what was recorded", () => {
  const recording = (more: object = {}) =>
    node(
      "record",
      {
        into: "message",
        maxSeconds: 60,
        silenceSeconds: 5,
        finishOnKeys: "#",
        beep: true,
        needsConsent: false,
        ...more,
      },
      { recorded: "kept", "no-audio": "nothing" },
    );
  const message = { message: { type: "text", sensitivity: "phi" } };
  const keeping = (more: object = {}, nodes: object = {}) =>
    flowOf(
      "record",
      {
        record: recording(),
        kept: say("Thank you.", "note"),
        note: note("message", "after"),
        after: hangUp("kept"),
        nothing: hangUp("nothing"),
        gone: hangUp("gone"),
        ...nodes,
      },
      { variables: message, ...more },
    );
  const made = {
    type: "recording-made",
    recording: "https://r.example/1",
    seconds: 9,
    hungUp: false,
  } as const;

  it("comes back when silence or a key ended it", () => {
    const call = callOf(keeping());
    const started = call.start();
    expect(started.reply?.verbs.at(-1)).toEqual({ verb: "next", why: "no-input" });
    const told = call.feed(made, 9);
    expect(words(told.reply?.verbs)).toEqual(["say Thank you.", "next poll"]);
    expect(call.values()).toEqual({ message: "https://r.example/1" });
    expect(call.session.hungUp).toBeNull();
    expect(JSON.stringify(call.trace)).not.toContain("r.example");
  });

  it("is nothing when the phone comes back without it", () => {
    const call = callOf(keeping());
    call.start();
    expect(call.feed({ type: "no-input" }).ended?.disposition).toBe("nothing");
  });

  it("is ended by a hang-up: the path goes on in silence, and what it asks for is done", () => {
    const call = callOf(keeping({ onHangUp: "gone" }));
    call.start();
    const told = call.feed({ ...made, hungUp: true }, 9);
    expect([told.verdict, told.reply]).toEqual(["applied", null]);
    expect(told.effects.map(({ effect }) => effect)).toEqual(["record-outcome"]);
    expect(call.session).toMatchObject({ phone: "gone", hungUp: "completed" });
    expect(call.hangUp().verdict).toBe("late");
    const late = call.feed({ type: "no-input" });
    expect([late.verdict, words(late.reply?.verbs)]).toEqual(["late", ["hang-up"]]);
    const done = call.feed({ type: "effect-done", id: told.effects[0]?.id ?? "", result: null });
    expect(done.ended).toEqual({ reason: "completed", disposition: "kept" });
    expect(call.path()).toEqual(["start:call", "record:recorded", "kept:done", "note:recorded", "after:end"]);
    expect(call.session.pathDue).toBeUndefined();
  });

  it.each([false, true])("is told of after the hang-up (the carrier says so: %s)", (hungUp) => {
    const call = callOf(keeping({ onHangUp: "gone" }));
    call.start();
    const gone = call.feed({ type: "call-ended", reason: "failed", seconds: 9 }, 9);
    expect([gone.reply, gone.ended, gone.trace]).toEqual([null, null, []]);
    expect(gone.timers).toEqual([
      { timer: "set", id: "visit-record-1", at: 10_000 + limits.recordingGraceSeconds * 1000 },
    ]);
    expect(call.session.wait?.accepts).toEqual(["recording", "timer"]);
    // Who asks for orders meanwhile is told to hang up.
    expect(words(call.feed({ type: "no-input" }).reply?.verbs)).toEqual(["hang-up"]);
    expect(call.hangUp().verdict).toBe("late");
    const told = call.feed({ ...made, hungUp }, 2);
    expect([told.verdict, told.reply]).toEqual(["applied", null]);
    expect(told.timers[0]).toEqual({ timer: "cancel", id: "visit-record-1" });
    const done = call.feed({ type: "effect-done", id: told.effects[0]?.id ?? "", result: null });
    expect(done.ended).toEqual({ reason: "failed", disposition: "kept" });
    expect([done.reply, call.session.phone]).toEqual([null, "gone"]);
    expect(call.feed(made).verdict).toBe("late");
  });

  it("is not told of: after a while the path after a hang-up is walked", () => {
    const call = callOf(keeping({ onHangUp: "gone" }));
    call.start();
    call.hangUp();
    const over = call.feed({ type: "timer", id: "visit-record-1" }, limits.recordingGraceSeconds);
    expect(over.ended).toEqual({ reason: "completed", disposition: "gone" });
    expect(call.path()).toEqual(["start:call", "record:caller-hung-up", "gone:end"]);
    const none = callOf(keeping());
    none.start();
    none.hangUp();
    expect(none.feed({ type: "timer", id: "visit-record-1" }, 30).ended?.disposition).toBe("caller-hung-up");
  });

  it("is not waited for where the call's own limit is reached", () => {
    const call = callOf(keeping({ onHangUp: "gone" }));
    call.start();
    call.hangUp();
    const over = call.feed({ type: "timer", id: "call-limit" }, 30);
    expect([over.reply, over.ended]).toEqual([null, { reason: "completed", disposition: "limit-reached" }]);
    expect(call.path()).toEqual(["start:call", "record:limit-reached"]);
  });

  it.each([
    ["as the recording tells", [{ ...made, hungUp: true }]],
    ["before the recording tells", [{ type: "call-ended", reason: "completed", seconds: 9 }, made]],
  ] as const)(
    "the path after a hang-up is walked where the flow needs the caller again, %s",
    (_name, events) => {
      const again = { kept: menu("Anything else?", asked), gone: note("called", "bye") };
      const call = callOf(keeping({ onHangUp: "gone" }, again));
      call.start();
      for (const event of events) call.feed(event);
      expect(call.path()).toEqual(["start:call", "record:recorded", "kept:caller-hung-up"]);
      const id = call.effects.at(-1)?.id ?? "";
      expect(call.feed({ type: "effect-done", id, result: null }).ended?.disposition).toBe("done");
      expect(call.path().slice(3)).toEqual(["gone:recorded", "bye:end"]);
      // Once: a path that needs the caller itself ends the call.
      const twice = callOf(keeping({ onHangUp: "kept" }, again));
      twice.start();
      for (const event of events) twice.feed(event);
      expect(twice.session.ended).toEqual({ reason: "completed", disposition: "caller-hung-up" });
      expect(twice.path().slice(2)).toEqual(["kept:caller-hung-up", "kept:caller-hung-up"]);
    },
  );

  it("in a called flow comes back to the flow that called", () => {
    const inner = flowOf(
      "record",
      { record: { ...recording(), next: { recorded: "back", "no-audio": "back" } }, back: goBack("done") },
      { variables: { message: { ...message.message, output: true } } },
    );
    const sub = enters(inner, { done: "note" }, { outputs: { message: "kept" } });
    const call = callOf(
      flowOf("sub", { sub, note: note("message", "bye") }, { variables: { kept: message.message } }),
      [inner],
    );
    call.start();
    call.hangUp();
    expect(call.session.frames).toHaveLength(2);
    const told = call.feed({ ...made, hungUp: true });
    expect(call.values()).toEqual({ kept: "https://r.example/1" });
    expect(told.effects.map(({ effect }) => effect)).toEqual(["record-outcome"]);
    const never = callOf(
      flowOf("sub", { sub, note: note("message", "bye") }, { variables: { kept: message.message } }),
      [inner],
    );
    never.start();
    never.hangUp();
    never.feed({ type: "timer", id: never.session.wait?.timer ?? "" }, 30);
    expect(never.path().slice(-2)).toEqual(["sub/record:caller-hung-up", "sub:caller-hung-up"]);
  });

  it("means nothing where nobody records", () => {
    const call = callOf(flowOf("ask", { ask: menu("1?", asked) }));
    call.start();
    call.hangUp();
    expect(call.feed(made).verdict).toBe("late");
    const other = callOf(flowOf("ask", { ask: menu("1?", asked) }));
    other.start();
    other.feed(made);
    expect(other.path().at(1)).toBe("ask:silence");
  });
});

function dialling(more: object = {}) {
  const base = { to: "number", target: "+15550100002", ringSeconds: 20, limitMinutes: 60 };
  return { ...base, detectMachine: false, ...more };
}

describe("who was rung", () => {
  const ways = { completed: "talked", busy: "busy", "no-answer": "rang", failed: "failed", machine: "note" };
  const ringing = (more: object = {}) =>
    flowOf("ring", {
      ring: node("transfer", dialling({ text: "One moment.", ...more }), ways),
      talked: hangUp("talked"),
      busy: hangUp("busy"),
      rang: hangUp("rang"),
      failed: hangUp("failed"),
      note: say("Nobody is there.", "bye"),
    });
  const ended = (status: DialStatus, seconds: number | null = null) =>
    ({ type: "dial-ended", status, seconds }) as const;

  it.each<[DialStatus, string]>([
    ["completed", "talked"],
    ["busy", "busy"],
    ["no-answer", "rang"],
    ["canceled", "rang"],
    ["failed", "failed"],
  ])("%s", (status, disposition) => {
    const call = callOf(ringing());
    const told = call.start();
    expect(words(told.reply?.verbs)).toEqual(["say One moment.", "dial", "next no-input"]);
    expect(call.feed(ended(status)).ended?.disposition).toBe(disposition);
  });

  it("nobody says: the phone comes back", () => {
    const call = callOf(ringing());
    call.start();
    expect(call.feed({ type: "no-input" }).ended?.disposition).toBe("failed");
  });

  it("a machine takes the call: the caller is taken back, and the dial's own end comes late", () => {
    const call = callOf(ringing({ detectMachine: true }));
    call.start();
    const told = call.feed({ type: "answered-by", leg: "dialled", by: "machine" }, 5);
    expect(words(told.reply?.verbs)).toEqual(["say Nobody is there.", "hang-up"]);
    expect(told.effects).toEqual([{ effect: "pull-call", turn: 1, id: "2.1" }]);
    // Whose verdict it was: not this call's far end.
    expect(call.session.party.answered).toBeUndefined();
    expect(call.feed({ ...ended("completed", 5), turn: 1 }).verdict).toBe("late");
    expect(call.path()).toEqual(["start:call", "ring:machine", "note:done", "bye:end"]);
  });

  it.each<[string, object, Verdict["by"]]>([
    ["a person takes it", { detectMachine: true }, "human"],
    ["nobody asked", {}, "machine"],
  ])("%s: nothing changes", (_name, more, by) => {
    const call = callOf(ringing(more));
    call.start();
    const before = JSON.stringify({ ...call.session, counters: null });
    const told = call.feed({ type: "answered-by", leg: "dialled", by });
    expect([told.verdict, told.reply, told.effects]).toEqual(["applied", null, []]);
    expect(JSON.stringify({ ...call.session, counters: null })).toBe(before);
    expect(call.feed(ended("completed", 60)).ended?.disposition).toBe("talked");
  });

  it("a verdict on a dialled party means nothing where nobody is rung", () => {
    const told = { type: "answered-by", leg: "dialled", by: "machine" } as const;
    const waiting = callOf(judging("who"));
    waiting.start(outbound);
    expect(waiting.feed(told).verdict).toBe("late");
    const listening = callOf(judging("ask", { ask: menu("1?", asked) }));
    listening.start(outbound);
    expect(listening.feed(told).verdict).toBe("late");
  });

  it("a hang-up ends it", () => {
    const call = callOf(ringing());
    call.start();
    expect(call.hangUp().ended?.disposition).toBe("caller-hung-up");
    expect(call.feed(ended("completed", 3)).verdict).toBe("late");
  });

  it("a dial's end means nothing where nobody is rung", () => {
    const call = callOf(flowOf("ask", { ask: menu("1?", asked) }));
    call.start();
    call.feed(ended("busy"));
    expect(call.path().at(1)).toBe("ask:silence");
  });
});

describe("chance", () => {
  const shares = [
    { name: "few", percent: 20 },
    { name: "many", percent: 80 },
  ];
  const drawing = flowOf("a", {
    a: node("split", { shares }, { few: "b", many: "b" }),
    b: menu("1?", { "key-1": "c", invalid: "c", silence: "c" }),
    c: node("split", { shares }, { few: "bye", many: "bye" }),
  });
  const drawn = (seed: number) => {
    const call = callOf(drawing);
    call.start({ seed });
    call.press("1");
    return [1, 3].map((index) => call.trace[index]?.outcome ?? "");
  };

  it("draws the same for the same call, and another number each time", () => {
    expect(drawn(12)).toEqual(drawn(12));
    const all = Array.from({ length: 1000 }, (_unused, seed) => drawn(seed * 7919));
    const share = (index: number) => all.filter((pair) => pair[index] === "few").length / all.length;
    expect(share(0)).toBeGreaterThan(0.16);
    expect(share(0)).toBeLessThan(0.24);
    expect(share(1)).toBeGreaterThan(0.16);
    expect(share(1)).toBeLessThan(0.24);
    // The second draw does not follow from the first.
    const both = all.filter(([one, two]) => one === "few" && two === "few").length / all.length;
    expect(both).toBeGreaterThan(0.02);
    expect(both).toBeLessThan(0.07);
  });

  it("draws what it drew for every call before: stored sessions go on as they would have", () => {
    expect([0, 1, 2, 3, 4_294_967_295].map((seed) => drawn(seed).join(" "))).toEqual([
      "many few",
      "many few",
      "many many",
      "many few",
      "many few",
    ]);
  });
});

describe("tags", () => {
  const tagging = (count: number) => {
    const nodes = Object.fromEntries(
      Array.from({ length: count }, (_unused, index) => [
        `t${index}`,
        node("tag", { tag: `word-${index}` }, { done: index + 1 < count ? `t${index + 1}` : "ask" }),
      ]),
    );
    return callOf(
      flowOf("t0", { ...nodes, ask: menu("1?", { "key-1": "t0", invalid: "bye", silence: "bye" }) }),
    );
  };

  it("are put on a call once, in order", () => {
    const call = tagging(3);
    call.start();
    expect(call.session.tags).toEqual(["word-0", "word-1", "word-2"]);
    call.press("1");
    expect(call.session.tags).toEqual(["word-0", "word-1", "word-2"]);
    expect(call.path().filter((one) => one === "t0:done")).toHaveLength(2);
  });

  it(`are at most ${limits.tagsPerCall}`, () => {
    const call = tagging(limits.tagsPerCall + 2);
    call.start();
    expect(call.session.tags).toHaveLength(limits.tagsPerCall);
    expect(call.session.tags?.at(-1)).toBe(`word-${limits.tagsPerCall - 1}`);
  });

  it("a call without any has none", () => {
    const call = callOf(flowOf("ask", { ask: menu("1?", asked) }));
    call.start();
    expect("tags" in call.session).toBe(false);
  });
});

describe("what the far end has established", () => {
  const ask = (next: string, means?: string) =>
    menu("1?", { "key-1": next, invalid: next, silence: next }, means ? { means } : {});
  const record = (next: string) =>
    node(
      "record",
      { into: "message", maxSeconds: 60, silenceSeconds: 5, finishOnKeys: "#", beep: false },
      { recorded: next, "no-audio": next, "no-consent": "refused" },
    );
  const flow = flowOf(
    "who",
    {
      who: ask("agree", "confirms-identity"),
      agree: ask("record", "agrees-to-recording"),
      record: record("bye"),
      refused: hangUp("refused"),
    },
    { variables: { message: { type: "text", sensitivity: "phi" } } },
  );

  it("grows with the answers that mean it", () => {
    const call = callOf(flow);
    call.start();
    expect("established" in call.session.party).toBe(false);
    call.press("1");
    expect(call.session.party.established).toEqual(["identity"]);
    expect(words(call.press("1").reply?.verbs)).toEqual(["record", "next no-input"]);
    expect(call.session.party.established).toEqual(["identity", "recording-consent"]);
  });

  it("is not established by another way out", () => {
    const call = callOf(flow);
    call.start();
    call.feed({ type: "no-input" });
    const refused = call.feed({ type: "no-input" });
    expect(refused.ended?.disposition).toBe("refused");
    expect("established" in call.session.party).toBe(false);
  });

  it("is kept once", () => {
    const twice = flowOf("a", {
      a: ask("b", "confirms-identity"),
      b: ask("ask", "confirms-identity"),
      ask: ask("bye"),
    });
    const call = callOf(twice);
    call.start();
    call.press("1");
    call.press("1");
    expect(call.session.party.established).toEqual(["identity"]);
  });

  it("in a called flow holds for the whole call", () => {
    const inner = flowOf("agree", { agree: ask("back", "agrees-to-recording"), back: goBack("done") });
    const outer = flowOf(
      "sub",
      { sub: enters(inner, { done: "record" }), record: record("bye"), refused: hangUp("refused") },
      { variables: { message: { type: "text", sensitivity: "phi" } } },
    );
    const call = callOf(outer, [inner]);
    call.start();
    expect(words(call.press("1").reply?.verbs)).toEqual(["record", "next no-input"]);
  });
});
