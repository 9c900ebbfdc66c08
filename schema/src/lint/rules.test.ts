/** What rules see beyond their examples: the cases that are easily taken for one another. */
import { describe, expect, it } from "vitest";
import type { FlowDocument } from "../document/index.ts";
import { sound } from "../testdata/sound-flow.ts";
import { menu, say, startTo, withNodes } from "./example.ts";
import { applyFix, lint } from "./index.ts";
import { parsed, soundFlow } from "./testing.ts";

describe("rules", () => {
  it("finds a loop of three nodes in which nothing waits, and not one with a menu in it", () => {
    const hi = (to: string) => say("Hi", "Hi.", to);
    const loop = withNodes(soundFlow, { a: hi("b"), b: hi("c"), c: hi("a") });
    const looping = lint(loop).filter((one) => one.rule === "busy-loop");
    expect(looping.map((one) => one.node).sort()).toEqual(["a", "b", "c"]);
    const calm = withNodes(loop, { c: menu("Menu", "Press 1.", "a") });
    expect(lint(calm).filter((one) => one.rule === "busy-loop")).toEqual([]);
  });

  it("does not take a loop for endless that a counter leads out of", () => {
    const count = (to: string) => ({
      kind: "set",
      title: "Count",
      config: { assignments: [{ variable: "round", to }] },
      next: { done: "enough", invalid: "bye" },
    });
    const enough = {
      kind: "branch",
      title: "Enough?",
      config: { rules: [{ name: "yes", when: { variable: "round", is: "at-least", to: 3 } }] },
      next: { yes: "bye", otherwise: "menu" },
    };
    const asked = menu("Menu", "Press 1.", "bye");
    const next = { "key-1": "bye", invalid: "count", silence: "count" };
    const flow = withNodes(
      { ...soundFlow, variables: { round: { type: "number", sensitivity: "internal", initial: 0 } } },
      { start: startTo("menu"), menu: { ...asked, next }, count: count("1"), enough },
    );
    expect(lint(parsed(flow)).filter((one) => one.rule === "endless-loop")).toEqual([]);
    const blind = {
      ...enough,
      config: { rules: [{ name: "yes", when: { variable: "other", is: "not-blank" } }] },
    };
    const uncounted = withNodes(flow, { enough: blind });
    expect(lint(parsed(uncounted)).filter((one) => one.rule === "endless-loop")).toHaveLength(1);
  });

  it.each([
    ["the call's own facts", "{{call.from}}", 0],
    ["a fact a call does not have", "{{call.weather}}", 1],
    ["a claim's field", "{{claim.dob|date}}", 0],
    ["a field a claim does not have", "{{claim.weather}}", 1],
    ["a field of what is no claim", "{{name.dob}}", 1],
  ])("knows %s", (_what, text, found) => {
    const flow = withNodes(
      {
        ...soundFlow,
        variables: {
          claim: { type: "claim", sensitivity: "phi", origin: "input" },
          name: { type: "text", sensitivity: "phi", origin: "input" },
        },
      },
      { start: startTo("hi"), hi: say("Hi", text, "bye") },
    );
    expect(lint(parsed(flow)).filter((one) => one.rule === "unknown-variable")).toHaveLength(found);
  });

  it.each([
    ["a branch that asks whether it is there", { variable: "reason", is: "not-blank" }, "told", "bye", 0],
    ["a branch that asks whether it is blank", { variable: "reason", is: "blank" }, "bye", "told", 0],
    [
      "a comparison that no blank value passes",
      { variable: "reason", is: "equals", to: "x" },
      "told",
      "bye",
      0,
    ],
    ["the wrong way out", { variable: "reason", is: "not-blank" }, "bye", "told", 1],
    [
      "either of two",
      {
        any: [
          { variable: "reason", is: "not-blank" },
          { variable: "n", is: "blank" },
        ],
      },
      "told",
      "bye",
      1,
    ],
  ])("takes a value for known after %s", (_what, when, held, otherwise, found) => {
    const set = { kind: "set", title: "Set", next: { done: "ask", invalid: "ask" } };
    const config = { assignments: [{ variable: "reason", to: "claims" }] };
    const flow = withNodes(
      {
        ...soundFlow,
        variables: {
          reason: { type: "text", sensitivity: "internal" },
          n: { type: "text", sensitivity: "internal", origin: "input" },
        },
      },
      {
        start: startTo("menu"),
        menu: {
          ...menu("Menu", "Press 1.", "set"),
          next: { "key-1": "set", invalid: "ask", silence: "ask" },
        },
        set: { ...set, config },
        ask: {
          kind: "branch",
          title: "Known?",
          config: { rules: [{ name: "held", when }] },
          next: { held, otherwise },
        },
        told: say("Told", "About {{reason}}.", "bye"),
      },
    );
    expect(lint(parsed(flow)).filter((one) => one.rule === "read-before-set")).toHaveLength(found);
  });
});

describe("a rule", () => {
  const found = (name: string, flow: FlowDocument) => lint(parsed(flow)).filter((one) => one.rule === name);

  it("adds a hang-up where no node ends the call yet", () => {
    const wait = { kind: "pause", title: "Wait", config: { seconds: 2, endsOnKey: false }, next: {} };
    const flow = parsed({
      ...sound,
      nodes: { start: startTo("hang-up"), "hang-up": wait },
      layout: { nodes: { "hang-up": { x: 10, y: 20 } } },
    });
    const [finding] = found("unwired-outcome", flow);
    const fixed = applyFix(flow, finding!.fix!);
    expect(fixed.nodes["hang-up"]?.next).toEqual({ done: "hang-up-2" });
    expect(fixed.nodes["hang-up-2"]?.kind).toBe("hang-up");
    expect(fixed.layout.nodes["hang-up-2"]).toEqual({ x: 330, y: 20 });
    expect(lint(fixed)).toEqual([]);
  });

  it("deletes an unreachable node with its place and every edge to it", () => {
    const flow = parsed(
      withNodes(
        { ...soundFlow, layout: { nodes: { lost: { x: 0, y: 0 } } } },
        {
          lost: say("Lost", "Hello.", "lost"),
          other: { ...say("Other", "Hello.", "lost"), next: { done: "lost", stray: "lost" } },
        },
      ),
    );
    const lost = found("unreachable-node", flow).find((one) => one.node === "lost");
    const fixed = applyFix(flow, lost!.fix!);
    expect(fixed.nodes.lost).toBeUndefined();
    expect(fixed.nodes.other?.next).toEqual({});
    expect(fixed.layout.nodes).toEqual({});
  });

  it("names a loop without an end once, and three of its nodes", () => {
    const titles = ["a", "b", "c", "d", "e"];
    const nodes = titles.map((id, index) => [id, say(`Say ${id}`, "Hi.", titles[(index + 1) % 5]!)] as const);
    const flow = withNodes(soundFlow, { start: startTo("a"), ...Object.fromEntries(nodes) });
    const sentences = found("dead-end", flow).map((one) => one.sentence);
    expect(sentences).toEqual([
      "No end of the call can be reached from “Say a”, “Say b”, “Say c” and 2 more.",
    ]);
  });

  it("lets a caller hear back what they have just said, and a stranger nothing that we know", () => {
    const variables: FlowDocument["variables"] = {
      member: { type: "digits", sensitivity: "phi" },
      balance: { type: "money", sensitivity: "phi", origin: "computed", initial: 100 },
    };
    const ask = (readBack: string) => ({
      kind: "collect",
      title: "Member",
      config: {
        prompt: "Your number?",
        into: "member",
        answer: "keys",
        minDigits: 1,
        maxDigits: 9,
        timeoutSeconds: 5,
        tries: 1,
        silenceText: readBack,
      },
      next: { collected: "told", invalid: "bye", silence: "bye" },
    });
    const flow = (text: string) =>
      withNodes(
        { ...soundFlow, variables },
        { start: startTo("ask"), ask: ask(text), told: say("Told", `${text} {{balance|money}}`, "bye") },
      );
    expect(found("phi-spoken-first", flow("I have {{member|digits}}."))).toEqual([]);
    expect(found("phi-before-identification", flow("I have {{member|digits}}."))).toHaveLength(1);
    expect(found("phi-spoken-first", flow("You owe {{balance|money}}."))).toHaveLength(1);
  });

  const lookUp = (config: object = {}) => ({
    kind: "request",
    title: "Look up",
    config: { method: "GET", url: "https://api.example.com/desk", timeoutSeconds: 5, map: [], ...config },
    next: { ok: "bye", refused: "bye", unfit: "bye", failed: "bye", timeout: "bye" },
  });
  const mark = (title: string, done: string) => ({
    kind: "tag",
    title,
    config: { tag: "asked" },
    next: { done },
  });

  it.each([
    ["words", { start: startTo("hi"), hi: say("Hi", "One moment.", "ask") }, 0],
    [
      "words, and nodes that take no time",
      { start: startTo("hi"), hi: say("Hi", "One moment.", "a"), a: mark("A", "b"), b: mark("B", "ask") },
      0,
    ],
    [
      "nothing but nodes that take no time",
      { start: startTo("a"), a: mark("A", "b"), b: mark("B", "ask") },
      1,
    ],
    [
      "a menu, and nodes that take no time",
      { start: startTo("menu"), menu: menu("Menu", "Press 1.", "a"), a: mark("A", "ask") },
      1,
    ],
    [
      "a menu on one of two ways",
      {
        start: startTo("menu"),
        menu: menu("Menu", "Press 1.", "a", {}),
        a: mark("A", "ask"),
        hi: say("Hi", "One moment.", "ask"),
      },
      1,
    ],
    ["a wait without a word", { start: startTo("a"), a: { ...lookUp(), title: "A" }, ask: lookUp() }, 1],
  ])("knows what is heard before a silence: %s", (_what, nodes, found) => {
    const flow = withNodes(soundFlow, { ask: lookUp(), ...nodes });
    expect(lint(parsed(flow)).filter((one) => one.rule === "long-silence")).toHaveLength(found);
    for (const { fix } of lint(parsed(flow)).filter((one) => one.rule === "long-silence")) {
      if (!fix) continue;
      expect(lint(applyFix(parsed(flow), fix)).filter((one) => one.rule === "long-silence")).toEqual([]);
    }
  });

  it("does not call a variable unused that other flows of the call share", () => {
    const variables = {
      who: { type: "text", sensitivity: "internal", scope: "call", origin: "input" },
    } as const;
    expect(lint(parsed({ ...soundFlow, variables }))).toEqual([]);
  });

  it.each([
    ["number", "+15550100001", 0],
    ["number", "+449001234567", 1],
    ["number", "{{desk}}", 0],
    ["sip", "sip:desk@office.example", 0],
    ["sip", "sip:+449001234567@office.example", 1],
    ["sip", "sip:911@office.example", 1],
    ["client", "desk", 0],
    ["client", "front desk", 1],
  ])("judges whom a transfer rings by %s: %s", (to, target, found) => {
    const config = { to, target, ringSeconds: 20, limitMinutes: 30, detectMachine: false };
    const next = { completed: "bye", busy: "bye", "no-answer": "bye", failed: "bye" };
    const flow = withNodes(
      { ...soundFlow, variables: { desk: { type: "phone", sensitivity: "internal", origin: "input" } } },
      { start: startTo("desk"), desk: { kind: "transfer", title: "Desk", config, next } },
    );
    expect(lint(parsed(flow)).filter((one) => one.rule === "dialling-outside-policy")).toHaveLength(found);
  });

  it("finds PHI in what a web service is told for people to read", () => {
    const config = { by: "request", url: "https://chat.example/", text: "{{who}}", filler: "One moment." };
    const flow = withNodes(
      { ...soundFlow, variables: { who: { type: "text", sensitivity: "phi", origin: "input" } } },
      {
        start: startTo("tell"),
        tell: { kind: "notify", title: "Tell", config, next: { sent: "bye", failed: "bye" } },
      },
    );
    expect(lint(parsed(flow)).map((one) => [one.rule, one.sentence])).toEqual([
      ["phi-in-message", "“Tell” puts “who”, which is PHI, into a message."],
    ]);
  });

  const birthday = {
    prompt: "When?",
    into: "at",
    answer: "either",
    minDigits: 1,
    maxDigits: 8,
    timeoutSeconds: 5,
    tries: 2,
  };
  const asked = {
    method: "GET",
    url: "https://x.example/",
    map: [{ pointer: "/at", into: "at" }],
    timeoutSeconds: 2,
  };
  const recorded = { into: "at", maxSeconds: 9, silenceSeconds: 2, finishOnKeys: "", beep: true };
  it.each<[string, string, object, string, number]>([
    ["a date asked for a date", "collect", { ...birthday, expects: "date" }, "date", 0],
    ["a date kept as words", "collect", { ...birthday, expects: "date" }, "text", 0],
    ["a date for a time", "collect", { ...birthday, expects: "date" }, "time", 1],
    ["digits for a date", "collect", birthday, "date", 1],
    ["digits for an amount", "collect", birthday, "money", 0],
    ["free words for a date", "collect", { ...birthday, answer: "speech" }, "date", 1],
    ["one of no choices", "collect", { ...birthday, expects: "choice" }, "text", 1],
    ["a yes for a number", "collect", { ...birthday, expects: "yes-no" }, "number", 1],
    ["a web service's word for a claim", "request", asked, "claim", 1],
    ["a web service's word for a date", "request", asked, "date", 0],
    ["a recording's address for digits", "record", { ...recorded, needsConsent: false }, "digits", 1],
    ["a word for a number", "set", { assignments: [{ variable: "at", to: "many" }] }, "number", 1],
    ["a figure for a number", "set", { assignments: [{ variable: "at", to: "3" }] }, "number", 0],
    [
      "what is known only then",
      "set",
      { assignments: [{ variable: "at", to: "{{call.from}}" }] },
      "number",
      0,
    ],
    ["a sum of words", "set", { assignments: [{ variable: "at", to: "3", how: "add" }] }, "text", 1],
    ["another claim", "set", { assignments: [{ variable: "at", to: "{{at}}" }] }, "claim", 0],
    ["a text for a claim", "set", { assignments: [{ variable: "at", to: "C1" }] }, "claim", 1],
    [
      "the time as a date and time",
      "set",
      { assignments: [{ variable: "at", how: "now", zone: "America/New_York" }] },
      "text",
      0,
    ],
  ])("knows what a variable can hold: %s", (_what, kind, config, type, found) => {
    const ways = ["collected", "invalid", "silence", "recorded", "no-audio", "done"];
    const next = Object.fromEntries(ways.map((way) => [way, "bye"]));
    const flow = parsed({
      ...soundFlow,
      variables: { at: { type, sensitivity: "phi" } },
      nodes: { ...soundFlow.nodes, start: startTo("put"), put: { kind, title: "Put", config, next } },
    });
    const findings = lint(flow).filter((one) => one.rule === "value-never-fits");
    expect(findings).toHaveLength(found);
  });

  it.each([
    ["date", "tomorrow", 1],
    ["date", "2026-03-02", 0],
    ["date", "", 0],
    ["list", ["a"], 0],
    ["number", 3, 0],
  ])("knows what a variable of type %s can begin with: %j", (type, initial, found) => {
    const flow = parsed({ ...soundFlow, variables: { at: { type, sensitivity: "phi", initial } } });
    const findings = lint(flow).filter((one) => one.rule === "value-never-fits");
    expect(findings).toHaveLength(found);
    for (const { fix } of findings)
      if (fix) expect(applyFix(flow, fix).variables.at?.initial).toBeUndefined();
  });
});
