/** `<Connect><ConversationRelay>` (protocol 5) over a real WebSocket: the conversation and its ends. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { caller, number, openLine, type TestLine, twiml } from "../testdata/line.ts";
import { end, playRelayRow, type RelayRow, say } from "../testdata/relay-row.ts";

let line: TestLine;
beforeEach(async () => {
  line = await openLine();
});
afterEach(() => line.close());

const rows: readonly RelayRow[] = [
  {
    rule: "the greeting, a prompt, an answer by tokens, and the end with what is handed off",
    attributes: 'welcomeGreeting="Hello."',
    steps: [
      { hear: "hello", say: "my claim" },
      { hear: "paid", say: "bye" },
    ],
    answers: {
      prompt: [
        { type: "text", token: "It was ", last: false },
        { type: "text", token: "paid.", last: true },
      ],
      prompt2: [end],
    },
    gets: [
      { type: "prompt", voicePrompt: "my claim", lang: "en-US", last: true },
      { type: "prompt", voicePrompt: "bye", lang: "en-US", last: true },
    ],
    heard: ["Hello.", "It was paid."],
    action: "SessionStatus=ended HandoffData=done",
    closed: [1000],
  },
  {
    rule: "speech interrupts; what was heard until then is told",
    attributes: 'welcomeGreeting="One two three four five six seven eight nine ten."',
    steps: [{ afterSeconds: 1, say: "stop" }],
    answers: { prompt: [end] },
    gets: [
      { type: "interrupt", utteranceUntilInterrupt: "One two three ", durationUntilInterruptMs: 1000 },
      { type: "prompt", voicePrompt: "stop", lang: "en-US", last: true },
    ],
  },
  {
    rule: "not when nothing may interrupt; then it is not reported either",
    attributes:
      'welcomeGreetingInterruptible="none" welcomeGreeting="One two three four five six seven eight nine ten."',
    steps: [{ afterSeconds: 1, say: "stop" }, { silentSeconds: 5 }, { say: "now" }],
    answers: { prompt: [end] },
    gets: [{ type: "prompt", voicePrompt: "now", lang: "en-US", last: true }],
  },
  {
    rule: "reportInputDuringAgentSpeech reports without an interrupt",
    attributes:
      'reportInputDuringAgentSpeech="any" welcomeGreetingInterruptible="none" welcomeGreeting="One two three four five."',
    steps: [{ afterSeconds: 1, say: "stop" }],
    answers: { prompt: [end] },
    gets: [{ type: "prompt", voicePrompt: "stop", lang: "en-US", last: true }],
  },
  {
    rule: "keys are told with dtmfDetection",
    attributes: 'dtmfDetection="true"',
    steps: [{ press: "7" }],
    answers: { dtmf: [end] },
    gets: [{ type: "dtmf", digit: "7" }],
  },
  {
    rule: "keys are not told without",
    steps: [{ press: "7" }, { silentSeconds: 1 }, { hangUp: true }],
    answers: {},
    gets: [],
    action: "SessionStatus=completed",
  },
  {
    rule: "play, sendDigits and language",
    steps: [{ hearKeys: "12", say: "hola" }],
    answers: {
      setup: [
        { type: "language", transcriptionLanguage: "es-ES" },
        { type: "play", source: "https://media.example.com/a.mp3", loop: 2 },
        { type: "sendDigits", digits: "1w2" },
      ],
      prompt: [end],
    },
    heard: ["https://media.example.com/a.mp3", "https://media.example.com/a.mp3", "1w2"],
    // The host may not be asked: that is said, and the media last as long as configured.
    codes: [null],
    gets: [{ type: "prompt", voicePrompt: "hola", lang: "es-ES", last: true }],
  },
  {
    rule: "what is preemptible gives way to what comes after it",
    steps: [{ hear: "second", say: "ok" }],
    answers: { setup: [say("First, and long.", { preemptible: true }), say("Second.")], prompt: [end] },
    heard: ["First, and long.", "Second."],
  },
  {
    rule: "an interrupt drops what waits to be said",
    steps: [{ hear: "one two", interrupt: true, afterSeconds: 1, say: "stop" }],
    answers: {
      setup: [say("One two three four five six seven."), say("Never said.")],
      prompt: [say("Well.")],
      prompt2: [end],
    },
    heard: ["One two three four five six seven.", "Well."],
  },
  {
    rule: "a caller who hangs up completes the session; the action is asked",
    steps: [{ silentSeconds: 5 }, { hangUp: true }],
    answers: {},
    action: "SessionStatus=completed",
    closed: [1000],
  },
  {
    rule: "an application that closes the socket fails the session",
    steps: [{ say: "hello" }],
    answers: { prompt: [1000] },
    action: "SessionStatus=failed ErrorCode=64105",
    codes: [64105],
  },
  {
    rule: "an invalid message is answered with an error, and skipped",
    steps: [{ say: "hello" }],
    answers: { setup: ["{", { type: "sing" }, { type: "sendDigits", digits: "A" }], prompt: [end] },
    gets: [
      { type: "error", description: "Invalid message received: {" },
      { type: "error", description: 'Invalid message received: {"type":"sing"}' },
      { type: "error" },
      { type: "prompt", voicePrompt: "hello", lang: "en-US", last: true },
    ],
    codes: [64107, 64107, 64107],
  },
  {
    rule: "ten invalid messages in a row close the socket with 1007",
    steps: [],
    answers: { setup: Array(10).fill("{") },
    action: "SessionStatus=failed ErrorCode=64105",
    codes: [...Array(10).fill(64107), 64105],
    closed: [1007],
    reasons: ["Too many consecutive malformed messages."],
  },
];

test.each(rows)("ConversationRelay 5: $rule", (row) => playRelayRow(line, row));

test("ConversationRelay 5: nobody listens at the URL: the action is told with 39001", async () => {
  line.on("/next", twiml("<Hangup/>"));
  line.on("/voice", twiml('<Connect action="/next"><ConversationRelay url="ws://127.0.0.1:1/"/></Connect>'));
  const call = line.carrier.call({ from: caller, to: number });
  await line.clock.runUntilIdle();
  expect(line.log("SessionStatus", "ErrorCode")).toEqual([
    "/voice",
    "/next SessionStatus=failed ErrorCode=39001",
  ]);
  expect(line.carrier.alerts(call.sid).map(({ code }) => code)).toEqual([64102]);
});

test("ConversationRelay 5: only this machine, unless allowed", async () => {
  line.on("/voice", twiml('<Connect><ConversationRelay url="wss://example.com/"/></Connect>'));
  const call = line.carrier.call({ from: caller, to: number });
  await line.clock.runUntilIdle();
  expect(line.carrier.alerts(call.sid).map(({ message }) => message)).toEqual([
    expect.stringContaining("host example.com is not allowed"),
  ]);
});
