/** `<Connect><ConversationRelay>` (Twilio, <ConversationRelay> and its WebSocket messages): events, partial prompts, languages, turns. */
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import type { Person } from "../people/person.ts";
import { script } from "../people/script.ts";
import { createScriptedPerson } from "../people/scripted-person.ts";
import { caller, number, openLine, type TestLine, twiml } from "../testdata/line.ts";
import { end, info, playRelayRow, prompt, type RelayRow, say } from "../testdata/relay-row.ts";
import { openSocketApplication } from "../testdata/socket-application.ts";

let line: TestLine;
beforeEach(async () => {
  line = await openLine();
});
afterEach(() => line.close());

const rows: readonly RelayRow[] = [
  {
    rule: "messages of every wrong kind are refused",
    steps: [{ say: "hello" }],
    answers: {
      setup: [
        { type: "text" },
        { type: "text", token: null },
        { type: "text", token: "a", last: "yes" },
        { type: "play", source: "no URL" },
        { type: "play", source: "https://media.example.com/a.mp3", loop: 1.5 },
        { type: "sendDigits", digits: "" },
        { type: "language" },
        { type: "end", handoffData: { reason: "an object" } },
        { type: "text", token: "Well." },
      ],
      prompt: [end],
    },
    gets: [...Array(8).fill({ type: "error" }), prompt("hello")],
    codes: Array(8).fill(64107),
  },
  {
    rule: "speaker-events: who speaks and who stops, before the prompt",
    attributes: 'welcomeGreeting="Hello." events="speaker-events"',
    steps: [{ hear: "hello", say: "my claim" }],
    answers: { prompt: [end] },
    gets: [
      info("agentSpeaking", "on"),
      info("agentSpeaking", "off"),
      info("clientSpeaking", "on"),
      info("clientSpeaking", "off"),
      prompt("my claim"),
    ],
  },
  {
    rule: "tokens-played: what has been heard, also of what was interrupted; debug subscribes too",
    attributes: 'debug="debugging tokens-played" welcomeGreeting="Hello."',
    steps: [{ hear: "one two", interrupt: true, afterSeconds: 1, say: "stop" }],
    answers: { setup: [say("One two three four five six seven.")], prompt: [end] },
    gets: [
      info("tokensPlayed", "Hello."),
      { type: "interrupt", utteranceUntilInterrupt: "One two three " },
      info("tokensPlayed", "One two three "),
      prompt("stop"),
    ],
    // `debugging`: what it tells is not documented.
    codes: [null],
  },
  {
    rule: "without events nobody is told",
    attributes: 'welcomeGreeting="Hello." debug="false"',
    steps: [{ hear: "hello", say: "my claim" }],
    answers: { prompt: [end] },
    gets: [prompt("my claim")],
  },
  {
    rule: "partial prompts grow, the last of them is whole",
    attributes: 'partialPrompts="true" speechModel="flux"',
    steps: [{ say: "one two three four five six" }],
    answers: { prompt5: [end] },
    gets: [
      prompt("one", false),
      prompt("one two three", false),
      prompt("one two three four", false),
      prompt("one two three four five six", false),
      prompt("one two three four five six"),
    ],
  },
  {
    rule: "partial prompts are Deepgram's flux's alone, and that is said",
    attributes: 'partialPrompts="true" speechModel="nova-3-general"',
    steps: [{ say: "one two three four five six" }],
    answers: { prompt: [end] },
    gets: [prompt("one two three four five six")],
    codes: [null],
  },
  {
    rule: "a language has a recogniser of its own",
    attributes: 'partialPrompts="true" transcriptionProvider="Google"',
    children: '<Language code="es-ES" transcriptionProvider="Deepgram" speechModel="flux"/>',
    steps: [{ say: "uno dos tres" }],
    answers: { setup: [{ type: "language", transcriptionLanguage: "es-ES" }], prompt3: [end] },
    gets: [{ voicePrompt: "uno", lang: "es-ES", last: false }, { last: false }, { last: true }],
  },
  {
    rule: "speechTimeout is the silence that ends what somebody says",
    attributes: 'speechTimeout="2000"',
    steps: [{ say: "my claim" }, { afterSeconds: 1.5, say: "one two" }],
    answers: { prompt: [end] },
    gets: [prompt("my claim one two")],
  },
  {
    rule: "a detected language is told by its primary tag",
    attributes: 'transcriptionLanguage="multi"',
    steps: [{ say: "my claim" }],
    answers: { prompt: [end] },
    gets: [{ voicePrompt: "my claim", lang: "en" }],
  },
  {
    rule: "SSML in a token is spoken, not read out; what only looks like it is",
    steps: [{ hear: "1 < 2", say: "ok" }],
    answers: {
      setup: [
        say('Hello from <phoneme alphabet="ipa" ph="x">Twi', { last: false }),
        say("lio</phoneme>."),
        say("1 < 2"),
      ],
      prompt: [end],
    },
    heard: ["Hello from Twilio.", "1 < 2"],
  },
  {
    rule: "what a token says about interrupting holds for its turn",
    steps: [
      { hear: "one two", interrupt: true, afterSeconds: 1, say: "stop" },
      { silentSeconds: 5 },
      { say: "now" },
    ],
    answers: {
      setup: [say("One two three four five six seven.", { last: false, interruptible: false }), say("")],
      prompt: [end],
    },
    gets: [prompt("now")],
  },
  {
    rule: "media give way only when they say so, whatever the session does; keys never make anything give way",
    attributes: 'preemptible="true"',
    steps: [{ hear: "last", say: "ok" }],
    answers: {
      setup: [
        { type: "play", source: "https://media.example.com/a.mp3" },
        say("Not before the keys."),
        { type: "sendDigits", digits: "1" },
        say("First of two."),
        say("The last."),
      ],
      prompt: [end],
    },
    heard: ["https://media.example.com/a.mp3", "Not before the keys.", "1", "The last."],
    codes: [null],
  },
];

test.each(rows)("ConversationRelay 5: $rule", (row) => playRelayRow(line, row));

test("ConversationRelay 5: the language of what is said, and its voice: attribute, message, token", async () => {
  const application = await openSocketApplication(({ type }) =>
    type === "setup"
      ? [
          say("By attribute."),
          { type: "language", ttsLanguage: "sv-SE" },
          say("By message. ", { last: false }),
          say("By token. ", { last: false, lang: "es-MX" }),
          say("Still.", { last: false, lang: "es-MX" }),
          say("", { lang: "es-MX" }),
          say("By message again."),
          say("Without settings.", { lang: "fr-FR" }),
        ]
      : [],
  );
  onTestFinished(application.close);
  const attributes = `url="${application.url}/relay" welcomeGreeting="Hello." ttsLanguage="en-GB" voice="of-all" preemptible="false"`;
  const languages =
    '<Language code="sv-SE" voice="Elin-Neural"/><Language code="es-MX" ttsProvider="google"/><Language code="en-GB"/>';
  line.on(
    "/voice",
    twiml(`<Connect><ConversationRelay ${attributes}>${languages}</ConversationRelay></Connect>`),
  );
  const said: string[] = [];
  const scripted = createScriptedPerson(script.parse({ steps: [{ silentSeconds: 20 }, { hangUp: true }] }));
  const person: Person = {
    ...scripted,
    hears(utterance) {
      said.push([utterance.language, utterance.voice, utterance.text].join("|"));
      scripted.hears(utterance);
    },
  };
  line.carrier.dial({ from: caller, to: number, person });
  await line.clock.runUntilIdle();
  expect(said).toEqual([
    "en-GB|of-all|Hello.",
    "en-GB|of-all|By attribute.",
    "sv-SE|Elin-Neural|By message.",
    "es-MX||By token. Still.",
    "sv-SE|Elin-Neural|By message again.",
    "fr-FR|of-all|Without settings.",
  ]);
});
