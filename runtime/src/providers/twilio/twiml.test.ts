/** The specification of rendering: verbs in, exact XML out, with Twilio's own builder as the judge of the XML. */
import type { Verb } from "@trunkline/schema/call";
import VoiceResponse from "twilio/lib/twiml/VoiceResponse.js";
import { expect, test } from "vitest";
import { longestSay, renderTwiml, sentences } from "./twiml.ts";

const links = {
  input: "https://x.test/t/a/1/input",
  "no-input": "https://x.test/t/a/1/no-input",
  done: "https://x.test/t/a/1/done",
  poll: "https://x.test/t/a/1/poll",
};
const say = (text: string, more: { voice?: string } = {}) =>
  ({ verb: "say", text, language: "en-US", ...more }) as const;
const gather = {
  verb: "gather",
  input: ["keys"],
  prompts: [say("Press 1.")],
  timeoutSeconds: 5,
  maxDigits: 1,
  finishOnKey: "",
  bargeIn: true,
  hints: [],
} as const;

type Official = InstanceType<typeof VoiceResponse>;
const table: [string, readonly Verb[], (response: Official) => void][] = [
  ["say", [say("Hello.")], (r) => void r.say({ language: "en-US" }, "Hello.")],
  [
    "say with a voice",
    [say("Hello.", { voice: "Polly.Joanna" })],
    (r) => void r.say({ voice: "Polly.Joanna", language: "en-US" }, "Hello."),
  ],
  [
    "markup in a text stays text",
    [say(`</Say><Dial>+1900</Dial>&amp; ]]> "`)],
    (r) => void r.say({ language: "en-US" }, `</Say><Dial>+1900</Dial>&amp; ]]> "`),
  ],
  ["pause", [{ verb: "pause", seconds: 3 }], (r) => void r.pause({ length: 3 })],
  ["hang-up", [{ verb: "hang-up" }], (r) => void r.hangup()],
  ...(["no-input", "done", "poll"] as const).map(
    (why): [string, readonly Verb[], (response: Official) => void] => [
      `next, ${why}`,
      [{ verb: "next", why }],
      (r) => void r.redirect({ method: "POST" }, links[why]),
    ],
  ),
  [
    "gather keys, then the way on",
    [gather, { verb: "next", why: "no-input" }],
    (r) => {
      const made = r.gather({
        input: ["dtmf"],
        action: links.input,
        method: "POST",
        timeout: 5,
        finishOnKey: "",
        numDigits: 1,
      });
      made.say({ language: "en-US" }, "Press 1.");
      r.redirect({ method: "POST" }, links["no-input"]);
    },
  ],
  [
    "gather speech and keys, uninterrupted, with hints",
    [
      {
        ...gather,
        input: ["keys", "speech"],
        maxDigits: undefined,
        finishOnKey: "#",
        bargeIn: false,
        hints: ["yes, please", "no"],
        prompts: [say("Well?"), { verb: "pause", seconds: 1 }],
      },
    ],
    (r) => {
      const made = r.gather({
        input: ["dtmf", "speech"],
        action: links.input,
        method: "POST",
        timeout: 5,
        speechTimeout: "auto",
        finishOnKey: "#",
        bargeIn: false,
        hints: "yes  please,no",
      });
      made.say({ language: "en-US" }, "Well?");
      made.pause({ length: 1 });
    },
  ],
];

test.each(table)("%s", (_name, verbs, official) => {
  const response = new VoiceResponse();
  official(response);
  expect(renderTwiml(verbs, links).body).toBe(response.toString());
});

test("characters XML forbids are dropped, also in attributes", () => {
  const { body } = renderTwiml([say("a\u0000b\u001fc\ufffe\ud800d")], links);
  expect(body).toContain('<Say language="en-US">abc\ufffdd</Say>');
});

test("a long text becomes several, cut after sentences, and nothing is lost", () => {
  const text = "This is a sentence of some length. ".repeat(300).trim();
  const pieces = sentences(text);
  expect(pieces.length).toBeGreaterThan(3);
  expect(pieces.every((piece) => piece.length <= longestSay && piece.endsWith("."))).toBe(true);
  expect(pieces.join(" ")).toBe(text);
  expect(sentences("x".repeat(7000)).map((piece) => piece.length)).toEqual([3000, 3000, 1000]);
  expect(sentences("😀".repeat(3000)).every((piece) => piece.isWellFormed())).toBe(true);
});

test("a document over 64 kB is our mistake", () => {
  const long = Array.from({ length: 30 }, () => say("x".repeat(2900)));
  expect(() => renderTwiml(long, links)).toThrow(/at most 65536 bytes/);
});
