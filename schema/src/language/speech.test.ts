/** SSML in a flow's texts: every element with its attributes, the places of faults, and what is filled in. */
import { describe, expect, it } from "vitest";
import type { SpeechPart } from "../call/index.ts";
import { fillSpeech, parseSpeech, wordsOf } from "./index.ts";

const partsOf = (source: string): readonly SpeechPart[] => {
  const parsed = parseSpeech(source);
  if (!parsed.ok) throw new Error(parsed.problem.sentence);
  return parsed.parts;
};

describe("elements", () => {
  it.each<[string, string[]]>([
    ["break", ["strength", "time"]],
    ["emphasis", ["level"]],
    ["lang", ["xml:lang"]],
    ["p", []],
    ["phoneme", ["alphabet", "ph"]],
    ["prosody", ["volume", "rate", "pitch"]],
    ["s", []],
    ["say-as", ["interpret-as", "format"]],
    ["sub", ["alias"]],
    ["w", ["role"]],
  ])("<%s> with all its attributes", (tag, names) => {
    const written = names.map((name) => ` ${name}="a b"`).join("");
    const attributes = Object.fromEntries(names.map((name) => [name, "a b"]));
    expect(partsOf(`<${tag}${written}>x</${tag}>`)).toEqual([{ tag, attributes, parts: ["x"] }]);
    expect(partsOf(`<${tag}${written} />`)).toEqual([{ tag, attributes, parts: [] }]);
    expect(parseSpeech(`<${tag} onclick="a">x</${tag}>`).ok).toBe(false);
  });

  it.each<[string, readonly SpeechPart[]]>([
    ["", []],
    ["plain words", ["plain words"]],
    ["a &lt;b&gt; &amp; &quot;c&quot; &apos;d&apos; &eacute;", [`a <b> & "c" 'd' &eacute;`]],
    [`<sub alias='a "b" &lt;'>x</sub>`, [{ tag: "sub", attributes: { alias: 'a "b" <' }, parts: ["x"] }]],
    ['<sub alias = "">x</sub >', [{ tag: "sub", attributes: { alias: "" }, parts: ["x"] }]],
    [
      "<p>a<s>b</s>c</p>d",
      [{ tag: "p", attributes: {}, parts: ["a", { tag: "s", attributes: {}, parts: ["b"] }, "c"] }, "d"],
    ],
    ["<p/>a<p/>", [{ tag: "p", attributes: {}, parts: [] }, "a", { tag: "p", attributes: {}, parts: [] }]],
  ])("%s", (source, parts) => expect(partsOf(source)).toEqual(parts));

  const nested = (depth: number) => `${"<p>".repeat(depth)}x${"</p>".repeat(depth)}`;
  it("stand eight deep, and one that holds nothing deeper still", () => {
    expect(parseSpeech(nested(8)).ok).toBe(true);
    expect(parseSpeech(nested(8).replace("x", "<break/>")).ok).toBe(true);
    expect(parseSpeech(nested(9))).toMatchObject({
      ok: false,
      problem: { at: 24, sentence: expect.stringMatching(/at most 8/) },
    });
  });
});

describe("faults are told with their place", () => {
  it.each<[string, number, RegExp]>([
    ["a <b", 2, /no closing >/],
    ["ab </p>", 3, /Expected no closing element, found <\/p>/],
    ["<p>a</s>", 4, /Expected <\/p>, found <\/s>/],
    ["ab <p>c", 3, /This <p> has no <\/p>/],
    ["<p><s>c</s>", 0, /This <p> has no <\/p>/],
    ["a <script>", 2, /no element <script>; the elements are break, emphasis/],
    ["a <>", 2, /no element <>/],
    ["a < p>", 2, /This <p> has no <\/p>/],
    ['<p class="x">a</p>', 0, /<p> takes these attributes: none; found class="x"/],
    ['<break time="1s" x>', 0, /<break> takes these attributes: strength, time; found x/],
    ["<break time=1s/>", 0, /found time=1s/],
    ['<sub alias="{{name}}">x</sub>', 0, /variable cannot stand in an attribute of <sub>/],
    ["<sub alias='{{name}}'>x</sub>", 0, /variable cannot stand/],
  ])("%s", (source, at, sentence) => {
    const parsed = parseSpeech(source);
    expect(parsed.ok ? null : parsed.problem).toEqual({ at, sentence: expect.stringMatching(sentence) });
  });
});

describe("a tree", () => {
  it("is filled in where it has texts; what is blank is left out", () => {
    const parts = partsOf('a<p>b<s>c</s></p><break time="1s"/>');
    const filled = fillSpeech(parts, (text) => (text === "b" ? "" : `${text}!`));
    expect(filled).toEqual([
      "a!",
      { tag: "p", attributes: {}, parts: [{ tag: "s", attributes: {}, parts: ["c!"] }] },
      { tag: "break", attributes: { time: "1s" }, parts: [] },
    ]);
  });

  it.each([
    ["<p> one </p><p>two</p>", "one two"],
    ["one<break/>two", "one two"],
    ["<p>one</p><p>two<s>three</s></p>", "one two three"],
    ["o<emphasis>n</emphasis>e", "one"],
    ["one<emphasis> two </emphasis>three", "one two three"],
    ["  one \n two  ", "one two"],
  ])("%s has its words", (source, words) => expect(wordsOf(partsOf(source))).toBe(words));
});
