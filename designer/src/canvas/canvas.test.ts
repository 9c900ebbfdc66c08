import type { TraceEntry } from "@trunkline/schema/call";
import type { FlowNode } from "@trunkline/schema/document";
import { kinds } from "@trunkline/schema/nodes";
import { describe, expect, it } from "vitest";
import { smallFlow } from "../testdata/small-flow.ts";
import { lastThatFit, pathCards } from "./fit-path.ts";
import { cardHeight, drawnOutcomes, glanceLines, handleOffsets, orderedOutcomes } from "./geometry.ts";
import { icons } from "./kind-icon.tsx";
import { layoutFlow } from "./layout.ts";
import { touchesPhi } from "./phi.ts";
import { currentNode, describeValue, walkOf } from "./walk.ts";

const flow = smallFlow();

function entry(seq: number, node: string, outcome: string, value: TraceEntry["value"] = null): TraceEntry {
  return {
    seq,
    frame: "",
    node,
    kind: "say",
    visit: 1,
    enteredAt: seq,
    leftAt: seq,
    turn: 0,
    outcome,
    value,
  };
}

describe("walkOf", () => {
  const trace = [
    entry(1, "start", "call"),
    entry(2, "greet", "done"),
    entry(3, "main-menu", "silence", { by: "silence" }),
    entry(4, "greet", "done"),
  ];
  const walk = walkOf(trace, "main-menu");

  it("keeps the order of every visit", () => expect(walk.nodes.get("greet")?.orders).toEqual([2, 4]));
  it("lights the ways out taken", () =>
    expect([...walk.wires]).toEqual(["start/call", "greet/done", "main-menu/silence"]));
  it("tells the time from the call's start", () => {
    expect(walk.nodes.get("greet")?.left?.after).toBe(3);
    expect(walkOf(trace, null, -6000).nodes.get("start")?.left?.after).toBe(6001);
  });
  it("is where the call is", () =>
    expect(walk.nodes.get("main-menu")).toEqual({ orders: [3, 5], left: null }));
});

describe("currentNode", () => {
  it.each([
    [[], "start", "start"],
    [[entry(1, "start", "call")], "start", "greet"],
    [[entry(1, "goodbye", "end")], "goodbye", "goodbye"],
    [[entry(1, "start", "call")], null, null],
  ])("%#", (trace, reported, expected) => expect(currentNode(flow, trace, reported)).toBe(expected));
});

describe("describeValue", () => {
  it.each([
    [null, ""],
    [{ text: "2", by: "keys" }, "pressed 2"],
    [{ text: "1", by: "speech", confidence: 0.81 }, "said 1 81 %"],
    [{ variable: "member_id", by: "keys" }, "{member_id}"],
    [{ by: "silence" }, "silence"],
    [{ text: "amount is 3", by: "rule" }, "amount is 3"],
  ] as const)("%j", (value, said) => expect(describeValue(value)).toBe(said));
});

describe("geometry", () => {
  it("puts failures after successes", () => {
    const menu = flow.nodes["main-menu"];
    expect(menu && orderedOutcomes(menu).map((one) => one.name)).toEqual([
      "key-1",
      "key-2",
      "invalid",
      "silence",
    ]);
  });
  it("keeps every handle on its card", () => {
    for (const node of Object.values(flow.nodes)) {
      for (const { y } of handleOffsets(node).sources) expect(y).toBeLessThan(cardHeight(node));
    }
  });
});

describe("kinds", () => {
  it.each(kinds.map((kind) => [kind.kind, kind.icon]))("%s has the icon %s", (_kind, icon) =>
    expect(Object.keys(icons)).toContain(icon),
  );
});

describe("a note", () => {
  const note = (next: FlowNode["next"]): FlowNode => ({
    kind: "note",
    title: "Note",
    config: { text: "The hours are those of the billing office in Hartford.\nAsk them first." },
    next,
  });
  it("has a row for its way out only when it is wired", () => {
    expect(drawnOutcomes(note({}))).toEqual([]);
    expect(drawnOutcomes(note({ done: "goodbye" }))).toHaveLength(1);
  });
  it("is as high as its words", () => expect(glanceLines(note({}))).toBe(3));
});

describe("touchesPhi", () => {
  it.each([
    [
      "a text that says it",
      { kind: "say", title: "Say", config: { text: "{{member_id|digits}}" }, next: {} },
      true,
    ],
    ["a text that does not", { kind: "say", title: "Say", config: { text: "Hello." }, next: {} }, false],
  ] as const)("%s", (_name, node, expected) => expect(touchesPhi(flow, node)).toBe(expected));
});

describe("layoutFlow", () => {
  const places = layoutFlow(flow);
  const at = (id: string) => places[id] ?? { x: Number.NaN, y: Number.NaN };

  it("places every node", () => expect(Object.keys(places).sort()).toEqual(Object.keys(flow.nodes).sort()));
  it("reads from left to right, loops aside", () => {
    expect(at("start").x).toBeLessThan(at("greet").x);
    expect(at("greet").x).toBeLessThan(at("main-menu").x);
    expect(at("main-menu").x).toBeLessThan(at("goodbye").x);
  });
  it("lets no two cards overlap", () => {
    const ids = Object.entries(flow.nodes);
    for (const [a, nodeA] of ids) {
      for (const [b, nodeB] of ids) {
        if (a >= b || at(a).x !== at(b).x) continue;
        const [upper, lower] = at(a).y < at(b).y ? [a, b] : [b, a];
        const height = cardHeight(upper === a ? nodeA : nodeB);
        expect(at(lower).y, `${upper} over ${lower}`).toBeGreaterThanOrEqual(at(upper).y + height);
      }
    }
  });
});

describe("what a path is fitted to", () => {
  const card = (id: string, x: number, y = 0) => ({ id, x, y, width: 240, height: 80 });
  const cards = [card("a", 0), card("b", 400), card("c", 800), card("d", 1200)];
  const fitted = (width: number, height = 500) => lastThatFit(cards, { width, height }).map((one) => one.id);

  it("is all of it when it can be read", () => expect(fitted(1440)).toEqual(["a", "b", "c", "d"]));
  it("is its end when it is too long", () => expect(fitted(1400)).toEqual(["b", "c", "d"]));
  it("is the last card at least", () => expect(fitted(10, 10)).toEqual(["d"]));
  it("is nothing without a path", () => expect(lastThatFit([], { width: 1, height: 1 })).toEqual([]));
  it("goes by the last visit, and passes over what is not drawn", () => {
    const walk = walkOf(
      [entry(1, "start", "call"), entry(2, "greet", "done"), entry(3, "gone", "x")],
      "start",
    );
    const drawn = new Map(
      ["start", "greet"].map((id) => [
        id,
        { position: { x: 1, y: 2 }, measured: { width: 240, height: 80 } },
      ]),
    );
    expect(pathCards(walk, drawn).map((one) => one.id)).toEqual(["greet", "start"]);
  });
});
