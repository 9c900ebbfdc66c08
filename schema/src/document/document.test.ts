/** Reading flow documents: every malformed thing gets a place and a sentence, and nothing throws. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sound } from "../testdata/sound-flow.ts";
import {
  flowJsonSchema,
  hashFlow,
  outcomesOf,
  type ParsedFlow,
  parseFlow,
  parseFlowText,
  reachable,
} from "./index.ts";

function problemsOf(parsed: ParsedFlow) {
  return parsed.ok ? [] : parsed.problems;
}

const say = (config: unknown) => ({
  ...sound,
  nodes: { ...sound.nodes, x: { kind: "say", title: "X", config, next: {} } },
});
const cyclic: { [key: string]: unknown } = { ...sound };
cyclic.self = cyclic;
const deep = JSON.parse(`${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`) as unknown;
const many = Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`n${i}`, sound.nodes.bye]));

describe("parseFlow", () => {
  it("reads a sound document", () => {
    expect(parseFlow(sound).ok).toBe(true);
  });

  it.each<[string, unknown, string, string | RegExp]>([
    ["no document", null, "", /expected object/i],
    ["a word", "flow", "", /expected object/i],
    ["a list", [], "", /expected object/i],
    [
      "no format",
      { ...sound, formatVersion: undefined },
      "/formatVersion",
      "Expected a format version from 1 to 1, found none.",
    ],
    [
      "a format to come",
      { ...sound, formatVersion: 2 },
      "/formatVersion",
      "This document has format 2; this version of Trunkline reads up to 1.",
    ],
    [
      "format zero",
      { ...sound, formatVersion: 0 },
      "/formatVersion",
      "Expected a format version from 1 to 1, found 0.",
    ],
    ["an unknown key", { ...sound, colour: 1 }, "", /Unrecognized key/],
    [
      "an entry nobody has",
      { ...sound, entry: "nobody" },
      "/entry",
      'Expected the id of a node, found "nobody".',
    ],
    [
      "an edge to nowhere",
      { ...sound, nodes: { ...sound.nodes, start: { ...sound.nodes.start, next: { call: "gone" } } } },
      "/nodes/start/next/call",
      'Expected the id of a node, found "gone".',
    ],
    [
      "two starts",
      { ...sound, nodes: { ...sound.nodes, more: sound.nodes.start } },
      "/entry",
      "Expected one start node as the entry, found 2.",
    ],
    [
      "no start",
      { ...sound, entry: "bye", nodes: { bye: sound.nodes.bye } },
      "/entry",
      "Expected one start node as the entry, found 0.",
    ],
    [
      "an entry that is no start",
      { ...sound, entry: "bye" },
      "/entry",
      'Expected one start node as the entry, the entry is "bye".',
    ],
    [
      "an unknown kind",
      { ...sound, nodes: { ...sound.nodes, x: { kind: "shell", title: "X", config: {}, next: {} } } },
      "/nodes/x/kind",
      /./,
    ],
    ["an empty text", say({ text: "" }), "/nodes/x/config/text", "Expected a text to say."],
    ["a broken template", say({ text: "Hi {{name" }), "/nodes/x/config/text", "This {{ has no closing }}."],
    ["a config key too many", say({ text: "Hi", shell: "rm" }), "/nodes/x/config", /Unrecognized key/],
    [
      "a node id with capitals",
      { ...sound, nodes: { ...sound.nodes, Bad: sound.nodes.bye } },
      "/nodes/Bad",
      /./,
    ],
    [
      "a reserved node id",
      { ...sound, nodes: { ...sound.nodes, constructor: sound.nodes.bye } },
      "/nodes/constructor",
      /./,
    ],
    [
      "too many nodes",
      { ...sound, nodes: { ...sound.nodes, ...many } },
      "/nodes",
      "Expected at most 2000 nodes.",
    ],
    ["a cycle", cyclic, "/self/self", /levels/],
    ["a depth bomb", deep, "/a/a", /levels/],
    [
      "__proto__",
      JSON.parse('{"formatVersion":1,"nodes":{"__proto__":{}}}'),
      "/nodes/__proto__",
      'A key may not be "__proto__".',
    ],
    [
      "a wide bomb",
      { ...sound, layout: Array.from({ length: 200_001 }, () => 0) },
      "",
      "Expected at most 200000 values.",
    ],
  ])("refuses %s", (_name, value, pointer, sentence) => {
    const problems = problemsOf(parseFlow(value));
    const found = problems.find((one) => one.pointer.startsWith(pointer));
    expect(found, JSON.stringify(problems.slice(0, 3))).toBeDefined();
    if (typeof sentence === "string") expect(problems.map((one) => one.sentence)).toContain(sentence);
    else expect(found?.sentence).toMatch(sentence);
    for (const { sentence: said } of problems) expect(said).toMatch(/\.$/);
  });

  it.each([
    ["no JSON", "{", /^Expected JSON/],
    ["nothing", "", /^Expected JSON/],
    ["10 MB", " ".repeat(10_000_000), /^Expected at most 2000000 characters, found 10000000\.$/],
  ])("refuses a text of %s", (_name, text, sentence) => {
    expect(problemsOf(parseFlowText(text))[0]?.sentence).toMatch(sentence);
  });
});

describe("hashFlow", () => {
  const flow = (change: object = {}) => {
    const parsed = parseFlow({ ...sound, ...change });
    if (!parsed.ok) throw new Error("the sound flow must parse");
    return parsed.flow;
  };
  it("is 64 hex digits and does not depend on the order of keys", () => {
    expect(hashFlow(flow())).toMatch(/^[0-9a-f]{64}$/);
    const backwards = Object.fromEntries(Object.entries(sound).reverse());
    const parsed = parseFlow(backwards);
    expect(parsed.ok && hashFlow(parsed.flow)).toBe(hashFlow(flow()));
  });
  it("does not see layout, sees meaning (architecture: layout is not meaning)", () => {
    expect(hashFlow(flow({ layout: { nodes: { bye: { x: 8, y: 16 } } } }))).toBe(hashFlow(flow()));
    expect(hashFlow(flow({ name: "Other" }))).not.toBe(hashFlow(flow()));
  });
});

describe("the graph", () => {
  it("reaches nodes by the outcomes their kinds have, not by stray edges", () => {
    const stray = { ...sound.nodes.start, next: { call: "bye", gone: "lost" } };
    const parsed = parseFlow({ ...sound, nodes: { ...sound.nodes, start: stray, lost: sound.nodes.bye } });
    expect(parsed.ok && [...reachable(parsed.flow)].sort()).toEqual(["bye", "start"]);
    expect(parsed.ok && outcomesOf(parsed.flow.nodes.start!).map((one) => one.name)).toEqual(["call"]);
  });
});

describe("released documents", () => {
  const folder = new URL("../testdata/flows/", import.meta.url);
  it.each(readdirSync(folder))("%s still reads, with the hash it was published by", (file) => {
    const { hash, document } = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as {
      hash: string;
      document: unknown;
    };
    const parsed = parseFlow(document);
    expect(parsed.ok && hashFlow(parsed.flow)).toBe(hash);
  });
});

it("gives a JSON Schema with the words of the forms", () => {
  const text = JSON.stringify(flowJsonSchema());
  expect(text).toContain('"widget":"prompt"');
  expect(text).toContain('"record-outcome"');
});
