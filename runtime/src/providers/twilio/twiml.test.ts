/** The specification of rendering: verbs in, exact XML out, with Twilio's own builder as the judge of the XML. */
import type { Verb } from "@trunkline/schema/call";
import VoiceResponse from "twilio/lib/twiml/VoiceResponse.js";
import { expect, test } from "vitest";
import { longestSay, sentences } from "./say.ts";
import { renderTwiml } from "./twiml.ts";

const links = {
  input: "https://x.test/t/a/1/input",
  "no-input": "https://x.test/t/a/1/no-input",
  done: "https://x.test/t/a/1/done",
  poll: "https://x.test/t/a/1/poll",
  recording: "https://x.test/t/a/1/recording",
  dial: "https://x.test/t/a/1/dial",
  legVerdict: "https://x.test/t/a/1/leg-verdict",
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

const record = {
  verb: "record",
  maxSeconds: 60,
  silenceSeconds: 4,
  finishOnKeys: "#*",
  beep: true,
} as const;
const dial = {
  verb: "dial",
  target: { to: "number", number: "+15550100002" },
  ringSeconds: 20,
  limitSeconds: 600,
  detectMachine: false,
} as const;
const dialled = { action: links.dial, method: "POST", timeout: 20, timeLimit: 600 };

table.push(
  [
    "say with SSML: elements of the tree, words escaped",
    [
      {
        ...say("ignored", { voice: "Polly.Joanna" }),
        speech: [
          "Your id is ",
          { tag: "say-as", attributes: { "interpret-as": "digits" }, parts: ["12<3"] },
          { tag: "break", attributes: { time: "500ms" }, parts: [] },
          {
            tag: "prosody",
            attributes: { rate: "slow", pitch: "+5%" },
            parts: [{ tag: "emphasis", attributes: { level: "strong" }, parts: ["Thanks & bye"] }],
          },
          { tag: "sub", attributes: { alias: 'a "quoted" alias' }, parts: ["EFT"] },
          { tag: "lang", attributes: { "xml:lang": "es-US" }, parts: ["adiós"] },
        ],
      },
    ],
    (r) => {
      const made = r.say({ voice: "Polly.Joanna", language: "en-US" }, "Your id is ");
      made.sayAs({ "interpret-as": "digits" }, "12<3");
      made.break({ time: "500ms" });
      made.prosody({ rate: "slow", pitch: "+5%" }, "").emphasis({ level: "strong" }, "Thanks & bye");
      made.sub({ alias: 'a "quoted" alias' }, "EFT");
      made.lang({ "xml:lang": "es-US" }, "adiós");
    },
  ],
  [
    "play once",
    [{ verb: "play", url: "https://x.test/a.mp3?b=1&c=2", times: 1 }],
    (r) => void r.play("https://x.test/a.mp3?b=1&c=2"),
  ],
  [
    "play three times",
    [{ verb: "play", url: "https://x.test/a.wav", times: 3 }],
    (r) => void r.play({ loop: 3 }, "https://x.test/a.wav"),
  ],
  ["press keys", [{ verb: "send-digits", digits: "ww12*#W3" }], (r) => void r.play({ digits: "ww12*#W3" })],
  [
    "gather speech in another language, over an audio file",
    [
      {
        ...gather,
        input: ["speech"],
        maxDigits: undefined,
        language: "es-US",
        prompts: [{ verb: "play", url: "https://x.test/a.mp3", times: 1 }],
      },
    ],
    (r) =>
      void r
        .gather({
          input: ["speech"],
          action: links.input,
          method: "POST",
          timeout: 5,
          speechTimeout: "auto",
          finishOnKey: "",
          language: "es-US",
        })
        .play("https://x.test/a.mp3"),
  ],
  [
    "record, then the way on when nothing was heard",
    [record, { verb: "next", why: "no-input" }],
    (r) => {
      r.record({
        action: links.recording,
        method: "POST",
        timeout: 4,
        finishOnKey: "#*",
        maxLength: 60,
        playBeep: true,
        trim: "do-not-trim",
      });
      r.redirect({ method: "POST" }, links["no-input"]);
    },
  ],
  [
    "record without a beep or a key",
    [{ ...record, beep: false, finishOnKeys: "" }],
    (r) =>
      void r.record({
        action: links.recording,
        method: "POST",
        timeout: 4,
        finishOnKey: "",
        maxLength: 60,
        playBeep: false,
        trim: "do-not-trim",
      }),
  ],
  ["dial a number", [dial], (r) => void r.dial(dialled).number("+15550100002")],
  [
    "dial a number, shown another, listening for a machine",
    [{ ...dial, callerId: "+15550100001", detectMachine: true }],
    (r) =>
      void r.dial({ ...dialled, callerId: "+15550100001" }).number(
        {
          machineDetection: "Enable",
          amdStatusCallback: links.legVerdict,
          amdStatusCallbackMethod: "POST",
        },
        "+15550100002",
      ),
  ],
  [
    "dial a SIP address, listening",
    [{ ...dial, target: { to: "sip", address: "sip:desk@pbx.example?X-Team=a&b=<c>" }, detectMachine: true }],
    (r) =>
      void r.dial(dialled).sip(
        {
          machineDetection: "Enable",
          amdStatusCallback: links.legVerdict,
          amdStatusCallbackMethod: "POST",
        },
        "sip:desk@pbx.example?X-Team=a&b=<c>",
      ),
  ],
  [
    "dial a client, whom nobody listens for; times within Twilio's",
    [
      {
        ...dial,
        target: { to: "client", client: "agent<1>" },
        detectMachine: true,
        ringSeconds: 2,
        limitSeconds: 90_000,
      },
    ],
    (r) => void r.dial({ ...dialled, timeout: 5, timeLimit: 14_400 }).client("agent<1>"),
  ],
);

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

test("a long SSML text becomes several, its elements go on, nothing is lost", () => {
  const text = "This is a sentence of some length. ".repeat(200).trim();
  const speech = [
    "Before. ",
    {
      tag: "prosody",
      attributes: { rate: "slow" },
      parts: [text, { tag: "break", attributes: {}, parts: [] }],
    },
    " After.",
  ] as const;
  const { body } = renderTwiml([{ ...say("x"), speech }], links);
  const said = [...body.matchAll(/<Say language="en-US">(.*?)<\/Say>/g)].map(([, inner]) => inner!);
  expect(said.length).toBeGreaterThan(2);
  expect(said.filter((inner) => inner.includes('<prosody rate="slow">'))).toHaveLength(3);
  expect(said.every((inner) => inner.replace(/<[^>]+>/g, "").length <= longestSay)).toBe(true);
  const words = (all: string) =>
    all
      .replace(/<[^>]+>/g, " ")
      .replace(/\s+/g, " ")
      .trim();
  expect(words(said.join(" "))).toBe(`Before. ${text} After.`);
});

test.each(["", "12A", "1 2", "1;2", "１"])("keys that are none are our mistake: %j", (digits) => {
  expect(() => renderTwiml([{ verb: "send-digits", digits }], links)).toThrow(/Expected keys to press/);
});

test("an SSML attribute's name that is none is our mistake", () => {
  const speech = [{ tag: "w", attributes: { 'role="x"><Dial>': "y" }, parts: ["z"] }] as const;
  expect(() => renderTwiml([{ ...say("z"), speech }], links)).toThrow(/attribute's name/);
});

test("a document over 64 kB is our mistake", () => {
  const long = Array.from({ length: 30 }, () => say("x".repeat(2900)));
  expect(() => renderTwiml(long, links)).toThrow(/at most 65536 bytes/);
});
